import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clouds } from '../../microsoft/clouds.ts';
import { readMime } from '../../sandbox/graph/mime.ts';
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { createVisitor } from './visitor.ts';

const minh = 'minh.doan@fabrikam.onmicrosoft.com';
const hourMs = 3_600_000;

describe('sandbox: mail', () => {
  let folder: string;
  let sandbox: Sandbox;

  const start = async () => {
    sandbox = await createSandbox({ file: join(folder, 'sandbox.sqlite'), port: 0 });
    await sandbox.listen();
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    await start();
  });
  beforeEach(() => sandbox.reset());
  after(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  const get = (path: string) => fetch(`${sandbox.url}${path}`);
  const text = async (path: string) => (await get(path)).text();
  const mails = () => sandbox.world.all('mail', seedTenants.contoso);
  const visitor = () => createVisitor(sandbox.url);

  interface Message {
    subject?: string;
    content?: string;
    contentType?: string;
    to?: string[];
  }
  async function send({
    subject = 'Thư chào',
    content = 'Chào',
    contentType = 'HTML',
    to = [minh],
  }: Message) {
    const { graph, signIn } = visitor();
    const { access_token: token } = await signIn(seedAccounts.sales);
    const toRecipients = to.map((address) => ({ emailAddress: { address } }));
    const message = { subject, body: { contentType, content }, toRecipients };
    const answer = await graph(token, '/me/sendMail', { method: 'POST', json: { message } });
    assert.equal(answer.status, 202, await answer.text());
    const all = await mails();
    return all.at(-1) ?? assert.fail('no mail');
  }

  it('lists the mails of each recipient, newest first, linked from the front page', async () => {
    assert.ok((await text('/?lang=vi')).includes('href="/sandbox/mail"'));
    assert.ok((await text('/sandbox/mail?lang=vi')).includes('Chưa có thư nào.'));
    await send({ subject: 'Thư đầu', to: [minh, 'oanh@fabrikam.vn'] });
    await sandbox.clock.advance(hourMs);
    await send({ subject: 'Thư <sau>', to: [minh.toUpperCase()] });
    const page = await text('/sandbox/mail?lang=vi');
    const order = [minh, 'Thư &lt;sau&gt;', 'Thư đầu', 'oanh@fabrikam.vn', 'Thư đầu'];
    let at = 0;
    for (const words of order) {
      at = page.indexOf(words, at) + words.length;
      assert.ok(at >= words.length, words);
    }
    assert.equal(page.split('</h2>').length - 1, 2);
    assert.ok(page.includes('Nguyễn Thị Lan · lan.nguyen@contosopartner.vn'));
    assert.equal(new URL((await get('/mail')).url).pathname, '/sandbox/mail');
  });

  it('shortens a long list to the newest, and shows all of one recipient', async () => {
    for (let number = 1; number <= 7; number += 1) await send({ subject: `Thư số ${number}` });
    await send({ subject: 'Thư khác', to: ['oanh@fabrikam.vn'] });
    const short = await text('/sandbox/mail?lang=en');
    assert.ok(short.includes('Thư số 7') && short.includes('Thư số 3') && !short.includes('Thư số 2'));
    const address = /href="(\/sandbox\/mail\?to=[^"]+)">Older mails \(2\)/.exec(short)?.[1];
    const long = await text(address ?? assert.fail('no link to older mails'));
    assert.ok(long.includes('Thư số 1') && !long.includes('Thư khác'));
  });

  it('shows one mail in a frame without scripts, its links in a new tab', async () => {
    const mail = await send({ content: '<script>alert(1)</script><a href="https://x.example/o/1">Xem</a>' });
    const answer = await get(`/sandbox/mail?id=${mail.id}&lang=vi`);
    const page = await answer.text();
    const frame = /<iframe[^>]*>/.exec(page)?.[0] ?? assert.fail('no frame');
    assert.ok(frame.includes('sandbox="allow-popups allow-popups-to-escape-sandbox"'), frame);
    assert.ok(frame.includes('title="Thư như người nhận thấy: Thư chào"'), frame);
    assert.ok(!page.includes('alert(1)') && page.includes(minh) && page.includes('lan.nguyen@'));
    assert.match(answer.headers.get('content-security-policy') ?? '', /frame-src 'self'/);

    const inside = await get(/src="([^"]+)"/.exec(frame)?.[1] ?? '');
    const policy = inside.headers.get('content-security-policy') ?? '';
    assert.ok(policy.startsWith('sandbox allow-popups') && !policy.includes('allow-scripts'), policy);
    assert.match(policy, /default-src 'none'/);
    assert.ok((await inside.text()).startsWith('<!doctype html><base target="_blank">'));
  });

  it('shows plain text as it is, with its addresses as links', async () => {
    const { id } = await send({
      contentType: 'Text',
      subject: ' ',
      content: 'Xem <b>ở đây</b>: https://x.example/o/1?a=1&b=2.\nCảm ơn',
    });
    const page = await text(`/sandbox/mail?id=${id}&lang=en`);
    const address = 'https://x.example/o/1?a=1&amp;b=2';
    assert.ok(
      page.includes(`<a href="${address}" target="_blank" rel="noopener noreferrer">${address}</a>.`),
    );
    assert.ok(page.includes('&lt;b&gt;') && !page.includes('<iframe') && page.includes('(no subject)'));
    assert.equal((await get(`/sandbox/mail/html?id=${id}`)).status, 404);
    assert.equal((await get('/sandbox/mail?id=nobody')).status, 404);
  });

  it('keeps mails over a restart, not over a new beginning', async () => {
    const { id } = await send({});
    await sandbox.close();
    await start();
    assert.deepEqual(
      (await mails()).map((mail) => mail.id),
      [id],
    );
    assert.ok((await text('/sandbox/mail')).includes(minh));
    await sandbox.reset();
    assert.deepEqual(await mails(), []);
    assert.equal((await get(`/sandbox/mail?id=${id}`)).status, 404);
  });

  it('sends and looks up only with a token for it, and no mail for an application', async () => {
    const { graph, signIn, authorizeAddress, token } = visitor();
    const scope = `openid profile ${clouds.worldwide.graph}/User.Read`;
    const reader = await signIn(seedAccounts.sales, authorizeAddress({ scope }));
    const message = { subject: 'x', toRecipients: [{ emailAddress: { address: minh } }] };
    const body = { method: 'POST', json: { message } };
    const own = `/users/${seedAccounts.sales.objectId}/sendMail`;
    const lookUp = "/tenantRelationships/findTenantInformationByDomainName(domainName='fabrikam.vn')";
    assert.equal((await graph(reader.access_token, '/me')).status, 200);
    assert.equal((await graph(reader.access_token, '/me/sendMail', body)).status, 403);
    assert.equal((await graph(reader.access_token, lookUp)).status, 403);
    const asked = { grant_type: 'client_credentials', scope: `${clouds.worldwide.graph}/.default` };
    const application = (await token(asked, seedTenants.contoso)).body.access_token;
    assert.equal((await graph(application, own, body)).status, 403);
    assert.equal((await graph(application, lookUp)).status, 200);
    assert.deepEqual(await mails(), []);
  });

  describe('of an application', () => {
    const message = { subject: 'Tự động', toRecipients: [{ emailAddress: { address: minh } }] };
    async function sends(mailbox: string, tenant: string = seedTenants.contoso) {
      const { graph, token } = visitor();
      const asked = { grant_type: 'client_credentials', scope: `${clouds.worldwide.graph}/.default` };
      const { access_token } = (await token(asked, tenant)).body;
      const replyTo = [{ emailAddress: { address: 'lan@contosopartner.vn' } }];
      const json = { message: { ...message, replyTo } };
      const answer = await graph(access_token, `/users/${mailbox}/sendMail`, { method: 'POST', json });
      const body = answer.status === 202 ? undefined : ((await answer.json()) as { error: { code: string } });
      return [answer.status, body?.error.code];
    }

    it('leaves from the one mailbox that Exchange lets it use, with the address for answers', async () => {
      assert.deepEqual(await sends('thuchao@contosopartner.vn'), [202, undefined]);
      const [mail] = await mails();
      assert.deepEqual(
        [mail?.from, mail?.replyTo],
        [{ name: 'Contoso Partner', address: 'thuchao@contosopartner.vn' }, ['lan@contosopartner.vn']],
      );
      const page = await text(`/sandbox/mail?lang=vi&id=${mail?.id}`);
      assert.match(page, /Trả lời tới[\s\S]*lan@contosopartner\.vn/);
    });

    it('is refused from everybody else’s, and from one that is none', async () => {
      const { sales } = seedAccounts;
      for (const other of [sales.objectId, sales.userPrincipalName])
        assert.deepEqual(await sends(other), [403, 'ErrorAccessDenied'], other);
      for (const none of ['khongco@contosopartner.vn', 'thuchao@fourthcoffee.vn'])
        assert.deepEqual(await sends(none), [404, 'ErrorInvalidUser'], none);
      assert.deepEqual(await mails(), []);
    });

    it('has a mailbox in every partner company that makes offers, and in no other', async () => {
      const told = (await (await get('/sandbox/partners')).json()) as {
        tenantId: string;
        mailbox?: string;
      }[];
      const mailboxOf = (tenant: string) => told.find(({ tenantId }) => tenantId === tenant)?.mailbox;
      assert.equal(mailboxOf(seedTenants.advisor), 'thuchao@fourthcoffee.vn');
      assert.equal(mailboxOf(seedTenants.nothingAuthorised), undefined);
      assert.deepEqual(await sends('thuchao@fourthcoffee.vn', seedTenants.advisor), [202, undefined]);
    });
  });

  it('refuses a message that is none', async () => {
    const { graph, signIn } = visitor();
    const { access_token: token } = await signIn(seedAccounts.sales);
    const toRecipients = [{ emailAddress: { address: minh } }];
    const wrong = [
      {},
      { message: 'x' },
      { message: { toRecipients: minh } },
      { message: { toRecipients: [minh] } },
      { message: { toRecipients, subject: 7 } },
      { message: { toRecipients, body: { contentType: 'Markdown', content: 'x' } } },
      { message: { toRecipients, body: { contentType: 'Text', content: 7 } } },
    ];
    for (const json of wrong) {
      const answer = await graph(token, '/me/sendMail', { method: 'POST', json });
      assert.equal(answer.status, 400, JSON.stringify(json));
    }
    assert.deepEqual(await mails(), []);
  });

  it('reads MIME as mail programs write it', () => {
    const lines = [
      'From: Lan <lan@contosopartner.vn>',
      'to: "Minh, ""@"" Fabrikam" <minh@fabrikam.vn>,',
      '\toanh@fabrikam.vn',
      'Cc: an@fabrikam.vn',
      'Subject: =?utf-8?Q?Th=C6=B0_ch=C3=A0o?=',
      ' =?UTF-8?B?IG11YQ==?= (1)',
      'Content-Type: multipart/mixed; boundary=outer',
      '',
      'Not shown anywhere.',
      '--outer',
      'Content-Type: multipart/alternative;',
      ' boundary="in ner"',
      '',
      '--in ner',
      'Content-Type: text/plain; charset="iso-8859-1"',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Caf=E9 m=',
      'oi',
      '--in ner',
      'Content-Type: TEXT/HTML; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('<p>Thư</p>').toString('base64'),
      '--in ner--',
      '--outer',
      'Content-Type: text/plain',
      'Content-Disposition: attachment; filename=x.txt',
      '',
      'A file.',
      '--outer--',
      '',
    ];
    const expected = {
      subject: 'Thư chào mua (1)',
      to: ['minh@fabrikam.vn', 'oanh@fabrikam.vn', 'an@fabrikam.vn'],
      text: 'Café moi',
      html: '<p>Thư</p>',
    };
    for (const end of ['\r\n', '\n']) assert.deepEqual(readMime(Buffer.from(lines.join(end))), expected);
    const bare = readMime(Buffer.from('Subject: x\nTo: a@b.vn'));
    assert.deepEqual(bare, { subject: 'x', to: ['a@b.vn'], text: '', html: null });
  });
});
