import assert from 'node:assert/strict';
import type { OwnSubscription } from '../../partner/directory.ts';
import { products } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { meddling } from './meddling.ts';
import { connect, type OpenSandbox, openSandbox } from './signed-in.ts';

describe('what the company bought and whom it serves, over Graph', () => {
  let open: OpenSandbox;
  const opened: { close(): Promise<void> }[] = [];
  before(async () => {
    open = await openSandbox();
  });
  after(async () => {
    for (const one of opened) await one.close();
    await open.close();
  });

  async function desk(account: keyof typeof seedAccounts) {
    const { signInAs, directories } = connect(
      open.sandbox,
      account.startsWith('china') ? { cloud: '21vianet' } : {},
    );
    return directories.as(await signInAs(seedAccounts[account]));
  }

  /** Answers of Microsoft's own making to calls whose path holds one of the keys. */
  async function answered(answers: Record<string, (path: string) => object>) {
    const { signInAs, directories } = await meddling(open.sandbox, opened, {
      instead: ({ path }) => {
        const key = Object.keys(answers).find((part) => path.includes(part));
        const answer = key === undefined ? undefined : answers[key];
        return answer === undefined ? undefined : { status: 200, body: answer(path) };
      },
    });
    return directories.as(await signInAs(seedAccounts.globalAdmin));
  }

  it('tells what the company bought, with what is used of it', async () => {
    const subscriptions = await (await desk('globalAdmin')).ownSubscriptions();
    const users = await open.sandbox.world.all('user', seedTenants.contoso);
    // Whoever has it from a group uses one as well.
    const holders = (skuId: string) =>
      users.filter(
        ({ licences, groupLicences = [] }) =>
          licences.includes(skuId) || groupLicences.some((one) => one.skuId === skuId),
      ).length;
    const of = ({ skuId }: { skuId: string }) => subscriptions.filter((one) => one.skuId === skuId);
    assert.equal(subscriptions.length, 5);

    const [premium] = of(products.businessPremium);
    assert.ok(premium !== undefined);
    const { id, renewsAt, ...rest } = premium;
    assert.ok(id !== '');
    assert.ok(Date.parse(renewsAt ?? '') > open.sandbox.clock.now());
    assert.deepEqual(rest, {
      skuId: products.businessPremium.skuId,
      partNumber: 'SPB',
      total: 10,
      used: 10,
      status: 'Enabled',
      isTrial: false,
    });

    const standard = of(products.businessStandard).toSorted((a, b) => b.total - a.total);
    const used = holders(products.businessStandard.skuId);
    assert.ok(used > 8);
    assert.deepEqual(
      standard.map((one) => [one.total, one.status, one.used]),
      [
        [25, 'Enabled', used],
        [8, 'Suspended', 0],
      ],
    );
    assert.equal(of(products.fabricFree)[0]?.renewsAt, undefined);
  });

  it('shares the use of a product among its subscriptions, and loses none of it', async () => {
    const bought = (id: string, skuId: string, totalLicenses: number, status: string) => ({
      id,
      skuId,
      skuPartNumber: 'X',
      totalLicenses,
      status,
    });
    const value = [
      bought('a', 'AA', 10, 'Enabled'),
      bought('b', 'AA', 4, 'LockedOut'),
      bought('c', 'AA', 5, 'Warning'),
      bought('d', 'BB', 10, 'Enabled'),
      bought('e', 'BB', 5, 'Enabled'),
      bought('f', 'CC', 3, 'Suspended'),
      bought('g', 'DD', 3, 'Enabled'),
    ];
    const skus = Object.entries({ AA: 12, BB: 18, CC: 2 }).map(([skuId, consumedUnits]) => ({
      skuId: skuId.toLowerCase(),
      skuPartNumber: 'X',
      consumedUnits,
    }));
    const directory = await answered({
      '/directory/subscriptions': () => ({ value }),
      '/subscribedSkus': () => ({ value: skus }),
    });
    const used = (await directory.ownSubscriptions()).map((one: OwnSubscription) => [one.id, one.used]);
    assert.deepEqual(Object.fromEntries(used), { a: 10, b: 0, c: 2, d: 10, e: 8, f: 2, g: 0 });
  });

  it('counts the client companies', async () => {
    assert.equal(await (await desk('globalAdmin')).clientCount(), 120);
    assert.equal(await (await desk('sales')).clientCount(), 120);
    assert.equal(await (await desk('advisorGlobalAdmin')).clientCount(), 0);
    assert.equal(await (await desk('chinaGlobalAdmin')).clientCount(), 0);
  });

  it('counts a client once, over all pages of contracts', async () => {
    const contracts = (...customers: string[]) => customers.map((customerId) => ({ customerId }));
    const nextLink = 'https://graph.microsoft.com/v1.0/contracts?$skiptoken=2';
    const directory = await answered({
      '/contracts': (path) =>
        path.includes('$skiptoken=')
          ? { value: contracts('A', 'c') }
          : { value: contracts('a', 'b'), '@odata.nextLink': nextLink },
    });
    assert.equal(await directory.clientCount(), 3);
  });

  it('says when Microsoft is busy', async () => {
    const directory = await desk('globalAdmin');
    for (const path of ['/contracts', '/directory/subscriptions', '/subscribedSkus']) {
      open.sandbox.faults.add({ kind: 'throttled', retryAfter: 60, match: { path } });
      const reading = path === '/contracts' ? directory.clientCount() : directory.ownSubscriptions();
      await assert.rejects(reading, { code: 'microsoft-busy' }, path);
      open.sandbox.faults.clear();
    }
  });
});
