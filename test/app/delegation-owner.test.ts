import assert from 'node:assert/strict';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot } from '../helpers/app.ts';
import { keptDelegation } from '../helpers/delegation-stage.ts';
import { assertReference, type Desk, sitDown } from '../helpers/desk.ts';
import { choicesOf, confirmCompany, newestOffer, previewOffer } from '../helpers/offer-stage.ts';

describe('an offer with delegated administration belongs to somebody who may carry it', () => {
  let bot: TestBot;
  let hung: Desk;
  let lan: Desk;
  before(async () => {
    bot = await startTestBot();
    [hung, lan] = await Promise.all([
      sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' }),
      sitDown(bot, seedAccounts.sales, { language: 'vi' }),
      sitDown(bot, seedAccounts.adminAgent, { language: 'vi' }),
    ]);
    await confirmCompany(hung);
  });
  after(() => bot.stop());

  const newest = () => newestOffer(bot, seedTenants.contoso);

  it('and does not go out in the name of a seller, who sends it without', async () => {
    await previewOffer(lan, { find: 'fabrikam' });
    const { id } = await newest();
    await hung.person.submit({ verb: 'delegation-choose', offer: id });
    const form = await hung.see(/Khách trả lời phần này riêng/);
    await hung.press(form, 'Xem trước', { level: 'limited' });
    await hung.press(await hung.see(/Quản trị ủy nhiệm: Giới hạn/), 'Đăng và lấy liên kết');
    assertReference(bot, await hung.see(/do Nguyễn Thị Lan phụ trách/), 'vi');
    assert.equal((await newest()).status, 'draft');
    await hung.person.submit({ verb: 'delegation-choose', offer: id });
    const again = await hung.see(/Khách trả lời phần này riêng/);
    await hung.press(again, 'Xem trước', { level: 'none' });
    await hung.press(await hung.see(/Thêm quản trị ủy nhiệm/), 'Đăng và lấy liên kết');
    await hung.see(/Thư chào đã đăng/);
    assert.equal((await newest()).status, 'published');
  });

  async function renew(desk: Desk, id: string): Promise<void> {
    await desk.person.submit({ verb: 'offer-open', offer: id });
    await desk.press(await desk.see(/Người phụ trách/), 'Gia hạn');
  }

  it('and is handed over only to such a person', async () => {
    await hung.person.say('ủy quyền quản trị');
    const form = await hung.see(/đề nghị ai, cần quyền gì/);
    await hung.press(form, 'Xem trước', { find: 'fabrikam' });
    await hung.press(await hung.see(/Khách hàng sẽ thấy/), 'Đăng và lấy liên kết');
    await hung.see(/Thư chào đã đăng/);
    const { id } = await newest();
    await hung.person.submit({ verb: 'offer-hand-over', offer: id });
    const card = await hung.see(/Chuyển/);
    const colleagues = choicesOf(card, 'colleague', /./);
    assert.deepEqual(colleagues, [seedAccounts.adminAgent.objectId]);
    await hung.press(card, 'Chọn', { colleague: seedAccounts.sales.objectId });
    assertReference(bot, await hung.see(/Chuyển/), 'vi');
    assert.equal((await newest()).maker.objectId, seedAccounts.globalAdmin.objectId);
  });

  it('and goes neither out again nor to a colleague by a seller', async () => {
    const { id } = await newest();
    await bot.sandbox.clock.advance(24 * 60 * 60_000);
    await renew(lan, id);
    assertReference(bot, await lan.see(/Mã tra cứu/), 'vi');
    await lan.person.submit({ verb: 'offer-hand-over', offer: id });
    assertReference(bot, await lan.see(/Mã tra cứu/), 'vi');
    const { version, maker } = await newest();
    assert.deepEqual([version, maker.objectId], [1, seedAccounts.globalAdmin.objectId]);
    await renew(hung, id);
    await hung.see(/Đã gia hạn đến/);
  });

  it('and takes what clients have allowed along to a colleague', async () => {
    const { id } = await newest();
    await keptDelegation(bot, { id: 'theirs', offerId: id, relationshipId: null });
    await hung.person.submit({ verb: 'offer-hand-over', offer: id });
    await hung.press(await hung.see(/Chuyển/), 'Chọn', { colleague: seedAccounts.adminAgent.objectId });
    await hung.see(/Đã chuyển cho/);
    const [delegation] = await bot.app.storage.delegations.ofOffer(id);
    assert.equal(delegation?.maker?.objectId, seedAccounts.adminAgent.objectId);
  });
});
