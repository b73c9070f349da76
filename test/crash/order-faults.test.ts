import assert from 'node:assert/strict';
import type { Fault } from '../../sandbox/faults.ts';
import { seedItems } from '../../sandbox/seed/catalogue.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { type Desk, sitDown } from '../helpers/desk.ts';
import { clientDoes, confirmCompany, newestOffer, previewOffer } from '../helpers/offer-stage.ts';
import { waitUntil } from '../helpers/wait-until.ts';

/** Has agreed with Microsoft itself, so that nothing stands between the confirm and the order. */
const client = {
  ...seedAccounts.adventureWorksGlobalAdmin,
  ...{ name: 'Adventure Works', domain: 'adventureworks.onmicrosoft.com' },
  signInName: 'loi.thai@adventureworks.onmicrosoft.com',
};

interface Reviewed {
  bot: TestBot;
  lan: Desk;
  /** Of the acceptance. */
  id: string;
  confirm(): Promise<unknown>;
}

/** A bot of its own in which a client has accepted 6 licences; the review of the order is open. */
async function reviewed(): Promise<Reviewed> {
  const bot = await startTestBot();
  const lan = await sitDown(bot, seedAccounts.sales, { language: 'vi' });
  await confirmCompany(lan);
  await lan.press(await previewOffer(lan, { find: 'adventure works' }), 'Đăng và lấy liên kết');
  await lan.see(/\/offers\//);
  const offer = await newestOffer(bot, seedTenants.contoso);
  const { id } = await clientDoes(bot, offer, client, ({ number, hash }) => ({
    ...{ do: 'accept', version: number, hash, seats: [6] },
  }));
  await lan.person.submit({ verb: 'order-review', acceptance: id });
  const review = await lan.see(/Sau đó đơn hàng được đặt thật/);
  return { bot, lan, id, confirm: () => lan.press(review, 'Đặt hàng cho khách hàng') };
}

const ordersIn = (bot: TestBot) => bot.sandbox.world.all('order', seedTenants.contoso);

describe('Microsoft in trouble while it takes an order', function () {
  this.timeout(60_000);
  const faults: Fault[] = [
    { kind: 'throttled', retryAfter: 1 },
    { kind: 'unavailable' },
    { kind: 'reset' },
    { kind: 'unavailable-after-doing' },
    { kind: 'reset-after-doing' },
  ];
  let runs: Promise<void>[] = [];

  // Side by side, since most of the time is spent waiting before the next try.
  before(() => {
    runs = faults.map(orderedThrough);
    for (const run of runs) run.catch(() => undefined);
  });
  after(() => Promise.allSettled(runs));

  async function orderedThrough(fault: Fault): Promise<void> {
    const { bot, id, confirm } = await reviewed();
    try {
      bot.sandbox.faults.add({ ...fault, match: { method: 'POST', path: '/checkout' } });
      await confirm();
      await waitUntil(
        async () => (await bot.app.storage.acceptances.find(id))?.state === 'provisioned' || undefined,
        { what: 'the end of the order', limitMs: 40_000 },
      );
      assert.deepEqual(bot.sandbox.faults.list(), [], 'the fault has not struck');
      assert.equal((await ordersIn(bot)).length, 1);
    } finally {
      await bot.stop();
    }
  }

  faults.forEach(({ kind }, index) => {
    it(`${kind}: exactly one order, provisioned`, () => runs[index]);
  });

  it('a service that is sold no more is told, orders nothing, and marks its line in the next version', async () => {
    const { bot, lan, id, confirm } = await reviewed();
    try {
      const [product = ''] = seedItems.businessStandard.split(':');
      await bot.sandbox.world.remove('product', 'worldwide', product);
      await confirm();
      const failed = await lan.see(/Microsoft không còn bán dịch vụ này/);
      assert.match(wordsOf(failed), /Mã tra cứu/);
      assert.deepEqual(await ordersIn(bot), []);
      assert.equal((await bot.app.storage.acceptances.find(id))?.state, 'failed');
      // The catalogue is read anew after an hour.
      await bot.sandbox.clock.advance(2 * 60 * 60_000);
      const { id: offer } = await newestOffer(bot, seedTenants.contoso);
      await lan.person.submit({ verb: 'offer-open', offer });
      await lan.press(await lan.see(/Diễn biến/), 'Bản mới');
      assert.match(wordsOf(await lan.see(/Khách hàng sẽ thấy/)), /Microsoft không còn bán/);
    } finally {
      await bot.stop();
    }
  });
});
