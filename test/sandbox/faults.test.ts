import assert from 'node:assert/strict';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { createVisitor, newUser, startSandbox } from './visitor.ts';

interface GraphProblem {
  error: { code: string; message: string; innerError: Record<string, string> };
}

describe('sandbox: faults and the way to Graph', () => {
  let sandbox: Sandbox;
  let end: () => Promise<void>;
  let visitor: ReturnType<typeof createVisitor>;
  let accessToken: string;

  before(async () => {
    ({ sandbox, end } = await startSandbox());
    visitor = createVisitor(sandbox.url);
    accessToken = (await visitor.signIn(seedAccounts.globalAdmin)).access_token;
  });
  after(() => end());
  afterEach(() => sandbox.faults.clear());

  const me = () => visitor.graph(accessToken, '/me');
  const create = (localPart: string) =>
    visitor.graph(accessToken, '/users', { method: 'POST', json: newUser(localPart) });
  const exists = async (localPart: string) =>
    (await visitor.graph(accessToken, `/users/${localPart}@contosopartner.vn`)).status === 200;

  it('answers, with the ids of the request on every answer', async () => {
    const answer = await visitor.graph(accessToken, '/me', { headers: { 'client-request-id': 'mine' } });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('client-request-id'), 'mine');
    assert.match(answer.headers.get('request-id') ?? '', /^[0-9a-f-]{36}$/);
  });

  it('asks for a token that is its own, whole and for Graph', async () => {
    const { access_token: other } = await visitor.signIn(
      seedAccounts.globalAdmin,
      visitor.authorizeAddress({ scope: 'openid https://api.partnercenter.microsoft.com/.default' }),
    );
    const [header, payload] = accessToken.split('.');
    for (const token of ['', 'nonsense', `${header}.${payload}.AAAA`, other]) {
      const answer = await visitor.graph(token, '/me', { headers: { 'client-request-id': 'mine' } });
      assert.equal(answer.status, 401);
      const { error } = (await answer.json()) as GraphProblem;
      assert.equal(error.code, 'InvalidAuthenticationToken');
      assert.equal(error.innerError['client-request-id'], 'mine');
      assert.equal(error.innerError['request-id'], answer.headers.get('request-id'));
    }
  });

  it('refuses a malformed body, a huge one and an unknown version', async () => {
    const malformed = await visitor.graph(accessToken, '/users', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"displayName":',
    });
    assert.equal(malformed.status, 400);
    assert.equal(((await malformed.json()) as GraphProblem).error.code, 'BadRequest');
    const json = { displayName: 'x'.repeat(1024 * 1024) };
    assert.equal((await visitor.graph(accessToken, '/users', { method: 'POST', json })).status, 413);
    assert.equal((await visitor.graph(accessToken, '/../v3.0/me')).status, 404);
  });

  it('throttles with Retry-After and without, as often as it was told', async () => {
    sandbox.faults.add({ kind: 'throttled', retryAfter: 7, times: 2 });
    for (const left of [1, 0]) {
      const answer = await me();
      assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '7']);
      assert.equal(((await answer.json()) as GraphProblem).error.code, 'TooManyRequests');
      assert.equal(sandbox.faults.list()[0]?.left ?? 0, left);
    }
    assert.equal((await me()).status, 200);
    sandbox.faults.add({ kind: 'throttled' });
    assert.equal((await me()).headers.get('retry-after'), null);
  });

  it('strikes only the calls it was meant for', async () => {
    sandbox.faults.add({ kind: 'unavailable', match: { method: 'POST', path: '/users' } });
    assert.equal((await me()).status, 200);
    assert.equal((await visitor.graph(accessToken, '/users?$top=1')).status, 200);
    assert.equal((await create('khong.tao')).status, 503);
    assert.equal(await exists('khong.tao'), false);
  });

  it('breaks before doing, and after doing', async () => {
    const post = { match: { method: 'POST' } };
    sandbox.faults.add({ kind: 'reset', ...post });
    await assert.rejects(create('dut.truoc'));
    assert.equal(await exists('dut.truoc'), false);
    sandbox.faults.add({ kind: 'reset-after-doing', ...post });
    await assert.rejects(create('dut.sau'));
    assert.equal(await exists('dut.sau'), true);
    sandbox.faults.add({ kind: 'unavailable-after-doing', ...post });
    assert.equal((await create('ban.sau')).status, 503);
    assert.equal(await exists('ban.sau'), true);
    assert.deepEqual(
      sandbox
        .requests()
        .flatMap(({ method, status }) => (method === 'POST' && status === 'reset' ? [status] : [])),
      ['reset', 'reset'],
    );
  });

  it('holds an answer back while the work is done, and lets go when it closes', async () => {
    const { sandbox: own, end: endOwn } = await startSandbox();
    const caller = createVisitor(own.url);
    const { access_token: token } = await caller.signIn(seedAccounts.globalAdmin);
    own.faults.add({ kind: 'slow', ms: 600_000, match: { method: 'POST' } });
    const waiting = new AbortController();
    const json = newUser('cham');
    const answer = caller.graph(token, '/users', { method: 'POST', json, signal: waiting.signal });
    const isMade = async () =>
      (await caller.graph(token, '/users/cham@contosopartner.vn')).status === 200 || undefined;
    await waitUntil(isMade, { what: 'the user whose answer is held back' });
    waiting.abort();
    await assert.rejects(answer, { name: 'AbortError' });
    await endOwn();
  });

  it('hides a new user from searches, not from a read by id, until cleared', async () => {
    sandbox.faults.add({ kind: 'stale', ms: 600_000 });
    const { id } = (await (await create('chua.thay')).json()) as { id: string };
    const found = async () => {
      const filter = encodeURIComponent("userPrincipalName eq 'chua.thay@contosopartner.vn'");
      const answer = await visitor.graph(accessToken, `/users?$filter=${filter}`);
      return ((await answer.json()) as { value: unknown[] }).value.length;
    };
    assert.equal(await found(), 0);
    assert.equal((await visitor.graph(accessToken, `/users/${id}`)).status, 200);
    sandbox.faults.clear();
    assert.equal(await found(), 1);
  });

  it('lets tokens expire', async () => {
    sandbox.faults.add({ kind: 'expired-token', times: 1 });
    const answer = await me();
    assert.equal(answer.status, 401);
    assert.match(((await answer.json()) as GraphProblem).error.message, /expired/);
    assert.equal((await me()).status, 200);
  });

  it('is driven over HTTP', async () => {
    const address = `${sandbox.url}/sandbox/faults`;
    const send = (body: unknown) =>
      fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    assert.equal((await send({ kind: 'unavailable', times: 3, match: { path: '/me' } })).status, 201);
    assert.equal((await me()).status, 503);
    const { value } = (await (await fetch(address)).json()) as { value: { left: number }[] };
    assert.deepEqual(
      value.map(({ left }) => left),
      [2],
    );
    assert.equal((await fetch(address, { method: 'DELETE' })).status, 200);
    assert.equal((await me()).status, 200);
    assert.equal((await send({ kind: 'earthquake' })).status, 400);
  });
});
