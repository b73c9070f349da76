/** A product of the catalogue. Ids, bounds and costs are the sandbox's own; only their form is Microsoft's. */
export interface SandboxProduct {
  id: string;
  title: string;
  description: string;
  skus: SandboxProductSku[];
}

export interface SandboxProductSku {
  id: string;
  title: string;
  /** Of the directory: what licences are assigned by. */
  licenceId: string;
  skuPartNumber: string;
  isTrial: boolean;
  minimumQuantity: number;
  maximumQuantity: number;
  /** The partner's cost of a licence for a month of a year's term, in US dollars. */
  monthlyCost: number;
}

export interface SandboxCartLine {
  id: number;
  catalogItemId: string;
  friendlyName: string | null;
  quantity: number;
  /** In lower case. */
  billingCycle: string;
  termDuration: string;
  renewsTo: string | null;
}

export interface SandboxCart {
  id: string;
  customerId: string;
  /** Sandbox time, ms. */
  createdAt: number;
  modifiedAt: number;
  modifiedBy: string;
  lines: SandboxCartLine[];
  /** Once it is checked out: by which MS-RequestId, and what was answered. */
  ordered: { requestId: string | null; answer: object } | null;
}

export interface SandboxOrderLine extends SandboxCartLine {
  title: string;
  isTrial: boolean;
  licenceId: string;
  skuPartNumber: string;
  /** Of the subscription that comes of it. */
  subscriptionId: string;
}

export interface SandboxOrder {
  id: string;
  alternateId: string;
  customerId: string;
  cartId: string;
  billingCycle: string;
  currencyCode: string;
  lines: SandboxOrderLine[];
  /** Sandbox time, ms. */
  createdAt: number;
  /** When it can be seen and when it is through, by the clock that counted when it was placed. */
  by: SandboxShopSettings['by'];
  visibleAt: number;
  completedAt: number;
  isCompleted: boolean;
}

export interface SandboxShopSettings {
  /** The sandbox's movable clock, or real time. */
  by: 'clock' | 'real';
  /** From the checkout until the order is in lists. */
  visibleAfterMs: number;
  /** From the checkout until the subscriptions are there, with licences in the client's directory. */
  completedAfterMs: number;
}

export interface SandboxPurchase {
  id: string;
  customerId: string;
  orderId: string;
  /** `<product>:<sku>:<availability>`. */
  catalogItemId: string;
  title: string;
  friendlyName: string | null;
  licenceId: string;
  quantity: number;
  isTrial: boolean;
  billingCycle: string;
  termDuration: string;
  autoRenews: boolean;
  /** Sandbox time, ms. */
  startedAt: number;
}

export interface SandboxAgreement {
  customerId: string;
  templateId: string;
  type: string;
  /** ISO 8601. */
  dateAgreed: string;
  /** Absent: the client signed it in the admin center. */
  attested?: {
    /** Who of the partner; null: an application. */
    userId: string | null;
    primaryContact: { firstName: string; lastName: string; email: string; phoneNumber: string };
  };
}
