import { endedWords } from '../cards/approval.ts';
import type { MessageKey } from '../locales/words.ts';
import { type AccountRef, accountKey } from '../partner/accounts.ts';
import type { Approval } from '../partner/approvals.ts';
import { requireMayApprove } from '../partner/authorise.ts';
import { kindNamed } from '../partner/kinds.ts';
import type { Operation } from '../partner/operations.ts';
import type { Turn } from './turn.ts';
import { isOwnRequest } from './waiting-approvals.ts';

/** A request that this person may decide now. */
export interface Decidable {
  approval: Approval;
  operation: Operation;
}

/** Looks everything up again: nothing on a card is believed. Says why, and gives nothing, where there is nothing to decide. */
export async function decidable(turn: Turn, id: unknown): Promise<Decidable | undefined> {
  const approval = typeof id === 'string' ? await turn.records.approval(id) : undefined;
  const operation = approval && (await turn.findOperation(approval.operationId));
  if (approval === undefined || operation === undefined) return refuseApproval(turn, 'approval.over');
  const isFromHere =
    operation.personKey === turn.chat.personKey || (await turn.records.wasAskedHere(operation.id));
  if (isOwnRequest(turn, approval) || isFromHere) return refuseApproval(turn, 'approval.not-yours');
  if (approval.status !== 'waiting') {
    await sayHowItEnded(turn, approval);
    return undefined;
  }
  if (approval.expiresAt <= turn.now || operation.status !== 'waiting-approval')
    return refuseApproval(turn, 'approval.over');
  // Throws when the right for any part of it was lost since the card was sent.
  requireMayApprove(kindNamed(operation.kind).needs(operation.args), await turn.situation());
  return { approval, operation };
}

/** Everybody who was asked, and whoever asked, hears of it. `answer`: why, in the words of who decides. */
export async function endApproval(
  turn: Turn,
  approval: Approval,
  {
    status,
    by,
    answer = '',
  }: { status: 'approved' | 'declined' | 'withdrawn'; by: AccountRef; answer?: string },
): Promise<void> {
  turn.records.decide({ id: approval.id, status, by, answer, at: turn.now });
  await turn.closeApproval({ ...approval, status, decidedBy: by, answer, decidedAt: turn.now });
}

export function refuseApproval(turn: Turn, problem: MessageKey & `approval.${string}`): undefined {
  const reference = turn.reference({ problem });
  turn.say(`${turn.words(problem)} ${turn.words('error.reference', { reference })}`);
}

/** Somebody was faster, or it was taken back: says who and how, so that nobody wonders. */
export async function sayHowItEnded(turn: Turn, approval: Approval): Promise<void> {
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
