import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from 'botframework-schema';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { createAuthentication } from '../../bot/authentication.ts';
import { authenticationAddresses } from '../../bot/authentication-clouds.ts';

const appId = '3c3f0b6e-0000-4000-8000-0000000000a1';
const tenantId = '3c3f0b6e-0000-4000-8000-0000000000a2';
const issuer = 'https://api.botframework.com';
const serviceUrl = 'https://smba.trafficmanager.net/emea/';

type Signer = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

describe('authentication', () => {
  let server: Server;
  let origin: string;
  let endorsed: Signer;
  let bare: Signer;
  let stranger: Signer;
  let keyReads = 0;

  before(async () => {
    const [a, b, c] = await Promise.all([0, 1, 2].map(() => generateKeyPair('RS256', { extractable: true })));
    assert.ok(a && b && c);
    endorsed = a.privateKey;
    bare = b.privateKey;
    stranger = c.privateKey;
    const keys = [
      { ...(await exportJWK(a.publicKey)), kid: 'endorsed', endorsements: ['msteams', 'webchat'] },
      { ...(await exportJWK(b.publicKey)), kid: 'bare' },
    ];
    server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      if (request.url === '/keys') keyReads += 1;
      response.end(
        JSON.stringify(request.url === '/keys' ? { keys } : { issuer, jwks_uri: `${origin}/keys` }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  const registered = (more: object = {}) =>
    createAuthentication({
      mode: 'registered',
      appId,
      appPassword: 'never-used-in-this-test',
      tenantId,
      cloud: 'worldwide',
      addresses: {
        ...authenticationAddresses.worldwide,
        channelMetadata: `${origin}/metadata`,
        emulatorMetadata: `${origin}/metadata`,
      },
      ...more,
    });

  const activity = (more: Record<string, unknown> = {}): Activity =>
    ({
      type: 'message',
      channelId: 'msteams',
      serviceUrl,
      conversation: { id: 'a:1', tenantId: 'T1' },
      from: { id: '29:1' },
      ...more,
    }) as unknown as Activity;

  interface TokenOptions {
    key?: Signer;
    kid?: string;
    claims?: JWTPayload;
    without?: string[];
  }

  async function bearer({ key = endorsed, kid = 'endorsed', claims = {}, without = [] }: TokenOptions = {}) {
    const now = Math.floor(Date.now() / 1000);
    const all: JWTPayload = {
      iss: issuer,
      aud: appId,
      serviceurl: serviceUrl,
      nbf: now,
      exp: now + 3600,
      ...claims,
    };
    for (const claim of without) delete all[claim];
    return `Bearer ${await new SignJWT(all).setProtectedHeader({ alg: 'RS256', kid }).sign(key)}`;
  }

  async function statusOf(header: string | undefined, of: Activity = activity(), more: object = {}) {
    const got = await registered(more).authenticate(of, header);
    if (!got.ok) assert.doesNotMatch(JSON.stringify(got.body), /jwt|claim|key|token|error:/i);
    return got.ok ? 200 : got.status;
  }

  it('accepts a channel’s token, and answers with the cached connectors', async () => {
    const authentication = registered();
    const got = await authentication.authenticate(activity(), await bearer());
    assert.ok(got.ok);
    assert.equal(got.claimsIdentity.getClaimValue('aud'), appId);
    assert.equal(got.result.connectorFactory, authentication.connectors);
    const client = await authentication.connectors.create(serviceUrl, got.result.audience);
    assert.equal(await authentication.connectors.create(serviceUrl, got.result.audience), client);
    const again = await authentication.sdk.authenticateRequest(activity(), await bearer());
    assert.equal(again.connectorFactory, authentication.connectors);
  });

  const bad: [string, TokenOptions][] = [
    [
      'signed by somebody else',
      {
        get key() {
          return stranger;
        },
      },
    ],
    ['of an unknown key', { kid: 'unknown' }],
    [
      'of a key without endorsements',
      {
        get key() {
          return bare;
        },
        kid: 'bare',
      },
    ],
    ['without an end', { without: ['exp'] }],
    ['that ended', { claims: { exp: 1_000_000_000 } }],
    ['of the future', { claims: { nbf: 4_000_000_000 } }],
    ['for another bot', { claims: { aud: 'other' } }],
    [
      'of another issuer',
      { claims: { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' } },
    ],
    ['for another serviceUrl', { claims: { serviceurl: 'https://smba.trafficmanager.net/amer/' } }],
    ['without a serviceUrl', { without: ['serviceurl'] }],
  ];
  for (const [what, options] of bad) {
    it(`answers 401 to a token ${what}`, async () => {
      assert.equal(await statusOf(await bearer(options)), 401);
    });
  }

  it('answers 401 to what is no token', async () => {
    const token = (await bearer()).slice('Bearer '.length);
    const [header, payload] = token.split('.');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', kid: 'endorsed' })).toString('base64url');
    for (const value of [
      undefined,
      '',
      'Bearer',
      'Bearer x',
      'Bearer a.b.c',
      token,
      `Basic ${token}`,
      `bearer ${token}`,
      `Bearer ${header}.${payload}.`,
      `Bearer ${unsigned}.${payload}.`,
      `Bearer ${unsigned}.${payload}.AAAA`,
    ])
      assert.equal(await statusOf(value), 401, String(value));
  });

  it('answers 401 to a channel that the key does not speak for', async () => {
    const header = await bearer();
    for (const channelId of ['directline', 'emulator', 'AseChannel', '']) {
      assert.equal(await statusOf(header, activity({ channelId })), 401, channelId);
    }
    assert.equal(await statusOf(header, activity({ channelId: undefined })), 401);
  });

  it('answers 401 to an activity without a serviceUrl, 403 to one off the list', async () => {
    assert.equal(await statusOf(await bearer(), activity({ serviceUrl: '' })), 401);
    assert.equal(await statusOf(await bearer(), activity({ serviceUrl: undefined })), 401);
    const evil = 'https://evil.trafficmanager.net/';
    assert.equal(
      await statusOf(await bearer({ claims: { serviceurl: evil } }), activity({ serviceUrl: evil })),
      403,
    );
  });

  it('answers Teams alone, and other channels where they are on the list', async () => {
    const webChat = { channelId: 'webchat', serviceUrl: 'https://webchat.botframework.com/' };
    const header = await bearer({ claims: { serviceurl: webChat.serviceUrl } });
    assert.equal(await statusOf(header, activity(webChat)), 403);
    assert.equal(await statusOf(header, activity(webChat), { channels: ['webchat'] }), 200);
    assert.equal(await statusOf(await bearer(), activity(), { channels: ['webchat'] }), 403);
  });

  it('lets only the tenants on the list in, where there is one', async () => {
    const header = await bearer();
    assert.equal(await statusOf(header, activity(), { allowedTenants: ['t1'] }), 200);
    assert.equal(await statusOf(header, activity(), { allowedTenants: ['t2'] }), 403);
    assert.equal(
      await statusOf(header, activity({ conversation: { id: 'x' } }), { allowedTenants: ['t1'] }),
      403,
    );
  });

  it('answers 401 when the keys cannot be read', async () => {
    const addresses = {
      ...authenticationAddresses.worldwide,
      channelMetadata: `${origin.replace(/\d+$/, '1')}/metadata`,
    };
    assert.equal(await statusOf(await bearer(), activity(), { addresses }), 401);
  });

  it('reads the keys once, also for a flood of unknown key ids', async () => {
    const authentication = registered();
    await authentication.authenticate(activity(), await bearer({ kid: 'unknown' }));
    const before = keyReads;
    const headers = await Promise.all(Array.from({ length: 10 }, (_, i) => bearer({ kid: `unknown-${i}` })));
    await Promise.all(headers.map((header) => authentication.authenticate(activity(), header)));
    assert.equal(keyReads, before);
  });

  it('refuses to start without app id, password or tenant', () => {
    for (const name of ['appId', 'appPassword', 'tenantId'])
      assert.throws(() => registered({ [name]: ' ' }), new RegExp(`no ${name}`));
  });

  it('knows every address of the 21Vianet cloud', () => {
    for (const address of Object.values(authenticationAddresses['21vianet'])) {
      assert.doesNotMatch(address, /\.com|undefined/);
    }
    const authentication = registered({ cloud: '21vianet', addresses: undefined });
    assert.equal(authentication.sdk.getOriginatingAudience(), 'https://api.botframework.azure.cn');
  });

  it('asks for no token in local mode, and answers loopback only', async () => {
    const local = createAuthentication({ mode: 'local' });
    const here = activity({ channelId: 'emulator', serviceUrl: 'http://localhost:50000' });
    assert.equal((await local.authenticate(here, undefined)).ok, true);
    assert.equal((await local.authenticate(here, 'Bearer whatever')).ok, true);
    const got = await local.authenticate(activity(), undefined);
    assert.equal(!got.ok && got.status, 403);
    await assert.rejects(local.connectors.create(serviceUrl), { name: 'ServiceUrlRefused' });
  });
});
