import type { AccountRef } from './accounts.ts';
import type { DelegationTerms } from './delegation-terms.ts';
import type { ClientCompany, ClientPerson } from './offers.ts';

export { type DelegationTerms, mostDelegationDays } from './delegation-terms.ts';

/** Days left at which the maker is reminded. */
export const reminderDays = [31, 14, 7, 1] as const;

export const delegationStates = [
  /** The client allowed it; nothing is at Microsoft yet. */
  'requested',
  /** The client's Global administrator has to approve on Microsoft's page. */
  'waiting-for-approval',
  /** Approved; Microsoft sets it up, then access, consent and probe follow. */
  'active',
  /** The probe worked. */
  'usable',
  'expiring',
  'expired',
  'ended',
  /** The client's Global administrator never approved, and cannot any more: there was no access. */
  'unapproved',
  'failed',
  /** The client does not want it. */
  'declined',
] as const;
export type DelegationState = (typeof delegationStates)[number];

/**
 * Delegated administration of one client company. From an offer there is one for each offer and client; one that was
 * made elsewhere is kept too, without an offer. States after `requested` are read from Microsoft, never inferred.
 */
export interface Delegation {
  id: string;
  /** Tenant id of the partner. */
  company: string;
  client: ClientCompany;
  offerId: string | null;
  terms: DelegationTerms;
  /** Who answered for the client; null for one that was made elsewhere. */
  person: ClientPerson | null;
  /** In whose name it is carried on; null for one that was made elsewhere. */
  maker: AccountRef | null;
  state: DelegationState;
  /** Microsoft's own status, as it was read last; '' before. */
  status: string;
  relationshipId: string | null;
  /** What carries it on, from the client's yes on; null for one that was made elsewhere. */
  operationId: string | null;
  answeredAt: number | null;
  endsAt: number | null;
  /** The probe worked once: one that was extended needs no other. */
  wasUsable: boolean;
  /** Days left at which a reminder went out; begins anew when the end moves. */
  reminded: number[];
  /** Code of what failed; '' otherwise. */
  reason: string;
  createdAt: number;
  rev: number;
}
