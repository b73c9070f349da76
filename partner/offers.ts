import type { AccountRef } from './accounts.ts';
import type { DelegationTerms } from './delegation-terms.ts';
import type { JsonObject } from './operations.ts';

/** A price that the partner states. Microsoft's own prices are the partner's cost and never part of an offer. */
export interface StatedPrice extends JsonObject {
  /** Decimal text without grouping, e.g. `250000` or `5.50`; for one licence. */
  amount: string;
  /** ISO 4217. */
  currency: string;
  per: 'month' | 'year';
  vat: 'included' | 'excluded';
}

/** One service of an offer. */
export interface OfferLine extends JsonObject {
  /** Partner Center's `<product>:<sku>`; which availability is ordered is read when it is ordered. */
  item: string;
  /** The product's name as it was when the line was added. */
  name: string;
  seats: number;
  /** What the client may choose, both included. */
  minSeats: number;
  maxSeats: number;
  trial: boolean;
  /** ISO 8601 duration: `P1M`, `P1Y`, `P3Y`; an open list. */
  term: string;
  /** Partner Center's billing cycle in lower case: `monthly`, `annual`, `none` …; an open list. */
  billing: string;
  price: StatedPrice | null;
}

/** For whom an offer is. */
export interface Recipient extends JsonObject {
  /** Company as the maker knows it; '' when unknown. */
  name: string;
  /** Directory id that alone may answer; null: any company that has the link. */
  tenantId: string | null;
  domain: string | null;
  /** Person and address that the mail goes to; '' when none was given. */
  person: string;
  mail: string;
}

export interface OfferTerms extends JsonObject {
  /** `delegation`: no lines, delegated administration alone. */
  kind: 'trial' | 'purchase' | 'delegation';
  /** `reseller`: an acceptance becomes an order · `advisor`: Microsoft bills, the portal's link is carried. */
  route: 'reseller' | 'advisor';
  /** The link that Microsoft's partner portal made; only for `advisor`. */
  portalLink: string | null;
  recipient: Recipient;
  lines: OfferLine[];
  language: 'vi' | 'en';
  validDays: number;
  /** The maker's own words to the client; plain text. */
  note: string;
  /** Asked for beside the lines, or alone; it has an answer of its own. Left out: not asked for. */
  delegation?: DelegationTerms;
}

export const mostLines = 20;
export const usualValidDays = 14;

/**
 * `draft` was never published. A published one may hold a draft of its next version as well.
 * https: the code in the link names the offer and through it the partner.
 */
export interface Offer {
  id: string;
  /** Tenant id of the partner. */
  company: string;
  /** Unguessable part of the link, 128 bit or more, base64url. */
  code: string;
  maker: AccountRef;
  makerName: string;
  status: 'draft' | 'published' | 'withdrawn' | 'expired';
  /** Number of the newest published version; 0 before the first. */
  version: number;
  /** What is being written; null when nothing is. */
  draft: OfferTerms | null;
  createdAt: number;
  publishedAt: number | null;
  /** End of the newest version (domain time, ms). */
  expiresAt: number | null;
  /** Counts stored changes; a save with an old one is a conflict. */
  rev: number;
}

/** What clients see of the company; as it was confirmed when the version was published. */
export interface CompanySignature extends JsonObject {
  name: string;
  /** One text a line. */
  address: string[];
  phone: string;
  mail: string;
  website: string;
  domains: string[];
  partnerId: string;
}

/** A published version never changes. */
export interface OfferVersion {
  offerId: string;
  number: number;
  terms: OfferTerms;
  signature: CompanySignature;
  /** Who clients ask. */
  contact: { name: string; mail: string; phone: string };
  /** Hash of everything that the client is shown; part of every acceptance. */
  hash: string;
  by: AccountRef;
  at: number;
  expiresAt: number;
}

export const acceptanceStates = [
  'viewed',
  'accepted',
  'declined',
  'withdrawn',
  'confirmed',
  'ordering',
  'ordered',
  'provisioned',
  'refused',
  'failed',
  'lapsed',
] as const;
export type AcceptanceState = (typeof acceptanceStates)[number];

/** A client company, from the verified token of who signed in. */
export interface ClientCompany {
  tenantId: string;
  name: string;
  domain: string;
}

export interface ClientPerson {
  objectId: string;
  name: string;
  signInName: string;
}

/** What one client company makes of one offer. There is one of these for each pair. */
export interface Acceptance {
  id: string;
  offerId: string;
  /** Tenant id of the partner. */
  company: string;
  client: ClientCompany;
  /** Who did the last thing on the client's side. */
  person: ClientPerson;
  state: AcceptanceState;
  /** The version that was seen or answered, and its hash. */
  version: number;
  versionHash: string;
  /** Licences accepted, in the order of the lines; empty before an acceptance. */
  seats: number[];
  /** Licences that the client would like instead; empty: none wished. */
  wish: number[];
  /** Why it was declined, refused or failed; '' when nobody said. */
  reason: string;
  /** When the client's last answer came (domain time, ms); null while only viewed. */
  answeredAt: number | null;
  confirmedBy: AccountRef | null;
  /** The operation that orders it. */
  operationId: string | null;
  orderId: string | null;
  createdAt: number;
  rev: number;
}

export const offerEventKinds = [
  'created',
  'published',
  'sent',
  'shared',
  'viewed',
  'accepted',
  'declined',
  'wished',
  'asked',
  'answered',
  'withdrawn-by-client',
  'withdrawn',
  'renewed',
  'handed-over',
  'confirmed',
  'ordered',
  'provisioned',
  'refused',
  'failed',
  'stopped',
  'expired',
  'noted',
  'delegation-allowed',
  'delegation-declined',
  'delegation-later',
  'delegation-approved',
  'delegation-usable',
  'delegation-ended',
  'delegation-unapproved',
  'delegation-failed',
] as const;
export type OfferEventKind = (typeof offerEventKinds)[number];

/** One line of an offer's timeline. */
export interface OfferEvent {
  id: string;
  offerId: string;
  /** Tenant id of the partner. */
  company: string;
  /** Client's tenant id, where it is about one. */
  client: string | null;
  at: number;
  kind: OfferEventKind;
  /** Who did it: a member of staff or of the client; null for the clock. */
  by: AccountRef | null;
  /** Their name; '' for the clock, and of who is forgotten. */
  byName: string;
  /** Never a secret; what a client wrote is plain text and shown as such. */
  details: JsonObject;
}
