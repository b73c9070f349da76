import type { Clock } from '../partner/clock.ts';
import { isOverByHand, move, newsOf } from '../partner/delegation-life.ts';
import type { DelegationNews } from '../partner/delegation-news.ts';
import { accessLost, daysLeft, dueReminder, isAlive } from '../partner/delegation-standing.ts';
import type { Delegation } from '../partner/delegations.ts';
import { PartnerError, passingCodes } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';
import type { OfferEvent } from '../partner/offers.ts';
import { givesAccess } from '../partner/relationship-reading.ts';
import type { Relationship, Relationships } from '../partner/relationships.ts';
import type { Storage } from '../storage/storage.ts';

/** Reads as the partner itself, whoever is signed in. */
export interface PartnerRelationships {
  asPartner(company: string): Pick<Relationships, 'find' | 'list' | 'assignments'>;
}

/** What is to be stored and told of one delegation. */
export interface Looked {
  delegation: Delegation;
  events: OfferEvent[];
  news: DelegationNews[];
}

/** What one sweep over a company's delegations knows of all of them. */
export interface Sweep {
  /** All those of the company; undefined where Microsoft does not tell. */
  relationships: ReadonlyMap<string, Relationship> | undefined;
  /** Ids of the delegations that somebody's operation ends or extends at this moment. */
  changing: ReadonlySet<string>;
  /** Of the company: reminders count its days. */
  zone: string;
}

/** Looks at one known delegation; undefined: all is as it was. */
export function createDelegationLook(deps: {
  storage: Pick<Storage, 'operations'>;
  relationships: PartnerRelationships;
  clock: Clock;
  newId(): string;
  log: Log;
}): (delegation: Delegation, sweep: Sweep) => Promise<Looked | undefined> {
  const { storage, clock } = deps;

  /** An operation that goes on reads for itself, and tells what it finds: the one that carries it, or one that changes it. */
  async function isInHand({ id, operationId }: Delegation, changing: ReadonlySet<string>): Promise<boolean> {
    if (changing.has(id)) return true;
    const operation = operationId === null ? undefined : await storage.operations.find(operationId);
    return operation?.status === 'running';
  }

  /** Somebody may have taken the roles from our groups, at Microsoft; undefined where it does not tell, today or ever. */
  async function hasAccess({ company, relationshipId }: Delegation): Promise<boolean | undefined> {
    if (relationshipId === null) return undefined;
    try {
      const assignments = await deps.relationships.asPartner(company).assignments(relationshipId);
      return assignments.some(givesAccess);
    } catch (error) {
      // The other reads of this look are worth more than this one.
      if (!(error instanceof PartnerError)) throw error;
      return undefined;
    }
  }

  async function withAccess(delegation: Delegation, isRead: boolean): Promise<Delegation> {
    // What was made elsewhere may be meant for groups of its own.
    if (!isRead || !delegation.wasUsable || !isAlive(delegation)) return delegation;
    const isThere = await hasAccess(delegation);
    return isThere === undefined ? delegation : move(delegation, { do: 'access', isThere });
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
    const { isRefused, relationship } = await findOne(company, relationshipId);
    if (isRefused) return before;
    return move(before, relationship === undefined ? { do: 'ended' } : { do: 'read', relationship });
  }

  /** A list may be behind; the thing itself is not. One that Microsoft does not show goes by its own dates. */
  async function findOne(company: string, id: string) {
    try {
      const relationship = await deps.relationships.asPartner(company).find(id);
      return { isRefused: false, relationship };
    } catch (error) {
      if (!(error instanceof PartnerError) || passingCodes.includes(error.code)) throw error;
      const { code, requestId } = error;
      deps.log.warn({ company, relationship: id, code, requestId }, 'a delegation could not be read');
      return { isRefused: true, relationship: undefined };
    }
  }

  function eventsOf(before: Delegation, after: Delegation): OfferEvent[] {
    const kind = newsOf(before, after);
    const { offerId, company, client, status } = after;
    if (kind === undefined || offerId === null) return [];
    const about = { id: deps.newId(), offerId, company, client: client.tenantId, at: clock.now() };
    return [{ ...about, kind, by: null, byName: '', details: { status } }];
  }

  return async (before, { relationships, changing, zone }) => {
    if (before.state === 'declined') return undefined;
    const read = await withAccess(await readNow(before, relationships), relationships !== undefined);
    const due = dueReminder(read, clock.now(), zone);
    const delegation = due === undefined ? read : move(read, { do: 'reminded', days: due });
    const isSame = JSON.stringify(delegation) === JSON.stringify(before);
    if (isSame || (await isInHand(before, changing))) return undefined;
    const reminder: DelegationNews[] =
      due === undefined ? [] : [{ what: 'reminder', days: daysLeft(read, clock.now(), zone) ?? due }];
    return { delegation, events: eventsOf(before, read), news: [...newsFrom(before, read), ...reminder] };
  };
}

/** The client was asked, so that it cannot be that nothing is there yet. */
const mayBeGone: readonly Delegation['state'][] = ['waiting-for-approval', 'active', 'usable', 'expiring'];

function newsFrom(before: Delegation, after: Delegation): DelegationNews[] {
  const { state, reason } = after;
  if (reason === accessLost && before.reason !== accessLost) return [{ what: 'no-access' }];
  const kind = newsOf(before, after);
  // Nobody here carries what was made elsewhere.
  if (kind === 'delegation-approved') return after.operationId === null ? [] : [{ what: 'approved' }];
  const isEnd = state === 'expired' || state === 'ended' || state === 'unapproved';
  return kind !== undefined && isEnd ? [{ what: state }] : [];
}
