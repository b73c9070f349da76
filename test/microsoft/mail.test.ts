import assert from 'node:assert/strict';
import type { Mail } from '../../partner/mail.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { type Meddling, meddling } from './meddling.ts';
import { connect, type OpenSandbox, openSandbox } from './signed-in.ts';

const account = seedAccounts.sales;
const mail: Mail = {
  to: 'minh.doan@fabrikam.onmicrosoft.com',
  subject: 'Anh Minh ơi, thư chào mua của Contoso Partner',
  text: 'Xem tại https://offers.contosopartner.vn/o/abc',
  html: '<p>Xem <a href="https://offers.contosopartner.vn/o/abc">tại đây</a></p>',
};

describe('mail over Graph', () => {
  let open: OpenSandbox;
  const inFront: { close(): Promise<void> }[] = [];
  before(async () => {
    open = await openSandbox();
  });
  beforeEach(() => open.sandbox.reset());
  afterEach(async () => {
    for (const server of inFront.splice(0)) await server.close();
  });
  after(() => open.close());

  const sent = () => open.sandbox.world.all('mail', seedTenants.contoso);
  const calls = () => open.sandbox.requests().filter(({ path }) => path.endsWith('/me/sendMail')).length;
  async function mailbox(meddle?: Meddling, timeoutMs?: number) {
    const signedIn = meddle
      ? await meddling(open.sandbox, inFront, meddle)
      : connect(open.sandbox, timeoutMs === undefined ? {} : { timeoutMs });
    await signedIn.signInAs(account);
    return { ...signedIn, box: signedIn.mailboxes.as(account) };
  }

  it('sends both forms from the mailbox of the person, at the time of the cloud', async () => {
    const { box } = await mailbox();
    await box.send(mail);
    const [first, ...others] = await sent();
    assert.deepEqual(others, []);
    const { id, sentAt, ...rest } = first ?? assert.fail('no mail');
    assert.deepEqual(rest, {
      from: { name: 'Nguyễn Thị Lan', address: account.userPrincipalName },
      to: [mail.to],
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
    });
    assert.ok(id !== '' && Math.abs(sentAt - open.sandbox.clock.now()) < 60_000);
  });

  for (const kind of ['reset', 'reset-after-doing', 'unavailable', 'unavailable-after-doing'] as const) {
    it(`sends once and says that nobody knows after "${kind}"`, async () => {
      const { box } = await mailbox();
      open.sandbox.faults.add({ kind, match: { path: '/sendMail' }, times: 9 });
      await assert.rejects(box.send(mail), { code: 'microsoft-unknown-outcome' });
      assert.equal(calls(), 1);
      assert.equal((await sent()).length, kind.endsWith('-after-doing') ? 1 : 0);
    });
  }

  it('sends once and says that nobody knows when no answer comes', async () => {
    const { box } = await mailbox(undefined, 300);
    open.sandbox.faults.add({ kind: 'slow', ms: 2000, match: { path: '/sendMail' }, times: 9 });
    await assert.rejects(box.send(mail), { code: 'microsoft-unknown-outcome' });
    assert.equal((await sent()).length, 1);
  });

  it('sends again what was refused before anything was done', async () => {
    const { box } = await mailbox();
    open.sandbox.faults.add({ kind: 'throttled', retryAfter: 0, match: { path: '/sendMail' } });
    await box.send(mail);
    open.sandbox.faults.add({ kind: 'expired-token', match: { path: '/sendMail' } });
    await box.send(mail);
    assert.deepEqual([calls(), (await sent()).length], [4, 2]);
  });

  it('says how long to wait when Microsoft is busy for longer', async () => {
    const { box } = await mailbox();
    open.sandbox.faults.add({ kind: 'throttled', retryAfter: 120, match: { path: '/sendMail' } });
    await assert.rejects(box.send(mail), { code: 'microsoft-busy', retryAfterSeconds: 120 });
    assert.deepEqual([calls(), await sent()], [1, []]);
  });

  it('calls nobody for a recipient that is none', async () => {
    const { box } = await mailbox();
    const to = 'minh@fabrikam.vn\r\nBcc: spy@evil.example';
    await assert.rejects(box.send({ ...mail, to }), { code: 'input-invalid', details: { property: 'to' } });
    assert.equal(calls(), 0);
  });

  it('says that an account without a mailbox is refused', async () => {
    const { box } = await mailbox();
    const { tenantId, objectId } = account;
    const user = await open.sandbox.world.get('user', tenantId, objectId);
    await open.sandbox.world.put('user', tenantId, objectId, { ...(user ?? assert.fail()), mail: null });
    await assert.rejects(box.send(mail), { code: 'microsoft-refused', details: { reason: 'no-mailbox' } });
  });

  it('needs a sign-in, and a token that may send', async () => {
    await assert.rejects(connect(open.sandbox).mailboxes.as(account).send(mail), { code: 'sign-in-needed' });
    const { box } = await mailbox({
      instead: ({ path }) =>
        path.endsWith('/sendMail')
          ? { status: 403, body: { error: { code: 'ErrorAccessDenied', message: 'No.' } } }
          : undefined,
    });
    await assert.rejects(box.send(mail), { code: 'not-allowed' });
  });

  it('ends with the patience of whoever asked', async () => {
    const { mailboxes } = await mailbox();
    await assert.rejects(mailboxes.as(account, { signal: AbortSignal.abort() }).send(mail), {
      code: 'microsoft-timeout',
    });
    assert.equal(calls(), 0);
  });

  describe('of a company', () => {
    const address = 'thuchao@contosopartner.vn';
    const replyTo = 'lan.nguyen@contosopartner.vn';
    const box = (from = address) => connect(open.sandbox).mailboxes.ofCompany(seedTenants.contoso, from);
    const asked = () => open.sandbox.requests().filter(({ path }) => path.endsWith('/sendMail')).length;

    it('leaves while nobody is signed in, and its answers go elsewhere', async () => {
      await box().send({ ...mail, replyTo });
      const [first] = await sent();
      assert.deepEqual(
        [first?.from, first?.replyTo, first?.html],
        [{ name: 'Contoso Partner', address }, [replyTo], mail.html],
      );
    });

    it('says that another mailbox is refused, and that none is there', async () => {
      await assert.rejects(box(account.userPrincipalName).send(mail), { code: 'company-mailbox-refused' });
      await assert.rejects(box('khongco@contosopartner.vn').send(mail), { code: 'company-mailbox-missing' });
      const client = connect(open.sandbox).mailboxes.ofCompany(seedTenants.fabrikam, address);
      await assert.rejects(client.send(mail), { code: 'company-mailbox-refused' });
    });

    it('asks nobody to sign in where Microsoft does not take the token', async () => {
      open.sandbox.faults.add({ kind: 'expired-token', match: { path: '/sendMail' }, times: 2 });
      await assert.rejects(box().send(mail), { code: 'company-mailbox-refused' });
    });

    it('is sent once, whatever became of the answer', async () => {
      open.sandbox.faults.add({ kind: 'reset-after-doing', match: { path: '/sendMail' }, times: 9 });
      await assert.rejects(box().send(mail), { code: 'microsoft-unknown-outcome' });
      assert.deepEqual([asked(), (await sent()).length], [1, 1]);
    });

    it('calls nobody with an address for answers that is none', async () => {
      const wrong = { ...mail, replyTo: 'lan@x.vn\r\nBcc: spy@evil.example' };
      await assert.rejects(box().send(wrong), { code: 'input-invalid', details: { property: 'replyTo' } });
      assert.equal(asked(), 0);
    });
  });

  it('leaves neither recipient nor content in the log', async () => {
    const { box, log } = await mailbox();
    await box.send(mail);
    const noted = JSON.stringify(log.lines);
    assert.ok(noted.includes('/v1.0/me/sendMail'));
    for (const secret of [mail.to, 'thư chào mua', 'offers.contosopartner.vn', '/o/abc'])
      assert.ok(!noted.includes(secret), secret);
  });
});
