import assert from 'node:assert/strict';
import { failureOf, listOf, openCommerce, partner, refusal, type Script } from './commerce-stage.ts';

const sku = (id: string, more: object = {}) => ({
  id,
  title: `SKU ${id}`,
  description: 'For small companies',
  minimumQuantity: 1,
  maximumQuantity: 300,
  isTrial: false,
  supportedBillingCycles: ['annual', 'monthly'],
  dynamicAttributes: { isAddon: false, provisioningId: 'x' },
  ...more,
});
const availability = (id: string, terms: object[], more: object = {}) => ({
  id,
  segment: 'commercial',
  isPurchasable: true,
  terms,
  defaultCurrency: { code: 'USD', symbol: '$' },
  unitPrice: 4.2,
  ...more,
});
const yearly = { id: 'x', duration: 'P1Y', billingCycle: 'Annual', price: 4.2 };
const yearMonthly = { duration: 'P1Y', billingCycle: 'Monthly' };
const monthly = { duration: 'p1m', billingCycle: 'Monthly' };

describe('catalogue of what can be offered', () => {
  const opened: { close(): Promise<void> }[] = [];
  after(() => Promise.all(opened.map((one) => one.close())));

  async function scripted(script: Script, more: Parameters<typeof openCommerce>[1] = {}) {
    const stage = await openCommerce(script, more);
    opened.push(stage);
    return stage;
  }

  /** Products with their SKUs, each SKU with its availabilities. */
  const shop =
    (products: Record<string, Record<string, unknown[]>>, skus: Record<string, object> = {}): Script =>
    ({ path }) => {
      const [, , product = '', , skuId = ''] = path.split('/');
      if (path === '/products')
        return listOf(Object.keys(products).map((id) => ({ id, title: `Product ${id}`, productType: null })));
      if (path.endsWith('/skus'))
        return listOf(Object.keys(products[product] ?? {}).map((id) => sku(id, skus[`${product}:${id}`])));
      return listOf(products[product]?.[skuId] ?? []);
    };

  it('has one item per SKU with the ways to buy it, the usual one first, and no price', async () => {
    const { commerce, requests } = await scripted(
      shop(
        {
          BASIC: {
            '0001': [
              availability('A1', [monthly, yearly]),
              availability('A2', [yearMonthly, yearly]),
              availability('A3', [{ duration: 'P3Y', billingCycle: 'Annual' }], { segment: 'education' }),
            ],
            '000T': [availability('T', [{ duration: 'P1M' }])],
          },
        },
        {
          'BASIC:000T': { title: null, isTrial: true, maximumQuantity: 25, supportedBillingCycles: null },
          'BASIC:0001': { maximumQuantity: null },
        },
      ),
    );
    const items = await commerce.catalogue('VN');
    assert.deepEqual(items, [
      {
        item: 'BASIC:0001',
        productId: 'BASIC',
        skuId: '0001',
        name: 'SKU 0001',
        description: 'For small companies',
        trial: false,
        minSeats: 1,
        maxSeats: 999_999_999,
        terms: [
          { term: 'P1Y', billing: 'monthly' },
          { term: 'P1Y', billing: 'annual' },
          { term: 'P1M', billing: 'monthly' },
        ],
      },
      {
        item: 'BASIC:000T',
        productId: 'BASIC',
        skuId: '000T',
        name: 'Product BASIC',
        description: 'For small companies',
        trial: true,
        minSeats: 1,
        maxSeats: 25,
        terms: [{ term: 'P1M', billing: 'none' }],
      },
    ]);
    const queries = requests.map(({ path }) => new URL(path, 'http://x').searchParams);
    assert.equal(queries[0]?.get('targetView'), 'OnlineServices');
    for (const query of queries)
      assert.deepEqual([query.get('country'), query.get('targetSegment')], ['VN', 'commercial']);
  });

  it('leaves out add-ons and what nobody can buy', async () => {
    const { commerce } = await scripted(
      shop(
        {
          ONE: {
            addon: [availability('A', [yearly])],
            ended: [availability('A', [yearly], { isPurchasable: false })],
            school: [availability('A', [yearly], { segment: 'Education' })],
            termless: [availability('A', [])],
            sold: [availability('A', [yearly], { segment: null, isPurchasable: null })],
          },
        },
        { 'ONE:addon': { dynamicAttributes: { isAddon: true } } },
      ),
    );
    assert.deepEqual(
      (await commerce.catalogue('VN')).map(({ item }) => item),
      ['ONE:sold'],
    );
  });

  it('does without the part that Microsoft does not give, and asks for it soon again', async () => {
    const whole = shop({
      GOOD: { a: [availability('A', [yearly])], b: [availability('B', [yearly])] },
      BAD: {},
    });
    let isBroken = true;
    const { commerce, clock } = await scripted((call) => {
      if (isBroken && call.path === '/products/BAD/skus') return refusal(500, 800003);
      if (isBroken && call.path.endsWith('/b/availabilities')) return refusal(404, 400018);
      if (call.path === '/products/GOOD/skus') return listOf([sku('a'), { title: 'no id' }, sku('b')]);
      return whole(call);
    });
    const items = async () => (await commerce.catalogue('VN')).map(({ item }) => item);
    assert.deepEqual(await items(), ['GOOD:a']);
    isBroken = false;
    clock.time += 4 * 60_000;
    assert.deepEqual(await items(), ['GOOD:a']);
    clock.time += 60_000;
    assert.deepEqual(await items(), ['GOOD:a', 'GOOD:b']);
  });

  it('fails when nothing of it can be read, or when this person may not', async () => {
    const away = await scripted(({ path }) =>
      path === '/products' ? listOf([{ id: 'A' }]) : refusal(500, 800003),
    );
    assert.equal((await failureOf(away.commerce.catalogue('VN'))).code, 'microsoft-unavailable');
    const products = Array.from({ length: 40 }, (_one, index) => ({ id: `P${index}` }));
    const barred = await scripted(({ path }) => {
      if (path === '/products') return listOf(products);
      return path === '/products/P0/skus' ? refusal(403, 900150) : listOf([]);
    });
    assert.equal((await failureOf(barred.commerce.catalogue('VN'))).code, 'not-allowed');
    assert.ok(barred.requests.length < 20, 'the rest is not asked');
    const nothing = await scripted(() => listOf([]));
    assert.deepEqual(await nothing.commerce.catalogue('VN'), []);
  });

  it('is read once an hour of the clock, for each company and country', async () => {
    const { commerces, commerce, clock, calls } = await scripted(
      shop({ A: { '1': [availability('A', [yearly])] } }),
    );
    const lists = () => calls().filter((one) => one === 'GET /products').length;
    await Promise.all([commerce.catalogue('VN'), commerce.catalogue('VN')]);
    await commerces.as({ ...partner, objectId: 'minh' }).catalogue('VN');
    assert.equal(lists(), 1);
    await commerce.catalogue('SG');
    await commerces.as({ ...partner, tenantId: 'other-partner' }).catalogue('VN');
    assert.equal(lists(), 3);
    clock.time += 60 * 60_000 - 1;
    await commerce.catalogue('VN');
    assert.equal(lists(), 3);
    clock.time += 1;
    await commerce.catalogue('VN');
    assert.equal(lists(), 4);
    clock.time -= 24 * 60 * 60_000;
    await commerce.catalogue('VN');
    assert.equal(lists(), 5);
  });

  it('as a whole is not there while Microsoft does not answer for a part, and is read anew', async () => {
    const script = shop({
      A: { '1': [availability('A', [yearly])] },
      B: { '1': [availability('B', [yearly])] },
    });
    let isAway = true;
    const { commerce } = await scripted((call) =>
      isAway && call.path.startsWith('/products/B/') ? refusal(503, 1) : script(call),
    );
    const parts = async () => (await commerce.catalogue('VN')).map(({ productId }) => productId);
    assert.deepEqual(await parts(), ['A']);
    const failure = await failureOf(commerce.catalogue('VN', { whole: true }));
    assert.equal(failure.code, 'microsoft-unavailable');
    isAway = false;
    assert.deepEqual(await parts(), ['A'], 'asked for again soon, not at once');
    assert.equal((await commerce.catalogue('VN', { whole: true })).length, 2);
    assert.deepEqual(await parts(), ['A', 'B']);
  });

  it('goes on being read when the asker gives up, for the next one', async () => {
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const script = shop({ A: { '1': [availability('A', [yearly])] } });
    const { commerces, commerce, calls } = await scripted(async (call) => {
      if (call.path === '/products') await held;
      return script(call) ?? refusal(404, 1000);
    });
    const patience = new AbortController();
    const given = commerces.as(partner, { signal: patience.signal }).catalogue('VN');
    patience.abort();
    assert.equal((await failureOf(given)).code, 'microsoft-timeout');
    answer();
    assert.equal((await commerce.catalogue('VN')).length, 1);
    assert.equal(calls().filter((one) => one === 'GET /products').length, 1);
  });

  it('does not keep a failure, nor pass it on to somebody else', async () => {
    const script = shop({ A: { '1': [availability('A', [yearly])] } });
    const { commerces, commerce } = await scripted((call) =>
      call.request.headers.authorization === 'Bearer token-of-lan' && call.count === 1
        ? refusal(403, 900150)
        : script(call),
    );
    const minh = commerces.as({ ...partner, objectId: 'minh' });
    const [first, second] = await Promise.allSettled([commerce.catalogue('VN'), minh.catalogue('VN')]);
    assert.deepEqual([first.status, second.status], ['rejected', 'fulfilled']);
    assert.equal((await commerce.catalogue('VN')).length, 1);
  });
});
