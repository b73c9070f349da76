import type { Clock } from '../partner/clock.ts';
import { daysLeft, dueReminder, isOverByHand, move, newsOf } from '../partner/delegation-life.ts';
import type { DelegationNews } from '../partner/delegation-news.ts';
import type { Delegation } from '../partner/delegations.ts';
import type { OfferEvent } from '../partner/offers.ts';
import type { Relationship, Relationships } from '../partner/relationships.ts';
import type { Storage } from '../storage/storage.ts';

/** Reads as the partner itself, whoever is signed in. */
export interface PartnerRelationships {
  asPartner(company: string): Pick<Relationships, 'find' | 'list'>;
}

/** What is to be stored and told of one delegation. */
export interface Looked {
  delegation: Delegation;
  events: OfferEvent[];
  news: DelegationNews[];
}

/**
 * Looks at one known delegation; undefined: all is as it was. `relationships` are all those of the company, or
 * undefined where Microsoft does not tell.
 */
export function createDelegationLook(deps: {
  storage: Pick<Storage, 'operations'>;
  relationships: PartnerRelationships;
  clock: Clock;
  newId(): string;
}): (
  delegation: Delegation,
  relationships: ReadonlyMap<string, Relationship> | undefined,
) => Promise<Looked | undefined> {
  const { storage, clock } = deps;

  /** An operation that goes on reads for itself, and tells what it finds. */
  async function isInHand({ operationId }: Delegation): Promise<boolean> {
    const operation = operationId === null ? undefined : await storage.operations.find(operationId);
    return operation?.status === 'running';
  }

  async function readNow(
    before: Delegation,
    relationships: ReadonlyMap<string, Relationship> | undefined,
  ): Promise<Delegation> {
    const { company, relationshipId } = before;
    const at = clock.now();
    if (isOverByHand(before, at)) return move(before, { do: 'over', at });
    if (relationshipId === null || relationships === undefined) return before;
    const listed = relationships.get(relationshipId);
    if (listed !== undefined) return move(before, { do: 'read', relationship: listed });
    if (!mayBeGone.includes(before.state)) return before;
    // A list may be behind; the thing itself is not.
    const relationship = await deps.relationships.asPartner(company).find(relationshipId);
    return move(before, relationship === undefined ? { do: 'ended' } : { do: 'read', relationship });
  }

  function eventsOf(before: Delegation, after: Delegation): OfferEvent[] {
    const kind = newsOf(before, after);
    const { offerId, company, client, status } = after;
    if (kind === undefined || offerId === null) return [];
    const about = { id: deps.newId(), offerId, company, client: client.tenantId, at: clock.now() };
    return [{ ...about, kind, byName: '', details: { status } }];
  }

  return async (before, relationships) => {
    if (before.state === 'declined') return undefined;
    const read = await readNow(before, relationships);
    const due = dueReminder(read, clock.now());
    const delegation = due === undefined ? read : move(read, { do: 'reminded', days: due });
    const isSame = JSON.stringify(delegation) === JSON.stringify(before);
    if (isSame || (await isInHand(before))) return undefined;
    const reminder: DelegationNews[] =
      due === undefined ? [] : [{ what: 'reminder', days: daysLeft(read, clock.now()) ?? due }];
    return { delegation, events: eventsOf(before, read), news: [...endOf(before, read), ...reminder] };
  };
}

/** The client was asked, so that it cannot be that nothing is there yet. */
const mayBeGone: readonly Delegation['state'][] = ['waiting-for-approval', 'active', 'usable', 'expiring'];

function endOf(before: Delegation, after: Delegation): DelegationNews[] {
  const { state } = after;
  const isNow = newsOf(before, after) !== undefined;
  return isNow && (state === 'expired' || state === 'ended' || state === 'unapproved')
    ? [{ what: state }]
    : [];
}
