import assert from 'node:assert/strict';
import { decodeJwt, type JWTPayload } from 'jose';
import { roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { cloudWithOwnKey, type Meddling, meddling } from './meddling.ts';
import { connect, newAttempt, type OpenSandbox, openSandbox } from './signed-in.ts';

const member = 'b79fbf4d-3ef9-4689-8143-76b194e85509';
const people = [
  ['a Global administrator', seedAccounts.fabrikamGlobalAdmin, [roleTemplates.globalAdministrator, member]],
  ['a Billing administrator', seedAccounts.fabrikamBilling, [roleTemplates.billingAdministrator, member]],
  ['anybody else', seedAccounts.fabrikamPlain, [member]],
] as const;
const somebody = seedAccounts.fabrikamGlobalAdmin;

describe('sign-in of people of clients', () => {
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
  const withClaims = (change: (payload: JWTPayload) => JWTPayload) =>
    cloudWithOwnKey(open.sandbox, inFront, change);

  for (const [who, account, roles] of people) {
    it(`tells who ${who} is, with roles`, async () => {
      assert.deepEqual(await connect(open.sandbox).signInAsClient(account), {
        tenantId: account.tenantId,
        objectId: account.objectId,
        name: account.displayName,
        signInName: account.userPrincipalName,
        roles,
      });
    });
  }

  it('asks for openid and profile and nothing else, for any company, with a hashed verifier', async () => {
    const { clientSignIn, log } = connect(open.sandbox);
    const attempt = newAttempt();
    const address = new URL(await clientSignIn.address(attempt));
    assert.equal(
      `${address.origin}${address.pathname}`,
      `${open.sandbox.url}/login.microsoftonline.com/organizations/oauth2/v2.0/authorize`,
    );
    const {
      scope,
      state,
      nonce,
      redirect_uri: redirectUri,
      prompt,
    } = Object.fromEntries(address.searchParams);
    assert.deepEqual(
      { scope, state, nonce, redirectUri, prompt },
      {
        scope: 'openid profile',
        state: attempt.state,
        nonce: attempt.nonce,
        redirectUri: attempt.redirectUri,
        prompt: 'select_account',
      },
    );
    assert.ok(!address.href.includes(attempt.codeVerifier));
    assert.deepEqual([log.lines, open.sandbox.requests()], [[], []]);
  });

  it('keeps no token, gets none that lasts, and reads nothing of the company', async () => {
    const given: Record<string, unknown>[] = [];
    const { signInAsClient, tokenStore, requests } = await behind({
      tokens: (body) => {
        given.push(body);
        return body;
      },
    });
    await signInAsClient(somebody);
    assert.equal(tokenStore.renewals, 0);
    assert.equal(given[0]?.['refresh_token'], undefined);
    assert.equal(decodeJwt(String(given[0]?.['access_token']))['scp'], 'openid profile');
    const asked = requests.map(({ path }) => path.split('?')[0]?.split('/').at(-1));
    assert.deepEqual(asked, ['authorize', 'token', 'keys']);
  });

  it('says nothing of roles where the token does not', async () => {
    const { signInAsClient } = await withClaims(({ wids: _wids, ...payload }) => payload);
    assert.equal((await signInAsClient(somebody)).roles, undefined);
  });

  it('refuses a personal account, a guest, and a token that is not what it should be', async () => {
    const personal = '9188040d-6c67-4c5b-b112-36a304b66dad';
    const iss = (tid: string) => `https://login.microsoftonline.com/${tid}/v2.0`;
    const changes: [(payload: JWTPayload) => JWTPayload, string, string | undefined][] = [
      [
        (payload) => ({ ...payload, tid: personal, iss: iss(personal) }),
        'sign-in-failed',
        'personal-account',
      ],
      [(payload) => ({ ...payload, acct: 1 }), 'guest-account', undefined],
      [(payload) => ({ ...payload, iss: iss(personal) }), 'sign-in-failed', 'issuer'],
      [(payload) => ({ ...payload, nonce: 'another' }), 'sign-in-failed', 'nonce'],
      [(payload) => ({ ...payload, aud: 'another' }), 'sign-in-failed', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
      [({ oid: _oid, ...payload }) => payload, 'sign-in-failed', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ];
    for (const [change, code, reason] of changes) {
      const { signInAsClient } = await withClaims(change);
      const details = reason === undefined ? {} : { reason };
      await assert.rejects(signInAsClient(somebody), { code, details }, reason);
    }
  });

  it('believes no token that another key signed', async () => {
    const { signInAsClient } = await behind({
      tokens: (body) => ({ ...body, id_token: `${String(body['id_token']).slice(0, -8)}AAAAAAAA` }),
    });
    await assert.rejects(signInAsClient(somebody), { code: 'sign-in-failed' });
  });

  it('refuses a wrong code, a used one and another verifier', async () => {
    const { clientSignIn, chooseAccount } = connect(open.sandbox);
    const attempt = newAttempt();
    await assert.rejects(clientSignIn.finish(attempt, 'wrong'), { code: 'sign-in-failed' });
    const code = await chooseAccount(attempt, somebody, clientSignIn.address(attempt));
    await clientSignIn.finish(attempt, code);
    await assert.rejects(clientSignIn.finish(attempt, code), {
      code: 'sign-in-failed',
      details: { reason: 'invalid_grant', aadsts: '54005' },
    });
    const other = await chooseAccount(attempt, somebody, clientSignIn.address(attempt));
    const { codeVerifier } = newAttempt();
    await assert.rejects(clientSignIn.finish({ ...attempt, codeVerifier }, other), {
      code: 'sign-in-failed',
    });
  });

  it('says what stands in the way at Microsoft', async () => {
    const refusal = (number: number) => ({
      status: 400,
      body: { error: 'invalid_grant', error_description: `AADSTS${number}: Something.` },
    });
    const answers = [
      [refusal(65001), 'consent-missing'],
      [refusal(50020), 'guest-account'],
      [refusal(53003), 'conditional-access'],
      [refusal(500200), 'sign-in-failed'],
      [{ status: 200, body: { token_type: 'Bearer' } }, 'sign-in-failed'],
      [{ status: 429, headers: { 'retry-after': '7' } }, 'microsoft-busy'],
      [{ status: 503 }, 'microsoft-unavailable'],
      ['reset', 'microsoft-unreachable'],
    ] as const;
    for (const [answer, code] of answers) {
      const { signInAsClient } = await behind({
        instead: ({ path }) => (path.endsWith('/token') ? answer : undefined),
      });
      await assert.rejects(signInAsClient(somebody), { code });
    }
  });

  it('signs people of 21Vianet in at their own host', async () => {
    const china = connect(open.sandbox, { cloud: '21vianet' });
    const account = await china.signInAsClient(seedAccounts.chinaGlobalAdmin);
    assert.equal(account.tenantId, seedAccounts.chinaGlobalAdmin.tenantId);
    const address = await china.clientSignIn.address(newAttempt());
    assert.ok(address.includes('/login.partner.microsoftonline.cn/organizations/'));
  });

  it('leaves neither code nor token nor name in the log', async () => {
    const { clientSignIn, chooseAccount, log } = connect(open.sandbox);
    const attempt = newAttempt();
    const code = await chooseAccount(attempt, somebody, clientSignIn.address(attempt));
    await clientSignIn.finish(attempt, code);
    const noted = JSON.stringify(log.lines);
    assert.ok(log.lines.length > 0);
    for (const secret of [code, attempt.codeVerifier, attempt.nonce, 'eyJ', somebody.userPrincipalName])
      assert.ok(!noted.includes(secret), secret);
  });
});
