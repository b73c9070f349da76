import assert from 'node:assert/strict';
import { decodeJwt, UnsecuredJWT } from 'jose';
import type { PartnerError } from '../../partner/errors.ts';
import { roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { type Body, type Meddling, meddling } from './meddling.ts';
import { connect, newAttempt, type OpenSandbox, openSandbox } from './signed-in.ts';

const account = seedAccounts.globalAdmin;

describe('sign-in at Microsoft', () => {
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

  const behind = (meddle: Meddling) => meddling(open.sandbox, inFront, meddle);
  const tokenCalls = () => open.sandbox.requests().filter(({ path }) => path.endsWith('/oauth2/v2.0/token'));

  it('tells who signed in, and keeps the tokens of this account only', async () => {
    const { signInAs, tokenStore } = connect(open.sandbox);
    assert.deepEqual(await signInAs(account), {
      tenantId: seedTenants.contoso,
      objectId: account.objectId,
      displayName: 'Trần Văn Hùng',
      signInName: account.userPrincipalName,
      companyName: 'Contoso Partner',
      wids: [roleTemplates.globalAdministrator, 'b79fbf4d-3ef9-4689-8143-76b194e85509'],
    });
    await signInAs(seedAccounts.sales);
    assert.ok(tokenStore.of(account)?.includes(account.objectId));
    assert.ok(!tokenStore.of(account)?.includes(seedAccounts.sales.objectId));
    assert.ok(!tokenStore.of(seedAccounts.sales)?.includes(account.objectId));
  });

  it('asks with state, nonce and a hashed verifier, and asks nobody else', async () => {
    const { signIn, log } = connect(open.sandbox);
    const attempt = newAttempt();
    const address = new URL(await signIn.address(attempt, account.userPrincipalName));
    assert.equal(
      `${address.origin}${address.pathname}`,
      `${open.sandbox.url}/login.microsoftonline.com/organizations/oauth2/v2.0/authorize`,
    );
    assert.equal(address.searchParams.get('state'), attempt.state);
    assert.equal(address.searchParams.get('nonce'), attempt.nonce);
    assert.equal(address.searchParams.get('redirect_uri'), attempt.redirectUri);
    assert.equal(address.searchParams.get('code_challenge_method'), 'S256');
    assert.equal(address.searchParams.get('login_hint'), account.userPrincipalName);
    assert.equal(address.searchParams.get('prompt'), null);
    assert.ok(!address.href.includes(attempt.codeVerifier));
    assert.deepEqual([log.lines, open.sandbox.requests()], [[], []]);
  });

  it('discovers nothing over the network', async () => {
    const { signInAs, tokens } = connect(open.sandbox);
    await signInAs(account);
    await tokens.forAccount(account, 'graph', { fresh: true });
    const paths = new Set(open.sandbox.requests().map(({ path }) => path));
    assert.deepEqual(
      [...paths],
      [
        '/login.microsoftonline.com/organizations/oauth2/v2.0/authorize',
        '/login.microsoftonline.com/organizations/oauth2/v2.0/token',
        '/login.microsoftonline.com/common/discovery/v2.0/keys',
        '/graph.microsoft.com/v1.0/organization',
        `/login.microsoftonline.com/${seedTenants.contoso}/oauth2/v2.0/token`,
      ],
    );
  });

  it('refuses a wrong code, a used one and another verifier', async () => {
    const { signIn, chooseAccount } = connect(open.sandbox);
    const attempt = newAttempt();
    await assert.rejects(signIn.finish(attempt, 'wrong'), { code: 'sign-in-failed' });
    const code = await chooseAccount(attempt, account);
    await signIn.finish(attempt, code);
    await assert.rejects(signIn.finish(attempt, code), {
      code: 'sign-in-failed',
      details: { reason: 'invalid_grant', aadsts: '54005' },
    });
    const other = await chooseAccount(attempt, account);
    await assert.rejects(signIn.finish({ ...attempt, codeVerifier: newAttempt().codeVerifier }, other), {
      code: 'sign-in-failed',
    });
  });

  it('asks for the signing keys once', async () => {
    const { signInAs, requests } = await behind({});
    await signInAs(account);
    await signInAs(seedAccounts.sales);
    assert.equal(requests.filter(({ path }) => path.endsWith('/keys')).length, 1);
  });

  it('signs in also when the company name cannot be read', async () => {
    const { signInAs } = await behind({
      instead: ({ path }) =>
        path.includes('/organization?') || path.endsWith('/organization') ? { status: 503 } : undefined,
    });
    assert.equal((await signInAs(account)).companyName, 'contosopartner.vn');
  });

  it("does not take a guest or a blocked account on Microsoft's page", async () => {
    const { signInAs } = connect(open.sandbox);
    for (const person of [seedAccounts.guest, seedAccounts.disabled]) {
      await assert.rejects(signInAs(person), (error: Error) => error.message === 'another state came back');
    }
  });

  describe('afterwards', () => {
    it('gives a token from the store without asking, a fresh one when told to', async () => {
      const { signInAs, tokens } = connect(open.sandbox);
      await signInAs(account);
      const [one, two] = [
        await tokens.forAccount(account, 'graph'),
        await tokens.forAccount(account, 'graph'),
      ];
      assert.equal(one, two);
      assert.equal(tokenCalls().length, 1);
      assert.notEqual(await tokens.forAccount(account, 'graph', { fresh: true }), one);
      assert.equal(tokenCalls().length, 2);
      const other = await tokens.forAccount(account, 'partner-center');
      assert.equal(decodeJwt(other).aud, 'https://api.partnercenter.microsoft.com');
    });

    it('keeps the newest refresh token when several ask at once', async () => {
      const given: string[] = [];
      const { signInAs, tokens, tokenStore } = await behind({
        tokens: (body) => {
          given.push(String(body['refresh_token']));
          return body;
        },
      });
      await signInAs(account);
      const [first, ...others] = await Promise.all([
        ...[1, 2, 3].map(() => tokens.forAccount(account, 'graph', { fresh: true })),
        tokens.forAccount(account, 'partner-center', { fresh: true }),
      ]);
      // Equal wishes are one call; the fourth waits for it.
      assert.deepEqual([others[0], others[1], given.length], [first, first, 3]);
      const stored = tokenStore.of(account) ?? '';
      assert.ok(stored.includes(given[2] ?? 'none'));
      assert.equal(JSON.parse(stored).RefreshToken === undefined, false);
      assert.equal(Object.keys(JSON.parse(stored).RefreshToken).length, 1);
    });

    it('wants the person when nothing is stored, forgotten or too old', async () => {
      const { signInAs, tokens, tokenStore } = connect(open.sandbox);
      const fresh = () => tokens.forAccount(account, 'graph', { fresh: true });
      await assert.rejects(fresh(), { code: 'sign-in-needed' });
      await signInAs(account);
      await open.sandbox.clock.advance(91 * 24 * 3_600_000);
      await assert.rejects(fresh(), {
        code: 'sign-in-needed',
        details: { reason: 'invalid_grant', aadsts: '700082' },
      });
      await signInAs(account);
      // Signed out while the renewal was under way: what it brought is neither kept nor used.
      const renewal = fresh();
      await tokenStore.load(account);
      tokenStore.remove(account);
      await assert.rejects(renewal, { code: 'sign-in-needed' });
      assert.equal(tokenStore.of(account), undefined);
      await assert.rejects(fresh(), { code: 'sign-in-needed' });
    });

    it("says why a client's tenant gives no token", async () => {
      const { signInAs, tokens } = connect(open.sandbox);
      await signInAs(account);
      await signInAs(seedAccounts.plain);
      const { fabrikam: tenantId } = seedTenants;
      await assert.rejects(tokens.forAccount(account, 'graph', { tenantId }), { code: 'consent-missing' });
      await assert.rejects(tokens.forAccount(seedAccounts.plain, 'graph', { tenantId }), {
        code: 'guest-account',
      });
    });

    it("keeps tokens for a client's tenant apart from those for the own one", async () => {
      const { fabrikam } = seedTenants;
      const claims = { oid: account.objectId, tid: fabrikam, preferred_username: account.userPrincipalName };
      const body = {
        token_type: 'Bearer',
        expires_in: 3600,
        scope: 'https://graph.microsoft.com/.default',
        access_token: 'token-for-fabrikam',
        refresh_token: 'rotated',
        id_token: new UnsecuredJWT(claims).encode(),
        client_info: Buffer.from(JSON.stringify({ uid: account.objectId, utid: account.tenantId })).toString(
          'base64url',
        ),
      };
      const { signInAs, tokens, requests } = await behind({
        instead: ({ path }) => (path.includes(`/${fabrikam}/`) ? { status: 200, body } : undefined),
      });
      await signInAs(account);
      const own = await tokens.forAccount(account, 'graph');
      assert.equal(await tokens.forAccount(account, 'graph', { tenantId: fabrikam }), 'token-for-fabrikam');
      assert.equal(await tokens.forAccount(account, 'graph'), own);
      assert.equal(await tokens.forAccount(account, 'graph', { tenantId: fabrikam }), 'token-for-fabrikam');
      assert.equal(requests.filter(({ path }) => path.includes('/token')).length, 2);
    });

    it('words what the token endpoint says', async () => {
      const cases: [number, Body, string][] = [
        [
          400,
          {
            error: 'invalid_grant',
            suberror: 'basic_action',
            error_description: 'AADSTS50076: x',
            error_codes: [50076],
          },
          'sign-in-needed',
        ],
        [
          400,
          { error: 'interaction_required', error_description: 'AADSTS50079: x', error_codes: [50079] },
          'sign-in-needed',
        ],
        [
          400,
          { error: 'invalid_grant', error_description: 'AADSTS53003: x', error_codes: [53003] },
          'conditional-access',
        ],
        [
          400,
          { error: 'invalid_grant', error_description: 'AADSTS50177: x', error_codes: [50177] },
          'guest-account',
        ],
        [
          400,
          { error: 'invalid_grant', error_description: 'AADSTS90072: x', error_codes: [90072] },
          'guest-account',
        ],
        [
          400,
          { error: 'unauthorized_client', error_description: 'AADSTS650051: x', error_codes: [650051] },
          'consent-missing',
        ],
        [
          401,
          { error: 'invalid_client', error_description: 'AADSTS7000215: x', error_codes: [7000215] },
          'unexpected',
        ],
        [429, {}, 'microsoft-busy'],
        [503, {}, 'microsoft-unavailable'],
      ];
      for (const [status, body, code] of cases) {
        let broken = false;
        const { signInAs, tokens } = await behind({
          instead: ({ path }) => (broken && path.includes('/token') ? { status, body } : undefined),
        });
        await signInAs(account);
        broken = true;
        await assert.rejects(
          tokens.forAccount(account, 'graph', { fresh: true }),
          { code },
          JSON.stringify(body),
        );
      }
    });

    it('passes on that Microsoft is not there', async () => {
      let broken = false;
      const { signInAs, tokens } = await behind({ instead: () => (broken ? 'reset' : undefined) });
      await signInAs(account);
      broken = true;
      await assert.rejects(tokens.forAccount(account, 'graph', { fresh: true }), {
        code: 'microsoft-unreachable',
      });
    });
  });

  it('gives app-only tokens, and keeps them', async () => {
    const { tokens } = connect(open.sandbox);
    const token = await tokens.forApp(seedTenants.contoso, 'graph');
    assert.equal(decodeJwt(token)['tid'], seedTenants.contoso);
    assert.equal(decodeJwt(token)['oid'], undefined);
    assert.equal(await tokens.forApp(seedTenants.contoso, 'graph'), token);
    assert.equal(tokenCalls().length, 1);
    await assert.rejects(tokens.forApp(seedTenants.fabrikam, 'graph'), { code: 'consent-missing' });
  });

  it('leaves no secret in log or error', async () => {
    const { signInAs, tokens, log, tokenStore } = connect(open.sandbox);
    await signInAs(account);
    const token = await tokens.forAccount(account, 'graph', { fresh: true });
    await open.sandbox.clock.advance(91 * 24 * 3_600_000);
    const failure = await tokens
      .forAccount(account, 'graph', { fresh: true })
      .catch((error: PartnerError) => error);
    const seen = JSON.stringify([log.lines, failure, String(failure)]);
    const refreshTokens = Object.values(JSON.parse(tokenStore.of(account) ?? '').RefreshToken) as {
      secret: string;
    }[];
    assert.equal(refreshTokens.length, 1);
    for (const secret of [
      token,
      ...refreshTokens.map((entry) => entry.secret),
      'sandbox-only',
      'AADSTS700082: ',
    ]) {
      assert.ok(!seen.includes(secret));
    }
  });
});
