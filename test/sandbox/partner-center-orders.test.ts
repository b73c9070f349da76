import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { seedItems } from '../../sandbox/seed/catalogue.ts';
import { products } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { createPartner } from './partner-center-world.ts';

const { sales, adminAgent, globalAdmin, helpdesk, plain, userAdmin, fabrikamGlobalAdmin } = seedAccounts;
const { adventureWorksGlobalAdmin } = seedAccounts;
const minuteMs = 60_000;
const monthly = { termDuration: 'P1Y', billingCycle: 'monthly' };
const trial = { quantity: 25, termDuration: 'P1M', billingCycle: 'none' };

interface Line {
  item: string;
  quantity?: number;
  termDuration?: string;
  billingCycle?: string;
}

describe('sandbox: orders of Partner Center', () => {
  const client = `/customers/${seedTenants.adventureWorks}`;
  let folder: string;
  let sandbox: Sandbox;
  const { ask, outcome, graph, catalogItem } = createPartner(() => sandbox);

  async function start(): Promise<void> {
    sandbox = await createSandbox({ file: join(folder, 'sandbox.sqlite'), port: 0 });
    await sandbox.listen();
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orders-'));
    await start();
  });
  beforeEach(async () => {
    for (const kind of ['cart', 'order', 'purchase'] as const) {
      for (const { id } of await sandbox.world.all(kind, seedTenants.contoso))
        await sandbox.world.remove(kind, seedTenants.contoso, id);
    }
    await delay(0, 0);
  });
  after(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  const delay = (visibleAfterMs: number, completedAfterMs: number) =>
    sandbox.world.put('shopSettings', 'shop', 'settings', { by: 'clock', visibleAfterMs, completedAfterMs });

  async function lines(...wanted: Line[]): Promise<object> {
    const lineItems = wanted.map(async ({ item, ...line }, id) => ({
      id,
      catalogItemId: item.split(':').length > 2 ? item : await catalogItem(sales, item),
      quantity: 1,
      ...line,
    }));
    return { lineItems: await Promise.all(lineItems) };
  }

  async function cart(...wanted: Line[]) {
    return ask(sales, `${client}/carts`, { method: 'POST', body: await lines(...wanted) });
  }

  const checkOut = (cartId: string, requestId: string = crypto.randomUUID()) =>
    ask(sales, `${client}/carts/${cartId}/checkout`, {
      method: 'POST',
      headers: { 'MS-RequestId': requestId },
    });

  const idsIn = (answer: { body: { orders: { id: string }[] } }) => answer.body.orders.map(({ id }) => id);
  const orderIds = async () =>
    (await ask(sales, `${client}/orders`)).body.items.map(({ id }: { id: string }) => id);

  it('leads from the cart to licences in the directory of the client, each step later', async () => {
    await delay(15 * minuteMs, 20 * minuteMs);
    const made = await cart({ item: seedItems.businessBasic, quantity: 7, ...monthly });
    assert.equal(made.status, 201);
    assert.deepEqual(made.body.lineItems[0].pricing, {
      listPrice: 4.8,
      discountedPrice: 4.8,
      proratedPrice: 4.8,
      price: 4.8,
      extendedPrice: 403.2,
    });
    const answer = await checkOut(made.body.id);
    assert.equal(answer.status, 201);
    const [order] = answer.body.orders;
    assert.equal(order.status, 'pending');
    const path = `${client}/orders/${order.id}`;
    assert.deepEqual(await orderIds(), []);
    assert.deepEqual(await outcome(sales, path), [404, 20000]);

    await sandbox.clock.advance(15 * minuteMs);
    const pending = (await ask(sales, path)).body;
    assert.deepEqual([pending.status, pending.lineItems[0].subscriptionId], ['pending', undefined]);
    assert.deepEqual(await orderIds(), [order.id]);
    const provisioning = await ask(sales, `${path}/provisioningstatus`);
    assert.equal(provisioning.body.items[0].status, 'pending');
    const bought = `${client}/subscriptions?order_id=${order.id}`;
    assert.equal((await ask(sales, bought)).body.totalCount, 0);
    assert.deepEqual((await graph(adventureWorksGlobalAdmin, '/subscribedSkus')).body.value, []);

    await sandbox.clock.advance(5 * minuteMs);
    // The client's directory knows before anybody asks Partner Center.
    const [sku] = (await graph(adventureWorksGlobalAdmin, '/subscribedSkus')).body.value;
    assert.deepEqual([sku.skuId, sku.prepaidUnits.enabled], [products.businessBasic.skuId, 7]);
    const [own] = (await graph(adventureWorksGlobalAdmin, '/directory/subscriptions')).body.value;
    const completed = (await ask(sales, path)).body;
    assert.equal(completed.status, 'completed');
    const [subscription] = (await ask(sales, bought)).body.items;
    assert.equal(completed.lineItems[0].subscriptionId, subscription.id);
    assert.equal(own.commerceSubscriptionId, subscription.id);
    assert.deepEqual(
      [subscription.status, subscription.quantity, subscription.offerName, subscription.autoRenewEnabled],
      ['active', 7, 'Microsoft 365 Business Basic', true],
    );
    assert.equal((await ask(sales, `${client}/subscriptions/${subscription.id}`)).body.orderId, order.id);

    const more = await cart({ item: seedItems.businessBasic, quantity: 2, ...monthly });
    await checkOut(more.body.id);
    await sandbox.clock.advance(20 * minuteMs);
    const [both] = (await graph(adventureWorksGlobalAdmin, '/subscribedSkus')).body.value;
    assert.equal(both.prepaidUnits.enabled, 9);
  });

  it('makes an order of each billing cycle', async () => {
    const made = await cart(
      { item: seedItems.businessBasic, ...monthly },
      { item: seedItems.officeE1, termDuration: 'P1Y', billingCycle: 'annual' },
      { item: seedItems.businessStandard, ...monthly },
    );
    const groups = made.body.lineItems.map(({ orderGroup }: { orderGroup: string }) => orderGroup);
    assert.deepEqual(groups, ['0', '1', '0']);
    const { orders } = (await checkOut(made.body.id)).body;
    const shapes = orders.map((one: { billingCycle: string; lineItems: object[] }) => [
      one.billingCycle,
      one.lineItems.length,
    ]);
    assert.deepEqual(shapes, [
      ['monthly', 2],
      ['annual', 1],
    ]);
  });

  it('orders once, whatever is repeated and whenever it was killed', async () => {
    const made = await cart({ item: seedItems.businessBasic, ...monthly });
    const requestId = crypto.randomUUID();
    const [first, same] = await Promise.all([
      checkOut(made.body.id, requestId),
      checkOut(made.body.id, requestId),
    ]);
    assert.equal(first.status, 201);
    assert.deepEqual(same.body, first.body);

    await sandbox.close();
    await start();
    assert.deepEqual((await checkOut(made.body.id, requestId)).body, first.body);
    const other = await checkOut(made.body.id);
    assert.deepEqual([other.status, other.body.code], [400, 800065]);

    // Killed before the answer was kept, and before the cart was.
    const key = `post ${client}/carts/${made.body.id}/checkout ${requestId}`;
    assert.ok((await sandbox.world.get('doneWrite', seedTenants.contoso, key)) !== undefined);
    await sandbox.world.remove('doneWrite', seedTenants.contoso, key);
    assert.deepEqual((await checkOut(made.body.id, requestId)).body, first.body);
    const kept = await sandbox.world.get('cart', seedTenants.contoso, made.body.id);
    assert.ok(kept !== undefined);
    await sandbox.world.put('cart', seedTenants.contoso, made.body.id, { ...kept, ordered: null });
    await sandbox.world.remove('doneWrite', seedTenants.contoso, key);
    assert.deepEqual(idsIn(await checkOut(made.body.id, requestId)), idsIn(first));
    assert.deepEqual(await orderIds(), idsIn(first));
    assert.equal((await ask(sales, `${client}/subscriptions`)).body.totalCount, 1);
  });

  it('makes one cart of two calls with one MS-RequestId, a restart between them', async () => {
    const body = await lines({ item: seedItems.businessBasic, ...monthly });
    const twice = { method: 'POST', body, headers: { 'MS-RequestId': crypto.randomUUID() } };
    const first = await ask(sales, `${client}/carts`, twice);
    await sandbox.close();
    await start();
    assert.deepEqual((await ask(sales, `${client}/carts`, twice)).body, first.body);
    assert.equal((await sandbox.world.all('cart', seedTenants.contoso)).length, 1);
  });

  it('lets only one of two checkouts of a cart through', async () => {
    const made = await cart({ item: seedItems.businessBasic, ...monthly });
    const both = await Promise.all([checkOut(made.body.id), checkOut(made.body.id)]);
    assert.deepEqual(both.map(({ status }) => status).toSorted(), [201, 400]);
    assert.equal((await orderIds()).length, 1);
  });

  it('gives a client each trial once', async () => {
    const wanted = { item: seedItems.businessBasicTrial, ...trial };
    const [early, late] = [await cart(wanted), await cart(wanted)];
    assert.equal((await checkOut(early.body.id)).status, 201);
    const refusal = async (answer: Promise<{ status: number; body: { code?: number } }>) => {
      const { status, body } = await answer;
      return [status, body.code];
    };
    assert.deepEqual(await refusal(checkOut(late.body.id)), [400, 27006]);
    assert.deepEqual(await refusal(cart(wanted)), [400, 27006]);
    const other = { item: seedItems.businessPremiumTrial, ...trial };
    assert.deepEqual(await refusal(cart(other, other)), [400, 27006]);
    assert.equal((await checkOut((await cart(other)).body.id)).status, 201);
    const [subscription] = (await ask(sales, `${client}/subscriptions`)).body.items;
    assert.deepEqual([subscription.isTrial, subscription.autoRenewEnabled], [true, false]);
    await sandbox.clock.advance(31 * 24 * 60 * minuteMs);
    const path = `${client}/subscriptions/${subscription.id}`;
    assert.equal((await ask(sales, path)).body.status, 'expired');
  });

  it('orders the rest of a cart when its trial has been used meanwhile', async () => {
    const wanted = { item: seedItems.businessBasicTrial, ...trial };
    const mixed = await cart(wanted, { item: seedItems.officeE1, ...monthly });
    await checkOut((await cart(wanted)).body.id);
    const answer = await checkOut(mixed.body.id);
    assert.equal(answer.status, 201);
    assert.deepEqual(
      answer.body.orders.map(({ billingCycle }: { billingCycle: string }) => billingCycle),
      ['monthly'],
    );
    assert.deepEqual(
      answer.body.orderErrors.map((one: { orderGroupId: string; code: number }) => [
        one.orderGroupId,
        one.code,
      ]),
      [['0', 27006]],
    );
  });

  it('marks each line that cannot be ordered, and checks none of them out', async () => {
    const made = await cart(
      { item: 'CFQ7TTC0LH18:0001:CFQ7TTC0ZZZZ', ...monthly },
      { item: seedItems.businessBasic, quantity: 301, ...monthly },
      { item: seedItems.businessBasicTrial, ...trial, quantity: 24 },
      { item: seedItems.officeE1, termDuration: 'P3Y', billingCycle: 'monthly' },
      { item: seedItems.officeE1, ...monthly },
    );
    assert.equal(made.status, 201);
    const codes = made.body.lineItems.map((line: { error?: { errorCode: number } }) => line.error?.errorCode);
    assert.deepEqual(codes, [10001, 10015, 10010, 10010, undefined]);
    assert.equal((await checkOut(made.body.id)).status, 404);
    const update = {
      method: 'PUT',
      body: await lines({ item: seedItems.officeE1, ...monthly, quantity: 0 }),
    };
    const changed = await ask(sales, `${client}/carts/${made.body.id}`, update);
    assert.equal(changed.body.lineItems[0].error.errorCode, 10010);
    const refused = await checkOut(made.body.id);
    assert.deepEqual([refused.status, refused.body.code], [400, 800009]);
    assert.deepEqual(await orderIds(), []);
  });

  it('sells a withdrawn product no more, not even from a cart', async () => {
    const made = await cart({ item: seedItems.officeE1, ...monthly });
    const [id = ''] = seedItems.officeE1.split(':');
    const press = (fields: Record<string, string>) =>
      fetch(`${sandbox.url}/sandbox/shop`, { method: 'POST', body: new URLSearchParams(fields) });
    assert.match(await (await press({ withdraw: id })).text(), /Office 365 E1\s+<span class="tag bad">/);
    const listed = await ask(sales, '/products?country=VN&targetView=OnlineServices');
    assert.equal(listed.body.totalCount, 11);
    assert.deepEqual(await outcome(sales, `/products/${id}/skus?country=VN`), [404, 400013]);
    const again = await ask(sales, `${client}/carts/${made.body.id}`);
    assert.equal(again.body.lineItems[0].error.errorCode, 10001);
    const refused = await checkOut(made.body.id);
    assert.deepEqual([refused.status, refused.body.code], [404, 400019]);
    await press({ sell: id, pace: 'at-once' });
    assert.equal((await checkOut(made.body.id)).status, 201);
    const [order] = (await ask(sales, `${client}/orders`)).body.items;
    assert.equal(order.status, 'completed');
  });

  it('fills the catalogue of a file from before there was one', async () => {
    for (const { id } of await sandbox.world.all('product', 'worldwide'))
      await sandbox.world.remove('product', 'worldwide', id);
    const count = async () =>
      (await ask(sales, '/products?country=VN&targetView=OnlineServices')).body.totalCount;
    assert.equal(await count(), 0);
    await sandbox.close();
    await start();
    assert.equal(await count(), 12);
  });

  it('forgets a cart after seven days', async () => {
    const made = await cart({ item: seedItems.officeE1, ...monthly });
    await sandbox.clock.advance(7 * 24 * 60 * minuteMs);
    assert.deepEqual(await outcome(sales, `${client}/carts/${made.body.id}`), [404, 800008]);
    assert.equal((await checkOut(made.body.id)).body.code, 800008);
  });

  it('wants the customer agreement, attested or signed', async () => {
    const fabrikam = `/customers/${seedTenants.fabrikam}`;
    const body = await lines({ item: seedItems.officeE1, ...monthly });
    const made = await ask(sales, `${fabrikam}/carts`, { method: 'POST', body });
    const checkout = `${fabrikam}/carts/${made.body.id}/checkout`;
    assert.deepEqual(await outcome(sales, checkout, { method: 'POST' }), [403, 13605]);
    const signed = async (tenantId: string) =>
      (await ask(sales, `/customers/${tenantId}/directSignedMicrosoftCustomerAgreementStatus`)).body.isSigned;
    assert.deepEqual(
      [await signed(seedTenants.fabrikam), await signed(seedTenants.adventureWorks)],
      [false, true],
    );
    const attestation = {
      primaryContact: { firstName: 'Minh', lastName: 'Đoàn', email: 'minh@fabrikam.vn' },
      templateId: '117a77b0-9360-443b-8795-c6dedc750cf9',
      dateAgreed: '2025-06-14T00:00:00.000Z',
      type: 'MicrosoftCustomerAgreement',
    };
    const tomorrow = new Date(sandbox.clock.now() + 48 * 60 * minuteMs).toISOString();
    const attest = (change: object) =>
      outcome(sales, `${fabrikam}/agreements`, { method: 'POST', body: { ...attestation, ...change } });
    assert.deepEqual(await attest({ dateAgreed: tomorrow }), [400, 3000]);
    assert.deepEqual(await attest({ primaryContact: { firstName: 'Minh' } }), [400, 3000]);
    assert.deepEqual(await attest({}), [201, undefined]);
    assert.deepEqual(await outcome(sales, checkout, { method: 'POST' }), [201, undefined]);
  });

  it('lets Global administrators, Admin agents and Sales agents sell, and nobody else', async () => {
    const body = await lines({ item: seedItems.officeE1, ...monthly });
    const outcomes = [globalAdmin, adminAgent, sales, helpdesk, userAdmin, plain].map(
      async (account) => (await outcome(account, `${client}/carts`, { method: 'POST', body }))[0],
    );
    assert.deepEqual(await Promise.all(outcomes), [201, 201, 201, 403, 403, 403]);
    assert.equal((await outcome(helpdesk, `${client}/orders`))[0], 200);
    assert.deepEqual(await outcome(plain, `${client}/orders`), [403, 900150]);
    assert.deepEqual(await outcome(seedAccounts.advisorGlobalAdmin, `${client}/orders`), [403, 20002]);
    assert.deepEqual(await outcome(fabrikamGlobalAdmin, `${client}/orders`), [403, 2032]);
  });

  it('names no price before there is a cart', async () => {
    const read = async (path: string) => JSON.stringify((await ask(sales, path)).body);
    const catalogue = [
      await read('/products?country=VN&targetView=OnlineServices'),
      await read('/products/CFQ7TTC0LH18/skus?country=VN'),
      await read('/products/CFQ7TTC0LH18/skus/0001/availabilities?country=VN'),
    ];
    for (const text of catalogue) assert.doesNotMatch(text, /price|cost|4\.8/i);
  });
});
