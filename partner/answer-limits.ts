import { PartnerError } from './errors.ts';
import { isWithin, longestNote } from './offer-terms.ts';
import type { OfferEvent, OfferEventKind, OfferLine } from './offers.ts';

/** Most licences of one line that a client can wish. */
export const mostWishedSeats = 100_000;
/** Questions of one company about one offer; more is no conversation any more. */
export const mostQuestions = 20;
/** Wishes of one company about one offer: each is told to the maker. */
export const mostWishes = 20;
/** How often one company says yes or no to one offer: each is told to the maker, and a yes is proved by mail. */
export const mostAnswers = 10;

/** What a company said so often about one offer that it had better call. */
export type SaidTooOften = 'ask' | 'wish' | 'answer';

const limits: readonly { what: SaidTooOften; kinds: readonly OfferEventKind[]; most: number }[] = [
  { what: 'ask', kinds: ['asked'], most: mostQuestions },
  { what: 'wish', kinds: ['wished'], most: mostWishes },
  { what: 'answer', kinds: ['accepted', 'declined'], most: mostAnswers },
];

/**
 * What a client has just said, ready to be stored; `said` counts what the same company said of these kinds about the
 * offer before. Throws `said-too-often` (details: `what`, `limit`).
 */
export async function withinLimits(
  events: readonly OfferEvent[],
  said: (kinds: readonly OfferEventKind[]) => Promise<number>,
): Promise<OfferEvent[]> {
  const counted = events.map(async (event) => {
    const limit = limits.find(({ kinds }) => kinds.includes(event.kind));
    if (limit === undefined) return event;
    const { what, kinds, most } = limit;
    const before = await said(kinds);
    if (before >= most) throw new PartnerError('said-too-often', { details: { what, limit: most } });
    // Of two that counted at the same moment only one gets the number; the other one counts again.
    return { ...event, id: `${event.offerId}/${event.client}/${what}/${before + 1}` };
  });
  return Promise.all(counted);
}

/** Throws `seats-out-of-bounds` unless there is a whole number within the offered bounds for each line. */
export function requireOfferedSeats(lines: readonly OfferLine[], seats: readonly number[]): void {
  requireSeats(lines, seats, ({ minSeats, maxSeats }) => [minSeats, maxSeats]);
}

/**
 * Throws `input-invalid` for a wish without any number, and `seats-out-of-bounds` for what nobody can wish: no whole
 * number, or another one for a trial.
 */
export function requireWishableSeats(lines: readonly OfferLine[], seats: readonly number[]): void {
  if (seats.length === 0) throw new PartnerError('input-invalid');
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
