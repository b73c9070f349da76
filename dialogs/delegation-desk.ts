import type { AccountRef } from '../partner/accounts.ts';
import type { ClientsPage } from '../partner/delegation-pages.ts';
import type { Delegation, DelegationState } from '../partner/delegations.ts';
import type { OfferEvent } from '../partner/offers.ts';

/** `by`: who says it of one that is recorded by hand. */
export type DelegationWrite = { add: Delegation } | { save: Delegation; by?: AccountRef };

/** What is written about delegations in one go; the lines of the offer's timeline belong to it. */
export interface DelegationWrites {
  delegations?: readonly DelegationWrite[];
  offerEvents?: readonly OfferEvent[];
}

/**
 * Delegated administration as conversations see it. Everything but `ofClient` and `clientsPage` is about the signed-in
 * person's own company; others are not found. Writes are gathered like everything else.
 */
export interface DelegationDesk {
  find(id: string): Promise<Delegation | undefined>;
  ofOffer(offerId: string): Promise<Delegation[]>;
  /** What this client company made of the offer's delegation. */
  ofClient(offerId: string, tenantId: string): Promise<Delegation | undefined>;
  byRelationship(relationshipId: string): Promise<Delegation | undefined>;
  /** All with this client; none for a client whose tenant nobody knows. */
  withClient(tenantId: string): Promise<Delegation[]>;
  /** Those that end first at the front, those without an end last. */
  list(states: readonly DelegationState[]): Promise<Delegation[]>;
  save(writes: DelegationWrites): void;
  /** Microsoft's page that the client has to open now; undefined while it is not their turn. */
  clientsPage(delegation: Delegation): ClientsPage | undefined;
}
