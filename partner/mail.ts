import type { AccountRef } from './accounts.ts';

/** A mail to one person, in both forms; the text holds everything that the HTML holds. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** Sends from the account's own mailbox. Nothing tells afterwards whether a lost answer was a sent mail. */
export interface Mailbox {
  send(mail: Mail): Promise<void>;
}

export interface Mailboxes {
  as(account: AccountRef, options?: { signal?: AbortSignal }): Mailbox;
}
