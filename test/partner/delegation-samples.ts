import { newDelegation } from '../../partner/delegation-life.ts';
import { termsFor } from '../../partner/delegation-terms.ts';
import type { Delegation, DelegationTerms } from '../../partner/delegations.ts';
import type { Relationship } from '../../partner/relationships.ts';
import { client, dayMs, published, termsOf } from './offer-samples.ts';

/** Small values for tests of delegations: an offer of Contoso asks Fabrikam for Limited for a year. */
export const limited = termsFor('limited', { days: 365, autoExtend: false });

export function offerWith(delegation: DelegationTerms = limited) {
  return published(termsOf({ delegation }));
}

export function relationship(status: string, more: Partial<Relationship> = {}): Relationship {
  return {
    ...{ id: 'relationship', name: 'fabrikam delegation', status, roles: [...limited.roles] },
    client: { tenantId: 'fabrikam', name: 'Fabrikam' },
    ...{ durationDays: 365, autoExtend: false, createdAt: undefined, activatedAt: undefined },
    ...{ endsAt: undefined, etag: '1' },
    ...more,
  };
}

/** A delegation of Fabrikam in the given state, with what comes with that state. */
export function delegationIn(state: Delegation['state'], more: Partial<Delegation> = {}): Delegation {
  const { tenantId, name, domain, person } = client('fabrikam');
  const begun = { id: 'delegation', ...offerWith(), client: { tenantId, name, domain }, person, now: 0 };
  const isThere = !['requested', 'failed', 'declined'].includes(state);
  const wasUsable = state === 'usable';
  const statuses: Partial<Record<typeof state, string>> = {
    ...{ 'waiting-for-approval': 'approvalPending', active: 'active', usable: 'active' },
    ...{ expiring: 'expiring', expired: 'expired', ended: 'terminated', unapproved: 'expired' },
  };
  return {
    ...newDelegation(begun),
    ...{ state, status: statuses[state] ?? '', answeredAt: 1, wasUsable },
    ...(state === 'declined' ? {} : { operationId: 'operation' }),
    ...(isThere ? { relationshipId: 'relationship' } : {}),
    ...(isThere && state !== 'waiting-for-approval' && state !== 'unapproved' ? { endsAt: 365 * dayMs } : {}),
    ...more,
  };
}
