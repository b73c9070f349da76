import { z } from 'zod';
import { operationCardFor } from '../cards/operation-views.ts';
import { wishReviewCard } from '../cards/wish-review.ts';
import { wishWords } from '../cards/wish-words.ts';
import { needSecondPerson, requireAll, requireAsThingsAre } from '../partner/authorise.ts';
import { kindNamed } from '../partner/kinds.ts';
import { cleanText } from '../partner/names.ts';
import { type JsonObject, newOperation, type Operation } from '../partner/operations.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job } from './job.ts';
import { showOverview } from './overview.ts';
import { askSecondPerson, requestedAgain } from './second-person.ts';
import type { Turn } from './turn.ts';

/** Something to be written to Microsoft's clouds, fully described by its kind and arguments. */
export interface Wish {
  kind: string;
  args: JsonObject;
}

export interface WishReviewOptions extends Wish {
  /** Which step of a longer flow this is; by itself it says only to look it over. */
  intro?: string;
  canGoBack?: boolean;
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
    const needs = kindNamed(kind).needs(args);
    const secondPerson = needSecondPerson(needs, await turn.situation()).length > 0;
    const view = { account: turn.account, nonce, problem, kind, args, intro, secondPerson, typed, canGoBack };
    return wishReviewCard(turn.words, turn.chat.language, view);
  },
  async check(turn, { kind, args }, { typedName, reason }) {
    const { words } = turn;
    const { typed } = wishWords(words, turn.chat.language, kind, args);
    const same = typed === undefined || typedName.toLowerCase() === cleanText(typed).toLowerCase();
    if (!same) return words('wish.problem-typed', { name: typed ?? '' });
    const needs = kindNamed(kind).needs(args);
    const situation = await turn.situation();
    requireAll(needs, situation, { approved: true });
    const wantsReason = needSecondPerson(needs, situation).length > 0;
    return wantsReason && reason === '' ? words('form.missing', { name: words('wish.reason') }) : undefined;
  },
});

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
    const aim = {
      directory: turn.directory(),
      company: turn.companyDesk(),
      operation: operationOf(turn, { kind, args }),
    };
    await requireAsThingsAre(kindNamed(kind), aim, situation);
    return { kind, args, reason: '' };
  },
  steps: [
    {
      form: 'wish-review',
      options: async (_turn, { kind, args }) => ({ kind, args }),
      take: async (_turn, data, values) => ({ ...data, reason: wishAnswer.parse(values).reason }),
    },
  ],
  finish: (turn, { kind, args, reason }, cardKey) => confirmWish(turn, { kind, args }, reason, cardKey),
  outdated: showOverview,
});

/** Records the confirmed wish: it runs at once, or waits for a second person where one is needed. */
export async function confirmWish(
  turn: Turn,
  { kind, args }: Wish,
  reason: string,
  cardKey: string,
): Promise<void> {
  const { object, needs } = kindNamed(kind);
  const operation = operationOf(turn, { kind, args });
  const capabilities = needSecondPerson(needs(args), await turn.situation());
  if (capabilities.length > 0) return askSecondPerson(turn, { operation, capabilities, reason, cardKey });
  turn.record(operation, object(args));
  const card = operationCardFor(turn.words, turn.account, operation, {
    revealAddress: undefined,
    language: turn.chat.language,
  });
  turn.show(card, { key: operation.cardKey, replaces: cardKey || undefined });
}

/** A wish as the operation that would do it, in the name of this person. */
export function operationOf(turn: Turn, { kind, args }: Wish): Operation {
  const { schema, plan, idOf } = kindNamed(kind);
  return newOperation({
    id: idOf?.(args) ?? turn.newId(),
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
async function askAgain(turn: Turn): Promise<void> {
  turn.requireAccount();
  const pressed = await turn.press(turn.input.submit?.nonce, 'approval-again');
  if (typeof pressed === 'string') {
    const problem = pressed === 'used' ? 'form.used' : 'approval.no-button';
    const reference = turn.reference({ problem });
    return turn.say(`${turn.words(problem)} ${turn.words('error.reference', { reference })}`);
  }
  const { kind, args, reason } = requestedAgain(pressed);
  requireAll(kindNamed(kind).needs(args), await turn.situation(), { approved: true });
  await confirmWish(turn, { kind, args }, reason, '');
}

export const wishJob: Job = {
  dialogs: [wish, wishReview],
  presses: { 'approval-again': askAgain },
};
