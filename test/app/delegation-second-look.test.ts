import assert from 'node:assert/strict';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { type Desk, sitDown } from '../helpers/desk.ts';
import { confirmCompany, newestOffer } from '../helpers/offer-stage.ts';

const { globalAdmin, adminAgent } = seedAccounts;
const { tenantId } = globalAdmin;
const dayMs = 24 * 60 * 60 * 1000;

describe('a second person’s yes to asking a client for Full', () => {
  let bot: TestBot;
  let hung: Desk;
  let bao: Desk;
  before(async () => {
    bot = await startTestBot();
    hung = await sitDown(bot, globalAdmin, { language: 'vi' });
    bao = await sitDown(bot, adminAgent, { language: 'vi' });
    await confirmCompany(hung);
  });
  after(() => bot.stop());

  const newest = () => newestOffer(bot, seedTenants.contoso);

  async function fullOfBao() {
    const groups = await bot.sandbox.world.all('group', tenantId);
    const groupId = groups.find(({ displayName }) => displayName === 'AdminAgents')?.id ?? '';
    return { key: `${groupId}_${adminAgent.objectId}`, groupId, userId: adminAgent.objectId };
  }

  /** From the review on which the reason is typed to the second person's yes. */
  async function askAndApprove(reason: string): Promise<void> {
    await hung.press(await hung.see(/Lý do, để người duyệt hiểu/), 'Gửi để duyệt', { reason });
    await bao.press(await bao.see(new RegExp(reason)), 'Duyệt');
    await hung.see(/Mở bản nháp/);
  }

  async function pressSend(): Promise<void> {
    await hung.person.submit({ verb: 'offer-preview', offer: (await newest()).id });
    await hung.press(await hung.see(/Khách hàng sẽ thấy/), 'Đăng và lấy liên kết');
  }

  it('is needed, since Full holds Privileged Authentication Administrator', async () => {
    await hung.person.say('ủy quyền quản trị');
    const form = await hung.see(/đề nghị ai, cần quyền gì/);
    assert.match(
      wordsOf(form),
      /Vai trò này, Toàn quyền, và mọi vai trò dẫn tới vai trò này cần người thứ hai/,
    );
    await hung.press(form, 'Xem trước', { find: 'fabrikam', level: 'full', days: '90' });
    const shown = await hung.see(/Khách hàng sẽ thấy/);
    assert.match(wordsOf(shown), /cần người thứ hai/);
    await hung.press(shown, 'Đăng và lấy liên kết');
    await askAndApprove('Lần thứ nhất');
    assert.equal((await newest()).status, 'draft');
  });

  it('clears for 24 hours only, then the offer asks anew', async () => {
    await bot.sandbox.clock.advance(dayMs + 1);
    await pressSend();
    await askAndApprove('Lần thứ hai');
    assert.equal((await newest()).status, 'draft');
  });

  it('clears only while who gave it may still give it', async () => {
    const { key, groupId, userId } = await fullOfBao();
    await bot.sandbox.world.remove('membership', tenantId, key);
    await pressSend();
    await hung.see(/Lý do, để người duyệt hiểu/);
    assert.equal((await newest()).status, 'draft');
    await bot.sandbox.world.put('membership', tenantId, key, { groupId, userId });
    await pressSend();
    await hung.see(/Thư chào đã đăng/);
    assert.equal((await newest()).status, 'published');
  });

  it('is asked for once more where the same terms are renewed later', async () => {
    await bot.sandbox.clock.advance(dayMs + 1);
    const { id, version } = await newest();
    const renew = async () => {
      await hung.person.submit({ verb: 'offer-open', offer: id });
      await hung.press(await hung.see(/Dành cho/), 'Gia hạn');
    };
    await renew();
    await askAndApprove('Lần thứ ba');
    assert.equal((await newest()).version, version);
    await renew();
    await hung.see(/Đã gia hạn đến/);
    assert.equal((await newest()).version, version + 1);
  });
});
