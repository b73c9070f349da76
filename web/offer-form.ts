import { z } from 'zod';
import type { ClientAction } from '../partner/answering.ts';
import type { DelegationAction } from '../partner/delegating.ts';
import { holdsProductKey } from '../partner/product-key.ts';
import type { Typed } from './pages/offer-forms.ts';
import { answers, delegationAnswers } from './pages/offer-notice.ts';

const shape = z.object({
  token: z.string(),
  do: z.enum([...answers, ...delegationAnswers, 'sign-out']),
  version: z.coerce.number().int().catch(0),
  hash: z.string().max(200).catch(''),
  // Forms are sent with both characters at a line's end, and count one of them towards a field's length.
  text: z
    .string()
    .catch('')
    .transform((text) => text.replaceAll('\r\n', '\n')),
});

/** A look is no form. */
type FormAction = Exclude<ClientAction, { do: 'view' }>;

/** What a form of the offer's page said: the wish, and what was typed, so that nobody types it twice. */
export interface OfferForm {
  token: string;
  action: FormAction | { delegation: DelegationAction } | 'sign-out';
  typed: Typed;
}

/** Whether a product key was typed into any of its fields: then nothing of it is carried on. */
export function holdsKey(body: string): boolean {
  return [...new URLSearchParams(body)].some(
    ([name, value]) => holdsProductKey(name) || holdsProductKey(value),
  );
}

/** Undefined: no form of ours. Numbers and versions are as they were sent; the rules judge them. */
export function readOfferForm(body: string): OfferForm | undefined {
  const form = new URLSearchParams(body);
  const read = shape.safeParse(Object.fromEntries(form));
  if (!read.success) return undefined;
  const { token, do: wish } = read.data;
  if (wish === 'sign-out') return { token, action: wish, typed: {} };
  if (wish === 'allow' || wish === 'refuse' || wish === 'later') {
    return { token, action: { delegation: delegationActionOf(wish, read.data) }, typed: {} };
  }
  const seats = form.getAll('seats');
  const action = actionOf({ ...read.data, do: wish }, seats);
  return { token, action, typed: typedIn(action, seats) };
}

function delegationActionOf(
  wish: (typeof delegationAnswers)[number],
  { version, hash }: { version: number; hash: string },
): DelegationAction {
  if (wish === 'allow') return { do: 'allow', version, hash };
  return { do: wish === 'refuse' ? 'decline' : 'later' };
}

type Answer = (typeof answers)[number];

function actionOf(
  form: { do: Answer; version: number; hash: string; text: string },
  typed: string[],
): FormAction {
  const { version, hash, text } = form;
  // What is no plain number is no number of licences, whatever JavaScript would make of it.
  const seats = typed.map((each) => (/^\d{1,9}$/.test(each.trim()) ? Number(each) : Number.NaN));
  switch (form.do) {
    case 'accept':
      return { do: 'accept', version, hash, seats };
    case 'wish':
      return { do: 'wish', version, seats };
    case 'decline':
      return { do: 'decline', reason: text };
    case 'ask':
      return { do: 'ask', text };
    case 'withdraw':
      return { do: 'withdraw' };
  }
}

const seatsShape = z.array(
  z
    .number()
    .nullable()
    .transform((each) => each ?? Number.NaN),
);
const heldAnswer = z.union([
  z.object({ do: z.literal('accept'), version: z.number(), hash: z.string(), seats: seatsShape }),
  z.object({ do: z.literal('wish'), version: z.number(), seats: seatsShape }),
  z.object({ do: z.literal('decline'), reason: z.string() }),
  z.object({ do: z.literal('withdraw') }),
  z.object({
    delegation: z.union([
      z.object({ do: z.literal('allow'), version: z.number(), hash: z.string() }),
      z.object({ do: z.literal('decline') }),
    ]),
  }),
]);

/** An answer that says yes or no for the company. */
export type CompanyAnswer = z.infer<typeof heldAnswer>;

/** Whether it says yes or no for the company: then who it is, and with which roles, is asked anew. */
export function isCompanyAnswer(action: Exclude<OfferForm['action'], 'sign-out'>): action is CompanyAnswer {
  if ('delegation' in action) return action.delegation.do !== 'later';
  return action.do !== 'ask';
}

/** As it was kept while Microsoft was asked. */
export const readHeldAnswer = (text: string): CompanyAnswer => heldAnswer.parse(JSON.parse(text));

/** What was typed with it, to be shown again. */
export function typedOf(answer: CompanyAnswer): Typed {
  if ('delegation' in answer) return {};
  const seats = 'seats' in answer ? answer.seats.map((each) => (Number.isNaN(each) ? '' : String(each))) : [];
  return typedIn(answer, seats);
}

function typedIn(action: ClientAction, seats: readonly string[]): Typed {
  switch (action.do) {
    case 'accept':
    case 'wish':
      return { seats };
    case 'decline':
      return { decline: action.reason };
    case 'ask':
      return { ask: action.text };
    default:
      return {};
  }
}
