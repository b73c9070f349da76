import assert from 'node:assert/strict';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { connect, type OpenSandbox, openSandbox } from './signed-in.ts';

const fabrikam = {
  tenantId: seedTenants.fabrikam,
  name: 'Fabrikam',
  domain: 'fabrikam.onmicrosoft.com',
};

describe('companies that are looked up over Graph', () => {
  let open: OpenSandbox;
  before(async () => {
    open = await openSandbox();
  });
  after(() => open.close());

  const lookUps = () =>
    open.sandbox.requests().filter(({ path }) => path.includes('/tenantRelationships/')).length;

  it('finds a company by any of its domains and by its id, as a person without a role', async () => {
    const { signInAs, tenantLookups } = connect(open.sandbox);
    await signInAs(seedAccounts.plain);
    const tenants = tenantLookups.as(seedAccounts.plain);
    assert.deepEqual(await tenants.byDomain('fabrikam.onmicrosoft.com'), fabrikam);
    assert.deepEqual(await tenants.byDomain('  Fabrikam.VN '), fabrikam);
    assert.deepEqual(await tenants.byId(seedTenants.fabrikam.toUpperCase()), fabrikam);
  });

  it('finds it with the application’s own token, nobody being signed in', async () => {
    const tenants = connect(open.sandbox).tenantLookups.asPartner(seedTenants.contoso);
    assert.deepEqual(await tenants.byDomain('fabrikam.vn'), fabrikam);
    assert.deepEqual(await tenants.byId(seedTenants.fabrikam), fabrikam);
    await assert.rejects(
      connect(open.sandbox).tenantLookups.asPartner(seedTenants.fabrikam).byId(fabrikam.tenantId),
      {
        code: 'consent-missing',
      },
    );
  });

  it('knows nobody of that name, of another cloud or with a domain not verified', async () => {
    const tenants = connect(open.sandbox).tenantLookups.asPartner(seedTenants.contoso);
    for (const domain of ['nowhere.example', 'moi.contosopartner.vn'])
      assert.equal(await tenants.byDomain(domain), undefined, domain);
    for (const id of [crypto.randomUUID(), seedTenants.china])
      assert.equal(await tenants.byId(id), undefined, id);
    const china = connect(open.sandbox, { cloud: '21vianet' }).tenantLookups.asPartner(seedTenants.china);
    assert.equal((await china.byId(seedTenants.china))?.tenantId, seedTenants.china);
    assert.equal(await china.byId(seedTenants.fabrikam), undefined);
  });

  it('asks nobody for what is neither a domain nor an id', async () => {
    const tenants = connect(open.sandbox).tenantLookups.asPartner(seedTenants.contoso);
    const before = lookUps();
    for (const text of [
      '',
      'fabrikam',
      "x')/users",
      'a@fabrikam.vn',
      'công-ty.vn',
      'a b.vn',
      '../me',
      'https://x.vn',
    ])
      assert.equal(await tenants.byDomain(text), undefined, text);
    for (const text of ['', 'me', `${seedTenants.fabrikam}'`, 'fabrikam.vn'])
      assert.equal(await tenants.byId(text), undefined, text);
    assert.equal(lookUps(), before);
  });

  it('says when Microsoft does not answer or refuses', async () => {
    const tenants = connect(open.sandbox, { timeoutMs: 300 }).tenantLookups.asPartner(seedTenants.contoso);
    open.sandbox.faults.add({ kind: 'slow', ms: 2000, match: { path: '/tenantRelationships/' } });
    await assert.rejects(tenants.byDomain('fabrikam.vn'), { code: 'microsoft-timeout' });
    open.sandbox.faults.add({ kind: 'throttled', retryAfter: 60, match: { path: '/tenantRelationships/' } });
    await assert.rejects(tenants.byId(fabrikam.tenantId), { code: 'microsoft-busy' });
    open.sandbox.faults.clear();
  });
});
