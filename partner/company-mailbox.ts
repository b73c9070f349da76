import type { AccountRef } from './accounts.ts';
import type { AuthorisationStatement } from './company-authorisations.ts';

/** Under this name a Global administrator states the company's mailbox, as other authorisations are stated. */
export const mailboxStatement = 'company-mailbox';

/**
 * The mailbox from which everything leaves that nobody presses: proofs, reminders, next turns. `stated`: by whom and when
 * (domain time, ms); undefined: the local cloud's own.
 */
export interface CompanyMailbox {
  address: string;
  stated: { by: AccountRef; byName: string; at: number } | undefined;
}

/** What was stated last; where nothing was, the usual one. Undefined: the company has none. */
export function mailboxOf(
  statements: readonly AuthorisationStatement[],
  usual: string | undefined,
): CompanyMailbox | undefined {
  const statement = statements.find(({ authorisation }) => authorisation === mailboxStatement);
  if (statement === undefined) return usual === undefined ? undefined : { address: usual, stated: undefined };
  const { value, address = '', by, byName, at } = statement;
  return value === 'on' && address !== '' ? { address, stated: { by, byName, at } } : undefined;
}

/** Mailboxes of companies, as they are stated now. Undefined: there is none. */
export interface CompanyMailboxes {
  of(company: string): Promise<CompanyMailbox | undefined>;
}
