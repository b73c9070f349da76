import assert from 'node:assert/strict';
import { roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, changeUser, type Desk, sitDown, usersNamed } from '../helpers/desk.ts';

const { tenantId } = seedAccounts.globalAdmin;

describe('deleting a user and bringing them back', () => {
  let bot: TestBot;
  let hung: Desk;
  let ha: Desk;
  before(async () => {
    bot = await startTestBot();
    hung = await sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' });
    ha = await sitDown(bot, seedAccounts.userAdmin);
  });
  after(() => bot.stop());

  async function openReview(desk: Desk, id: string | undefined, title = 'Xóa') {
    await desk.person.submit({ verb: 'user', id });
    await desk.press(await desk.see(/(Tên đăng nhập|Sign-in name)\n/), title);
    return desk.see(/30 ngày để khôi phục|30 days/);
  }

  it('says what is set free, wants the name typed, and frees it', async () => {
    const { objectId } = seedAccounts.helpdesk;
    const review = await openReview(hung, objectId);
    const words = wordsOf(review);
    assert.match(words, /Giấy phép được trả lại\nMicrosoft 365 Business Standard/);
    assert.match(words, /Vai trò bị gỡ\n.*Helpdesk Administrator/);
    assert.match(words, /Quyền hỗ trợ bị gỡ\nGiới hạn/);
    assert.match(words, /Yêu cầu đang chờ trong bot\nKhông có/);
    await hung.press(review, 'Xóa người dùng', { typedName: 'Vũ Đức' });
    const refused = await hung.see(/gõ lại đúng họ tên «Vũ Đức Anh»/);
    assertReference(bot, refused, 'vi');
    await hung.press(refused, 'Xóa người dùng', { typedName: 'vũ đức anh' });
    await hung.see(/Đã xóa người dùng/);
    assert.deepEqual(await usersNamed(bot, 'Vũ Đức Anh'), []);
    const deleted = await bot.sandbox.world.get('deletedUser', tenantId, objectId);
    assert.deepEqual(deleted?.licences, []);
    const assignments = await bot.sandbox.world.all('roleAssignment', tenantId);
    assert.ok(!assignments.some(({ principalId }) => principalId === objectId));
  });

  it('is found among the deleted by a part of the name, and restored', async () => {
    await ha.person.say('deleted users duc anh');
    const list = await ha.see(/Deleted users.*Vũ Đức Anh/s);
    assert.match(wordsOf(list), /30 days left/);
    await ha.press(list, 'Restore');
    await ha.press(await ha.see(/given again|again/), 'Restore a user');
    await ha.see(/Done: restore a user/);
    assert.equal((await usersNamed(bot, 'Vũ Đức Anh')).length, 1);
    await ha.press(list, 'Restore');
    assertReference(bot, await ha.see(/no longer among the deleted/));
    await hung.person.say('nguoi dung da xoa');
    assert.match(wordsOf(await hung.see(/Người dùng đã xóa/)), /Không có ai/);
  });

  it('is told that the name was taken meanwhile, before the review and after it', async () => {
    const [cuong] = await usersNamed(bot, 'Lê Hoàng Cường');
    const [other] = await usersNamed(bot, 'Bùi Ngọc Trâm');
    assert.ok(cuong && other);
    const review = await openReview(hung, cuong.id);
    await hung.press(review, 'Xóa người dùng', { typedName: cuong.displayName });
    await hung.see(/Đã xóa người dùng/);
    await hung.person.say('người dùng đã xóa');
    const list = await hung.see(/Lê Hoàng Cường/);
    await hung.press(list, 'Khôi phục');
    const restore = await hung.see(/giao lại sau khi khôi phục/);
    const twin = { ...other, id: crypto.randomUUID(), userPrincipalName: cuong.userPrincipalName };
    await bot.sandbox.world.put('user', tenantId, twin.id, twin);
    await hung.press(restore, 'Khôi phục người dùng');
    const failed = await hung.see(/Chưa xong/);
    assert.match(wordsOf(failed), /cuong\.le@contosopartner\.vn đã có người khác dùng/);
    assertReference(bot, failed, 'vi');
    await hung.press(list, 'Khôi phục');
    assertReference(bot, await hung.see(/Có trục trặc.*đã có người khác dùng/s), 'vi');
    assert.deepEqual(await usersNamed(bot, 'Lê Hoàng Cường'), []);
    await bot.sandbox.world.remove('user', tenantId, twin.id);
    await hung.press(failed, 'Thử lại');
    await hung.see(/Đã khôi phục người dùng/);
  });

  it('withdraws what the person still waits for', async () => {
    const minh = await sitDown(bot, seedAccounts.privilegedRoleAdmin);
    const [target] = await usersNamed(bot, 'Phan Văn Quân');
    assert.ok(target);
    // Their own way to ask for a privileged role.
    await minh.person.submit({ verb: 'role-grant', id: target.id, role: roleTemplates.globalAdministrator });
    const review = await minh.see(/Look it over/);
    await minh.press(review, 'Send for approval', { reason: 'cover' });
    const sent = await minh.see(/second person|Sent to/);
    assert.match(wordsOf(sent), /Trần Văn Hùng/);
    const mine = await openReview(hung, seedAccounts.privilegedRoleAdmin.objectId);
    assert.match(wordsOf(mine), /1 yêu cầu sẽ bị rút lại/);
    await hung.press(mine, 'Xóa người dùng', { typedName: 'Lê Quang Minh' });
    await hung.see(/Đã xóa người dùng/);
    await hung.person.say('chờ duyệt');
    await hung.see(/Không có việc nào chờ bạn duyệt/);
  });

  it('refuses somebody without the right, and a person who is gone', async () => {
    const tram = await sitDown(bot, seedAccounts.plain);
    for (const text of ['deleted users', 'khôi phục người dùng']) {
      await tram.person.say(text);
      assertReference(bot, await tram.see(/cannot do this yet/));
    }
    const gone = await bot.sandbox.world.all('deletedUser', tenantId);
    for (const id of ['nobody', gone[0]?.id ?? '']) {
      await tram.person.submit({ verb: 'restore-user', id });
      assertReference(bot, await tram.see(/cannot do this yet/));
      await ha.person.submit({ verb: 'delete-user', id });
      assertReference(bot, await ha.see(/no longer in the company/));
    }
    await changeUser(bot, 'Lý Thị Trang', { accountEnabled: false });
    const [trang] = await usersNamed(bot, 'Lý Thị Trang');
    const review = await openReview(ha, trang?.id, 'Delete');
    await bot.sandbox.world.remove('user', tenantId, trang?.id ?? '');
    await ha.press(review, 'Delete a user', { typedName: 'Lý Thị Trang' });
    assertReference(bot, await ha.see(/Not finished.*no longer in the company/s));
  });
});
