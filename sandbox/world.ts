import type { DelegationKinds } from './delegation-kinds.ts';
import type {
  SandboxAgreement,
  SandboxCart,
  SandboxOrder,
  SandboxProduct,
  SandboxPurchase,
  SandboxShopSettings,
} from './shop-kinds.ts';

/** What the local Microsoft cloud knows. Everything is kept in one SQLite file and survives a kill. */
export interface Kinds extends DelegationKinds {
  tenant: SandboxTenant;
  domain: SandboxDomain;
  user: SandboxUser;
  group: SandboxGroup;
  /** Id `<groupId>_<userId>`. */
  membership: { groupId: string; userId: string };
  roleAssignment: { id: string; roleDefinitionId: string; principalId: string; createdAt: number };
  sku: SandboxSku;
  deletedUser: SandboxUser & { deletedDateTime: string };
  /** What a company has bought; none kept: one for each of its products. */
  subscription: SandboxSubscription;
  /** Id: the tenant's own. None kept: it follows from the tenant. */
  partnerAccount: SandboxPartnerAccount;
  /** A partner's client, kept with the partner. */
  contract: SandboxContract;
  /** What Partner Center sells, kept under the name of the cloud. Removed: withdrawn from sale. */
  product: SandboxProduct;
  /** Kept with the partner. */
  cart: SandboxCart;
  /** Kept with the partner. */
  order: SandboxOrder;
  /** Orders that have not come through yet; id of the order, kept under `shop`. */
  waitingOrder: { orderId: string; partnerId: string };
  /** How long orders take; one, `settings` under `shop`. None kept: as `partner-center/delivery.ts` says. */
  shopSettings: SandboxShopSettings;
  /** What clients bought from the partner, as Partner Center knows it; kept with the partner. */
  purchase: SandboxPurchase;
  /** A client's agreement with Microsoft: attested by the partner, or signed by the client itself. */
  agreement: SandboxAgreement;
  /** Answer to a write that carried this MS-RequestId; kept with the caller's company. */
  doneWrite: { status: number; body: object };
  /** Kept with the sender's company. */
  mail: SandboxMail;
}

export interface SandboxTenant {
  id: string;
  cloud: 'worldwide' | '21vianet';
  role: 'partner' | 'client';
  displayName: string;
  countryLetterCode: string;
  partnerTenantType: string | null;
  preferredLanguage: string;
  phone: string | null;
  street: string | null;
  city: string | null;
  mail: string | null;
  createdDateTime: string;
  /** What `PATCH /organization/{id}` can write; absent until somebody does. */
  contacts?: SandboxTenantContacts;
}

export interface SandboxTenantContacts {
  marketingNotificationEmails: string[];
  securityComplianceNotificationMails: string[];
  securityComplianceNotificationPhones: string[];
  technicalNotificationMails: string[];
  privacyProfile: { contactEmail: string; statementUrl: string };
}

export interface SandboxDomain {
  id: string;
  isDefault: boolean;
  isInitial: boolean;
  isVerified: boolean;
}

export interface SandboxUser {
  id: string;
  displayName: string;
  givenName: string | null;
  surname: string | null;
  userPrincipalName: string;
  mailNickname: string;
  mail: string | null;
  jobTitle: string | null;
  usageLocation: string | null;
  preferredLanguage: string | null;
  businessPhones: string[];
  mobilePhone?: string | null;
  officeLocation?: string | null;
  department?: string | null;
  accountEnabled: boolean;
  userType: 'Member' | 'Guest';
  createdDateTime: string;
  /** Given to this very person. */
  licences: string[];
  /** Held as a member of a group that has them. */
  groupLicences?: { skuId: string; groupId: string }[];
  /** Salted hash; the sandbox never asks for it, yet keeps no plain password either. */
  passwordHash: string | null;
  forceChangePassword: boolean;
  /** Tokens issued before this moment (sandbox time, ms) are refused. */
  sessionsValidFrom: number;
  /** Signs in with a password alone, so the tokens lack what Partner Center asks of people. */
  withoutSecondFactor?: boolean;
  /** For the sign-in page: shown as "good for …". Undefined: not offered there, found under "all accounts". */
  goodFor: { vi: string; en: string } | null;
}

export interface SandboxGroup {
  id: string;
  displayName: string;
  securityEnabled: boolean;
  /** Every member has these. */
  licences?: string[];
}

export interface SandboxSku {
  skuId: string;
  skuPartNumber: string;
  enabled: number;
  capabilityStatus: string;
}

export interface SandboxSubscription {
  id: string;
  /** The id that the shop gives; Partner Center names the subscription by it. */
  commerceSubscriptionId: string;
  skuId: string;
  skuPartNumber: string;
  /** Enabled, Warning, Suspended, LockedOut or Deleted. */
  status: string;
  totalLicenses: number;
  isTrial: boolean;
  createdDateTime: string;
  /** It renews (or its state changes) each time so many months are over; null: never. */
  termMonths: number | null;
}

export interface SandboxContract {
  id: string;
  /** SyndicationPartner, BreadthPartner or ResellerPartner. */
  contractType: string;
  /** The client's tenant. */
  customerId: string;
  /** Copies made when the relationship began. */
  defaultDomainName: string;
  displayName: string;
}

/** A mail that somebody sent. It leaves this machine no further. */
export interface SandboxMail {
  id: string;
  from: { name: string; address: string };
  /** Everybody who gets it, copies included. */
  to: string[];
  /** Who gets the answers; left out: the sender. */
  replyTo?: string[];
  subject: string;
  /** Null: the mail has no such part. */
  text: string | null;
  html: string | null;
  /** Sandbox time, ms. */
  sentAt: number;
}

export interface SandboxAddress {
  country: string;
  city: string;
  state: string;
  addressLine1: string;
  addressLine2: string;
  postalCode: string;
}

interface SandboxContact {
  firstName: string;
  lastName: string;
  phoneNumber: string;
}

/** A company's account in Partner Center, with its profiles as Microsoft names their properties. */
export interface SandboxPartnerAccount {
  /** Of the AI Cloud Partner Program; null for a company that is no member. */
  partnerId: string | null;
  /** The Microsoft Partner Agreement, which resellers sign. */
  agreementSigned: boolean;
  organization: {
    companyName: string;
    defaultAddress: SandboxAddress & SandboxContact;
    email: string;
    language: string;
    culture: string;
  };
  legal: {
    companyName: string;
    address: SandboxAddress & SandboxContact;
    primaryContact: SandboxContact & { email: string };
    companyApproverAddress: SandboxAddress;
    companyApproverEmail: string;
    vettingStatus: string;
    vettingSubStatus: string;
  };
  support: { email: string; telephone: string; website: string };
  billing: {
    companyName: string;
    address: SandboxAddress;
    primaryContact: SandboxContact & { email: string };
    purchaseOrderNumber: string;
    taxId: string;
    billingCurrency: string;
  };
  /** Counts changes; etags follow from it. */
  versions: { organization: number; billing: number };
}

/** Reads and writes of the world. Writes are durable when the promise resolves. */
export interface World {
  all<K extends keyof Kinds>(kind: K, tenantId: string): Promise<Kinds[K][]>;
  get<K extends keyof Kinds>(kind: K, tenantId: string, id: string): Promise<Kinds[K] | undefined>;
  put<K extends keyof Kinds>(kind: K, tenantId: string, id: string, value: Kinds[K]): Promise<void>;
  remove(kind: keyof Kinds, tenantId: string, id: string): Promise<void>;
  tenants(): Promise<SandboxTenant[]>;
}

/** Who calls: what the access token says, checked. App-only tokens have no `objectId`. */
export interface Caller {
  /** In whose directory. */
  tenantId: string;
  objectId: string | undefined;
  appId: string;
  /** Directory role template ids held now, read from the world. */
  roles: string[];
  /** The person's own company, where that is another: a partner who works for a client by delegation. */
  homeTenantId?: string;
}

/** The sandbox's movable clock, ms since 1970. */
export interface SandboxClock {
  now(): number;
}
