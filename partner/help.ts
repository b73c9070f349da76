import type { AccountRef } from './accounts.ts';

/** The colleague whom people of the company can ask for help, set by the company. One per company. */
export interface Colleague {
  /** Tenant id. */
  company: string;
  account: AccountRef;
  name: string;
  setBy: AccountRef;
  /** Domain time, ms. */
  at: number;
}

/** A thumb on a help answer. It is only counted: nobody can tell whose it was. */
export interface Opinion {
  topic: string;
  thumb: 'up' | 'down';
}

/** Questions that the bot answers itself. */
export const helpTopics = ['users', 'roles', 'authorisations', 'approvals', 'errors'] as const;
export type HelpTopic = (typeof helpTopics)[number];

/** Where somebody needs help: the number in the log, the error, and the step of which recorded write. */
export type Trouble = { reference: string; code?: string; kind?: string; step?: string };
