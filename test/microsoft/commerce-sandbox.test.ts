import assert from 'node:assert/strict';
import { clouds } from '../../microsoft/clouds.ts';
import { createCommerces } from '../../microsoft/partner-center/commerce.ts';
import type { OrderLine } from '../../partner/commerce.ts';
import { seedItems } from '../../sandbox/seed/catalogue.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { failureOf } from './commerce-stage.ts';
import { connect, type OpenSandbox, openSandbox } from './signed-in.ts';

describe('commerce with the sandbox', () => {
  let open: OpenSandbox;
  before(async () => {
    open = await openSandbox();
  });
  after(() => open.close());
  afterEach(() => open.sandbox.faults.clear());

  async function as(account: keyof typeof seedAccounts, cloud: keyof typeof clouds = 'worldwide') {
    const { tokens, signInAs, log } = connect(open.sandbox, { cloud });
    await signInAs(seedAccounts[account]);
    const clock = { now: () => Date.parse('2026-03-01T08:00:00Z') };
    const more = { cloud: clouds[cloud], tokens, sandboxOrigin: open.sandbox.url, log, clock };
    return createCommerces(more).as(seedAccounts[account]);
  }

  const fabrikam = {
    tenantId: seedTenants.fabrikam,
    name: 'Fabrikam',
    domain: 'fabrikam.onmicrosoft.com',
    relationship: 'reseller',
  };

  it('finds customers by name and by domain, fifty at most', async () => {
    const sales = await as('sales');
    assert.deepEqual(await sales.findCustomers('fabri'), [fabrikam]);
    assert.deepEqual(await sales.findCustomers('FABRIKAM.on'), [fabrikam]);
    const trade = await sales.findCustomers('Xây dựng');
    assert.equal(trade.length, 15);
    assert.deepEqual(await sales.findCustomers("O'Brien & Sons #1"), []);
    assert.equal((await sales.findCustomers('')).length, 50);
  });

  it('tells customers from strangers', async () => {
    const sales = await as('sales');
    assert.deepEqual(await sales.customer(seedTenants.fabrikam), fabrikam);
    assert.equal(await sales.customer(seedTenants.advisor), undefined);
    assert.equal(await sales.customer('00000000-0000-4000-8000-000000000000'), undefined);
    assert.equal((await failureOf((await as('plain')).customer(seedTenants.fabrikam))).code, 'not-allowed');
    assert.match(await sales.relationshipLink(), /^http:\/\/127\.0\.0\.1:\d+\/admin\.microsoft\.com\//);
  });

  it('tells the application itself of customers and subscriptions, and nothing that takes a person', async () => {
    const { tokens, log } = connect(open.sandbox, { cloud: 'worldwide' });
    const clock = { now: () => Date.parse('2026-03-01T08:00:00Z') };
    const more = { cloud: clouds.worldwide, tokens, sandboxOrigin: open.sandbox.url, log, clock };
    const partner = createCommerces(more).asPartner(seedTenants.contoso);
    assert.deepEqual(await partner.customer(seedTenants.fabrikam), fabrikam);
    assert.equal(await partner.customer(seedTenants.advisor), undefined);
    assert.deepEqual(await partner.subscriptionsOf(seedTenants.fabrikam, 'no-such-order'), []);
    const stranger = createCommerces(more).asPartner(seedTenants.fabrikam);
    assert.equal((await failureOf(stranger.customer(seedTenants.fabrikam))).code, 'consent-missing');
  });

  it('reads the catalogue with trials, in both clouds', async () => {
    const items = await (await as('sales')).catalogue('VN');
    const trial = items.find(({ item }) => item === seedItems.businessBasicTrial);
    assert.deepEqual(
      [trial?.trial, trial?.minSeats, trial?.maxSeats, trial?.terms],
      [true, 25, 25, [{ term: 'P1M', billing: 'none' }]],
    );
    const paid = items.find(({ item }) => item === seedItems.businessBasic);
    assert.deepEqual(
      [paid?.trial, paid?.name, paid?.maxSeats, paid?.terms[0]],
      [false, 'Microsoft 365 Business Basic', 300, { term: 'P1Y', billing: 'monthly' }],
    );
    assert.doesNotMatch(JSON.stringify(items), /price|cost|USD/i);
    const china = await (await as('chinaGlobalAdmin', '21vianet')).catalogue('CN');
    assert.equal(china.length, items.length);
  });

  it('reads the catalogue around a part that is away', async () => {
    const whole = await (await as('sales')).catalogue('VN');
    const [productId] = seedItems.officeE1.split(':');
    open.sandbox.faults.add({ kind: 'reset', match: { path: `/products/${productId}/skus` } });
    const rest = await (await as('adminAgent')).catalogue('VN');
    assert.deepEqual(
      rest.map(({ item }) => item),
      whole.map(({ item }) => item).filter((item) => item !== seedItems.officeE1),
    );
  });

  describe('an order', () => {
    const { tenantId } = fabrikam;
    const newId = () => crypto.randomUUID();
    const attestation = {
      firstName: 'Minh',
      lastName: 'Đoàn',
      mail: 'minh.doan@fabrikam.vn',
      phone: '',
    };
    const lines: OrderLine[] = [
      { item: seedItems.businessBasic, quantity: 12, term: 'P1Y', billing: 'monthly', trial: false },
      { item: seedItems.businessPremiumTrial, quantity: 25, term: 'P1M', billing: 'none', trial: true },
    ];

    before(async () => {
      const settings = { by: 'clock', visibleAfterMs: 15 * 60_000, completedAfterMs: 30 * 60_000 } as const;
      await open.sandbox.world.put('shopSettings', 'shop', 'settings', settings);
    });

    it('needs the agreement, is bought once, shows later, and ends in subscriptions', async () => {
      const sales = await as('sales');
      const { cartId } = await sales.createCart(tenantId, 'VN', lines, newId());
      const requestId = newId();
      assert.equal((await failureOf(sales.checkOut(tenantId, cartId, newId()))).code, 'agreement-missing');

      const agreement = await sales.agreement(tenantId);
      assert.ok(agreement.state === 'missing');
      const { templateId } = agreement;
      const agreedOn = new Date(open.sandbox.clock.now()).toISOString().slice(0, 10);
      await sales.attestAgreement(tenantId, { ...attestation, templateId, agreedOn }, newId());
      assert.deepEqual(await sales.agreement(tenantId), { state: 'accepted' });

      open.sandbox.faults.add({ kind: 'reset-after-doing', match: { method: 'POST', path: '/checkout' } });
      const lost = await failureOf(sales.checkOut(tenantId, cartId, requestId));
      assert.equal(lost.code, 'microsoft-unknown-outcome');
      const { orderIds } = await sales.checkOut(tenantId, cartId, requestId);
      assert.equal(orderIds.length, 2, 'one for each billing cycle');
      const otherwise = await failureOf(sales.checkOut(tenantId, cartId, newId()));
      assert.equal(otherwise.code, 'microsoft-unknown-outcome');

      assert.deepEqual(await sales.orders(tenantId), []);
      await open.sandbox.clock.advance(20 * 60_000);
      const pending = await sales.orders(tenantId);
      assert.deepEqual(pending.map(({ orderId }) => orderId).sort(), [...orderIds].sort());
      assert.deepEqual(
        pending.flatMap((order) => order.lines).sort((a, b) => a.quantity - b.quantity),
        lines.map(({ item, quantity }) => ({ item, quantity, subscriptionId: undefined })),
      );
      assert.deepEqual([...new Set(pending.map(({ status }) => status))], ['pending']);
      assert.deepEqual(await sales.subscriptionsOf(tenantId, orderIds[0] ?? ''), []);

      await open.sandbox.clock.advance(20 * 60_000);
      const done = await sales.orders(tenantId);
      assert.deepEqual(
        done.map(({ status }) => status),
        ['completed', 'completed'],
      );
      const bought = await Promise.all(orderIds.map((id) => sales.subscriptionsOf(tenantId, id)));
      assert.deepEqual(
        bought.map((all) => all.map(({ name, quantity, status }) => [name, quantity, status])),
        [
          [['Microsoft 365 Business Basic', 12, 'active']],
          [['Microsoft 365 Business Premium Trial', 25, 'active']],
        ],
      );
      const subscriptionIds = done.flatMap((order) => order.lines.map((line) => line.subscriptionId));
      const boughtIds = bought.flat().map(({ subscriptionId }) => subscriptionId);
      assert.deepEqual(subscriptionIds.sort(), boughtIds.sort());
    });

    it('of a trial is refused the second time, with the line', async () => {
      const sales = await as('sales');
      const failure = await failureOf(sales.createCart(tenantId, 'VN', lines.slice(1), newId()));
      assert.deepEqual(
        [failure.code, failure.details['item']],
        ['trial-used', seedItems.businessPremiumTrial],
      );
    });

    it('is refused for a seat too many, for strangers, and for who may not sell', async () => {
      const sales = await as('sales');
      const tooMany = lines.slice(0, 1).map((line) => ({ ...line, quantity: 301 }));
      const refused = await failureOf(sales.createCart(tenantId, 'VN', tooMany, newId()));
      assert.deepEqual([refused.code, refused.details['partnerCode']], ['order-refused', '10015']);
      const stranger = await failureOf(sales.createCart(seedTenants.advisor, 'VN', lines, newId()));
      assert.equal(stranger.code, 'not-our-customer');
      assert.equal((await failureOf(sales.orders(seedTenants.advisor))).code, 'not-our-customer');
      const helpdesk = await as('helpdesk');
      const forbidden = await failureOf(helpdesk.createCart(tenantId, 'VN', tooMany, newId()));
      assert.equal(forbidden.code, 'not-allowed');
    });

    it('names a service that was withdrawn, before the cart and after it', async () => {
      const sales = await as('sales');
      const { world } = open.sandbox;
      const standard = { ...lines[0], item: seedItems.businessStandard } as OrderLine;
      const { cartId } = await sales.createCart(tenantId, 'VN', [standard], newId());
      const [productId = ''] = standard.item.split(':');
      await world.remove('product', 'worldwide', productId);
      const before = await failureOf(sales.createCart(tenantId, 'VN', [standard], newId()));
      assert.deepEqual([before.code, before.details['item']], ['service-withdrawn', standard.item]);
      assert.equal((await failureOf(sales.checkOut(tenantId, cartId, newId()))).code, 'service-withdrawn');
      assert.equal((await failureOf(sales.checkOut(tenantId, newId(), newId()))).code, 'cart-expired');
    });
  });
});
