import { accountKey } from '../partner/accounts.ts';
import type { Approval } from '../partner/approvals.ts';
import {
  type CapabilityId,
  capabilityIds,
  mayTryToApprove,
  type Situation,
} from '../partner/capabilities.ts';
import type { Turn } from './turn.ts';

/** Requests of others that wait for this person's yes and that they may decide. */
export async function approvalsFor(turn: Turn, situation: Situation): Promise<Approval[]> {
  return (await turn.records.waitingApprovals()).filter(
    (approval) =>
      approval.expiresAt > turn.now &&
      !isOwnRequest(turn, approval) &&
      capabilitiesOf(approval).every((capability) => mayTryToApprove(capability, situation)),
  );
}

/** Requests of this account that somebody else has yet to decide. */
export async function ownRequests(turn: Turn): Promise<Approval[]> {
  const own = accountKey(turn.requireAccount());
  return (await turn.records.waitingApprovals()).filter(
    (approval) => approval.expiresAt > turn.now && accountKey(approval.requester) === own,
  );
}

/** Nobody says yes to themselves: not as the same account in another chat, nor as another account in the same chat. */
export function isOwnRequest(turn: Turn, approval: Approval): boolean {
  const sameAccount = accountKey(approval.requester) === accountKey(turn.requireAccount());
  return sameAccount || approval.requesterPersonKey === turn.chat.personKey;
}

/** What a person must be allowed to do to decide this; a capability of another version counts as `approvals`. */
function capabilitiesOf(approval: Approval): CapabilityId[] {
  return approval.capability.split(' ').map((name) => capabilityIds.find((id) => id === name) ?? 'approvals');
}
