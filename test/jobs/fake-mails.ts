import { createMailFacts } from '../../bot/mail-facts.ts';
import type { CompanyMailboxes } from '../../partner/company-mailbox.ts';
import type { Mailbox } from '../../partner/mail.ts';
import type { MailFacts } from '../../partner/mail-guard.ts';
import type { Storage } from '../../storage/storage.ts';

/** For operations that mail nobody. */
export const noMails = {
  mailboxes: { as: () => ({}) as Mailbox, ofCompany: () => ({}) as Mailbox },
  companyMailboxes: { of: async () => undefined } satisfies CompanyMailboxes,
  mailFacts: {} as MailFacts,
};

/** What mails are about, as this database has it. */
export const mailFactsOf = (storage: Storage): MailFacts =>
  createMailFacts({ storage, clock: { now: () => Date.now() }, hash: (text) => text });
