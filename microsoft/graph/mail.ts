import { type ErrorCode, PartnerError } from '../../partner/errors.ts';
import type { Mail, Mailboxes } from '../../partner/mail.ts';
import type { Graph } from './client.ts';
import { createGraphs, type GraphsDependencies } from './graphs.ts';
import { mimeOf } from './mime.ts';
import { segment } from './query.ts';

/** Mailboxes of one cloud, over Microsoft Graph v1.0: of people, and of companies by the application's permission. */
export function createMailboxes(dependencies: GraphsDependencies): Mailboxes {
  const graphs = createGraphs(dependencies);
  return {
    as(account, options) {
      const graph = graphs.as(account, options?.signal);
      return { send: (mail) => refusedAs(ofPerson, send(graph, '/me', mail)) };
    },
    ofCompany(company, address) {
      const graph = graphs.asApplication(company);
      return { send: (mail) => refusedAs(ofApplication, send(graph, `/users/${segment(address)}`, mail)) };
    },
  };
}

/**
 * Sends as MIME, since JSON carries one form of the body only; Exchange fills in the sender and keeps a copy in
 * Sent Items. After `microsoft-unknown-outcome` nothing tells whether it was sent, so it is not sent again here.
 * https://learn.microsoft.com/graph/outlook-send-mime-message
 */
async function send(graph: Graph, whose: string, mail: Mail): Promise<void> {
  const body = Buffer.from(mimeOf(mail)).toString('base64');
  const headers = { 'Content-Type': 'text/plain' };
  await graph.tell({ method: 'POST', path: `${whose}/sendMail`, headers, body });
}

/** What a refusal means; others stay as they are. */
type Meanings = Readonly<Partial<Record<ErrorCode, { code: ErrorCode; details?: { reason: string } }>>>;

/** 404 says that the account has no mailbox in Exchange Online, for want of a licence for instance. */
const ofPerson: Meanings = {
  'not-found': { code: 'microsoft-refused', details: { reason: 'no-mailbox' } },
};

/**
 * 403 says that Mail.Send is missing, or limited to other mailboxes; nobody's sign-in would mend it.
 * https://learn.microsoft.com/exchange/permissions-exo/application-rbac
 */
const refused = { code: 'company-mailbox-refused' } as const;
const ofApplication: Meanings = {
  'not-found': { code: 'company-mailbox-missing' },
  'not-allowed': refused,
  'consent-missing': refused,
  'sign-in-needed': refused,
  'sign-in-expired': refused,
  'sign-in-failed': refused,
};

async function refusedAs(meanings: Meanings, sending: Promise<void>): Promise<void> {
  try {
    await sending;
  } catch (error) {
    const meaning = error instanceof PartnerError ? meanings[error.code] : undefined;
    if (!(error instanceof PartnerError) || meaning === undefined) throw error;
    throw new PartnerError(meaning.code, { ...meaning, requestId: error.requestId, cause: error });
  }
}
