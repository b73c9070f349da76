import { z } from 'zod';
import { chosenWords } from '../cards/answer-offer.ts';
import { fieldsCard } from '../cards/offer-fields.ts';
import { ownCompany } from '../cards/scope.ts';
import { mostWishedSeats } from '../partner/answer-limits.ts';
import { longestNote } from '../partner/offer-terms.ts';
import type { OfferLine } from '../partner/offers.ts';
import { createForm } from './form-dialog.ts';
import { formLines, wholeNumber } from './offer-inputs.ts';
import type { Turn } from './turn.ts';

export interface SeatsOptions {
  company: string;
  lines: OfferLine[];
  seats: number[];
}

/** One number for each line, as typed; a line that cannot be chosen has none. */
const seatsInputs = z
  .record(z.string(), z.unknown())
  .transform((inputs) =>
    Object.fromEntries(Object.entries(inputs).filter(([id]) => /^seats\d{1,2}$/.test(id))),
  );

/** The licences of each line; undefined for what is no number that somebody could wish. */
export function seatsIn(lines: readonly OfferLine[], inputs: unknown): (number | undefined)[] {
  const typed = seatsInputs.parse(inputs);
  return lines.map((line, index) => {
    if (isFixed(line)) return line.seats;
    const seats = wholeNumber(String(typed[`seats${index}`] ?? '').trim());
    return seats !== undefined && seats >= 1 && seats <= mostWishedSeats ? seats : undefined;
  });
}

/** A trial comes with the licences that Microsoft gives it. */
function isFixed({ trial }: OfferLine): boolean {
  return trial;
}

export const seatsForm = createForm({
  id: 'answer-offer-seats',
  inputs: seatsInputs,
  labels: {},
  fromText: (text) => (/^\d+$/.test(text.trim()) ? { seats0: text.trim() } : { seats0: text }),
  async card(turn, { company, lines, seats }: SeatsOptions, { nonce, typed, problem }) {
    const { words } = turn;
    const chosen = lines.map((line, index) => ({ line, index })).filter(({ line }) => !isFixed(line));
    return fieldsCard(words, {
      frame: { ...ownCompany(words, turn.account), title: words('answer-offer.seats'), problem },
      verb: 'answer-offer-seats',
      nonce,
      fields: chosen.map(({ line, index }) => ({
        kind: 'number' as const,
        id: `seats${index}`,
        label: words('answer-offer.seats-label', { name: line.name, min: line.minSeats, max: line.maxSeats }),
        value: typed[`seats${index}`] ?? String(seats[index] ?? line.seats),
      })),
      note: words('answer-offer.seats-note', { company }),
      proceed: words('button.continue'),
    });
  },
  async check(turn, { lines }, values) {
    const index = seatsIn(lines, values).indexOf(undefined);
    const line = lines[index];
    if (line === undefined) return undefined;
    return turn.words('answer-offer.problem-seats', { name: line.name, max: mostWishedSeats });
  },
});

export type Confirmed = 'accept' | 'wish' | 'withdraw';

export interface ConfirmOptions {
  what: Confirmed;
  company: string;
  lines: OfferLine[];
  seats: number[];
  /** "Bạn chấp nhận thay mặt …, tên …". */
  as: string;
  /** What accepting does and does not do. */
  points: string[];
}

export const confirmForm = createForm({
  id: 'answer-offer-confirm',
  inputs: z.object({}),
  labels: {},
  async card(turn, options: ConfirmOptions, { nonce, problem }) {
    const { words } = turn;
    const { what } = options;
    return fieldsCard(words, {
      frame: { ...ownCompany(words, turn.account), title: words(`answer-offer.${what}-title`), problem },
      verb: 'answer-offer-confirm',
      nonce,
      paragraphs: paragraphsOf(turn, options),
      fields: [],
      proceed: proceedWords(turn, options),
    });
  },
});

function paragraphsOf(turn: Turn, options: ConfirmOptions): string[] {
  const { words } = turn;
  const { what, company, lines, seats, as, points } = options;
  const chosen = chosenWords(words, turn.chat.language, lines, seats);
  switch (what) {
    case 'accept':
      return [...chosen, as, ...points];
    case 'wish':
      return [...chosen, words('answer-offer.wish-only', { company })];
    case 'withdraw':
      return [...chosen, words('answer-offer.withdraw-only', { company })];
  }
}

function proceedWords({ words }: Turn, { what, seats }: ConfirmOptions): string {
  const [only = 0] = seats;
  if (what === 'accept') return words('offer-page.accept');
  if (what === 'withdraw') return words('offer-page.withdraw');
  return seats.length === 1 ? words('offer-page.wish.one', { seats: only }) : words('offer-page.wish.many');
}

export interface TextOptions {
  what: 'ask' | 'decline';
  company: string;
  title: string;
}

export const textInputs = z.object({ text: formLines(longestNote) });

export const textForm = createForm({
  id: 'answer-offer-text',
  inputs: textInputs,
  labels: { text: 'offer-page.ask.text' },
  fromText: (text) => ({ text }),
  async card(turn, { what, company, title }: TextOptions, { nonce, typed, problem }) {
    const { words } = turn;
    const label = words(what === 'ask' ? 'offer-page.ask.text' : 'offer-page.decline.reason');
    return fieldsCard(words, {
      frame: { ...ownCompany(words, turn.account), title, problem },
      verb: 'answer-offer-text',
      nonce,
      fields: [{ kind: 'long', id: 'text', label, value: typed['text'] ?? '' }],
      note: words('answer-offer.text-note', { company }),
      proceed: words(what === 'ask' ? 'offer-page.ask.send' : 'offer-page.decline'),
    });
  },
  async check(turn, { what }, { text }) {
    const isMissing = what === 'ask' && text === '';
    return isMissing ? turn.words('form.missing', { name: turn.words('offer-page.ask.text') }) : undefined;
  },
});
