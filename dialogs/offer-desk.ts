import type { Delegation } from '../partner/delegations.ts';
import type {
  Acceptance,
  AcceptanceState,
  ClientCompany,
  Offer,
  OfferEvent,
  OfferEventKind,
  OfferVersion,
} from '../partner/offers.ts';
import type { TenantName } from '../partner/tenants.ts';

export type OfferWrite = { add: Offer } | { save: Offer };
export type AcceptanceWrite = { add: Acceptance } | { save: Acceptance };

/** What is written about offers in one go. */
export interface OfferWrites {
  offers?: readonly OfferWrite[];
  /** Offers that must still be as they were read. */
  offerGuards?: readonly Pick<Offer, 'id' | 'rev'>[];
  offerVersions?: readonly OfferVersion[];
  acceptances?: readonly AcceptanceWrite[];
  offerEvents?: readonly OfferEvent[];
}

/** What somebody of a client has just done about an offer. */
export interface ClientDid {
  offer: Offer;
  version: OfferVersion;
  acceptance: Acceptance | undefined;
  /** Where it was about the delegated administration. */
  delegation?: Delegation;
  events: readonly OfferEvent[];
}

/** Which of the company's offers are asked for; `before` is the last one of the page before. */
export interface OfferListQuery {
  mine?: true;
  /** Only those of which something is being written. */
  withDraft?: true;
  statuses?: readonly Offer['status'][];
  before?: { createdAt: number; id: string };
  limit: number;
}

/**
 * Offers as conversations see them. Everything but `byCode`, `version`, `ofClient`, `countOf`, `hasPutOff` and what follows from them is about
 * the offers of the signed-in person's own company; others are not found. Writes are gathered like everything else.
 */
export interface OfferDesk {
  find(id: string): Promise<Offer | undefined>;
  byCode(code: string): Promise<Offer | undefined>;
  list(query: OfferListQuery): Promise<Offer[]>;
  version(offerId: string, number: number): Promise<OfferVersion | undefined>;
  acceptance(id: string): Promise<Acceptance | undefined>;
  acceptancesOf(offerId: string): Promise<Acceptance[]>;
  ofClient(offerId: string, tenantId: string): Promise<Acceptance | undefined>;
  /** In these states, the one that was answered first at the front. */
  waiting(states: readonly AcceptanceState[]): Promise<Acceptance[]>;
  /** With a wish for other numbers that no version has answered since, the one that came first at the front. */
  wishing(): Promise<Acceptance[]>;
  /** The newest first; without a limit everybody the company ever had to do with. */
  recentClients(limit?: number): Promise<ClientCompany[]>;
  /** The offer's timeline, newest first. */
  events(offerId: string, limit: number): Promise<OfferEvent[]>;
  /** All of these kinds of one offer, or about one client of it, newest first; what this turn does is not among them. */
  eventsOfKinds(offerId: string, kinds: readonly OfferEventKind[], tenantId?: string): Promise<OfferEvent[]>;
  /** All of these kinds of all offers of the company, newest first. */
  eventsOfCompany(kinds: readonly OfferEventKind[]): Promise<OfferEvent[]>;
  /** How often this client company did something of these kinds about the offer. */
  countOf(offerId: string, tenantId: string, kinds: readonly OfferEventKind[]): Promise<number>;
  /** Whether this client company has put its answer to the delegation of this version off before. */
  hasPutOff(offerId: string, tenantId: string, version: number): Promise<boolean>;
  save(writes: OfferWrites): void;
  /** Whether this person signed in to the cloud of the partner who made it: elsewhere nobody answers it. */
  isInCloudOf(offer: Offer): boolean;
  /** Unguessable part of a new link. */
  newCode(): string;
  /** Address of the client's page. */
  link(code: string, language?: 'vi' | 'en'): string;
  /** The company behind a tenant id, asked by the partner whose offer it is. */
  tenantFor(offer: Offer, tenantId: string): Promise<TenantName | undefined>;
  /** Gathers who is told, and what is mailed, about what a client did. */
  consequences(did: ClientDid): Promise<void>;
}
