import type { AccountRef } from './accounts.ts';
import { addDays, dayOf, endOfDay } from './days.ts';
import type { Delegation, DelegationTerms } from './delegations.ts';
import { PartnerError } from './errors.ts';

/** Kept by the word of a member of staff, where Microsoft has no interface: nothing of it can be read. */
export function isByHand({ relationshipId, offerId, maker }: Delegation): boolean {
  return relationshipId === null && offerId === null && maker !== null;
}

/** What somebody says that a client has allowed in Microsoft's portal; `endsAt` in domain time, ms. */
export function recordedDelegation(said: {
  id: string;
  by: AccountRef;
  client: { name: string; domain: string };
  terms: DelegationTerms;
  endsAt: number;
  now: number;
}): Delegation {
  const { id, by, client, terms, endsAt, now } = said;
  const { tenantId: company, objectId } = by;
  return {
    ...{ id, company, client: { tenantId: '', ...client }, offerId: null, terms, person: null },
    ...{ maker: { tenantId: company, objectId }, state: 'active', status: '', relationshipId: null },
    ...{ operationId: null, answeredAt: null, endsAt, wasUsable: false, reminded: [], reason: '' },
    ...{ createdAt: now, rev: 1 },
  };
}

/** When the last of so many days is over in this zone, if today is the day before the first. */
export const endOf = ({ days }: DelegationTerms, now: number, zone: string) =>
  endOfDay(zone, addDays(dayOf(zone, now), days));

/** The same one, said anew: it goes on with these terms until then. Throws as `endedByHand`. */
export function recordedAgain(
  delegation: Delegation,
  { by, terms, endsAt }: { by: AccountRef; terms: DelegationTerms; endsAt: number },
): Delegation {
  const { tenantId, objectId } = by;
  return {
    ...byHand(delegation),
    maker: { tenantId, objectId },
    terms,
    endsAt,
    state: 'active',
    reminded: [],
  };
}

/** Somebody says that it has ended. Throws PartnerError `acceptance-moved-on` for one that Microsoft keeps. */
export function endedByHand(delegation: Delegation): Delegation {
  return { ...byHand(delegation), state: 'ended' };
}

function byHand(delegation: Delegation): Delegation {
  if (isByHand(delegation)) return delegation;
  throw new PartnerError('acceptance-moved-on', { details: { state: delegation.state, move: 'by-hand' } });
}
