import type { AccountRef } from './accounts.ts';

/** A client company as Partner Center lists it. */
export interface Customer {
  tenantId: string;
  name: string;
  domain: string;
  /** Partner Center's relationshipToPartner in lower case: `reseller`, `advisor` …; an open list. */
  relationship: string;
}

/** Something that can be offered: a SKU of a product in the partner's country. No price: Microsoft's are our cost. */
export interface CatalogueItem {
  /** `<product>:<sku>`. */
  item: string;
  productId: string;
  skuId: string;
  name: string;
  description: string;
  trial: boolean;
  minSeats: number;
  maxSeats: number;
  /** What can be bought: each a term (`P1M`, `P1Y` …) with a billing cycle in lower case, the usual one first. */
  terms: { term: string; billing: string }[];
}

/** Microsoft Customer Agreement of a client. */
export type AgreementState =
  /** Signed by the client directly, or attested by the partner before. */
  | { state: 'accepted' }
  /** Nobody signed: the partner attests who agreed, or the client signs. */
  | { state: 'missing'; templateId: string };

/** Who of the client agreed to Microsoft's agreement, as the partner attests. */
export interface AgreementAttestation {
  templateId: string;
  firstName: string;
  lastName: string;
  mail: string;
  /** '' when not known; Microsoft takes it without. */
  phone: string;
  /** Day of the agreement in the company's zone, a `Day`. */
  agreedOn: string;
}

export interface OrderLine {
  item: string;
  quantity: number;
  term: string;
  billing: string;
  trial: boolean;
}

export interface PlacedOrder {
  orderId: string;
  /** Partner Center's status in lower case: `pending`, `completed`, `cancelled` …; an open list. */
  status: string;
  /** One text per line: `<product>:<sku>` without the availability, and the number of licences. */
  lines: { item: string; quantity: number; subscriptionId: string | undefined }[];
  /** ISO 8601. */
  createdAt: string;
}

export interface BoughtSubscription {
  subscriptionId: string;
  name: string;
  quantity: number;
  /** In lower case: `active`, `pending`, `suspended` …; an open list. */
  status: string;
  orderId: string | undefined;
}

/**
 * What is bought and sold in Partner Center, as one account of the partner. Reads throw PartnerError as every adapter;
 * `requestId` is stored before a write and sent again with a repeat, so that Microsoft does it once.
 */
export interface Commerce {
  /** The first 50 by start of name or domain; '' lists the first page. */
  findCustomers(startsWith: string): Promise<Customer[]>;
  /** Undefined when this company is no client of ours. */
  customer(tenantId: string): Promise<Customer | undefined>;
  /** The one link with which any company becomes a client of ours. */
  relationshipLink(): Promise<string>;
  /**
   * Everything of online services that this country can order, both trials and paid ones. Cached per hour. A part for
   * which Microsoft does not answer is left out; `whole`: throws instead, so that what is not there is not sold.
   */
  catalogue(country: string, options?: { whole?: boolean }): Promise<CatalogueItem[]>;
  agreement(tenantId: string): Promise<AgreementState>;
  attestAgreement(tenantId: string, attestation: AgreementAttestation, requestId: string): Promise<void>;
  /** Reads the availabilities anew and throws `service-withdrawn` when one of the lines cannot be ordered any more. */
  createCart(
    tenantId: string,
    country: string,
    lines: readonly OrderLine[],
    requestId: string,
  ): Promise<{ cartId: string }>;
  checkOut(tenantId: string, cartId: string, requestId: string): Promise<{ orderIds: string[] }>;
  orders(tenantId: string): Promise<PlacedOrder[]>;
  subscriptionsOf(tenantId: string, orderId: string): Promise<BoughtSubscription[]>;
}

/** What takes nobody's sign-in to read. */
export type CommerceReads = Pick<Commerce, 'customer' | 'subscriptionsOf'>;

export interface Commerces {
  as(account: AccountRef, options?: { signal?: AbortSignal }): Commerce;
  /** With the application's own token in this company's tenant, whoever is signed in. */
  asPartner(company: string): CommerceReads;
}
