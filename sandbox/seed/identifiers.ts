import { createHash } from 'node:crypto';

/** A GUID that follows from a name, so that a fresh sandbox always holds the same ids. */
export function guidFor(name: string): string {
  const hex = createHash('sha256').update(`sandbox:${name}`).digest('hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** Vietnamese text to the ASCII of sign-in names: marks dropped, đ → d, lower case, other characters dropped. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, '')
    .trim();
}
