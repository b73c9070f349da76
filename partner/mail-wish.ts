import type { JsonObject } from './operations.ts';

/**
 * What a mail is about, so that it can be asked whether that is still so when it leaves. `version`: number of the one in
 * the mail; `since`: when the recipient did what the mail answers (domain time, ms).
 */
export type MailAbout =
  /** Brings an offer. */
  | { what: 'offer'; offerId: string; version: number }
  /** Answers what a client asked. */
  | { what: 'answer'; offerId: string; since: number }
  /** Confirms an acceptance, or that one was taken back. */
  | { what: 'proof' | 'withdrawal'; offerId: string; acceptanceId: string; version: number; since: number }
  /** Brings Microsoft's page to whoever allowed a delegation. */
  | { what: 'delegation'; offerId: string; delegationId: string; page: 'approve' | 'consent'; since: number }
  /** Goes to whoever wants to see that the company's mailbox works. */
  | { what: 'try' };

/** A mail as it was previewed, or as it follows from what a client did. */
export interface SendMailWish extends JsonObject {
  to: string;
  subject: string;
  text: string;
  html: string;
  about: MailAbout;
  /** Nobody presses it: it leaves from the company's own mailbox. Left out: from that of the person who confirmed it. */
  from?: 'company';
  /** Who reads the answer to a mail of the company. */
  replyTo?: string;
  /** The company's details that stand in a mail that a person presses. */
  signed?: { language: 'vi' | 'en'; hash: string };
}

export const mailWishOf = (args: JsonObject) => args as SendMailWish;
