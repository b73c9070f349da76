import assert from 'node:assert/strict';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { type Desk, sitDown } from '../helpers/desk.ts';
import { clientDoes, confirmCompany, newestOffer, previewOffer } from '../helpers/offer-stage.ts';

describe('an order for a company that is no client of ours yet', () => {
  let bot: TestBot;
  let lan: Desk;
  before(async () => {
    bot = await startTestBot();
    lan = await sitDown(bot, seedAccounts.sales, { language: 'vi' });
    await confirmCompany(lan);
  });
  after(() => bot.stop());

  const orders = () => bot.sandbox.world.all('order', seedTenants.contoso);

  it('waits with Microsoft’s link until the client has opened it, then goes on, once', async () => {
    await lan.press(await previewOffer(lan, { find: 'tailwindtraders.vn' }), 'Đăng và lấy liên kết');
    await lan.see(/\/offers\//);
    const offer = await newestOffer(bot, seedTenants.contoso);
    const { id } = await clientDoes(
      bot,
      offer,
      {
        ...{ ...seedAccounts.tailwindGlobalAdmin, name: 'Tailwind Traders', domain: 'tailwindtraders.vn' },
        signInName: 'thuy.mac@tailwindtraders.vn',
      },
      ({ number, hash }) => ({ do: 'accept', version: number, hash, seats: [15] }),
    );
    await lan.person.submit({ verb: 'order-review', acceptance: id });
    await lan.press(await lan.see(/Sau đó đơn hàng được đặt thật/), 'Đặt hàng cho khách hàng');
    const waiting = await lan.see(/Đến lượt khách hàng/);
    assert.deepEqual(await orders(), []);
    const link = /(http\S+invType=ResellerRelationship\S+)/.exec(wordsOf(waiting))?.[1] ?? '';

    // Looking by itself changes nothing; the client's Global administrator opens the link and says yes.
    await lan.press(waiting, 'Kiểm tra ngay');
    await lan.see(/Đang hỏi Microsoft/);
    const { tenantId, objectId } = seedAccounts.tailwindGlobalAdmin;
    const fields = new URLSearchParams({ account: `${tenantId}/${objectId}`, agreement: 'yes' });
    assert.ok((await fetch(link, { method: 'POST', body: fields })).ok);
    await lan.press(waiting, 'Kiểm tra ngay');
    await lan.see(/Đã đặt hàng cho khách hàng/);
    assert.equal((await orders()).length, 1);
    assert.equal((await bot.app.storage.acceptances.find(id))?.state, 'provisioned');
    // The button of the old card finds it done, and orders nothing.
    await lan.press(waiting, 'Kiểm tra ngay');
    await lan.see(/Đã đặt hàng cho khách hàng/);
    assert.equal((await orders()).length, 1);
  });
});
