import { type DelegationMove, isAllowed, move, newsOf } from '../partner/delegation-life.ts';
import { isOver } from '../partner/delegation-standing.ts';
import type { Delegation } from '../partner/delegations.ts';
import { PartnerError } from '../partner/errors.ts';
import type { OfferEvent, OfferEventKind } from '../partner/offers.ts';
import type { FollowedDelegation } from '../partner/operation-kinds.ts';
import type { Operation } from '../partner/operations.ts';
import type { Following, FollowingDeps } from './following.ts';

/** Lets a client's delegation move along with the operation that carries, extends or ends it. */
export function createDelegationFollowing(deps: FollowingDeps): Following {
  const { storage, kinds, clock, newId } = deps;
  const followedBy = (operation: Operation) => kinds.get(operation.kind)?.followsDelegation?.(operation);

  function eventsOf(
    followed: FollowedDelegation,
    steps: readonly Delegation[],
    by: Pick<OfferEvent, 'by' | 'byName'>,
  ): OfferEvent[] {
    return steps.flatMap((after, index) => {
      const before = steps[index - 1];
      const kind = before === undefined ? undefined : newsOf(before, after);
      const { offerId, company, client } = after;
      if (kind === undefined || offerId === null) return [];
      const who = wasDoneByStaff(kind, followed) ? by : { by: null, byName: '' };
      const details = kind === 'delegation-failed' ? { step: followed.step, code: followed.reason } : {};
      return [
        {
          id: newId(),
          offerId,
          company,
          client: client.tenantId,
          at: clock.now(),
          kind,
          ...who,
          details,
        },
      ];
    });
  }

  return {
    async check(operation) {
      const followed = followedBy(operation);
      if (followed === undefined) return;
      const delegation = await storage.delegations.find(followed.delegationId);
      if (delegation === undefined || !isTheirs(delegation, followed, operation)) {
        throw new PartnerError('acceptance-moved-on');
      }
    },

    async changes(operation) {
      const followed = followedBy(operation);
      const before = followed && (await storage.delegations.find(followed.delegationId));
      if (followed === undefined || before === undefined || !isTheirs(before, followed, operation)) return {};
      const steps = lifeAfter(before, followed, operation);
      const after = steps.at(-1);
      if (after === undefined || steps.length === 1) return {};
      const byName = (await storage.accounts.find(operation.actor))?.displayName ?? '';
      const events = eventsOf(followed, steps, { by: operation.actor, byName });
      const moved = await deps.delegationMoved?.({ before, after, events });
      return { ...moved, delegations: [{ save: after }], offerEvents: events };
    },
  };
}

/** The client approves, and Microsoft ends; what the timeline tells of a person is what that person's work did. */
function wasDoneByStaff(kind: OfferEventKind, { carries }: FollowedDelegation): boolean {
  return kind === 'delegation-usable' || kind === 'delegation-failed' || !carries;
}

/** Of this partner, and carried by this operation since the client allowed it; or exactly the one to be changed. */
function isTheirs(delegation: Delegation, followed: FollowedDelegation, { id, company }: Operation): boolean {
  if (delegation.company !== company) return false;
  if (!followed.carries) return delegation.relationshipId === followed.relationshipId;
  return delegation.operationId === id && (delegation.relationshipId !== null || isAllowed(delegation));
}

/** The delegation as it is, and after each move that brings it to where its operation is. */
function lifeAfter(before: Delegation, followed: FollowedDelegation, operation: Operation): Delegation[] {
  const steps = [before];
  let delegation = before;
  for (const next of [resumed, created, read, ended] as const) {
    const event = next(delegation, followed, operation);
    if (event === undefined) continue;
    delegation = move(delegation, event);
    steps.push(delegation);
  }
  return steps;
}

type Next = (
  delegation: Delegation,
  followed: FollowedDelegation,
  operation: Operation,
) => DelegationMove | undefined;

const resumed: Next = ({ state }, { carries, stage }, { id: operationId }) => {
  const goesOn = stage === 'under-way' || stage === 'usable';
  return carries && state === 'failed' && goesOn ? { do: 'resume', operationId } : undefined;
};

const created: Next = (delegation, { carries, relationshipId }, { id: operationId }) => {
  const isNew = delegation.state === 'requested' && delegation.relationshipId === null;
  return carries && isNew && relationshipId !== null
    ? { do: 'created', relationshipId, operationId }
    : undefined;
};

/** In the order in which they follow each other. */
const statuses = [
  ...['created', 'approvalPending', 'approved', 'activating', 'active', 'expiring'],
  ...['expired', 'terminationRequested', 'terminating', 'terminated'],
];

const read: Next = ({ status }, { carries, relationship }) => {
  if (relationship === undefined) return undefined;
  // Each step of the operation tells again what one read long ago; the daily look may know more by now.
  const isAhead = statuses.indexOf(relationship.status) > statuses.indexOf(status);
  return carries && !isAhead ? undefined : { do: 'read', relationship };
};

const ended: Next = ({ state, wasUsable, relationshipId }, { stage, reason, carries }) => {
  switch (stage) {
    case 'under-way':
      return undefined;
    case 'usable':
      return wasUsable || isOver(state) || state === 'declined' ? undefined : { do: 'usable' };
    case 'ended':
      if (isOver(state)) return undefined;
      if (relationshipId === null) return { do: 'failed', reason };
      // Staff who take back what was never sent end it too, and nobody had to approve that.
      return { do: 'ended', wasApproved: !carries || reason === 'delegation-ended' };
    case 'failed':
      return isOver(state) || state === 'failed' || state === 'usable' ? undefined : { do: 'failed', reason };
  }
};
