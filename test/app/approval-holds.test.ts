import assert from 'node:assert/strict';
import { roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { signInAs, startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, sitDown, usersNamed } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';

const { globalAdmin, privilegedRoleAdmin, adminAgent } = seedAccounts;
const { tenantId } = globalAdmin;
const role = roleTemplates.helpdeskAdministrator;
const dayMs = 24 * 60 * 60 * 1000;
const lost = /không có lời duyệt nào còn hiệu lực/;

describe('a second person’s yes that is not used at once', () => {
  let bot: TestBot;
  let hung: Desk;
  let minh: Desk;
  beforeEach(async () => {
    bot = await startTestBot();
    hung = await sitDown(bot, globalAdmin, { language: 'vi' });
    minh = await sitDown(bot, privilegedRoleAdmin, { language: 'vi' });
  });
  afterEach(() => bot.stop());

  async function holds(userId: string): Promise<boolean> {
    const all = await bot.sandbox.world.all('roleAssignment', tenantId);
    return all.some((each) => each.principalId === userId && each.roleDefinitionId === role);
  }

  const give = ({ objectId }: { objectId: string }, roleDefinitionId: string) =>
    bot.sandbox.world.put('roleAssignment', tenantId, `${objectId}-${roleDefinitionId}`, {
      ...{ id: `${objectId}-${roleDefinitionId}`, roleDefinitionId, principalId: objectId, createdAt: 0 },
    });

  async function takeRolesOf({ objectId }: { objectId: string }): Promise<void> {
    for (const { id, principalId } of await bot.sandbox.world.all('roleAssignment', tenantId))
      if (principalId === objectId) await bot.sandbox.world.remove('roleAssignment', tenantId, id);
  }

  async function block({ objectId }: { objectId: string }): Promise<void> {
    const user = await bot.sandbox.world.get('user', tenantId, objectId);
    assert.ok(user);
    await bot.sandbox.world.put('user', tenantId, objectId, { ...user, accountEnabled: false });
  }

  async function ask(displayName: string): Promise<string> {
    const [user] = await usersNamed(bot, displayName);
    assert.ok(user);
    await hung.person.submit({ verb: 'role-grant', id: user.id, role });
    const review = await hung.see(/Lý do, để người duyệt hiểu/);
    await hung.press(review, 'Gửi để duyệt', { reason: 'Thay ca' });
    await hung.see(/Chờ người thứ hai duyệt/);
    return user.id;
  }

  /** Minh says yes while Hùng is signed out; what happens then, and after Hùng has come back. */
  async function approvedMeanwhile(displayName: string, meanwhile: () => Promise<void>): Promise<string> {
    const userId = await ask(displayName);
    await hung.person.say('đăng xuất');
    await hung.see(/Đã đăng xuất/);
    await minh.press(await minh.see(new RegExp(displayName)), 'Duyệt');
    await minh.see(/Bạn đã duyệt/);
    await meanwhile();
    await signInAs(hung.person, globalAdmin);
    return userId;
  }

  async function seeRefused(userId: string): Promise<Received> {
    const failed = await hung.see(/Chưa xong/);
    assert.match(wordsOf(failed), lost);
    assertReference(bot, failed, 'vi');
    assert.equal(await holds(userId), false);
    return failed;
  }

  const titlesOf = (card: Received) => buttonsOf(card.activity).map(({ title }) => title);

  it('ends after 24 hours; Try again asks for a new one, for the same operation', async () => {
    const userId = await approvedMeanwhile('Nguyễn Văn An', async () => {
      await bot.sandbox.clock.advance(dayMs + 1);
    });
    const failed = await seeRefused(userId);
    await minh.see(/Đã duyệt nhưng chưa làm xong/);
    await hung.press(failed, 'Thử lại');
    const waiting = await hung.see(/Chờ người thứ hai duyệt/);
    assert.match(wordsOf(waiting), /Lời duyệt trước không còn hiệu lực/);
    assert.match(wordsOf(waiting), /Đã gửi cho: Lê Quang Minh/);
    assert.doesNotMatch(wordsOf(waiting), /Lê Quang Minh đã duyệt/);
    assert.deepEqual(titlesOf(waiting), ['Rút lại']);
    const again = await minh.see(/Có việc cần bạn duyệt[\s\S]*Nguyễn Văn An[\s\S]*Thay ca/);
    // It waits, whoever presses what: not for who asked.
    await hung.press(failed, 'Thử lại');
    assertReference(bot, await hung.see(/đã được gửi rồi/), 'vi');
    assert.equal(await holds(userId), false);
    await minh.press(again, 'Duyệt');
    const done = await hung.see(/Đã giao vai trò/);
    assert.match(wordsOf(done), /Lê Quang Minh đã duyệt/);
    assert.equal(await holds(userId), true);
  });

  it('counts until just before', async () => {
    const userId = await approvedMeanwhile('Trần Thị Bích', async () => {
      await bot.sandbox.clock.advance(dayMs - 60_000);
    });
    await hung.see(/Đã giao vai trò/);
    assert.equal(await holds(userId), true);
  });

  it('ends when who gave it is blocked; another one is asked then', async () => {
    await give(adminAgent, roleTemplates.privilegedRoleAdministrator);
    const bao = await sitDown(bot, adminAgent, { language: 'vi' });
    const userId = await approvedMeanwhile('Lê Hoàng Cường', () => block(privilegedRoleAdmin));
    await hung.press(await seeRefused(userId), 'Thử lại');
    assert.match(wordsOf(await hung.see(/Lời duyệt trước/)), /Đã gửi cho: Đặng Quốc Bảo\./);
    await bao.see(/Lê Quang Minh đã duyệt/);
    await bao.press(await bao.see(/Có việc cần bạn duyệt/), 'Từ chối');
    await bao.press(await bao.see(/Vì sao bạn từ chối/), 'Từ chối', { why: 'Chưa cần' });
    assert.match(wordsOf(await hung.see(/Đã hủy/)), /Đặng Quốc Bảo đã từ chối: Chưa cần/);
    assert.equal(await holds(userId), false);
  });

  it('ends when who gave it has lost the right; where nobody has it, Try again says who could', async () => {
    const userId = await approvedMeanwhile('Phạm Minh Đức', () => takeRolesOf(privilegedRoleAdmin));
    await hung.press(await seeRefused(userId), 'Thử lại');
    const nobody = await hung.see(/Chưa gửi duyệt được/);
    assertReference(bot, nobody, 'vi');
    await give(privilegedRoleAdmin, roleTemplates.privilegedRoleAdministrator);
    // With the right back the first yes holds again, within its 24 hours.
    await hung.press(nobody, 'Gửi lại');
    await hung.see(/Đã giao vai trò/);
    assert.equal(await holds(userId), true);
  });

  it('is not given in the chat in which it was asked for again, with whatever account', async () => {
    await give(adminAgent, roleTemplates.privilegedRoleAdministrator);
    await sitDown(bot, adminAgent);
    const userId = await approvedMeanwhile('Đỗ Quang Long', () => block(privilegedRoleAdmin));
    await seeRefused(userId);
    const second = await sitDown(bot, globalAdmin, { language: 'vi' });
    const [standing] = await bot.app.storage.operations.ofActor(globalAdmin, ['failed'], 1);
    await second.person.submit({ verb: 'operation-show', operation: standing?.id });
    await second.press(await second.see(lost), 'Thử lại');
    await second.see(/Lời duyệt trước/);
    await signInAs(second.person, adminAgent);
    await second.see(/Tổng quan/);
    await second.person.say('chờ duyệt');
    await second.see(/Không có việc nào chờ bạn duyệt/);
    // Nor in the one of the first time, which the same person may hold.
    await signInAs(hung.person, adminAgent);
    await hung.see(/Tổng quan/);
    await hung.person.say('chờ duyệt');
    const request = await hung.see(/Có việc cần bạn duyệt/);
    await hung.press(request, 'Duyệt');
    assertReference(bot, await hung.see(/không tự duyệt/), 'vi');
    assert.equal(await holds(userId), false);
  });

  it('is not lost where Microsoft cannot say for a moment what who gave it may do', async () => {
    const userId = await approvedMeanwhile('Hoàng Thị Giang', async () => {
      const path = `/users/${privilegedRoleAdmin.objectId}/transitiveMemberOf`;
      bot.sandbox.faults.add({ kind: 'unavailable', times: 4, match: { method: 'GET', path } });
    });
    const done = await hung.see(/Đã giao vai trò/);
    assert.match(wordsOf(done), /Lê Quang Minh đã duyệt/);
    assert.equal(await holds(userId), true);
    assert.ok(!hung.person.received().some((each) => lost.test(wordsOf(each))));
    assert.deepEqual(bot.sandbox.faults.list(), []);
  });

  it('to what failed half-way ends too, and what is done stays done', async () => {
    const review = await hung.openReview('Lương Nửa Chừng', { role });
    const path = '/roleAssignments';
    bot.sandbox.faults.add({ kind: 'unavailable', times: 60, match: { method: 'POST', path } });
    await hung.press(review, 'Gửi để duyệt', { reason: 'Trực máy' });
    await minh.press(await minh.see(/Lương Nửa Chừng/), 'Duyệt');
    await hung.see(/Bot tự làm tiếp/);
    await takeRolesOf(privilegedRoleAdmin);
    const [made] = await usersNamed(bot, 'Lương Nửa Chừng');
    assert.ok(made);
    const failed = await seeRefused(made.id);
    bot.sandbox.faults.clear();
    await give(privilegedRoleAdmin, roleTemplates.privilegedRoleAdministrator);
    await bot.sandbox.clock.advance(dayMs + 1);
    await hung.press(failed, 'Thử lại');
    await hung.see(/Lời duyệt trước/);
    await minh.press(await minh.see(/Có việc cần bạn duyệt[\s\S]*Lương Nửa Chừng/), 'Duyệt');
    await hung.see(/Đã thêm người dùng/);
    assert.equal((await usersNamed(bot, 'Lương Nửa Chừng')).length, 1);
    assert.equal(await holds(made.id), true);
  });
});
