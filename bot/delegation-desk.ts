import type { DelegationDesk } from '../dialogs/delegation-desk.ts';
import type { AccountRef } from '../partner/accounts.ts';
import { clientsPage } from '../partner/delegation-pages.ts';
import type { RelationshipDesks } from '../partner/relationships.ts';
import type { Storage } from '../storage/storage.ts';
import type { Gathered } from './gathered.ts';

export interface DelegationDeskDeps {
  storage: Pick<Storage, 'delegations'>;
  relationships: RelationshipDesks;
}

/** Delegations of the company of this account; reads at once, writes with the turn. */
export function createDelegationDesk(
  { storage, relationships }: DelegationDeskDeps,
  gathered: Gathered,
  account: () => AccountRef,
): DelegationDesk {
  const { delegations } = storage;
  const { changes } = gathered;
  const company = () => account().tenantId;
  const own = <T extends { company: string }>(found: T | undefined) =>
    found?.company === company() ? found : undefined;

  return {
    find: async (id) => own(await delegations.find(id)),
    ofOffer: async (offerId) =>
      (await delegations.ofOffer(offerId)).filter((each) => own(each) !== undefined),
    ofClient: delegations.ofClient,
    byRelationship: (relationshipId) => delegations.byRelationship(company(), relationshipId),
    withClient: async (tenantId) => (tenantId === '' ? [] : delegations.withClient(company(), tenantId)),
    list: (states) => delegations.ofCompany(company(), states),
    save({ delegations: writes = [], offerEvents = [] }) {
      changes.delegations.push(...writes);
      changes.offerEvents.push(...offerEvents);
    },
    clientsPage: (delegation) => clientsPage(delegation, relationships.asPartner(delegation.company)),
  };
}
