import { approvalCard } from '../cards/approval.ts';
import { messageCard } from '../cards/message.ts';
import { operationCardFor } from '../cards/operation-views.ts';
import { ownCompany } from '../cards/scope.ts';
import { jobName } from '../cards/wish-words.ts';
import type { MessageKey } from '../locales/words.ts';
import { accountKey } from '../partner/accounts.ts';
import { type Approval, approvedText } from '../partner/approvals.ts';
import { requireCapability } from '../partner/authorise.ts';
import { type CapabilityId, capabilityIds, may } from '../partner/capabilities.ts';
import type { JsonObject, Operation } from '../partner/operations.ts';
import type { Job } from './job.ts';
import { showNote } from './overview.ts';
import type { Turn } from './turn.ts';

/** A yes or no of the second person. Everything is looked up again: nothing on the card is believed. */
async function decide(turn: Turn, verb: 'approve' | 'decline'): Promise<void> {
  const account = turn.requireAccount();
  const pressed = await turn.press(turn.input.submit?.nonce, verb);
  const id = typeof pressed === 'object' ? pressed['approval'] : undefined;
  const approval = typeof id === 'string' ? await turn.records.approval(id) : undefined;
  const operation = approval && (await turn.findOperation(approval.operationId));
  const isOpen = approval?.status === 'waiting' && approval.expiresAt > turn.now;
  if (approval === undefined || operation === undefined || !isOpen) return refuse(turn, 'approval.over');
  if (accountKey(approval.requester) === accountKey(account)) return refuse(turn, 'approval.not-yours');
  requireCapability(capabilityOf(approval), await turn.situation(), { approved: true });
  if (turn.hash(approvedText(operation)) !== approval.argsHash) return refuse(turn, 'approval.changed');
  const { tenantId, objectId } = account;
  const by = { tenantId, objectId };
  const status = verb === 'approve' ? 'approved' : 'declined';
  turn.records.decide({ id: approval.id, status, by, at: turn.now });
  if (verb === 'approve') turn.resume({ ...operation, status: 'running', approvedBy: by });
  else turn.keep({ ...operation, status: 'cancelled' });
  await tellRequester(turn, approval, operation, account.displayName, status);
  const { verb: kind, object } = approval;
  const job = jobName(turn.words, kind, 'sentence');
  const key = verb === 'approve' ? 'approval.approved-you' : 'approval.declined-you';
  showNote(turn, turn.words(key, { job, object }), '');
}

async function tellRequester(
  turn: Turn,
  approval: Approval,
  operation: Operation,
  name: string,
  status: 'approved' | 'declined',
): Promise<void> {
  const requester = await turn.reach(approval.requester);
  if (requester === undefined) return;
  const after: Operation = { ...operation, status: status === 'approved' ? 'running' : 'cancelled' };
  const said = requester.words(`approval.${status}`, { name });
  const place = { revealAddress: undefined, approval: [said] };
  const card = operationCardFor(requester.words, requester.account, after, place);
  turn.tell(requester, card, { replaces: operation.cardKey });
}

function capabilityOf(approval: Approval): CapabilityId {
  return capabilityIds.find((id) => id === approval.capability) ?? 'approvals';
}

function refuse(turn: Turn, problem: MessageKey & `approval.${string}`): void {
  const reference = turn.reference({ problem });
  turn.say(`${turn.words(problem)} ${turn.words('error.reference', { reference })}`);
}

/** The requester takes a waiting request back. */
async function withdraw(turn: Turn, id: unknown): Promise<void> {
  const account = turn.requireAccount();
  const operation = typeof id === 'string' ? await turn.findOperation(id) : undefined;
  const approval = operation && (await turn.records.approvalOf(operation.id));
  const isOwn = operation !== undefined && accountKey(operation.actor) === accountKey(account);
  if (approval?.status !== 'waiting' || !isOwn) return refuse(turn, 'approval.over');
  turn.records.decide({ id: approval.id, status: 'withdrawn', by: operation.actor, at: turn.now });
  const after: Operation = { ...operation, status: 'cancelled' };
  turn.keep(after);
  const place = { revealAddress: undefined, approval: [turn.words('approval.withdrawn')] };
  turn.show(operationCardFor(turn.words, account, after, place), { replaces: operation.cardKey });
}

/** What waits for this person's yes, each with its buttons. */
export async function showApprovals(turn: Turn): Promise<void> {
  const account = turn.requireAccount();
  const situation = await turn.situation();
  const waiting = (await turn.records.waitingApprovals()).filter(
    (approval) =>
      approval.expiresAt > turn.now &&
      accountKey(approval.requester) !== accountKey(account) &&
      may(capabilityOf(approval), situation),
  );
  if (waiting.length === 0) {
    const frame = { ...ownCompany(turn.words, account), title: turn.words('approval.list-title') };
    turn.show(messageCard({ frame: { ...frame, intro: turn.words('approval.none') } }));
    return;
  }
  for (const approval of waiting.slice(0, 5)) await showOne(turn, approval);
}

async function showOne(turn: Turn, approval: Approval): Promise<void> {
  const operation = await turn.findOperation(approval.operationId);
  const requester = (await turn.reach(approval.requester))?.account;
  if (operation === undefined || requester === undefined) return;
  const args: JsonObject = { approval: approval.id };
  const nonces = {
    approve: turn.button({ verb: 'approve', args }),
    decline: turn.button({ verb: 'decline', args }),
  };
  const reader = { words: turn.words, language: turn.chat.language, account: turn.requireAccount() };
  turn.show(approvalCard(reader, { approval, args: operation.args, requester, nonces }));
}

export const approvalsJob: Job = {
  commands: { approvals: showApprovals },
  presses: {
    approve: (turn) => decide(turn, 'approve'),
    decline: (turn) => decide(turn, 'decline'),
    'approval-withdraw': (turn, _stage, { inputs }) => withdraw(turn, inputs['operation']),
  },
};
