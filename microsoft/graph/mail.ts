import { PartnerError } from '../../partner/errors.ts';
import type { Mail, Mailboxes } from '../../partner/mail.ts';
import type { Graph } from './client.ts';
import { createGraphs, type GraphsDependencies } from './graphs.ts';
import { mimeOf } from './mime.ts';

/** Mailboxes of people of one cloud, over Microsoft Graph v1.0. */
export function createMailboxes(dependencies: GraphsDependencies): Mailboxes {
  const graphs = createGraphs(dependencies);
  return {
    as(account, options) {
      const graph = graphs.as(account, options?.signal);
      return { send: (mail) => send(graph, mail) };
    },
  };
}

/**
 * Sends as MIME, since JSON carries one form of the body only; Exchange fills in the sender and keeps a copy in
 * Sent Items. After `microsoft-unknown-outcome` nothing tells whether it was sent, so it is not sent again here.
 * https://learn.microsoft.com/graph/outlook-send-mime-message
 */
async function send(graph: Graph, mail: Mail): Promise<void> {
  const body = Buffer.from(mimeOf(mail)).toString('base64');
  const headers = { 'Content-Type': 'text/plain' };
  try {
    await graph.tell({ method: 'POST', path: '/me/sendMail', headers, body });
  } catch (error) {
    throw isMissing(error) ? withoutMailbox(error) : error;
  }
}

/** 404 says that the account has no mailbox in Exchange Online, for want of a licence for instance. */
function isMissing(error: unknown): error is PartnerError {
  return error instanceof PartnerError && error.code === 'not-found';
}

function withoutMailbox({ requestId }: PartnerError): PartnerError {
  return new PartnerError('microsoft-refused', { details: { reason: 'no-mailbox' }, requestId });
}
