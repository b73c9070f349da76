import assert from 'node:assert/strict';
import { request } from 'node:http';
import { clouds, onSandbox } from '../../microsoft/clouds.ts';
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { PortTaken } from '../../sandbox/server.ts';
import { createVisitor, newUser, startSandbox } from './visitor.ts';

const dayMs = 24 * 3_600_000;

describe('sandbox: console and server', () => {
  let sandbox: Sandbox;
  let end: () => Promise<void>;

  before(async () => {
    ({ sandbox, end } = await startSandbox({
      waiting: async () => [{ account: 'lan.nguyen@contosopartner.vn', count: 3 }],
    }));
  });
  after(() => end());

  const at = (path: string) => `${sandbox.url}${path}`;
  const text = async (path: string) => (await fetch(at(path))).text();
  const post = (path: string, body: RequestInit['body'], headers: Record<string, string> = {}) =>
    fetch(at(path), { method: 'POST', redirect: 'manual', headers, ...(body == null ? {} : { body }) });
  const json = { 'content-type': 'application/json' };

  it('lists accounts with what each is good for, and the messages that wait', async () => {
    const page = await text('/?lang=vi');
    for (const words of ['Nguyễn Thị Lan', 'Hợp để thử:', 'lan.nguyen@contosopartner.vn', '3 tin'])
      assert.ok(page.includes(words), words);
    assert.ok((await text('/?lang=en')).includes('Messages waiting'));
  });

  it('remembers the language that was chosen', async () => {
    const chosen = await fetch(at('/?lang=en'));
    const cookie = chosen.headers.get('set-cookie')?.split(';')[0] ?? '';
    const next = await fetch(at('/sandbox/mail'), { headers: { cookie } });
    assert.ok((await next.text()).includes('No mails yet.'));
  });

  it('moves the clock by form and by JSON, and tells it to others', async () => {
    const before = Date.now();
    assert.equal(
      (await post('/sandbox/clock', new URLSearchParams({ advanceMs: String(dayMs) }))).status,
      303,
    );
    await post('/sandbox/clock', JSON.stringify({ advanceMs: dayMs }), json);
    const { now } = (await (await fetch(at('/sandbox/clock'))).json()) as { now: number };
    assert.ok(now >= before + 2 * dayMs && now <= Date.now() + 2 * dayMs);
    assert.ok((await text('/sandbox/controls?lang=vi')).includes('2 ngày'));
    await post('/sandbox/clock', new URLSearchParams({ reset: 'yes' }));
    assert.equal(sandbox.clock.ahead(), 0);
    assert.equal((await post('/sandbox/clock', JSON.stringify({ advanceMs: 'soon' }), json)).status, 400);
  });

  it('shows the directory of a company, found without diacritics', async () => {
    const page = await text(`/sandbox/directory?lang=vi&tenant=${seedTenants.contoso}&q=tran+van+hung`);
    for (const words of [
      'Trần Văn Hùng',
      'Quản trị viên toàn cầu',
      'AdminAgents',
      'Business Premium',
      '10 / 10',
    ])
      assert.ok(page.includes(words), words);
    assert.ok(!page.includes('Nguyễn Thị Lan'));
    const escaped = await text('/sandbox/directory?q=%3Cscript%3E');
    assert.ok(!escaped.includes('<script>') && escaped.includes('&lt;script&gt;'));
  });

  it('switches faults on and off by form', async () => {
    const form = { kind: 'throttled', path: '/users', method: 'POST', times: '2', seconds: '7' };
    await post('/sandbox/faults', new URLSearchParams(form));
    const [fault] = sandbox.faults.list();
    assert.ok(fault);
    const { kind, match, left, retryAfter } = fault;
    assert.deepEqual(
      { kind, match, left, retryAfter },
      { kind: 'throttled', match: { path: '/users', method: 'POST' }, left: 2, retryAfter: 7 },
    );
    assert.ok((await text('/sandbox/controls?lang=en')).includes('Too many requests (429)'));
    await post('/sandbox/faults/remove', new URLSearchParams({ id: String(fault.id) }));
    assert.deepEqual(sandbox.faults.list(), []);
  });

  it('refuses whatever a page of another site, or a frame of it, tries to post', async () => {
    const body = new URLSearchParams({ advanceMs: String(dayMs) });
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }]) {
      assert.equal((await post('/sandbox/clock', body, headers)).status, 403);
      assert.equal((await post('/sandbox/reset', null, headers)).status, 403);
      assert.equal((await fetch(at('/sandbox/faults'), { method: 'DELETE', headers })).status, 403);
    }
    assert.equal(sandbox.clock.ahead(), 0);
    assert.equal((await post('/sandbox/clock', body, { origin: sandbox.url })).status, 303);
    await sandbox.clock.reset();
  });

  it('answers to no name but its own', async () => {
    const status = await new Promise((resolve, reject) => {
      request(at('/'), { headers: { host: 'evil.example' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    assert.equal(status, 421);
  });

  it('starts over only when asked by POST: the seed again, nobody signed in, no faults, real time', async () => {
    const visitor = createVisitor(sandbox.url);
    const tokens = await visitor.signIn(seedAccounts.globalAdmin);
    const made = await visitor.graph(tokens.access_token, '/users', {
      method: 'POST',
      json: newUser('tam.thoi'),
    });
    assert.equal(made.status, 201);
    await sandbox.clock.advance(dayMs);
    sandbox.faults.add({ kind: 'unavailable' });
    assert.ok((await text('/sandbox/reset?lang=vi')).includes('Bắt đầu lại từ đầu?'));
    const count = async () => (await sandbox.world.all('user', seedTenants.contoso)).length;
    const withNewUser = await count();

    assert.equal((await post('/sandbox/reset', null)).status, 303);
    assert.equal(await count(), withNewUser - 1);
    assert.deepEqual([sandbox.clock.ahead(), sandbox.faults.list()], [0, []]);
    assert.equal((await visitor.graph(tokens.access_token, '/me')).status, 401);
    const refreshed = await visitor.token({
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
    });
    assert.equal(refreshed.status, 400);
  });

  it('keeps the log free of codes and tokens', async () => {
    const visitor = createVisitor(sandbox.url);
    const code = await visitor.codeFor(seedAccounts.sales);
    const { body } = await visitor.redeem(code);
    const me = await visitor.graph(body.access_token, '/me?$select=id');
    const log = JSON.stringify(sandbox.requests());
    for (const secret of [code, body.access_token, body.refresh_token, 'the-state', visitor.verifier])
      assert.ok(!log.includes(secret));
    const last = sandbox.requests().at(-1);
    assert.equal(last?.path, '/graph.microsoft.com/v1.0/me?%24select=id');
    assert.equal(last?.requestId, me.headers.get('request-id'));
    assert.ok((await text('/sandbox/requests')).includes('/graph.microsoft.com/v1.0/me'));
  });

  it('says which port is taken', async () => {
    const port = Number(new URL(sandbox.url).port);
    const second = await createSandbox({ file: ':memory:', port });
    await assert.rejects(second.listen(), (error) => error instanceof PortTaken && error.port === port);
    await second.close();
  });

  it('knows no other hosts, and survives a malformed address', async () => {
    assert.equal((await fetch(onSandbox(sandbox.url, 'https://example.com/v1.0/me'))).status, 404);
    assert.equal((await fetch(at('/sandbox/nowhere'))).status, 404);
    const broken = onSandbox(sandbox.url, `${clouds.worldwide.login}/%E0%A4%A/discovery/v2.0/keys`);
    assert.ok([200, 400, 404].includes((await fetch(broken)).status));
    assert.equal((await fetch(at('/'))).status, 200);
  });
});
