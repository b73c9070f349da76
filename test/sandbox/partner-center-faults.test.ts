import assert from 'node:assert/strict';
import { clouds, onSandbox } from '../../microsoft/clouds.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { createVisitor, startSandbox } from './visitor.ts';

const { partnerCenter } = clouds.worldwide;

describe('sandbox: faults on the way to Partner Center', () => {
  let sandbox: Sandbox;
  let end: () => Promise<void>;
  let token: string;

  before(async () => {
    ({ sandbox, end } = await startSandbox());
    const visitor = createVisitor(sandbox.url);
    const scope = `openid ${partnerCenter}/.default`;
    token = (await visitor.signIn(seedAccounts.globalAdmin, visitor.authorizeAddress({ scope })))
      .access_token;
  });
  after(() => end());
  afterEach(() => sandbox.faults.clear());

  const call = (method: string, body?: object, headers: Record<string, string> = {}) =>
    fetch(onSandbox(sandbox.url, `${partnerCenter}/v1/profiles/support`), {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const telephone = async () => ((await (await call('GET')).json()) as { telephone: string }).telephone;
  const support = (number: string) => ({ email: 'a@b.vn', telephone: number, website: '' });

  it('gives back the ids of the call and logs its path by them', async () => {
    const ids = { 'ms-requestid': crypto.randomUUID(), 'ms-correlationid': crypto.randomUUID() };
    const answer = await call('GET', undefined, ids);
    assert.deepEqual(
      [answer.headers.get('ms-requestid'), answer.headers.get('ms-correlationid')],
      Object.values(ids),
    );
    const logged = sandbox.requests().at(-1);
    assert.equal(logged?.requestId, ids['ms-requestid']);
    assert.equal(logged?.path, '/api.partnercenter.microsoft.com/v1/profiles/support');
    assert.match((await call('GET')).headers.get('ms-requestid') ?? '', /^[0-9a-f-]{36}$/);
  });

  it('throttles with a status code, a message and Retry-After', async () => {
    sandbox.faults.add({ kind: 'throttled', retryAfter: 7 });
    const answer = await call('GET');
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '7']);
    assert.deepEqual(Object.keys((await answer.json()) as object), ['statusCode', 'message']);
  });

  it('is unavailable, with an expired token, or gone, as a tester wishes', async () => {
    sandbox.faults.add({ kind: 'unavailable' });
    assert.equal((await call('PUT', support('028 1111 1111'))).status, 503);
    assert.notEqual(await telephone(), '028 1111 1111');
    sandbox.faults.add({ kind: 'expired-token' });
    assert.equal((await call('GET')).status, 401);
    sandbox.faults.add({ kind: 'reset' });
    await assert.rejects(call('GET'));
    sandbox.faults.add({ kind: 'reset-after-doing' });
    await assert.rejects(call('PUT', support('028 2222 2222')));
    assert.equal(await telephone(), '028 2222 2222');
  });

  it('does a write with the same MS-RequestId once', async () => {
    const id = { 'ms-requestid': crypto.randomUUID() };
    sandbox.faults.add({ kind: 'unavailable-after-doing' });
    assert.equal((await call('PUT', support('028 3333 3333'), id)).status, 503);
    await call('PUT', support('028 4444 4444'));
    const again = await call('PUT', support('028 3333 3333'), id);
    assert.equal(((await again.json()) as { telephone: string }).telephone, '028 3333 3333');
    assert.equal(await telephone(), '028 4444 4444');
  });
});
