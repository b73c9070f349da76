import { z } from 'zod';
import { approvalCard } from '../cards/approval.ts';
import { button } from '../cards/buttons.ts';
import { messageCard } from '../cards/message.ts';
import { operationCardFor } from '../cards/operation-views.ts';
import { ownCompany } from '../cards/scope.ts';
import { roleName } from '../cards/users.ts';
import { wishReviewCard } from '../cards/wish-review.ts';
import { wishWords } from '../cards/wish-words.ts';
import { type Approval, approvalLifetimeMs, approvedText } from '../partner/approvals.ts';
import { needSecondPerson, requireAll } from '../partner/authorise.ts';
import { type CapabilityId, ruleOf } from '../partner/capabilities.ts';
import { kindNamed } from '../partner/kinds.ts';
import { manualLink } from '../partner/links.ts';
import { cleanText } from '../partner/names.ts';
import { type JsonObject, newOperation, type Operation } from '../partner/operations.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job } from './job.ts';
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
export const wishReview = createForm({
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
export const wish = createFlow<WishData>({
  id: 'wish',
  async start(turn, brought) {
    const { kind, args } = brought as Wish;
    requireAll(kindNamed(kind).needs(args), await turn.situation(), { approved: true });
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
});

/** Records the confirmed wish: it runs at once, or waits for a second person where one is needed. */
export async function confirmWish(
  turn: Turn,
  { kind, args }: Wish,
  reason: string,
  cardKey: string,
): Promise<void> {
  const actor = turn.requireAccount();
  const { schema, plan, object, needs } = kindNamed(kind);
  const operation = newOperation({
    id: turn.newId(),
    kind,
    schema,
    actor,
    personKey: turn.chat.personKey,
    args,
    steps: plan(args),
    cardKey: turn.newId(),
    now: turn.now,
  });
  const [capability] = needSecondPerson(needs(args), await turn.situation());
  if (capability !== undefined) return askSecondPerson(turn, operation, capability, reason, cardKey);
  turn.record(operation, object(args));
  showProgress(turn, operation, cardKey, []);
}

function showProgress(turn: Turn, operation: Operation, cardKey: string, approval: readonly string[]): void {
  const card = operationCardFor(turn.words, turn.account, operation, { revealAddress: undefined, approval });
  turn.show(card, { key: operation.cardKey, replaces: cardKey || undefined });
}

async function askSecondPerson(
  turn: Turn,
  running: Operation,
  capability: CapabilityId,
  reason: string,
  cardKey: string,
): Promise<void> {
  const approvers = await turn.colleaguesWho(capability);
  if (approvers.length === 0) return showNobody(turn, capability, cardKey);
  const operation: Operation = { ...running, status: 'waiting-approval' };
  const requester = turn.requireAccount();
  const object = kindNamed(operation.kind).object(operation.args);
  const approval: Approval = {
    id: turn.newId(),
    operationId: operation.id,
    company: operation.company,
    requester: operation.actor,
    requesterPersonKey: operation.personKey,
    capability,
    verb: operation.kind,
    object,
    reason,
    argsHash: turn.hash(approvedText(operation)),
    status: 'waiting',
    decidedBy: null,
    createdAt: turn.now,
    expiresAt: turn.now + approvalLifetimeMs,
    decidedAt: null,
  };
  turn.recordWaiting(operation, object, approval);
  for (const approver of approvers) {
    const meaning = { args: { approval: approval.id } };
    const nonces = {
      approve: turn.button({ verb: 'approve', ...meaning }, approver),
      decline: turn.button({ verb: 'decline', ...meaning }, approver),
    };
    turn.tell(approver, approvalCard(approver, { approval, args: operation.args, requester, nonces }));
  }
  const names = approvers.map(({ account }) => account.displayName).join(', ');
  showProgress(turn, operation, cardKey, [turn.words('approval.sent', { names })]);
}

/** Nobody can be asked: says who could, how they get here, and where to do it by hand. Never self-approved. */
async function showNobody(turn: Turn, capability: CapabilityId, cardKey: string): Promise<void> {
  const { words } = turn;
  const { roles: whoCan = [], route } = ruleOf(capability);
  const { cloud } = await turn.situation();
  const roles = whoCan.map((id) => roleName(turn.chat.language, id)).join(', ');
  const reference = turn.reference({ problem: 'approval.nobody', capability });
  const card = messageCard({
    frame: {
      ...ownCompany(words, turn.account),
      title: words('approval.nobody-title'),
      intro: words('approval.nobody', { roles }),
    },
    note: words('error.reference', { reference }),
    links: [{ title: words('button.open-portal'), url: manualLink(route, cloud) }],
    buttons: [button(words('button.overview'), 'overview')],
  });
  turn.show(card, { replaces: cardKey || undefined });
}

export const wishJob: Job = { dialogs: [wish, wishReview] };
