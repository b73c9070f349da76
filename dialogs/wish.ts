import { z } from 'zod';
import { wishReviewCard } from '../cards/wish-review.ts';
import { wishWords } from '../cards/wish-words.ts';
import { wordsForError } from '../locales/words-for-error.ts';
import { needSecondPerson, requireAll, requireAsThingsAre } from '../partner/authorise.ts';
import { PartnerError, unreadOf } from '../partner/errors.ts';
import { kindNamed } from '../partner/kinds.ts';
import { cleanText } from '../partner/names.ts';
import type { Aim } from '../partner/operation-kinds.ts';
import { type JsonObject, newOperation, type Operation } from '../partner/operations.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job } from './job.ts';
import type { Consent, Judged } from './judgement.ts';
import { operationCardHere, showBegunBefore } from './operation-card.ts';
import { showOverview } from './overview.ts';
import { askSecondPerson, requestedAgain } from './second-person.ts';
import type { Turn } from './turn.ts';

/** Something to be written to Microsoft's clouds, fully described by its kind and arguments. */
export interface Wish {
  kind: string;
  args: JsonObject;
  /** Of its operation, where it follows from what it is for; as its kind says, or a new one, unless told. */
  id?: string;
}

export interface WishReviewOptions extends Wish {
  /** Which step of a longer flow this is; by itself it says only to look it over. */
  intro?: string;
  canGoBack?: boolean;
  /** Nobody has asked its guard yet: the review does, says what it finds, and lets nothing go on before that is mended. */
  asksGuard?: boolean;
}

const text = (max: number) => z.string().max(max, 'form.too-long').transform(cleanText).default('');
export const wishAnswer = z.object({ typedName: text(256), reason: text(500) });

/** Review and explicit confirm of any wish: two steps for whatever changes something. */
const wishReview = createForm({
  id: 'wish-review',
  inputs: wishAnswer,
  labels: { typedName: 'wish.typed', reason: 'wish.reason' },
  async card(turn, options: WishReviewOptions, { nonce, typed, problem }) {
    const { kind, args, intro = turn.words('wish.intro'), canGoBack = false } = options;
    const held = problem === '' ? await heldBack(turn, options) : undefined;
    const reference = held === undefined ? '' : turn.reference({ problem: 'wish-held', kind });
    const noted = held === undefined ? problem : `${held} ${turn.words('error.reference', { reference })}`;
    const needs = kindNamed(kind).needs(args);
    const secondPerson = needSecondPerson(needs, await turn.situation()).length > 0;
    const said = { account: turn.account, nonce, problem: noted, kind, args, intro };
    const view = { ...said, secondPerson, typed, canGoBack };
    return wishReviewCard(turn.words, turn.chat.language, view);
  },
  async check(turn, options, { typedName, reason }) {
    const { words } = turn;
    const { kind, args } = options;
    const { typed } = wishWords(words, turn.chat.language, kind, args);
    const same = typed === undefined || typedName.toLowerCase() === cleanText(typed).toLowerCase();
    if (!same) return words('wish.problem-typed', { name: typed ?? '' });
    const needs = kindNamed(kind).needs(args);
    const situation = await turn.situation();
    requireAll(needs, situation, { approved: true });
    const wantsReason = needSecondPerson(needs, situation).length > 0;
    if (wantsReason && reason === '') return words('form.missing', { name: words('wish.reason') });
    return heldBack(turn, options);
  },
});

/** Why its guard would not let it be done now, in words; what cannot be known now is thrown. */
async function heldBack(turn: Turn, { asksGuard, ...wish }: WishReviewOptions): Promise<string | undefined> {
  if (asksGuard !== true) return undefined;
  try {
    await kindNamed(wish.kind).guard?.(aimOf(turn, wish));
    return undefined;
  } catch (error) {
    if (!(error instanceof PartnerError) || unreadOf(error) !== undefined) throw error;
    const { what, next } = wordsForError(turn.words, error);
    return `${what} ${next}`;
  }
}

function aimOf(turn: Turn, wish: Wish): Aim {
  return {
    directory: turn.directory(),
    company: turn.companyDesk(),
    mailFacts: turn.mailFacts,
    operation: operationOf(turn, wish),
  };
}

interface WishData extends Wish {
  reason: string;
}

/** A wish that needs no more questions: one review card, then it is done. */
const wish = createFlow<WishData>({
  id: 'wish',
  async start(turn, brought) {
    const { kind, args } = brought as Wish;
    const situation = await turn.situation();
    requireAll(kindNamed(kind).needs(args), situation, { approved: true });
    await requireAsThingsAre(kindNamed(kind), aimOf(turn, { kind, args }), situation);
    return { kind, args, reason: '' };
  },
  steps: [
    {
      form: 'wish-review',
      options: async (_turn, { kind, args }) => ({ kind, args }),
      take: async (_turn, data, values) => ({ ...data, reason: wishAnswer.parse(values).reason }),
    },
  ],
  finish: (turn, { kind, args, reason }, cardKey, consent) =>
    confirmWish(turn, { kind, args }, { reason, cardKey, consent }),
  outdated: showOverview,
});

/** How a wish was confirmed: why, where a second person reads it, and on which card, which the answer takes the place of. */
interface Confirmation {
  reason?: string;
  cardKey?: string;
  consent: Consent;
}

/** Records the confirmed wish: it runs at once, or waits for a second person where one is needed. */
export async function confirmWish(
  turn: Turn,
  wish: Wish,
  { reason = '', cardKey = '', consent }: Confirmation,
): Promise<void> {
  const { kind, args } = wish;
  const { needs } = kindNamed(kind);
  const begun = wish.id === undefined ? undefined : await turn.findOperation(wish.id);
  if (begun !== undefined) return showBegunBefore(turn, begun);
  const operation = operationOf(turn, wish);
  const capabilities = needSecondPerson(needs(args), await turn.situation());
  if (capabilities.length > 0)
    return askSecondPerson(turn, { operation, capabilities, reason, cardKey, consent });
  turn.record(operation, consent);
  turn.show(operationCardHere(turn, operation), { key: operation.cardKey, replaces: cardKey || undefined });
}

/** A wish as the operation that would do it, in the name of this person. */
export function operationOf(turn: Turn, { kind, args, id }: Wish): Operation {
  const { schema, plan, idOf } = kindNamed(kind);
  return newOperation({
    id: id ?? idOf?.(args) ?? turn.newId(),
    kind,
    schema,
    actor: turn.requireAccount(),
    personKey: turn.chat.personKey,
    args,
    steps: plan(args),
    cardKey: turn.newId(),
    now: turn.now,
  });
}

/** Sends a confirmed wish once more, now that somebody who may approve it has perhaps opened the bot. */
async function askAgain(turn: Turn, { args: kept, consent }: Judged): Promise<void> {
  const { wish: wanted, reason } = requestedAgain(kept);
  requireAll(kindNamed(wanted.kind).needs(wanted.args), await turn.situation(), { approved: true });
  await confirmWish(turn, wanted, { reason, consent });
}

export const wishJob: Job = {
  dialogs: [wish, wishReview],
  once: { 'approval-again': { press: (turn, _stage, judged) => askAgain(turn, judged) } },
};
