import { PartnerError } from './errors.ts';
import { isWithin, longestNote } from './offer-terms.ts';
import type { OfferLine } from './offers.ts';

/** Most licences of one line that a client can wish. */
export const mostWishedSeats = 100_000;
/** Questions of one company about one offer; more is no conversation any more. */
export const mostQuestions = 20;
/** Wishes of one company about one offer: each is told to the maker. */
export const mostWishes = 20;
/** How often one company says yes or no to one offer: each is told to the maker, and a yes is proved by mail. */
export const mostAnswers = 10;

/** Throws `seats-out-of-bounds` unless there is a whole number within the offered bounds for each line. */
export function requireOfferedSeats(lines: readonly OfferLine[], seats: readonly number[]): void {
  requireSeats(lines, seats, ({ minSeats, maxSeats }) => [minSeats, maxSeats]);
}

/** Throws `seats-out-of-bounds` for what nobody can wish: no whole number, or another one for a trial. */
export function requireWishableSeats(lines: readonly OfferLine[], seats: readonly number[]): void {
  requireSeats(lines, seats, ({ trial, seats: fixed }) => (trial ? [fixed, fixed] : [1, mostWishedSeats]));
}

/** A client's text without the space around it. Throws `input-too-long`. */
export function requireShort(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length <= longestNote) return trimmed;
  throw new PartnerError('input-too-long', { details: { limit: longestNote } });
}

function requireSeats(
  lines: readonly OfferLine[],
  seats: readonly number[],
  boundsOf: (line: OfferLine) => [number, number],
): void {
  if (seats.length !== lines.length) throw new PartnerError('seats-out-of-bounds');
  lines.forEach((line, index) => {
    const [min, max] = boundsOf(line);
    if (isWithin(seats[index] ?? 0, min, max)) return;
    throw new PartnerError('seats-out-of-bounds', { details: { line: index, name: line.name, min, max } });
  });
}
