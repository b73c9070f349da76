import { approvalCard, approvalsCard, type WaitingRequest } from '../cards/approval.ts';
import { accountKey } from '../partner/accounts.ts';
import { type Approval, approvalStem, approvedText } from '../partner/approvals.ts';
import type { Operation } from '../partner/operations.ts';
import { decidable, endApproval, refuseApproval, sayHowItEnded } from './approval-decision.ts';
import type { Job } from './job.ts';
import type { Judged } from './judgement.ts';
import { operationCardHere } from './operation-card.ts';
import type { Turn } from './turn.ts';
import { approvalsFor, ownRequests } from './waiting-approvals.ts';

/** The yes of the second person. */
async function approve(turn: Turn, { args, consent }: Judged): Promise<void> {
  const found = await decidable(turn, args['approval']);
  if (found === undefined) return;
  const { approval, operation } = found;
  const isSame = turn.hash(approvedText(operation)) === approval.argsHash;
  if (!isSame) return refuseApproval(turn, 'approval.changed');
  const { tenantId, objectId } = turn.requireAccount();
  const approvedBy = { tenantId, objectId };
  await endApproval(turn, approval, { status: 'approved', by: approvedBy });
  const { drawn } = operation;
  const running: Operation = { ...operation, status: 'running', approvedBy, drawn: drawn + 1 };
  turn.resume(running, consent);
  await turn.showProgress(running);
}

/** The requester takes a waiting request back. */
async function withdraw(turn: Turn, id: unknown): Promise<void> {
  const account = turn.requireAccount();
  const operation = typeof id === 'string' ? await turn.findOperation(id) : undefined;
  const isOwn = operation !== undefined && accountKey(operation.actor) === accountKey(account);
  const approval = isOwn ? await turn.records.approvalOf(operation.id) : undefined;
  if (approval === undefined || operation === undefined) return refuseApproval(turn, 'approval.over');
  if (approval.status !== 'waiting') return sayHowItEnded(turn, approval);
  await endApproval(turn, approval, { status: 'withdrawn', by: operation.actor });
  const after: Operation = { ...operation, status: 'cancelled', drawn: operation.drawn + 1 };
  turn.keep(after);
  const inPlace = operation.personKey === turn.chat.personKey ? operation.cardKey : undefined;
  turn.show(operationCardHere(turn, after, [turn.words('approval.withdrawn')]), { replaces: inPlace });
}

/** What waits for this person's yes; and what they have asked for themselves. */
export async function showApprovals(turn: Turn): Promise<void> {
  const account = turn.requireAccount();
  const forMe = await approvalsFor(turn, await turn.situation());
  const own = await ownRequests(turn);
  const [only] = forMe;
  if (only !== undefined && forMe.length === 1 && own.length === 0) return showOne(turn, only);
  const [theirs, ours] = await Promise.all([requests(turn, forMe), requests(turn, own)]);
  const reader = { words: turn.words, language: turn.chat.language, account };
  turn.show(approvalsCard(reader, { forMe: theirs, own: ours }));
}

function requests(turn: Turn, approvals: readonly Approval[]): Promise<WaitingRequest[]> {
  return Promise.all(
    approvals.slice(0, mostShown).map(async (approval) => ({
      approval,
      args: (await turn.findOperation(approval.operationId))?.args ?? {},
      from: (await turn.accountOf(approval.requester))?.displayName ?? turn.words('person.erased'),
    })),
  );
}

/** Rows of one list; as some are decided the rest move up. */
const mostShown = 10;

async function open(turn: Turn, id: string): Promise<void> {
  const found = (await approvalsFor(turn, await turn.situation())).find((approval) => approval.id === id);
  if (found !== undefined) return showOne(turn, found);
  const ended = await turn.records.approval(id);
  if (ended === undefined || ended.status === 'waiting') return refuseApproval(turn, 'approval.over');
  return sayHowItEnded(turn, ended);
}

async function showOne(turn: Turn, approval: Approval): Promise<void> {
  const operation = await turn.findOperation(approval.operationId);
  if (operation === undefined) return refuseApproval(turn, 'approval.over');
  const requester = await turn.accountOf(approval.requester);
  const nonce = turn.button({ verb: 'approve', args: { approval: approval.id } });
  const reader = { words: turn.words, language: turn.chat.language, account: turn.requireAccount() };
  const card = approvalCard(reader, { approval, args: operation.args, requester, nonce });
  turn.show(card, { key: `${approvalStem(approval.id)}${turn.newId()}` });
}

/** The requester's own request: how it ended, or the card on which it can still be taken back. */
async function showRequest(turn: Turn, id: unknown): Promise<void> {
  const operation = typeof id === 'string' ? await turn.findOperation(id) : undefined;
  const approval = operation && (await turn.records.approvalOf(operation.id));
  if (operation === undefined || approval === undefined) return refuseApproval(turn, 'approval.over');
  if (approval.status !== 'waiting') return sayHowItEnded(turn, approval);
  await turn.showAnew(operation);
}

export const approvalsJob: Job = {
  commands: { approvals: showApprovals },
  presses: {
    'approval-open': (turn, _stage, pressed) => open(turn, pressed.text('approval') ?? ''),
  },
  once: {
    approve: {
      press: (turn, _stage, judged) => approve(turn, judged),
      shows: (turn, { approval }) => open(turn, String(approval)),
    },
    'approval-withdraw': {
      press: (turn, _stage, { args }) => withdraw(turn, args['operation']),
      shows: (turn, { operation }) => showRequest(turn, operation),
    },
  },
};
