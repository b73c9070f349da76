import assert from 'node:assert/strict';
import { products } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts, seedDocuments, seedTenants } from '../../sandbox/seed/seed.ts';

describe('sandbox: seed', () => {
  const documents = seedDocuments();
  const usersOf = (tenantId: string) =>
    documents.flatMap((document) =>
      document.kind === 'user' && document.tenantId === tenantId ? [document.value] : [],
    );

  it('is the same each time and names nothing twice', () => {
    assert.deepEqual(seedDocuments(), documents);
    const names = documents.map(({ kind, tenantId, id }) => `${kind}/${tenantId}/${id}`);
    assert.equal(new Set(names).size, names.length);
    const signInNames = documents.flatMap((document) =>
      document.kind === 'user' ? [document.value.userPrincipalName] : [],
    );
    assert.equal(new Set(signInNames).size, signInNames.length);
  });

  it('holds five partners, 120 clients with Fabrikam first, and a company that is nobody’s client', () => {
    const tenants = documents.flatMap((document) => (document.kind === 'tenant' ? [document.value] : []));
    assert.equal(tenants.filter(({ role }) => role === 'partner').length, 5);
    const clients = tenants.filter(({ role }) => role === 'client');
    assert.deepEqual([clients.length, clients[0]?.displayName], [121, 'Fabrikam']);
    const contracts = documents.filter(({ kind }) => kind === 'contract');
    const customers = documents.flatMap((one) => (one.kind === 'contract' ? [one.value.customerId] : []));
    assert.ok(contracts.every(({ tenantId }) => tenantId === seedTenants.contoso));
    const strangers = clients.filter(({ id }) => !customers.includes(id));
    assert.deepEqual([customers.length, new Set(customers).size], [120, 120]);
    assert.deepEqual(
      strangers.map(({ id }) => id),
      [seedTenants.tailwind],
    );
  });

  it('has Business Standard left, no Business Premium, and every account that tests name', () => {
    const used = (skuId: string) =>
      usersOf(seedTenants.contoso).filter(({ licences }) => licences.includes(skuId)).length;
    const bought = (skuId: string) =>
      documents.flatMap((document) =>
        document.kind === 'sku' && document.tenantId === seedTenants.contoso && document.id === skuId
          ? [document.value.enabled]
          : [],
      )[0] ?? 0;
    const left = ({ skuId }: { skuId: string }) => bought(skuId) - used(skuId);
    assert.ok(left(products.businessStandard) > 3);
    assert.equal(left(products.businessPremium), 0);
    for (const { tenantId, objectId } of Object.values(seedAccounts))
      assert.ok(usersOf(tenantId).some(({ id }) => id === objectId));
  });
});
