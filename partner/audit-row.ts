import type { AccountRef } from './accounts.ts';
import type { JsonObject } from './operations.ts';

/** One line of a company's history: who did what, to whom, and how it ended. */
export interface AuditRow {
  id: string;
  /** Domain time, ms. */
  at: number;
  /** '' where no operation did it. */
  operationId: string;
  /** Null: the clock, or what Microsoft says; and whoever has the link of an offer. */
  actor: AccountRef | null;
  /** Tenant id of the partner, in whose name or with whom it was done. */
  company: string;
  /** Directory id of the client whom it is about; '' for what is about the own company. */
  client: string;
  verb: string;
  /** Name of a company or of a thing; '' where it is about a person. */
  object: string;
  /** `obsolete`: it ended without being done, since nothing was left to do. */
  outcome: 'intended' | 'done' | 'failed' | 'unknown' | 'obsolete';
  /** Goes on with what an earlier line of the same operation began. */
  continues: boolean;
  /** Ids, choices, codes and counts: never a secret, and nothing of a person but their directory id. */
  details: JsonObject;
  /** What of a person may be erased; null: nothing, or erased by request. */
  personal: Personal | null;
}

/** Kept beside the chain, which only holds a commitment to it. */
export interface Personal {
  /** Sign-in name or address of whom it was done to. */
  object?: string;
  /** Name of who did it, where that is nobody of the company. */
  by?: string;
  /** Names, addresses and values of what was asked for. */
  args?: JsonObject;
}
