import type { AccountRef } from './accounts.ts';

/** What Microsoft tells any company about another one. */
export interface TenantName {
  tenantId: string;
  name: string;
  domain: string;
}

/** Looks companies up that are no clients yet. Undefined: no company has this domain or id. */
export interface Tenants {
  byDomain(domain: string): Promise<TenantName | undefined>;
  byId(tenantId: string): Promise<TenantName | undefined>;
}

export interface TenantLookups {
  as(account: AccountRef, options?: { signal?: AbortSignal }): Tenants;
  /** With the application's own token of the partner: for questions of people who are no staff. */
  asPartner(company: string): Tenants;
}
