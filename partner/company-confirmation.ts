import type { AccountRef } from './accounts.ts';

/** Who said that the company's details are right, and which ones (hash): a change asks again. One per company. */
export interface CompanyConfirmation {
  /** Tenant id. */
  company: string;
  hash: string;
  by: AccountRef;
  byName: string;
  /** Domain time, ms. */
  at: number;
}
