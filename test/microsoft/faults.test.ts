import assert from 'node:assert/strict';
import type { FaultKind } from '../../sandbox/faults.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { scriptedCloud } from './scripted-cloud.ts';
import { connect, type OpenSandbox, openSandbox } from './signed-in.ts';

const account = seedAccounts.globalAdmin;

describe('when Microsoft fails', () => {
  let open: OpenSandbox;
  let connection: ReturnType<typeof connect>;
  before(async () => {
    open = await openSandbox();
    connection = connect(open.sandbox);
  });
  beforeEach(async () => {
    await open.sandbox.reset();
    await connection.signInAs(account);
  });
  after(() => open.close());

  function break_(
    kind: FaultKind,
    method: string,
    more: { times?: number; retryAfter?: number; ms?: number } = {},
  ) {
    open.sandbox.faults.add({ kind, match: { method, path: '/v1.0/' }, ...more });
  }
  const callsTo = (method: string) =>
    open.sandbox.requests().filter((call) => call.method === method && call.path.includes('/v1.0/users'))
      .length;
  const namesakes = async () => {
    const users = await open.sandbox.world.all('user', seedTenants.contoso);
    return users.filter((user) => user.userPrincipalName === newUser.signInName).length;
  };
  const newUser = {
    displayName: 'Mới',
    givenName: undefined,
    surname: undefined,
    signInName: 'nguoi.moi@contosopartner.vn',
    mailNickname: 'nguoi.moi',
    password: 'Hoa-Sen-2719-xanh',
  };
  const directory = (more: { signal?: AbortSignal } = {}) => connection.directories.as(account, more);
  const read = () => directory().userById(account.objectId);

  it('reads again after a short 429 and after a 503', async () => {
    break_('throttled', 'GET', { retryAfter: 0 });
    break_('throttled', 'GET');
    break_('unavailable', 'GET');
    assert.equal((await read())?.id, account.objectId);
    assert.equal(callsTo('GET'), 4);
  });

  it('tells a long 429 at once, and a lasting one without Retry-After', async () => {
    break_('throttled', 'GET', { retryAfter: 60 });
    await assert.rejects(read(), { code: 'microsoft-busy', retryAfterSeconds: 60 });
    assert.equal(callsTo('GET'), 1);
    break_('throttled', 'GET', { times: 9 });
    await assert.rejects(read(), { code: 'microsoft-busy', retryAfterSeconds: 10 });
    assert.equal(callsTo('GET'), 5);
  });

  it('tells a lasting 503', async () => {
    break_('unavailable', 'GET', { times: 9 });
    await assert.rejects(read(), { code: 'microsoft-unavailable' });
  });

  it('sends a refused write again, for a long 429 leaves it to the operation', async () => {
    break_('throttled', 'POST', { retryAfter: 0 });
    await directory().createUser(newUser);
    assert.deepEqual([callsTo('POST'), await namesakes()], [2, 1]);
    break_('throttled', 'POST', { retryAfter: 30 });
    await assert.rejects(directory().createUser(newUser), { code: 'microsoft-busy', retryAfterSeconds: 30 });
    assert.equal(callsTo('POST'), 3);
  });

  for (const kind of ['unavailable', 'unavailable-after-doing', 'reset', 'reset-after-doing'] as const) {
    it(`sends no write twice: ${kind}`, async () => {
      break_(kind, 'POST');
      await assert.rejects(directory().createUser(newUser), { code: 'microsoft-unknown-outcome' });
      assert.equal(callsTo('POST'), 1);
      assert.equal(await namesakes(), kind.endsWith('after-doing') ? 1 : 0);
    });
  }

  it('ends a slow call in time; a slow write may have happened', async () => {
    const hasty = connect(open.sandbox, { timeoutMs: 1000 });
    hasty.tokenStore.keep(account, connection.tokenStore.of(account) ?? '');
    const slow = hasty.directories.as(account);
    break_('slow', 'GET', { ms: 60_000 });
    await assert.rejects(slow.userById(account.objectId), { code: 'microsoft-timeout' });
    break_('slow', 'POST', { ms: 60_000 });
    await assert.rejects(slow.createUser(newUser), { code: 'microsoft-unknown-outcome' });
    assert.equal(await namesakes(), 1);
  });

  it("ends a call when the turn's time is up", async () => {
    break_('slow', 'GET', { ms: 60_000 });
    const { signal } = new AbortController();
    const over = AbortSignal.timeout(100);
    await assert.rejects(directory({ signal: over }).userById(account.objectId), {
      code: 'microsoft-timeout',
    });
    await directory({ signal }).domains();
  });

  it('goes on with a fresh token when the old one is refused', async () => {
    break_('expired-token', 'GET');
    assert.equal((await read())?.id, account.objectId);
    assert.equal(callsTo('GET'), 2);
    break_('expired-token', 'POST');
    await directory().createUser(newUser);
    assert.deepEqual([callsTo('POST'), await namesakes()], [2, 1]);
  });

  it('wants the person when a fresh token is refused too', async () => {
    break_('expired-token', 'GET', { times: 2 });
    await assert.rejects(read(), { code: 'sign-in-needed' });
    assert.equal(callsTo('GET'), 2);
  });

  it('wants the person when the sign-in was revoked', async () => {
    const user = await open.sandbox.world.get('user', account.tenantId, account.objectId);
    assert.ok(user !== undefined);
    await open.sandbox.clock.advance(1000);
    const sessionsValidFrom = open.sandbox.clock.now();
    await open.sandbox.world.put('user', account.tenantId, user.id, { ...user, sessionsValidFrom });
    await assert.rejects(read(), {
      code: 'sign-in-needed',
      details: { reason: 'invalid_grant', aadsts: '50173' },
    });
  });

  it('is not there at all: nothing can have happened', async () => {
    const gone = await scriptedCloud(() => 'reset');
    await gone.close();
    const nowhere = connect(open.sandbox, { origin: gone.origin });
    nowhere.tokenStore.keep(account, connection.tokenStore.of(account) ?? '');
    await assert.rejects(nowhere.directories.as(account).createUser(newUser), {
      code: 'microsoft-unreachable',
    });
  });
});
