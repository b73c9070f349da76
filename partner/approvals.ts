import { type AccountRef, accountKey } from './accounts.ts';
import { inOrder } from './in-order.ts';

/** Somebody else's yes to an operation that needs a second person. The operation waits under `operationId`. */
export interface Approval {
  id: string;
  operationId: string;
  /** Tenant id. */
  company: string;
  requester: AccountRef;
  requesterPersonKey: string;
  /** What the approver must be allowed to do as well: ids of capabilities, with a space between them. */
  capability: string;
  /** Kind of the operation. */
  verb: string;
  object: string;
  reason: string;
  /** Hash of kind, company, actor and arguments: what is approved is exactly what runs. */
  argsHash: string;
  status: 'waiting' | 'approved' | 'declined' | 'expired' | 'withdrawn';
  decidedBy: AccountRef | null;
  /** Domain time, ms, as are the two that follow. */
  createdAt: number;
  expiresAt: number;
  decidedAt: number | null;
}

/** How long a second person has to say yes or no (domain time, ms). */
export const approvalLifetimeMs = 24 * 60 * 60 * 1000;

/** How a waiting approval ended: by somebody's word, by its time, or because the requester took it back. */
export interface ApprovalDecision {
  id: string;
  status: Exclude<Approval['status'], 'waiting'>;
  by: AccountRef | null;
  at: number;
}

/** What is approved, as one text in a fixed order, to be hashed: kind, company, actor and arguments. */
export function approvedText(operation: {
  kind: string;
  company: string;
  actor: AccountRef;
  args: unknown;
}): string {
  const { kind, company, actor, args } = operation;
  return JSON.stringify([kind, company, actor.tenantId, actor.objectId, inOrder(args)]);
}

/** Keys of the cards that ask for this approval begin so. */
export function approvalStem(approvalId: string): string {
  return `approval.${approvalId}.`;
}

/** Whether somebody said yes to exactly this operation. `hash` is the one that made `argsHash`. */
export function isAsApproved(
  operation: Parameters<typeof approvedText>[0] & { approvedBy: AccountRef | null },
  approval: Approval | undefined,
  hash: (text: string) => string,
): boolean {
  const by = operation.approvedBy;
  if (by === null || approval?.status !== 'approved' || approval.decidedBy === null) return false;
  const isTheirs = accountKey(approval.decidedBy) === accountKey(by);
  return isTheirs && approval.argsHash === hash(approvedText(operation));
}
