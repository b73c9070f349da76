import assert from 'node:assert/strict';
import { clouds, onSandbox } from '../../microsoft/clouds.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { createVisitor, startSandbox } from './visitor.ts';

type Account = { tenantId: string; objectId: string };
type Body = Record<string, unknown>;
interface Ask {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

const { partnerCenter } = clouds.worldwide;

describe('sandbox: Partner Center', () => {
  let sandbox: Sandbox;
  let end: () => Promise<void>;
  const tokens = new Map<string, string>();

  before(async () => {
    ({ sandbox, end } = await startSandbox());
  });
  after(() => end());
  afterEach(() => sandbox.faults.clear());

  async function tokenOf(account: Account): Promise<string> {
    const known = tokens.get(account.objectId);
    if (known !== undefined) return known;
    const visitor = createVisitor(sandbox.url);
    const scope = `openid ${partnerCenter}/.default`;
    const { access_token } = await visitor.signIn(account, visitor.authorizeAddress({ scope }));
    tokens.set(account.objectId, access_token);
    return access_token;
  }

  async function ask(account: Account, path: string, { method = 'GET', body, headers }: Ask = {}) {
    const response = await fetch(onSandbox(sandbox.url, `${partnerCenter}/v1${path}`), {
      method,
      headers: { authorization: `Bearer ${await tokenOf(account)}`, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString('utf8');
    const parsed = JSON.parse(text.replace(/^\uFEFF/, '')) as Body;
    return {
      status: response.status,
      headers: response.headers,
      body: parsed,
      bom: text.startsWith('\uFEFF'),
    };
  }

  const admin = seedAccounts.globalAdmin;
  const organization = async () => (await ask(admin, '/profiles/organization')).body;
  const outcome = ({ status, body }: { status: number; body: Body }) => [status, body['code']];

  it('gives each partner its own profiles', async () => {
    assert.equal((await organization())['companyName'], 'Contoso Partner');
    const other = await ask(seedAccounts.advisorGlobalAdmin, '/profiles/organization');
    assert.equal(other.body['companyName'], 'Fourth Coffee Tư vấn');
    const legal = await ask(admin, '/profiles/legalbusiness');
    assert.equal(legal.body['companyName'], 'Công ty TNHH Contoso Partner Việt Nam');
    assert.equal((await ask(admin, '/profiles/mpn')).body['mpnId'], '6481034');
  });

  it('knows no company that is no partner', async () => {
    for (const stranger of [seedAccounts.nothingAuthorisedGlobalAdmin, seedAccounts.fabrikamGlobalAdmin])
      assert.deepEqual(outcome(await ask(stranger, '/profiles/organization')), [403, 2032]);
  });

  it('starts some bodies with a byte order mark and not others', async () => {
    assert.equal((await ask(admin, '/profiles/organization')).bom, true);
    assert.equal((await ask(admin, '/profiles/support')).bom, false);
  });

  it('lets people see by what they are, and only a Global administrator change', async () => {
    const status = async (account: Account, path: string, how?: Ask) =>
      (await ask(account, path, how)).status;
    assert.equal(await status(seedAccounts.sales, '/profiles/organization'), 200);
    assert.equal(await status(seedAccounts.userAdmin, '/profiles/support'), 200);
    assert.deepEqual(outcome(await ask(seedAccounts.plain, '/profiles/support')), [403, 900150]);
    assert.equal(await status(seedAccounts.sales, '/profiles/billing'), 403);
    assert.equal(await status(seedAccounts.adminAgent, '/profiles/billing'), 200);
    const support = (await ask(admin, '/profiles/support')).body;
    for (const account of [seedAccounts.adminAgent, seedAccounts.userAdmin, seedAccounts.privilegedRoleAdmin])
      assert.equal(await status(account, '/profiles/support', { method: 'PUT', body: support }), 403);
    assert.equal(await status(admin, '/profiles/support', { method: 'PUT', body: support }), 200);
  });

  it('keeps what was written, and only there', async () => {
    const before = await organization();
    const defaultAddress = { ...(before['defaultAddress'] as Body), phoneNumber: '+84 28 3822 0222' };
    const written = await ask(admin, '/profiles/organization', {
      method: 'PUT',
      body: { ...before, defaultAddress },
    });
    assert.equal(written.status, 200);
    const after = await organization();
    assert.deepEqual(after, written.body);
    assert.equal((after['defaultAddress'] as Body)['phoneNumber'], '+84 28 3822 0222');
    assert.notDeepEqual(after['attributes'], before['attributes']);
    const advisor = await ask(seedAccounts.advisorGlobalAdmin, '/profiles/organization');
    assert.notEqual((advisor.body['defaultAddress'] as Body)['phoneNumber'], '+84 28 3822 0222');
  });

  it('refuses an etag that was overtaken, in the body or in If-Match', async () => {
    const before = await organization();
    const put = (body: Body, headers: Record<string, string> = {}) =>
      ask(admin, '/profiles/organization', { method: 'PUT', body, headers });
    assert.equal((await put({ ...before, email: 'mot@contosopartner.vn' })).status, 200);
    assert.deepEqual(outcome(await put({ ...before, email: 'hai@contosopartner.vn' })), [400, 2055]);
    const { etag } = before['attributes'] as { etag: string };
    const bare = { ...before, attributes: undefined, email: 'ba@contosopartner.vn' };
    assert.deepEqual(outcome(await put(bare, { 'if-match': `"${etag}"` })), [412, 2055]);
    assert.equal((await organization())['email'], 'mot@contosopartner.vn');
    const fresh = ((await organization())['attributes'] as { etag: string }).etag;
    assert.equal((await put(bare, { 'if-match': `"${fresh}"` })).status, 200);
  });

  it('names the field that it refuses, and changes nothing', async () => {
    const before = await organization();
    const address = before['defaultAddress'] as Body;
    const wrong: [string, Body][] = [
      ['companyName', { companyName: ' ' }],
      ['email', { email: 'no mail' }],
      ['defaultAddress.phoneNumber', { defaultAddress: { ...address, phoneNumber: 'call me' } }],
      ['defaultAddress.postalCode', { defaultAddress: { ...address, postalCode: '700/000' } }],
      ['defaultAddress.country', { defaultAddress: { ...address, country: 'US' } }],
      ['defaultAddress.city', { defaultAddress: { ...address, city: undefined } }],
      ['tenantId', { tenantId: seedTenants.advisor }],
    ];
    for (const [property, change] of wrong) {
      const answer = await ask(admin, '/profiles/organization', {
        method: 'PUT',
        body: { ...before, ...change },
      });
      assert.deepEqual(outcome(answer), [400, 3000], property);
      assert.deepEqual(answer.body['data'], [property]);
    }
    assert.deepEqual(await organization(), before);
    const nonsense = await ask(admin, '/profiles/organization', { method: 'PUT', body: ['x'] });
    assert.deepEqual(outcome(nonsense), [400, 800002]);
  });

  it('takes the names of properties with a large first letter', async () => {
    const body = { Email: 'a@contosopartner.vn', Telephone: '028 3822 0333', Website: 'contosopartner.vn' };
    const written = await ask(admin, '/profiles/supportprofile', { method: 'PUT', body });
    assert.equal(written.body['telephone'], '028 3822 0333');
    assert.equal((await ask(admin, '/profiles/support')).body['email'], 'a@contosopartner.vn');
  });

  it('says who signed the agreement, and why another did not', async () => {
    const status = (query: string) => ask(admin, `/compliance/csp/agreementstatus?${query}`);
    assert.deepEqual((await status(`tenantId=${seedTenants.contoso}`)).body, { isAgreementSigned: true });
    assert.deepEqual(outcome(await status(`tenantId=${seedTenants.advisor}`)), [400, 2206]);
    assert.deepEqual(outcome(await status(`tenantId=${crypto.randomUUID()}`)), [400, 2205]);
    assert.deepEqual(outcome(await status('mpnId=abc')), [400, 2000]);
    assert.deepEqual(outcome(await status('mpnId=1234567')), [400, 2200]);
    assert.deepEqual(outcome(await status('mpnId=5120877')), [400, 2204]);
    assert.deepEqual(outcome(await status(`mpnId=1&tenantId=${seedTenants.contoso}`)), [400, 2000]);
    assert.deepEqual(outcome(await ask(admin, '/compliance/other/agreementstatus?mpnId=1')), [404, 1000]);
  });

  it('derives an account where an older file has none', async () => {
    await sandbox.world.remove(
      'partnerAccount',
      seedTenants.withoutDelegation,
      seedTenants.withoutDelegation,
    );
    const account = seedAccounts.withoutDelegationGlobalAdmin;
    const { status, body } = await ask(account, '/profiles/organization');
    assert.deepEqual([status, body['companyName']], [200, 'Northwind Đối tác']);
    assert.match(String((await ask(account, '/profiles/mpn')).body['mpnId']), /^\d{7}$/);
    assert.equal((await ask(account, '/profiles/organization', { method: 'PUT', body })).status, 200);
  });

  it('wants a token of its own, with a second factor', async () => {
    const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
    const graphToken = (await createVisitor(sandbox.url).signIn(admin)).access_token;
    assert.deepEqual(outcome(await ask(admin, '/profiles/mpn', bearer(graphToken))), [401, 400]);
    const user = await sandbox.world.get('user', admin.tenantId, admin.objectId);
    assert.ok(user !== undefined);
    const id = crypto.randomUUID();
    await sandbox.world.put('user', admin.tenantId, id, { ...user, id, withoutSecondFactor: true });
    const careless = { tenantId: admin.tenantId, objectId: id };
    assert.deepEqual(outcome(await ask(careless, '/profiles/mpn')), [401, 900421]);
  });
});
