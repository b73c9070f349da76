/**
 * `whereRaw(isLike, [column, pattern])`: the escape sign is named because the databases disagree on one. SQLite
 * takes A and a for the same here and PostgreSQL does not, so both sides are `folded` where that matters.
 */
export const isLike = "?? like ? escape '!'";

/** A text inside a pattern in which nothing is a wildcard. */
export function likeLiteral(text: string): string {
  return text.replace(/[!%_]/g, '!$&');
}

/** One spelling of upper and lower case, and of letters with marks; the databases fold only A to Z alike. */
export function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
