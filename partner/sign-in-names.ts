import { fold, type NameParts } from './names.ts';

/**
 * Longest part before the @ that Microsoft takes; the mail nickname has the same bound.
 * https://learn.microsoft.com/graph/api/resources/user (userPrincipalName, mailNickname)
 */
const longestSignInPart = 64;

/**
 * Proposals for the part before the @, best first, without end: `lan.nguyen`, `lan.nt`, `lan.nguyen2`,
 * `lan.nguyen3` … ASCII, lower case, at most 64 characters, no two alike. Yields nothing for a name without
 * any Latin letter or digit: the person types one then.
 */
export function* proposeSignInNames(parts: NameParts): Generator<string, undefined> {
  const given = asciiPart(parts.given);
  const family = asciiPart(parts.family);
  const initials = `${parts.family} ${parts.middle}`
    .split(' ')
    .map((word) => asciiPart(word).charAt(0))
    .join('');
  const base = joinParts(given, family) || asciiPart(parts.middle);
  if (base === '') return;

  const seen = new Set<string>();
  yield remember(seen, base);
  const short = given === '' || initials === '' ? base : joinParts(given, initials);
  if (!seen.has(short)) yield remember(seen, short);
  for (let number = 2; ; number += 1) {
    const digits = String(number);
    const proposal = `${shorten(base, longestSignInPart - digits.length)}${digits}`;
    if (!seen.has(proposal)) yield remember(seen, proposal);
  }
}

/** The first `count` proposals. */
export function firstProposals(parts: NameParts, count: number): string[] {
  const proposals: string[] = [];
  if (count <= 0) return proposals;
  for (const proposal of proposeSignInNames(parts)) {
    proposals.push(proposal);
    if (proposals.length >= count) break;
  }
  return proposals;
}

/** The first proposal that nobody has, whatever the case; undefined when there is no proposal left. */
export function firstFree(proposals: Iterable<string>, taken: Iterable<string>): string | undefined {
  const inUse = new Set(Array.from(taken, (name) => name.toLowerCase()));
  for (const proposal of proposals) {
    if (!inUse.has(proposal.toLowerCase())) return proposal;
  }
  return undefined;
}

/** Whether a typed part before the @ is one that Microsoft takes: A–Z a–z 0–9 ' . - _ ! # ^ ~, no dot at an end. */
export function isSignInPart(text: string): boolean {
  return (
    text.length <= longestSignInPart &&
    /^[A-Za-z0-9'._!#^~-]+$/.test(text) &&
    !text.startsWith('.') &&
    !text.endsWith('.') &&
    !text.includes('..')
  );
}

/** Latin letters that do not come apart into a plain one and a mark. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** A name part as it may stand in a sign-in name: a–z, 0–9 and inner hyphens. */
function asciiPart(text: string): string {
  return fold(text.normalize('NFKC'))
    .replace(/[ßæœøłðþı]/gu, (letter) => plainLetters[letter] ?? '')
    .replace(/[\u2010-\u2015]/gu, '-')
    .replace(/[^a-z0-9-]/gu, '')
    .replace(/-+/gu, '-')
    .replace(/^-|-$/gu, '');
}

function joinParts(given: string, rest: string): string {
  return shorten([given, rest].filter(Boolean).join('.'), longestSignInPart);
}

/** Cut to a length, without a dot or hyphen left at the end. */
function shorten(text: string, length: number): string {
  return text.slice(0, length).replace(/[.-]+$/u, '');
}

function remember(seen: Set<string>, proposal: string): string {
  seen.add(proposal);
  return proposal;
}
