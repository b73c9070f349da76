import type { Answer } from '../graph-answer.ts';
import type { SandboxMail } from '../world.ts';
import { bodyOf, type Call, param } from './call.ts';
import { companyMailboxOf, type Sender } from './company-mailbox.ts';
import { readMime } from './mime.ts';
import { refuse } from './refusal.ts';
import { demandPermission } from './rights.ts';

type Content = Pick<SandboxMail, 'to' | 'replyTo' | 'subject' | 'text' | 'html'>;

/**
 * Sends a mail from the caller's own mailbox, or for the application from the company's, given as JSON or as MIME in
 * base64. 202: accepted, and no word of what becomes of it. https://learn.microsoft.com/graph/api/user-sendmail
 */
export async function sendMail(call: Call): Promise<Answer> {
  demandPermission(call, 'Mail.Send');
  const { body, world, clock } = call;
  const from = call.caller.objectId === undefined ? await senderForApplication(call) : senderForPerson(call);
  const content = typeof body === 'string' ? fromMime(body) : fromJson(bodyOf(call));
  if (content.to.length === 0 || ![...content.to, ...(content.replyTo ?? [])].every(isAddress))
    refuse(400, 'ErrorInvalidRecipients', 'At least one recipient is not valid.');
  const id = crypto.randomUUID();
  await world.put('mail', call.caller.tenantId, id, { id, from, ...content, sentAt: clock.now() });
  return { status: 202 };
}

/** Nobody but whom Exchange lets the application act as; a name that no mailbox has is told apart. */
async function senderForApplication(call: Call): Promise<Sender> {
  const { world, caller } = call;
  const wanted = param(call, 'user').toLowerCase();
  const tenant = (await world.tenants()).find(({ id }) => id === caller.tenantId);
  const own = tenant && (await companyMailboxOf(world, tenant));
  if (own?.address === wanted) return own;
  const users = await world.all('user', caller.tenantId);
  const isSomebody = users.some(
    ({ id, userPrincipalName, mail }) =>
      mail !== null && [id, userPrincipalName, mail].some((each) => each.toLowerCase() === wanted),
  );
  if (!isSomebody) refuse(404, 'ErrorInvalidUser', `The requested user '${wanted}' is invalid.`);
  return refuse(403, 'ErrorAccessDenied', accessDenied);
}

const accessDenied = 'Access is denied. Check credentials and try again.';

function senderForPerson(call: Call): Sender {
  const { me } = call;
  const wanted = param(call, 'user').toLowerCase();
  // Somebody who works for a client has no mailbox there.
  if (
    me === undefined ||
    call.caller.homeTenantId !== undefined ||
    (wanted !== me.id && wanted !== me.userPrincipalName.toLowerCase())
  )
    return refuse(403, 'ErrorAccessDenied', accessDenied);
  if (me.mail === null) {
    return refuse(
      404,
      'MailboxNotEnabledForRESTAPI',
      'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
    );
  }
  return { name: me.displayName, address: me.mail };
}

function fromMime(body: string): Content {
  const encoded = body.replace(/\s+/g, '');
  const isBase64 = encoded.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(encoded);
  if (!isBase64)
    refuse(400, 'ErrorMimeContentInvalidBase64String', 'Invalid base64 string for MIME content.');
  return readMime(Buffer.from(encoded, 'base64'));
}

function fromJson(body: Record<string, unknown>): Content {
  const message = objectIn(body, 'message');
  const { contentType = 'text', content = '' } =
    message['body'] === undefined ? {} : objectIn(message, 'body');
  const kind = String(contentType).toLowerCase();
  if (kind !== 'text' && kind !== 'html') refuseValue('contentType');
  const { subject = '' } = message;
  if (typeof subject !== 'string') refuseValue('subject');
  if (typeof content !== 'string') refuseValue('content');
  const replyTo = addressesIn(message, 'replyTo');
  return {
    to: ['toRecipients', 'ccRecipients', 'bccRecipients'].flatMap((name) => addressesIn(message, name)),
    ...(replyTo.length === 0 ? {} : { replyTo }),
    subject: String(subject),
    text: kind === 'text' ? String(content) : null,
    html: kind === 'html' ? String(content) : null,
  };
}

function addressesIn(message: Record<string, unknown>, name: string): string[] {
  const list = message[name] ?? [];
  if (!Array.isArray(list)) return refuseValue(name);
  return list.map((one: unknown) => {
    const { address } = objectIn(objectIn({ one }, 'one'), 'emailAddress');
    return typeof address === 'string' ? address : refuseValue('address');
  });
}

function objectIn(holder: Record<string, unknown>, name: string): Record<string, unknown> {
  const value = holder[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuseValue(name);
  return Object.fromEntries(Object.entries(value));
}

function refuseValue(name: string): never {
  refuse(400, 'RequestBodyRead', `Cannot read the value of the property '${name}'.`);
}

function isAddress(text: string): boolean {
  return /^[^\s@<>]+@[^\s@<>.]+(\.[^\s@<>.]+)+$/.test(text);
}
