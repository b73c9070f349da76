import { z } from 'zod';
import type { OfferMakeValues } from '../cards/offer-make.ts';
import type { CatalogueItem } from '../partner/commerce.ts';
import { cleanText } from '../partner/names.ts';
import { lineFrom, longestNote } from '../partner/offer-terms.ts';
import type { OfferLine, StatedPrice } from '../partner/offers.ts';
import { readAmount } from '../partner/stated-price.ts';
import type { Turn } from './turn.ts';

/** Text of a form; a field that the card did not show is empty. */
export const formText = (max: number) =>
  z.string('form.invalid').max(max, 'form.too-long').transform(cleanText).default('');

/** Numbers arrive as text or as numbers, as the client likes; what is no whole number is left for `check` to say. */
export const formNumber = z
  .union([z.string().max(20, 'form.too-long'), z.number()], 'form.invalid')
  .transform((value) => String(value).trim())
  .default('');

/** Keeps the lines of what a person wrote, and nothing invisible in them. */
export const formLines = (max: number) =>
  z
    .string('form.invalid')
    .max(max, 'form.too-long')
    .transform((text) =>
      text
        .split(/\r\n|\r|\n/)
        .map(cleanText)
        .join('\n')
        .trim(),
    )
    .default('');

export const mailText = formText(320).refine((text) => text === '' || isMail(text), 'form.invalid');

/** The first card of an offer, and each of its parts alone. */
export const offerMakeInputs = z.object({
  client: formText(40),
  find: formText(200),
  service: formText(200),
  other: formText(200),
  seats: formNumber,
  portalLink: formText(2000),
  person: formText(120),
  mail: mailText,
  amount: formText(30),
  currency: formText(3),
  per: formText(10),
  vat: formText(10),
  note: formLines(longestNote),
}) satisfies z.ZodType<OfferMakeValues>;

/** One plain address: no list, no name around it, nothing that could begin another line of a mail's head. */
export function isMail(text: string): boolean {
  return /^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+\.[\p{L}\p{N}-]{2,}$/u.test(text);
}

/** The whole number in it, or undefined: never −1, 1.5, 10⁹ and a half, or *mười*. */
export function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

type PriceValues = Pick<OfferMakeValues, 'amount' | 'currency' | 'per' | 'vat'>;

/** The stated price, null when none was typed, or undefined for what cannot be read as one. */
export function priceOf({ amount, currency, per, vat }: PriceValues): StatedPrice | null | undefined {
  if (amount === '') return null;
  if (!/^[A-Z]{3}$/.test(currency)) return undefined;
  const read = readAmount(amount, currency);
  if (read === undefined) return undefined;
  return {
    ...{ amount: read, currency },
    per: per === 'year' ? 'year' : 'month',
    vat: vat === 'included' ? 'included' : 'excluded',
  };
}

/** Why these seats cannot be offered of this item; undefined when they can. */
export function seatsProblem(turn: Turn, item: CatalogueItem, typed: string): string | undefined {
  if (item.trial) return undefined;
  const seats = wholeNumber(typed);
  const [min, max] = [Math.max(1, item.minSeats), item.maxSeats];
  const isGood = seats !== undefined && seats >= min && seats <= max;
  return isGood ? undefined : turn.words('offer-make.problem-seats', { min, max });
}

/** The line as it was chosen; an advisor's link is for exactly these seats, so the client cannot choose others. */
export function offeredLine(
  item: CatalogueItem,
  chosen: { seats: string; route: 'reseller' | 'advisor'; price: StatedPrice | null },
  asLast: { term: string; billing: string } | undefined,
): OfferLine {
  const seats = wholeNumber(chosen.seats) ?? 1;
  const line = lineFrom(item, seats, asLast);
  const bounds = chosen.route === 'advisor' ? { minSeats: line.seats, maxSeats: line.seats } : {};
  return { ...line, ...bounds, price: line.trial ? null : chosen.price };
}
