import { type ContractRequest, errorShape, type Operation, type Shape } from './operation.ts';

const path = '/me/sendMail';
const to = (address: string) => [{ emailAddress: { address } }];

function mail(message: Record<string, unknown>, more: Record<string, unknown> = {}): ContractRequest {
  return { method: 'POST', path, body: { message, ...more } };
}

function mime(body: string): ContractRequest {
  return { method: 'POST', path, headers: { 'Content-Type': 'text/plain' }, body };
}

const lunch = {
  subject: 'Meet for lunch?',
  body: { contentType: 'Text', content: 'The new cafeteria is open.' },
  toRecipients: to('an@client.example'),
};

const mimeMail = [
  'To: An <an@client.example>',
  'Subject: =?UTF-8?Q?Th=C6=B0_ch=C3=A0o?=',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'The new cafeteria is open.',
].join('\r\n');

const sending: readonly Operation[] = [
  {
    id: 'mail.send',
    basis: 'documented',
    note: 'Accepted without a body; copies go out too.',
    request: mail({ ...lunch, ccRecipients: to('binh@client.example') }, { saveToSentItems: 'false' }),
  },
  {
    id: 'mail.send, HTML with headers',
    basis: 'documented',
    note: 'Headers of one’s own are taken and not kept.',
    request: mail({
      ...lunch,
      body: { contentType: 'HTML', content: '<p>Open.</p>' },
      internetMessageHeaders: [{ name: 'x-custom-header-group-id', value: 'NV001' }],
    }),
  },
  {
    id: 'mail.send, with a file',
    basis: 'documented',
    note: 'The file is taken and not kept.',
    request: mail({
      ...lunch,
      attachments: [
        {
          '@odata.type': '#microsoft.graph.fileAttachment',
          name: 'attachment.txt',
          contentType: 'text/plain',
          contentBytes: 'SGVsbG8gV29ybGQh',
        },
      ],
    }),
  },
  {
    id: 'mail.send, MIME',
    basis: 'documented',
    note: 'The whole mail in base64, as text/plain.',
    request: mime(Buffer.from(mimeMail).toString('base64')),
  },
].map(({ request, ...about }) => ({ ...about, basis: 'documented', request: () => request, status: 202 }));

const refusals: readonly Operation[] = [
  {
    id: 'mail.send, MIME that is no base64',
    basis: 'documented',
    note: 'Code and sentence as documented.',
    request: () => mime(mimeMail),
    status: 400,
    answer: errorShape('ErrorMimeContentInvalidBase64String', '=Invalid base64 string for MIME content.'),
  },
  {
    id: 'mail.send, to nobody',
    basis: 'own',
    note: 'The page does not say what an invalid recipient gets; code from practice.',
    request: () => mail({ ...lunch, toRecipients: to('nowhere') }),
    status: 400,
    answer: errorShape('ErrorInvalidRecipients'),
  },
  {
    id: 'mail.send, from the mailbox of somebody else',
    basis: 'own',
    note: 'Mail.Send is for one’s own mailbox; code from practice.',
    request: async (stage) => ({
      ...mail(lunch),
      path: `/users/${await stage.newUser()}/sendMail`,
    }),
    status: 403,
    answer: errorShape('ErrorAccessDenied'),
  },
  {
    id: 'mail.send, without a mailbox',
    basis: 'own',
    note: 'A new user without any licence; code from practice.',
    request: () => ({ ...mail(lunch), by: 'plain' }),
    status: 404,
    answer: errorShape('MailboxNotEnabledForRESTAPI'),
  },
];

const tenantShape: Shape = {
  '@odata.context': '#microsoft.graph.tenantInformation',
  tenantId: 'string',
  federationBrandName: 'string|null',
  displayName: 'string',
  defaultDomainName: 'string',
};
const lookUp = (name: string, argument: string): ContractRequest => ({
  method: 'GET',
  path: `/tenantRelationships/${name}(${argument})`,
});
const byId = (id: string) => lookUp('findTenantInformationByTenantId', `tenantId='${id}'`);
const byDomain = (name: string) => lookUp('findTenantInformationByDomainName', `domainName='${name}'`);

const lookUps: readonly Operation[] = [
  {
    id: 'tenants.findById',
    basis: 'documented',
    note: 'No role is needed.',
    request: (stage) => ({ ...byId(stage.tenantId), by: 'plain' }),
    status: 200,
    answer: tenantShape,
  },
  {
    id: 'tenants.findByDomain',
    basis: 'documented',
    note: 'Any verified domain of the company.',
    request: (stage) => byDomain(stage.domain.toUpperCase()),
    status: 200,
    answer: tenantShape,
  },
  ...[byId(crypto.randomUUID()), byDomain("o''nowhere.example")].map(
    (request, index): Operation => ({
      id: `tenants.${index === 0 ? 'findById' : 'findByDomain'}, nobody`,
      basis: 'documented',
      note: 'Status as documented; code from practice.',
      request: () => request,
      status: 404,
      answer: errorShape('Request_ResourceNotFound'),
    }),
  ),
  {
    id: 'tenants.findById, no id',
    basis: 'own',
    note: 'The page does not say what a text that is no GUID gets.',
    request: () => byId('contoso'),
    status: 400,
    answer: errorShape('BadRequest'),
  },
];

/** Mail, and what is known of other companies. */
export const mailOperations: readonly Operation[] = [...sending, ...refusals, ...lookUps];
