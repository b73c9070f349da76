import assert from 'node:assert/strict';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { type Desk, sitDown } from '../helpers/desk.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { choice, clientDoes, newestOffer } from '../helpers/offer-stage.ts';

describe('an offer of an advisor', () => {
  let bot: TestBot;
  let thanh: Desk;
  before(async () => {
    bot = await startTestBot();
    thanh = await sitDown(bot, seedAccounts.advisorGlobalAdmin, { language: 'vi' });
  });
  after(() => bot.stop());

  it('carries the portal’s link, Microsoft’s hosts only, and is followed by hand', async () => {
    await thanh.person.say('chào hàng');
    let form = await thanh.see(/Bước 1\/2/);
    const service = choice(form, 'service', /Business Standard/);
    const links = [
      '',
      'http://admin.microsoft.com/x',
      'https://admin.microsoft.com.evil.example/x',
      'javascript:1',
    ];
    for (const portalLink of links) {
      await thanh.press(form, 'Xem trước', { find: 'tailwindtraders.vn', service, seats: '10', portalLink });
      form = await thanh.see(/phải bắt đầu bằng https/);
    }
    const portalLink = 'https://portal.office.com/partner/partnersignup.aspx?id=1';
    await thanh.press(form, 'Xem trước', { find: 'tailwindtraders.vn', service, seats: '10', portalLink });
    const preview = await thanh.see(/Khách hàng sẽ thấy/);
    assert.match(wordsOf(preview), /10 × Microsoft 365 Business Standard/);
    const { draft } = await newestOffer(bot, seedTenants.advisor);
    assert.equal(draft?.portalLink, portalLink);
    assert.equal(draft?.lines[0]?.maxSeats, 10);
    await thanh.press(preview, 'Đăng và lấy liên kết');
    await thanh.press(await thanh.see(/Thư chào nháp vẫn được giữ/), 'Đúng rồi');
    await thanh.press(await thanh.see(/Khách hàng sẽ thấy/), 'Đăng và lấy liên kết');
    await thanh.see(/\/offers\//);
    const offer = await newestOffer(bot, seedTenants.advisor);
    const { id } = await clientDoes(
      bot,
      offer,
      {
        ...{ tenantId: draft?.recipient.tenantId ?? '', objectId: 'somebody', name: 'Tailwind Traders' },
        ...{ domain: 'tailwindtraders.vn', signInName: 'thuy.mac@tailwindtraders.vn' },
      },
      ({ number, hash }) => ({ do: 'accept', version: number, hash, seats: [10] }),
    );
    await thanh.person.submit({ verb: 'offer-client', acceptance: id });
    const card = await thanh.see(/Khách đã đặt ở Microsoft/);
    assert.ok(buttonsOf(card.activity).some(({ url }) => url === portalLink));
    await thanh.person.submit({ verb: 'order-review', acceptance: id });
    await thanh.see(/Khách đã đặt ở Microsoft/);
    await thanh.press(card, 'Khách đã đặt ở Microsoft');
    const ordered = await thanh.see(/Dịch vụ đã có/);
    await thanh.press(card, 'Khách đã đặt ở Microsoft');
    await thanh.see(/đã được gửi rồi/);
    await thanh.press(ordered, 'Dịch vụ đã có');
    await thanh.see(/Dịch vụ đã sẵn sàng/);
    assert.equal((await bot.app.storage.acceptances.find(id))?.state, 'provisioned');
  });
});
