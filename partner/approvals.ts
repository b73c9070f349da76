import { type AccountRef, accountKey } from './accounts.ts';
import { mayApproveAll } from './authorise.ts';
import type { CapabilityId, Situation } from './capabilities.ts';
import type { Directory } from './directory.ts';
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
  /** Why, in the words of who decided; '' where nothing was said, and once that is no longer kept. */
  answer: string;
  /** Domain time, ms, as are the two that follow. */
  createdAt: number;
  expiresAt: number;
  decidedAt: number | null;
}

/** How long a second person has to say yes or no, and how long a yes holds then (domain time, ms). */
export const approvalLifetimeMs = 24 * 60 * 60 * 1000;

/** How a waiting approval ended: by somebody's word, by its time, or because the requester took it back. */
export interface ApprovalDecision {
  id: string;
  status: Exclude<Approval['status'], 'waiting'>;
  by: AccountRef | null;
  /** Why; left out: nothing was said. */
  answer?: string;
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

type Approved = Parameters<typeof approvedText>[0] & { approvedBy: AccountRef | null };

/** Whether somebody else said yes to exactly this operation. `hash` is the one that made `argsHash`. */
export function isAsApproved(
  operation: Approved,
  approval: Approval | undefined,
  hash: (text: string) => string,
): boolean {
  const by = operation.approvedBy;
  if (by === null || approval?.status !== 'approved' || approval.decidedBy === null) return false;
  const isTheirs = accountKey(approval.decidedBy) === accountKey(by);
  const isOther = accountKey(by) !== accountKey(operation.actor);
  return isTheirs && isOther && approval.argsHash === hash(approvedText(operation));
}

/** What tells whether a yes holds: the approver's rights are read with the sign-in of whom the operation is. */
export interface ApprovalFacts {
  directory: Pick<Directory, 'userById' | 'rightsOf'>;
  /** Of whom the operation is; company and cloud are the approver's too. */
  situation: Situation;
  /** What takes a second person. */
  capabilities: readonly CapabilityId[];
  hash: (text: string) => string;
  /** Domain time, ms. */
  now: number;
}

/**
 * The one place that says whether somebody's yes to this operation holds: to exactly this, for 24 hours, and while who
 * gave it could still give it. Throws what the reads throw: what cannot be read now is no "no".
 */
export async function doesApprovalHold(
  operation: Approved,
  approval: Approval | undefined,
  { directory, situation, capabilities, hash, now }: ApprovalFacts,
): Promise<boolean> {
  const { decidedBy = null, decidedAt = null } = approval ?? {};
  if (decidedBy === null || decidedAt === null || !isAsApproved(operation, approval, hash)) return false;
  if (decidedBy.tenantId !== operation.company || now - decidedAt > approvalLifetimeMs) return false;
  const approver = await directory.userById(decidedBy.objectId);
  if (approver?.accountEnabled !== true) return false;
  const held = await directory.rightsOf(decidedBy.objectId);
  return mayApproveAll(capabilities, { ...situation, ...held });
}
