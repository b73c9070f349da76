import assert from 'node:assert/strict';
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { clouds } from '../../microsoft/clouds.ts';
import { createHttp } from '../../microsoft/http.ts';
import { createIdTokens } from '../../microsoft/sign-in/id-token.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { cloudWithOwnKey, type Meddling, meddling } from './meddling.ts';
import { keptLog, scriptedCloud } from './scripted-cloud.ts';
import { type OpenSandbox, openSandbox } from './signed-in.ts';

const account = seedAccounts.globalAdmin;

describe('a sign-in', () => {
  let open: OpenSandbox;
  const inFront: { close(): Promise<void> }[] = [];
  before(async () => {
    open = await openSandbox();
  });
  afterEach(async () => {
    for (const server of inFront.splice(0)) await server.close();
  });
  after(() => open.close());

  const behind = (meddle: Meddling) => meddling(open.sandbox, inFront, meddle);
  const withOwnKey = (change: (payload: JWTPayload) => JWTPayload) =>
    cloudWithOwnKey(open.sandbox, inFront, change);

  describe('with a forged ID token', () => {
    const forgeries: Record<string, (claims: JWTPayload, idToken: string) => Promise<string> | string> = {
      'without signature': (claims) => new UnsecuredJWT(claims).encode(),
      'with the signature cut off': (_claims, idToken) => `${idToken.split('.').slice(0, 2).join('.')}.`,
      'with other roles under the old signature': (claims, idToken) => {
        const [header, , signature] = idToken.split('.');
        const body = Buffer.from(JSON.stringify({ ...claims, wids: ['all'] })).toString('base64url');
        return `${header}.${body}.${signature}`;
      },
      'signed with an unknown key': async (claims) => {
        const { privateKey } = await generateKeyPair('RS256');
        return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'unknown' }).sign(privateKey);
      },
      'signed with another key under the known name': async (claims, idToken) => {
        const { privateKey } = await generateKeyPair('RS256');
        return new SignJWT(claims).setProtectedHeader(headerOf(idToken)).sign(privateKey);
      },
      'signed with a shared secret': (claims, idToken) =>
        new SignJWT(claims)
          .setProtectedHeader({ ...headerOf(idToken), alg: 'HS256' })
          .sign(Buffer.alloc(32, 7)),
      'of no form at all': () => 'not a token',
    };
    for (const [name, forge] of Object.entries(forgeries)) {
      it(`is refused: ${name}`, async () => {
        const { signInAs, tokenStore } = await behind({
          tokens: async (body) => {
            const idToken = String(body['id_token']);
            return { ...body, id_token: await forge(decodeJwt(idToken), idToken) };
          },
        });
        await assert.rejects(signInAs(account), { code: 'sign-in-failed' });
        assert.equal(tokenStore.of(account), undefined);
      });
    }
  });

  describe('with a well signed ID token that is not for us', () => {
    const changes: Record<string, { claims: JWTPayload; reason: string }> = {
      'of another application': { claims: { aud: 'another' }, reason: 'ERR_JWT_CLAIM_VALIDATION_FAILED' },
      'that is over': { claims: { exp: 1000 }, reason: 'ERR_JWT_EXPIRED' },
      'of another tenant than its issuer': { claims: { tid: seedTenants.fabrikam }, reason: 'issuer' },
      'of another issuer': {
        claims: { iss: `https://evil.example/${seedTenants.contoso}/v2.0` },
        reason: 'issuer',
      },
      'of nobody': { claims: { oid: 'me' }, reason: 'claims' },
    };
    for (const [name, { claims, reason }] of Object.entries(changes)) {
      it(`is refused: ${name}`, async () => {
        const { signInAs, tokenStore } = await withOwnKey((payload) => ({ ...payload, ...claims }));
        await assert.rejects(signInAs(account), { code: 'sign-in-failed', details: { reason } });
        assert.equal(tokenStore.of(account), undefined);
      });
    }

    it('is refused: with another nonce', async () => {
      const { signInAs } = await withOwnKey((payload) => ({ ...payload, nonce: 'replayed' }));
      await assert.rejects(signInAs(account), { code: 'sign-in-failed' });
      const missing = await withOwnKey(({ nonce: _dropped, ...payload }) => payload);
      await assert.rejects(missing.signInAs(account), { code: 'sign-in-failed' });
    });

    it("is refused: a guest's", async () => {
      const { signInAs } = await withOwnKey((payload) => ({ ...payload, acct: 1 }));
      await assert.rejects(signInAs(account), { code: 'guest-account' });
    });

    it('is taken when nothing is wrong with it', async () => {
      const { signInAs } = await withOwnKey((payload) => payload);
      assert.equal((await signInAs(account)).objectId, account.objectId);
    });
  });

  it('takes a new signing key of the cloud, and never one of personal accounts', async () => {
    const published: object[] = [];
    const server = await scriptedCloud(() => ({ status: 200, body: { keys: published } }));
    inFront.push(server);
    const log = keptLog();
    const cloud = clouds.worldwide;
    const http = createHttp({ cloud, sandboxOrigin: server.origin, log });
    const idTokens = createIdTokens({ cloud, clientId: 'app', http, log, keysAskedAgainMs: 0 });
    const tid = seedTenants.contoso;
    async function signedWithNew(kid: string, issuer: string) {
      const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
      published.push({ ...(await exportJWK(publicKey)), kid, issuer, alg: 'RS256' });
      return new SignJWT({ tid, oid: account.objectId, nonce: 'n' })
        .setProtectedHeader({ alg: 'RS256', kid })
        .setIssuer(`${cloud.login}/${tid}/v2.0`)
        .setAudience('app')
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey);
    }
    for (const kid of ['first', 'second']) {
      const token = await signedWithNew(kid, `${cloud.login}/{tenantid}/v2.0`);
      assert.equal((await idTokens.verify(token, 'n')).tid, tid);
    }
    const personal = await signedWithNew('third', `${cloud.login}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0`);
    await assert.rejects(idTokens.verify(personal, 'n'), { code: 'sign-in-failed' });
  });
});

function headerOf(token: string): { alg: string; kid: string } {
  return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
}
