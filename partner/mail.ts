import type { AccountRef } from './accounts.ts';

/** A mail to one person, in both forms; the text holds everything that the HTML holds. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Who reads the answer, where that is not the sender. */
  replyTo?: string;
}

/** Sends from the account's own mailbox. Nothing tells afterwards whether a lost answer was a sent mail. */
export interface Mailbox {
  send(mail: Mail): Promise<void>;
}

export interface Mailboxes {
  as(account: AccountRef, options?: { signal?: AbortSignal }): Mailbox;
  /** The mailbox at this address, with the application's own permission in this company; nobody is signed in for it. */
  ofCompany(company: string, address: string): Mailbox;
}
