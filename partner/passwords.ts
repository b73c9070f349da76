/** Without characters that look alike on a phone. */
const lower = 'abcdefghijkmnpqrstuvwxyz';
const upper = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const digits = '23456789';
const signs = '-_@+=';
const all = lower + upper + digits + signs;

/** How long a new password can be revealed, from the moment it was made. */
export const passwordLifetimeMs = 10 * 60 * 1000;

/**
 * A password of 16 characters with at least one of each kind, as Entra asks for three of four. It begins with a
 * letter, since a sign in front is easily lost when it is copied or read out.
 * `randomBelow(n)` gives an evenly spread whole number from 0 to n − 1 from a cryptographic source.
 */
export function newPassword(randomBelow: (bound: number) => number): string {
  const pick = (from: string) => from.charAt(randomBelow(from.length));
  const characters = [pick(lower), pick(upper), pick(digits), pick(signs)];
  while (characters.length < 16) characters.push(pick(all));
  for (let last = characters.length - 1; last > 1; last--) {
    const other = 1 + randomBelow(last);
    const kept = characters[last] ?? '';
    characters[last] = characters[other] ?? '';
    characters[other] = kept;
  }
  return characters.join('');
}

/** The right with which an operation of this kind makes a password, and with which alone it is shown. */
export function passwordRight(kind: string): 'add-user' | 'new-password' {
  return kind === 'add-user' ? 'add-user' : 'new-password';
}
