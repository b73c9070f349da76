import type { AccountRef } from './accounts.ts';

/** A user of a company's directory. Dates are ISO 8601 text as Microsoft gives them. */
export interface User {
  id: string;
  displayName: string;
  signInName: string;
  mailNickname: string | undefined;
  givenName: string | undefined;
  surname: string | undefined;
  usageLocation: string | undefined;
  accountEnabled: boolean;
  licences: string[];
  createdAt: string | undefined;
}

export interface NewUser {
  displayName: string;
  givenName: string | undefined;
  surname: string | undefined;
  signInName: string;
  mailNickname: string;
  password: string;
}

/** A subscription that the company can give licences from; `left` counts licences, never below 0. */
export interface Sku {
  skuId: string;
  partNumber: string;
  total: number;
  left: number;
  active: boolean;
}

export interface Domain {
  name: string;
  isDefault: boolean;
  isInitial: boolean;
  isVerified: boolean;
}

export interface Company {
  tenantId: string;
  displayName: string;
  /** ISO 3166-1 alpha-2, e.g. `VN`. */
  countryCode: string | undefined;
  /** Microsoft's partnerTenantType; an open list, undefined for a company that is no partner. */
  partnerTenantType: string | undefined;
}

/** Administration of supported companies: Full = AdminAgents, Limited = HelpdeskAgents, sales = SalesAgents. */
export type SupportGroup = 'full' | 'limited' | 'sales';

export interface Me {
  id: string;
  displayName: string;
  signInName: string;
  /** Template ids of the directory roles held. */
  roles: string[];
  support: SupportGroup[];
}

export interface Page<T> {
  items: T[];
  /** Opaque; pass it back to get the page after this one. */
  next: string | undefined;
}

/**
 * One signed-in person's view of one company's directory. Reads and writes go straight to Microsoft;
 * every method throws PartnerError only. Writes are called by recorded operations, never by a turn.
 */
export interface Directory {
  me(): Promise<Me>;
  company(): Promise<Company>;
  domains(): Promise<Domain[]>;
  skus(): Promise<Sku[]>;
  /** A page of at most `size` users by display name; `find` matches names and sign-in names by the start of any word. */
  users(query: { find?: string | undefined; next?: string | undefined; size: number }): Promise<Page<User>>;
  /** `undefined` where there is no such user. */
  userById(id: string): Promise<User | undefined>;
  userBySignInName(signInName: string): Promise<User | undefined>;
  /** Which of these sign-in names are in use. */
  takenSignInNames(candidates: string[]): Promise<string[]>;
  rolesOf(userId: string): Promise<string[]>;
  supportOf(userId: string): Promise<SupportGroup[]>;
  createUser(user: NewUser): Promise<User>;
  setUsageLocation(userId: string, countryCode: string): Promise<void>;
  addLicences(userId: string, skuIds: string[]): Promise<void>;
  /** Sets a password that must be changed at the next sign-in. */
  setPassword(userId: string, password: string): Promise<void>;
  grantRole(userId: string, roleTemplateId: string): Promise<void>;
  addToSupportGroup(userId: string, group: SupportGroup): Promise<void>;
}

/** `signal` ends calls still running when the asker's time is up (a turn's 8 s, an invoke's 3 s). */
export interface Directories {
  as(account: AccountRef, options?: { signal?: AbortSignal }): Directory;
}
