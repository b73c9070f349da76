import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, changeUser, type Desk, sitDown, usersNamed } from '../helpers/desk.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';

describe('blocking a user and giving a new password', () => {
  let bot: TestBot;
  let hung: Desk;
  let ha: Desk;
  let anh: Desk;
  before(async () => {
    bot = await startTestBot();
    hung = await sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' });
    ha = await sitDown(bot, seedAccounts.userAdmin);
    anh = await sitDown(bot, seedAccounts.helpdesk, { language: 'vi' });
  });
  after(() => bot.stop());

  async function idOf(name: string): Promise<string> {
    const [user] = await usersNamed(bot, name);
    assert.ok(user, `no user ${name}`);
    return user.id;
  }

  async function cardOf(desk: Desk, name: string) {
    await desk.person.submit({ verb: 'user', id: await idOf(name) });
    return desk.see(new RegExp(`${name}.*@contosopartner`, 's'));
  }

  const titlesOf = (card: { activity: object }) => buttonsOf(card.activity).map(({ title }) => title);

  it('ends the sessions too, and can be taken back', async () => {
    const card = await cardOf(hung, 'Đỗ Thị Thảo');
    await hung.press(card, 'Chặn');
    const review = await hung.see(/mọi phiên đang mở bị kết thúc/);
    await hung.press(review, 'Chặn đăng nhập');
    const done = await hung.see(/Đã chặn đăng nhập/);
    const [blocked] = await usersNamed(bot, 'Đỗ Thị Thảo');
    assert.equal(blocked?.accountEnabled, false);
    assert.ok((blocked?.sessionsValidFrom ?? 0) > 0);
    assert.ok(titlesOf(await cardOf(hung, 'Đỗ Thị Thảo')).includes('Bỏ chặn'));
    await hung.press(done, 'Hoàn tác');
    await hung.see(/Đã bỏ chặn đăng nhập/);
    assert.equal((await usersNamed(bot, 'Đỗ Thị Thảo'))[0]?.accountEnabled, true);
  });

  it('pressed on a card that is no longer true shows how things are', async () => {
    const card = await cardOf(ha, 'Hồ Văn Thịnh');
    await changeUser(bot, 'Hồ Văn Thịnh', { accountEnabled: false });
    await ha.press(card, 'Block');
    const now = await ha.see(/Hồ Văn Thịnh.*blocked/is);
    await ha.press(now, 'Unblock');
    await ha.press(await ha.see(/Look it over/), 'Unblock sign-in');
    await ha.see(/Done: unblock/);
    assert.equal((await usersNamed(bot, 'Hồ Văn Thịnh'))[0]?.accountEnabled, true);
  });

  it('of oneself is neither offered nor done', async () => {
    const card = await cardOf(hung, 'Trần Văn Hùng');
    assert.match(wordsOf(card), /Đây là bạn/);
    for (const title of ['Chặn', 'Xóa', 'Mật khẩu mới']) assert.ok(!titlesOf(card).includes(title), title);
    for (const verb of ['block-user', 'delete-user', 'user-password']) {
      await hung.person.submit({ verb, id: seedAccounts.globalAdmin.objectId });
      assertReference(bot, await hung.see(/chính tài khoản của mình/), 'vi');
    }
  });

  it('of the last Global admin is refused', async () => {
    for (const verb of ['block-user', 'delete-user']) {
      await ha.person.submit({ verb, id: seedAccounts.globalAdmin.objectId });
      assertReference(bot, await ha.see(/last active Global/));
    }
    const [user] = await usersNamed(bot, 'Trần Văn Hùng');
    assert.equal(user?.accountEnabled, true);
  });

  it('of a person with a higher role is neither offered nor done', async () => {
    const card = await cardOf(anh, 'Phạm Thu Hà');
    assert.match(wordsOf(card), /giữ vai trò cao hơn/);
    assert.ok(!titlesOf(card).includes('Mật khẩu mới'));
    await anh.person.submit({ verb: 'user-password', id: seedAccounts.userAdmin.objectId });
    assertReference(bot, await anh.see(/giữ vai trò cao hơn/), 'vi');
    await ha.person.submit({ verb: 'block-user', id: seedAccounts.privilegedRoleAdmin.objectId });
    assertReference(bot, await ha.see(/holds a role above yours/));
  });

  it('gives a helpdesk admin a new password for a person without a role, seen once', async () => {
    await anh.press(await cardOf(anh, 'Bùi Văn Thắng'), 'Mật khẩu mới');
    await anh.press(await anh.see(/Mật khẩu cũ hết dùng ngay/), 'Đặt mật khẩu mới');
    const done = await anh.see(/Đã đặt mật khẩu mới/);
    assert.ok(titlesOf(done).includes('Xem mật khẩu'));
    assert.equal((await usersNamed(bot, 'Bùi Văn Thắng'))[0]?.forceChangePassword, true);
  });

  it('gives none once the person was given a higher role after the review', async () => {
    await anh.press(await cardOf(anh, 'Võ Thị Hoa'), 'Mật khẩu mới');
    const review = await anh.see(/Mật khẩu cũ hết dùng ngay/);
    const before = (await usersNamed(bot, 'Võ Thị Hoa'))[0]?.passwordHash;
    const { tenantId } = seedAccounts.globalAdmin;
    const assignments = await bot.sandbox.world.all('roleAssignment', tenantId);
    const [global] = assignments.filter((one) => one.principalId === seedAccounts.globalAdmin.objectId);
    assert.ok(global);
    const id = crypto.randomUUID();
    const given = { ...global, id, principalId: await idOf('Võ Thị Hoa') };
    await bot.sandbox.world.put('roleAssignment', tenantId, id, given);
    await anh.press(review, 'Đặt mật khẩu mới');
    const failed = await anh.see(/Chưa xong/);
    assert.match(wordsOf(failed), /giữ vai trò cao hơn/);
    assertReference(bot, failed, 'vi');
    assert.equal((await usersNamed(bot, 'Võ Thị Hoa'))[0]?.passwordHash, before);
  });
});
