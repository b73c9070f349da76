import assert from 'node:assert/strict';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { clouds, onSandbox, sandboxApplication } from '../../microsoft/clouds.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { createVisitor, graphScope, redirectUri, startSandbox } from './visitor.ts';

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';
const member = 'b79fbf4d-3ef9-4689-8143-76b194e85509';
const minutes = 60_000;

describe('sandbox: sign-in', () => {
  let sandbox: Sandbox;
  let end: () => Promise<void>;
  let visitor: ReturnType<typeof createVisitor>;

  before(async () => {
    ({ sandbox, end } = await startSandbox());
    visitor = createVisitor(sandbox.url);
  });
  after(() => end());

  const refresh = (refresh_token: string, authority = 'common') =>
    visitor.token({ grant_type: 'refresh_token', refresh_token, scope: graphScope }, authority);

  it('brings back code and state, and tokens that the published keys verify', async () => {
    const answer = await visitor.choose(seedAccounts.globalAdmin);
    const back = new URL(answer.headers.get('location') ?? '');
    assert.equal(`${back.origin}${back.pathname}`, redirectUri);
    assert.equal(back.searchParams.get('state'), 'the-state');

    const { body } = await visitor.redeem(back.searchParams.get('code') ?? '');
    const { tenantId, objectId } = seedAccounts.globalAdmin;
    const keys = createRemoteJWKSet(
      new URL(onSandbox(sandbox.url, `${clouds.worldwide.login}/${tenantId}/discovery/v2.0/keys`)),
    );
    const { payload } = await jwtVerify(body.id_token, keys, {
      audience: sandboxApplication.clientId,
      issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
    });
    const { nonce, tid, oid, wids, preferred_username: signInName } = payload;
    assert.deepEqual(
      { nonce, tid, oid, wids, signInName },
      {
        nonce: 'the-nonce',
        tid: tenantId,
        oid: objectId,
        wids: [globalAdministrator, member],
        signInName: 'hung.tran@contosopartner.vn',
      },
    );
    const access = decodeJwt(body.access_token);
    assert.equal(access.aud, clouds.worldwide.graph);
    assert.deepEqual(access['amr'], ['pwd', 'mfa']);
    assert.deepEqual(JSON.parse(Buffer.from(body.client_info, 'base64url').toString()), {
      uid: objectId,
      utid: tenantId,
    });
  });

  it('lists staff and clients of the worldwide cloud, in the language asked for, every name escaped', async () => {
    const vietnamese = await (await fetch(visitor.authorizeAddress())).text();
    for (const text of ['Nhân viên của đối tác', 'Người của khách hàng', 'Nguyễn Thị Lan', 'Fabrikam'])
      assert.ok(vietnamese.includes(text), text);
    assert.ok(!vietnamese.includes('Tailspin'), 'an account of another cloud is offered');
    const english = await (await fetch(visitor.authorizeAddress({ ui_locales: 'en' }))).text();
    assert.ok(english.includes('Pick an account'));
    const found = await (await fetch(visitor.authorizeAddress({ q: "o'brien" }))).text();
    assert.ok(found.includes('O&#39;Brien &amp; Sons #1') && !found.includes('Nguyễn Thị Lan'));
    const folded = await (await fetch(visitor.authorizeAddress({ q: 'dang quoc bao' }))).text();
    assert.ok(folded.includes('Đặng Quốc Bảo'));
  });

  it('offers only the people of the company that the authority names', async () => {
    const page = await (await fetch(visitor.authorizeAddress({}, 'fabrikam.onmicrosoft.com'))).text();
    assert.ok(page.includes('Đoàn Tuấn Minh') && !page.includes('Trần Văn Hùng'));
    const picked = await visitor.choose(
      seedAccounts.globalAdmin,
      visitor.authorizeAddress({}, seedTenants.fabrikam),
    );
    assert.equal(picked.status, 400);
  });

  it('cancels with access_denied and the state', async () => {
    const page = await (await fetch(visitor.authorizeAddress())).text();
    const address = page.match(/href="([^"]*error=access_denied[^"]*)"/)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const back = new URL(address);
    assert.equal(`${back.origin}${back.pathname}`, redirectUri);
    assert.equal(back.searchParams.get('state'), 'the-state');
  });

  it('keeps the list from being answered by a page of another site', async () => {
    const driven = await visitor.choose(seedAccounts.globalAdmin, visitor.authorizeAddress(), {
      origin: 'https://evil.example',
    });
    assert.equal(driven.status, 403);
    const own = await visitor.choose(seedAccounts.globalAdmin, visitor.authorizeAddress(), {
      origin: sandbox.url,
    });
    assert.equal(own.status, 302);
  });

  it('answers an unknown application or reply address on its own page, never by a redirect', async () => {
    const unknown = await fetch(visitor.authorizeAddress({ client_id: 'another' }), { redirect: 'manual' });
    assert.equal(unknown.status, 400);
    assert.match(await unknown.text(), /AADSTS700016/);
    for (const address of ['http://partner.example/back', 'javascript:alert(1)', '']) {
      const refused = await fetch(visitor.authorizeAddress({ redirect_uri: address }), {
        redirect: 'manual',
      });
      assert.equal(refused.status, 400, address);
      assert.match(await refused.text(), /AADSTS50011/);
    }
  });

  it('sends other faults of the request back to the application', async () => {
    const faults: [Record<string, string>, string][] = [
      [{ response_type: 'token' }, 'unsupported_response_type'],
      [{ code_challenge: 'short' }, 'invalid_request'],
      [{ code_challenge_method: 'plain' }, 'invalid_request'],
      [{ scope: 'https://elsewhere.example/.default' }, 'invalid_scope'],
      [{ prompt: 'none' }, 'login_required'],
    ];
    for (const [more, error] of faults) {
      const answer = await fetch(visitor.authorizeAddress(more), { redirect: 'manual' });
      assert.equal(answer.status, 302, error);
      const back = new URL(answer.headers.get('location') ?? '');
      assert.equal(back.searchParams.get('error'), error);
    }
  });

  it('says why a blocked account and a guest cannot sign in, and leaves the list open', async () => {
    const blocked = await visitor.choose(seedAccounts.disabled);
    assert.equal(blocked.status, 400);
    const page = await blocked.text();
    assert.match(page, /AADSTS50057/);
    assert.ok(page.includes('Trần Văn Hùng'));
    assert.match(await (await visitor.choose(seedAccounts.guest)).text(), /AADSTS50020/);
  });

  it('refuses a wrong verifier, a missing one, another reply address and a wrong secret', async () => {
    const code = () => visitor.codeFor(seedAccounts.sales);
    const wrong = await visitor.redeem(await code(), { code_verifier: 'x'.repeat(64) });
    assert.deepEqual([wrong.status, wrong.body.error_codes], [400, [501481]]);
    const missing = await visitor.redeem(await code(), { code_verifier: '' });
    assert.deepEqual(missing.body.error_codes, [501481]);
    const elsewhere = await visitor.redeem(await code(), { redirect_uri: 'http://localhost:3978/other' });
    assert.deepEqual(elsewhere.body.error_codes, [500112]);
    const secret = await visitor.redeem(await code(), { client_secret: 'guessed' });
    assert.deepEqual([secret.status, secret.body.error_codes], [401, [7000215]]);
    const other = await visitor.redeem(await code(), { client_id: 'another' });
    assert.deepEqual(other.body.error_codes, [700016]);
  });

  it('describes a refusal as documented', async () => {
    const { status, body } = await visitor.redeem('unknown-code');
    assert.equal(status, 400);
    assert.equal(body.error, 'invalid_grant');
    assert.match(
      body.error_description,
      /^AADSTS9002313: .*\r\nTrace ID: .*\r\nCorrelation ID: .*\r\nTimestamp: /,
    );
    assert.ok(body.timestamp && body.trace_id && body.correlation_id);
  });

  it('redeems a code once, also when two come at the same moment', async () => {
    const code = await visitor.codeFor(seedAccounts.sales);
    const both = await Promise.all([visitor.redeem(code), visitor.redeem(code)]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 400]);
    assert.deepEqual((await visitor.redeem(code)).body.error_codes, [54005]);
  });

  it('lets a code live for ten minutes of the sandbox clock', async () => {
    const code = await visitor.codeFor(seedAccounts.sales);
    await sandbox.clock.advance(11 * minutes);
    assert.deepEqual((await visitor.redeem(code)).body.error_codes, [70008]);
  });

  it('gives a new refresh token at each use, and no nonce in the new ID token', async () => {
    const first = await visitor.signIn(seedAccounts.sales);
    const second = await refresh(first.refresh_token);
    assert.equal(second.status, 200);
    assert.notEqual(second.body.refresh_token, first.refresh_token);
    assert.equal(decodeJwt(second.body.id_token)['nonce'], undefined);
    assert.equal((await refresh(second.body.refresh_token)).status, 200);
  });

  it('ends a refresh token after 90 quiet days, at a revocation, and with its account', async () => {
    const tokens = await visitor.signIn(seedAccounts.plain);
    const { tenantId, objectId } = seedAccounts.plain;
    const user = await sandbox.world.get('user', tenantId, objectId);
    assert.ok(user);
    await sandbox.world.put('user', tenantId, objectId, { ...user, accountEnabled: false });
    assert.deepEqual((await refresh(tokens.refresh_token)).body.error_codes, [50057]);
    const later = sandbox.clock.now() + 1;
    await sandbox.world.put('user', tenantId, objectId, { ...user, sessionsValidFrom: later });
    assert.deepEqual((await refresh(tokens.refresh_token)).body.error_codes, [50173]);
    const revoked = await visitor.graph(tokens.access_token, '/me');
    assert.equal(revoked.status, 401);
    await sandbox.world.put('user', tenantId, objectId, user);
    assert.equal((await refresh(tokens.refresh_token)).status, 200);
    await sandbox.clock.advance(91 * 24 * 60 * minutes);
    assert.deepEqual((await refresh(tokens.refresh_token)).body.error_codes, [700082]);
  });

  it("gives no token for a client's directory yet: no consent for agents, a stranger otherwise", async () => {
    const agent = await visitor.signIn(seedAccounts.adminAgent);
    const refused = await refresh(agent.refresh_token, seedTenants.fabrikam);
    assert.deepEqual(refused.body.error_codes, [65001]);
    const clerk = await visitor.signIn(seedAccounts.sales);
    assert.deepEqual((await refresh(clerk.refresh_token, seedTenants.fabrikam)).body.error_codes, [50020]);
    assert.deepEqual((await refresh(clerk.refresh_token, 'nowhere.example')).body.error_codes, [90002]);
    assert.equal((await refresh(clerk.refresh_token, seedTenants.contoso)).status, 200);
  });

  it('gives the application a token of its own in a partner company, not in a client', async () => {
    const asked = { grant_type: 'client_credentials', scope: `${clouds.worldwide.graph}/.default` };
    const { status, body } = await visitor.token(asked, seedTenants.contoso);
    assert.equal(status, 200);
    const claims = decodeJwt(body.access_token);
    assert.deepEqual(
      [claims['oid'], claims['idtyp'], claims['tid']],
      [undefined, 'app', seedTenants.contoso],
    );
    for (const role of ['User.Read.All', 'Mail.Send'])
      assert.ok((claims['roles'] as string[]).includes(role), role);
    assert.equal((await visitor.graph(body.access_token, '/users?$top=1')).status, 200);
    assert.deepEqual((await visitor.token(asked, seedTenants.fabrikam)).body.error_codes, [7000229]);
    const single = await visitor.token({ ...asked, scope: 'User.Read' }, seedTenants.contoso);
    assert.deepEqual(single.body.error_codes, [1002012]);
  });

  it('keeps a sign-in for openid and profile out of the directory', async () => {
    const tokens = await visitor.signIn(
      seedAccounts.fabrikamPlain,
      visitor.authorizeAddress({ scope: 'openid profile' }),
    );
    assert.equal(tokens.refresh_token, undefined);
    assert.deepEqual(decodeJwt(tokens.id_token)['wids'], [member]);
    assert.equal((await visitor.graph(tokens.access_token, '/me')).status, 403);
  });

  it('signs people of 21Vianet in at their own hosts, and nobody else there', async () => {
    const cloud = clouds['21vianet'];
    const china = createVisitor(sandbox.url, cloud.login);
    const address = china.authorizeAddress({ scope: `openid profile ${cloud.graph}/.default` });
    const tokens = await china.signIn(seedAccounts.chinaGlobalAdmin, address);
    const issuer = `${cloud.login}/${seedTenants.china}/v2.0`;
    assert.equal(decodeJwt(tokens.id_token).iss, issuer);
    const me = await fetch(onSandbox(sandbox.url, `${cloud.graph}/v1.0/me`), {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    assert.equal(me.status, 200);
    assert.equal((await visitor.graph(tokens.access_token, '/me')).status, 401);
    assert.equal((await china.choose(seedAccounts.globalAdmin, address)).status, 400);
  });

  describe('knows a browser in which somebody signed in', () => {
    const { globalAdmin, sales } = seedAccounts;
    const signInName = 'hung.tran@contosopartner.vn';

    async function signedIn(account = globalAdmin): Promise<string> {
      const answer = await visitor.choose(account);
      const [cookie = ''] = answer.headers.getSetCookie();
      assert.match(cookie, /Path=\/login\.microsoftonline\.com\/; HttpOnly/);
      return cookie.split(';')[0] ?? '';
    }

    /** Where Microsoft leads this browser; undefined: it shows a page. */
    async function ask(more: Record<string, string>, cookie = ''): Promise<URLSearchParams | undefined> {
      const headers = { cookie };
      const answer = await fetch(visitor.authorizeAddress(more), { redirect: 'manual', headers });
      const to = answer.headers.get('location');
      return to === null ? undefined : new URL(to).searchParams;
    }

    it('and asks nothing of them, unless the list of accounts is wanted', async () => {
      const cookie = await signedIn();
      const silent = await ask({ prompt: 'none', login_hint: signInName }, cookie);
      const { body } = await visitor.redeem(silent?.get('code') ?? '');
      assert.equal(decodeJwt(body.id_token)['oid'], globalAdmin.objectId);
      assert.ok((await ask({ login_hint: signInName }, cookie))?.get('code'));
      assert.equal(await ask({ prompt: 'select_account', login_hint: signInName }, cookie), undefined);
    });

    it('and gives a silent answer to nobody else', async () => {
      const required = async (more: Record<string, string>, cookie: string) =>
        assert.equal((await ask({ prompt: 'none', ...more }, cookie))?.get('error'), 'login_required');
      await required({}, '');
      await required({}, 'sandbox_sign_in=2.invented');
      await required({ login_hint: signInName }, await signedIn(sales));
    });

    it('until they are blocked, their sessions are revoked, or a day is over', async () => {
      const { tenantId, objectId } = globalAdmin;
      const cookie = await signedIn();
      const error = async () => (await ask({ prompt: 'none' }, cookie))?.get('error');
      const user = await sandbox.world.get('user', tenantId, objectId);
      assert.ok(user);
      await sandbox.world.put('user', tenantId, objectId, { ...user, accountEnabled: false });
      assert.equal(await error(), 'login_required');
      await sandbox.world.put('user', tenantId, objectId, user);
      assert.equal(await error(), null);
      await sandbox.clock.advance(1000);
      const sessionsValidFrom = sandbox.clock.now();
      await sandbox.world.put('user', tenantId, objectId, { ...user, sessionsValidFrom });
      assert.equal(await error(), 'login_required');
      await sandbox.world.put('user', tenantId, objectId, user);
      await sandbox.clock.advance(24 * 60 * minutes);
      assert.equal(await error(), 'login_required');
    });
  });

  it('publishes its addresses as Microsoft does', async () => {
    const read = async (path: string) =>
      (await (await fetch(onSandbox(sandbox.url, clouds.worldwide.login + path))).json()) as Record<
        string,
        unknown
      >;
    const shared = await read('/organizations/v2.0/.well-known/openid-configuration');
    assert.equal(shared['issuer'], 'https://login.microsoftonline.com/{tenantid}/v2.0');
    const own = await read('/contosopartner.vn/v2.0/.well-known/openid-configuration');
    assert.equal(own['issuer'], `https://login.microsoftonline.com/${seedTenants.contoso}/v2.0`);
    assert.deepEqual(
      (await read('/nobody.example/v2.0/.well-known/openid-configuration'))['error_codes'],
      [90002],
    );
    const instances = await read('/common/discovery/instance?api-version=1.1');
    assert.ok(JSON.stringify(instances['metadata']).includes('login.partner.microsoftonline.cn'));
  });
});
