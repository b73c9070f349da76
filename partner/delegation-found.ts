import { stateFrom } from './delegation-life.ts';
import { daysLeft } from './delegation-standing.ts';
import { isSameDelegation, termsFor } from './delegation-terms.ts';
import { type Delegation, type DelegationTerms, reminderDays } from './delegations.ts';
import type { Relationship } from './relationships.ts';

/**
 * A relationship that was made elsewhere, as a delegation without an offer; undefined for one of no client yet, and for
 * one that is over. Whoever made it knows of the reminders that would be due by now: they begin with the next one.
 */
export function foundDelegation(
  relationship: Relationship,
  { id, company, now, zone }: { id: string; company: string; now: number; zone: string },
): Delegation | undefined {
  const { client, status, endsAt } = relationship;
  const state = stateFrom(status);
  const isOpen = state === 'waiting-for-approval' || state === 'active' || state === 'expiring';
  if (client === null || !isOpen) return undefined;
  const found: Delegation = {
    ...{ id, company, client: { ...client, domain: '' }, offerId: null, terms: termsOf(relationship) },
    ...{ person: null, maker: null, state, status, relationshipId: relationship.id, operationId: null },
    ...{ answeredAt: null, endsAt: endsAt === undefined ? null : Date.parse(endsAt), wasUsable: false },
    ...{ reminded: [], reason: '', createdAt: now, rev: 1 },
  };
  const left = daysLeft(found, now, zone);
  return { ...found, reminded: left === undefined ? [] : reminderDays.filter((days) => left <= days) };
}

/** Full and Limited are known by their roles. */
function termsOf({ roles, durationDays: days, autoExtend }: Relationship): DelegationTerms {
  const named: DelegationTerms = { level: 'roles', roles: [...roles], days, autoExtend };
  const levels = (['full', 'limited'] as const).map((level) => termsFor(level, { days, autoExtend }));
  return levels.find((terms) => isSameDelegation(terms, { ...named, level: terms.level })) ?? named;
}
