import assert from 'node:assert/strict';
import { seedItems } from '../../sandbox/seed/catalogue.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { signInAs, startTestBot, type TestBot } from '../helpers/app.ts';
import { type Desk, sitDown } from '../helpers/desk.ts';
import { clientDoes } from '../helpers/offer-stage.ts';
import { publishedAt } from '../helpers/published-offer.ts';
import { offeredLine, offerTerms } from '../partner/offer-record.ts';

const dayMs = 24 * 3_600_000;
/** Has agreed with Microsoft itself. */
const adventureWorks = {
  ...seedAccounts.adventureWorksGlobalAdmin,
  ...{ name: 'Adventure Works', domain: 'adventureworks.onmicrosoft.com' },
  signInName: 'loi.thai@adventureworks.onmicrosoft.com',
};

describe('an order that stood still for longer than its cart lives', () => {
  let bot: TestBot;
  let lan: Desk;
  before(async () => {
    bot = await startTestBot();
    lan = await sitDown(bot, seedAccounts.sales, { language: 'vi' });
  });
  after(() => bot.stop());

  it('goes on with a new cart and is bought once, since Microsoft had plainly refused it', async () => {
    const recipient = { ...offerTerms().recipient, tenantId: adventureWorks.tenantId };
    const lines = [offeredLine({ item: seedItems.businessPremium, name: 'Microsoft 365 Business Premium' })];
    const { offer } = await publishedAt(bot, 'stood-still', { recipient, lines });
    const { id } = await clientDoes(bot, offer, adventureWorks, ({ number, hash }) => ({
      ...{ do: 'accept', version: number, hash, seats: [15] },
    }));
    const fault = { kind: 'expired-token', match: { method: 'POST', path: '/checkout' }, times: 50 } as const;
    bot.sandbox.faults.add(fault);
    await lan.person.submit({ verb: 'order-review', acceptance: id });
    await lan.press(await lan.see(/đặt thật với Microsoft/), 'Đặt hàng cho khách hàng');
    await lan.see(/Đăng nhập để tiếp tục/);
    const carts = () => bot.sandbox.world.all('cart', seedTenants.contoso);
    assert.equal((await carts()).length, 1);

    bot.sandbox.faults.clear();
    await bot.sandbox.clock.advance(8 * dayMs);
    await signInAs(lan.person, seedAccounts.sales);
    await lan.see(/Đã đặt hàng cho khách hàng/);
    assert.equal((await carts()).length, 2);
    const orders = await bot.sandbox.world.all('order', seedTenants.contoso);
    assert.equal(orders.filter(({ customerId }) => customerId === adventureWorks.tenantId).length, 1);
  });
});
