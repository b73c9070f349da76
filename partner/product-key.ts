/** Stands where a product key was; nothing of the key is in it. */
export const hiddenKey = '•••••-•••••-•••••-•••••-•••••';

/** Five groups of five with dashes between them, seen from each place where they may begin. */
const dashed = /(?=([a-z0-9]{5}(?:\s{0,2}[\p{Pd}−_]\s{0,2}[a-z0-9]{5}){4}))/giu;

/** The same with other signs or nothing between them, seen from each place where it may begin. */
const loose = /(?<![\p{L}\p{N}])(?=([a-z0-9]{5}(?:[^\p{L}\p{N}]{0,6}[a-z0-9]{5}){4})(?![\p{L}\p{N}]))/giu;

/** What Microsoft makes keys of: without vowels, and without what is easily taken for something else. */
const keySigns = /^[bcdfghjkmnpqrtvwxy2346789]+$/i;

/**
 * Whether a 25-character product key is in this text: with dashes, other signs, spaces or nothing between its groups,
 * in either case, also in full-width letters. Ids, codes of offers and words are none.
 */
export function holdsProductKey(text: string): boolean {
  // Both: a key may stand between marks of a page, and within one.
  return [text, withoutMarkup(text)].some(isKeyIn);
}

function isKeyIn(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  const dashes = [...plain.matchAll(dashed)];
  if (dashes.some(({ 1: found = '', index }) => standsOut(plain, found, index))) return true;
  return [...plain.matchAll(loose)].some(([, found = '']) => looksMade(found));
}

/** By itself it is a key, whatever it is made of; within a longer word only in one case: codes of offers have both. */
function standsOut(text: string, found: string, from: number): boolean {
  const around = [text[from - 1] ?? '', text[from + found.length] ?? ''];
  const isAlone = around.every((sign) => !/[\p{L}\p{N}]/u.test(sign));
  return isAlone || isOneCase(found);
}

const isOneCase = (text: string) => text === text.toUpperCase() || text === text.toLowerCase();

/** A text that was copied from a mail or a page may have marks between the groups. */
function withoutMarkup(text: string): string {
  return text
    .replace(/<[^<>]{0,200}>/g, ' ')
    .replace(/&(?:nbsp|#160|#xa0);/gi, ' ')
    .replace(/[*`~]/g, '');
}

function looksMade(found: string): boolean {
  const signs = found.replace(/[^\p{L}\p{N}]/gu, '');
  if (!/[a-z]/i.test(signs)) return false;
  if (keySigns.test(signs) && isOneCase(signs)) return true;
  const isSpaced = /^[a-z0-9\s]+$/i.test(found);
  const mixed = (signs.match(/.{5}/g) ?? []).filter((group) => /\d/.test(group) && /[A-Z]/.test(group));
  return isSpaced && signs === signs.toUpperCase() && mixed.length > 1;
}
