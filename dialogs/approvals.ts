import { approvalCard, approvalsCard, endedWords, type WaitingRequest } from '../cards/approval.ts';
import type { MessageKey } from '../locales/words.ts';
import { type AccountRef, accountKey } from '../partner/accounts.ts';
import { type Approval, approvalStem, approvedText } from '../partner/approvals.ts';
import { requireMayApprove } from '../partner/authorise.ts';
import { kindNamed } from '../partner/kinds.ts';
import type { Operation } from '../partner/operations.ts';
import type { Job, SingleUse } from './job.ts';
import type { Consent, Judged } from './judgement.ts';
import { operationCardHere, showOperationAnew } from './operation-card.ts';
import type { Turn } from './turn.ts';
import { approvalsFor, isOwnRequest, ownRequests } from './waiting-approvals.ts';

/** A yes or no of the second person. Everything is looked up again: nothing on the card is believed. */
async function decide(turn: Turn, verb: 'approve' | 'decline', { args, consent }: Judged): Promise<void> {
  const id = args['approval'];
  const approval = typeof id === 'string' ? await turn.records.approval(id) : undefined;
  const operation = approval && (await turn.findOperation(approval.operationId));
  if (approval === undefined || operation === undefined) return refuse(turn, 'approval.over');
  const isFromHere =
    operation.personKey === turn.chat.personKey || (await turn.records.wasAskedHere(operation.id));
  if (isOwnRequest(turn, approval) || isFromHere) return refuse(turn, 'approval.not-yours');
  if (approval.status !== 'waiting') return sayHowItEnded(turn, approval);
  if (approval.expiresAt <= turn.now || operation.status !== 'waiting-approval')
    return refuse(turn, 'approval.over');
  // Throws when the right for any part of it was lost since the card was sent.
  requireMayApprove(kindNamed(operation.kind).needs(operation.args), await turn.situation());
  const isSame = turn.hash(approvedText(operation)) === approval.argsHash;
  if (verb === 'decline') return decline(turn, approval, operation);
  return isSame ? approve(turn, { approval, operation, consent }) : refuse(turn, 'approval.changed');
}

async function approve(
  turn: Turn,
  { approval, operation, consent }: { approval: Approval; operation: Operation; consent: Consent },
): Promise<void> {
  const { tenantId, objectId } = turn.requireAccount();
  const approvedBy = { tenantId, objectId };
  await end(turn, approval, 'approved', approvedBy);
  const { drawn } = operation;
  const running: Operation = { ...operation, status: 'running', approvedBy, drawn: drawn + 1 };
  turn.resume(running, consent);
  await turn.showProgress(running);
}

async function decline(turn: Turn, approval: Approval, operation: Operation): Promise<void> {
  const { tenantId, objectId, displayName: name } = turn.requireAccount();
  await end(turn, approval, 'declined', { tenantId, objectId });
  const after: Operation = { ...operation, status: 'cancelled', drawn: operation.drawn + 1 };
  turn.keep(after);
  await turn.showProgress(after, (words) => [words('approval.declined', { name })]);
}

/** The requester takes a waiting request back. */
async function withdraw(turn: Turn, id: unknown): Promise<void> {
  const account = turn.requireAccount();
  const operation = typeof id === 'string' ? await turn.findOperation(id) : undefined;
  const isOwn = operation !== undefined && accountKey(operation.actor) === accountKey(account);
  const approval = isOwn ? await turn.records.approvalOf(operation.id) : undefined;
  if (approval === undefined || operation === undefined) return refuse(turn, 'approval.over');
  if (approval.status !== 'waiting') return sayHowItEnded(turn, approval);
  await end(turn, approval, 'withdrawn', operation.actor);
  const after: Operation = { ...operation, status: 'cancelled', drawn: operation.drawn + 1 };
  turn.keep(after);
  const inPlace = operation.personKey === turn.chat.personKey ? operation.cardKey : undefined;
  turn.show(operationCardHere(turn, after, [turn.words('approval.withdrawn')]), { replaces: inPlace });
}

async function end(
  turn: Turn,
  approval: Approval,
  status: 'approved' | 'declined' | 'withdrawn',
  by: AccountRef,
): Promise<void> {
  turn.records.decide({ id: approval.id, status, by, at: turn.now });
  await turn.closeApproval({ ...approval, status, decidedBy: by, decidedAt: turn.now });
}

function refuse(turn: Turn, problem: MessageKey & `approval.${string}`): void {
  const reference = turn.reference({ problem });
  turn.say(`${turn.words(problem)} ${turn.words('error.reference', { reference })}`);
}

/** Somebody was faster, or it was taken back: says who and how, so that nobody wonders. */
async function sayHowItEnded(turn: Turn, approval: Approval): Promise<void> {
  const { status, decidedBy } = approval;
  if (status === 'waiting') return;
  const by = decidedBy === null ? undefined : await turn.accountOf(decidedBy);
  const names = {
    by: by?.displayName ?? turn.words('person.erased'),
    requester: (await turn.accountOf(approval.requester))?.displayName ?? turn.words('person.erased'),
  };
  const isOwn = decidedBy !== null && accountKey(decidedBy) === accountKey(turn.requireAccount());
  const reference = turn.reference({ problem: 'approval.ended', status });
  const said = endedWords(turn.words, { how: status, isOwn, names });
  turn.say(`${said} ${turn.words('approval.late')} ${turn.words('error.reference', { reference })}`);
}

/** What waits for this person's yes; and what they have asked for themselves. */
async function showApprovals(turn: Turn): Promise<void> {
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
  if (ended === undefined || ended.status === 'waiting') return refuse(turn, 'approval.over');
  return sayHowItEnded(turn, ended);
}

async function showOne(turn: Turn, approval: Approval): Promise<void> {
  const operation = await turn.findOperation(approval.operationId);
  if (operation === undefined) return refuse(turn, 'approval.over');
  const requester = await turn.accountOf(approval.requester);
  const meaning = { args: { approval: approval.id } };
  const nonces = {
    approve: turn.button({ verb: 'approve', ...meaning }),
    decline: turn.button({ verb: 'decline', ...meaning }),
  };
  const reader = { words: turn.words, language: turn.chat.language, account: turn.requireAccount() };
  const card = approvalCard(reader, { approval, args: operation.args, requester, nonces });
  turn.show(card, { key: `${approvalStem(approval.id)}${turn.newId()}` });
}

/** The requester's own request: how it ended, or the card on which it can still be taken back. */
async function showRequest(turn: Turn, id: unknown): Promise<void> {
  const operation = typeof id === 'string' ? await turn.findOperation(id) : undefined;
  const approval = operation && (await turn.records.approvalOf(operation.id));
  if (operation === undefined || approval === undefined) return refuse(turn, 'approval.over');
  if (approval.status !== 'waiting') return sayHowItEnded(turn, approval);
  await showOperationAnew(turn, operation);
}

function deciding(verb: 'approve' | 'decline'): SingleUse {
  return {
    press: (turn, _stage, judged) => decide(turn, verb, judged),
    shows: (turn, { approval }) => open(turn, String(approval)),
  };
}

export const approvalsJob: Job = {
  commands: { approvals: showApprovals },
  presses: {
    'approval-open': (turn, _stage, pressed) => open(turn, pressed.text('approval') ?? ''),
  },
  once: {
    approve: deciding('approve'),
    decline: deciding('decline'),
    'approval-withdraw': {
      press: (turn, _stage, { args }) => withdraw(turn, args['operation']),
      shows: (turn, { operation }) => showRequest(turn, operation),
    },
  },
};
