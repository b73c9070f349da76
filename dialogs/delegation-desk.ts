import type { Delegation, DelegationState } from '../partner/delegations.ts';
import type { OfferEvent } from '../partner/offers.ts';

export type DelegationWrite = { add: Delegation } | { save: Delegation };

/** What is written about delegations in one go; the lines of the offer's timeline belong to it. */
export interface DelegationWrites {
  delegations?: readonly DelegationWrite[];
  offerEvents?: readonly OfferEvent[];
}

/**
 * Delegated administration as conversations see it. Everything but `ofClient` and `approvalLink` is about the signed-in
 * person's own company; others are not found. Writes are gathered like everything else.
 */
export interface DelegationDesk {
  find(id: string): Promise<Delegation | undefined>;
  ofOffer(offerId: string): Promise<Delegation[]>;
  /** What this client company made of the offer's delegation. */
  ofClient(offerId: string, tenantId: string): Promise<Delegation | undefined>;
  byRelationship(relationshipId: string): Promise<Delegation | undefined>;
  /** Those that end first at the front, those without an end last. */
  list(states: readonly DelegationState[], limit: number): Promise<Delegation[]>;
  save(writes: DelegationWrites): void;
  /** Microsoft's page on which the client approves; undefined while nothing is there. */
  approvalLink(delegation: Delegation): string | undefined;
}
