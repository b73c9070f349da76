import assert from 'node:assert/strict';
import { seedDocuments, seedTenants } from '../../sandbox/seed/seed.ts';
import type { SandboxSubscription } from '../../sandbox/world.ts';
import { bodyOf, type Company, createCompany, skuId, tenantId } from './graph-world.ts';

describe('sandbox Graph: what the company bought', () => {
  let company: Company;
  beforeEach(async () => {
    company = await createCompany();
  });

  const list = async () =>
    bodyOf(await company.ask('GET', '/directory/subscriptions', { as: company.clerk })).value ?? [];

  async function buy(more: Partial<SandboxSubscription>) {
    const id = crypto.randomUUID();
    await company.world.put('subscription', tenantId, id, {
      id,
      commerceSubscriptionId: crypto.randomUUID(),
      skuId: skuId.plenty,
      skuPartNumber: 'O365_BUSINESS_PREMIUM',
      status: 'Enabled',
      totalLicenses: 25,
      isTrial: false,
      createdDateTime: '2025-01-31T03:00:00Z',
      termMonths: 12,
      ...more,
    });
  }

  it('has one for each product where none is kept', async () => {
    const found = await list();
    assert.deepEqual(new Set(found.map((one) => one['totalLicenses'])), new Set([25, 2]));
    assert.ok(found.every((one) => one['status'] === 'Enabled'));
  });

  it('tells the next end of a term by the clock, or none', async () => {
    await buy({ termMonths: 12 });
    await buy({ termMonths: 1 });
    await buy({ termMonths: null });
    const next = async () => (await list()).map((one) => String(one['nextLifecycleDateTime'])).toSorted();
    company.time.now = Date.parse('2026-03-01T08:00:00Z');
    assert.deepEqual(await next(), ['2026-03-28T03:00:00Z', '2027-01-28T03:00:00Z', 'null']);
    company.time.now = Date.parse('2026-03-28T03:00:00Z');
    assert.deepEqual(await next(), ['2026-04-28T03:00:00Z', '2027-01-28T03:00:00Z', 'null']);
  });

  it('counts suspended seats apart from those that can be given', async () => {
    await buy({});
    await buy({ status: 'Suspended', totalLicenses: 8 });
    const skus = bodyOf(await company.ask('GET', '/subscribedSkus', { as: company.clerk })).value ?? [];
    const sku = skus.find((one) => one['skuId'] === skuId.plenty);
    assert.ok(sku !== undefined);
    const units = sku['prepaidUnits'] as { enabled: number; suspended: number };
    assert.deepEqual([units.enabled, units.suspended], [25, 8]);
    assert.equal((sku['subscriptionIds'] as unknown[]).length, 2);
  });

  it('is seeded with several terms and one that is suspended', () => {
    const bought = seedDocuments().flatMap((one) =>
      one.kind === 'subscription' && one.tenantId === seedTenants.contoso ? [one.value] : [],
    );
    assert.deepEqual(new Set(bought.map(({ termMonths }) => termMonths)), new Set([12, 1, null]));
    assert.equal(bought.filter(({ status }) => status === 'Suspended').length, 1);
  });
});
