import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import type { SandboxUser } from '../../sandbox/world.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, changeUser, type Desk, sitDown, usersNamed } from '../helpers/desk.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';

const { globalAdmin, userAdmin, helpdesk, adminAgent, plain, privilegedRoleAdmin } = seedAccounts;
const { tenantId } = globalAdmin;
const bao = 'Đặng Quốc Bảo';

describe('who has Full support access', () => {
  let bot: TestBot;
  let hung: Desk;
  let ha: Desk;
  let anh: Desk;
  before(async () => {
    bot = await startTestBot();
    hung = await sitDown(bot, globalAdmin, { language: 'vi' });
    ha = await sitDown(bot, userAdmin);
    anh = await sitDown(bot, helpdesk);
  });
  after(() => bot.stop());

  async function userNow(name: string): Promise<SandboxUser | undefined> {
    return (await usersNamed(bot, name))[0];
  }

  /** The membership of the group that opens every client. */
  async function fullOf(userId: string) {
    const groups = await bot.sandbox.world.all('group', tenantId);
    const groupId = groups.find(({ displayName }) => displayName === 'AdminAgents')?.id ?? '';
    return { key: `${groupId}_${userId}`, membership: { groupId, userId } };
  }

  async function cardOf(desk: Desk, id: string) {
    await desk.person.submit({ verb: 'user', id });
    return desk.see(/@contosopartner/);
  }

  /** As Microsoft's portal deletes: roles and groups are still theirs. */
  async function deletedElsewhere({ objectId }: { objectId: string }): Promise<void> {
    const user = await bot.sandbox.world.get('user', tenantId, objectId);
    assert.ok(user);
    await bot.sandbox.world.put('deletedUser', tenantId, objectId, {
      ...user,
      userPrincipalName: `${objectId.replaceAll('-', '')}${user.userPrincipalName}`,
      deletedDateTime: new Date(bot.sandbox.clock.now()).toISOString(),
    });
    await bot.sandbox.world.remove('user', tenantId, objectId);
  }

  async function restore(desk: Desk, { objectId }: { objectId: string }, confirm: string): Promise<void> {
    await desk.person.submit({ verb: 'restore-user', id: objectId });
    await desk.press(await desk.see(/their groups and roles|nhóm và vai trò cũ/), confirm);
  }

  it('is offered no new password, block or deletion by less than a Global admin, and has none', async () => {
    const before = await userNow(bao);
    const card = await cardOf(anh, adminAgent.objectId);
    assert.match(wordsOf(card), /or Full support access\. Ask a Global admin/);
    assert.ok(!buttonsOf(card.activity).some(({ title }) => title === 'New password'));
    await anh.person.submit({ verb: 'user-password', id: adminAgent.objectId });
    assertReference(bot, await anh.see(/holds a role above yours, or Full support access/));
    for (const verb of ['block-user', 'delete-user', 'user-password']) {
      await ha.person.submit({ verb, id: adminAgent.objectId });
      assertReference(bot, await ha.see(/holds a role above yours, or Full support access/));
    }
    await ha.person.submit({ verb: 'edit-user', id: adminAgent.objectId });
    const form = await ha.see(/Only a Global admin/);
    await ha.press(form, 'Review', { mobilePhone: '+84 90 000 0000' });
    assertReference(bot, await ha.see(/Only a Global admin.*Reference/s));
    assert.deepEqual(await userNow(bao), before);
  });

  it('since the review was shown is not touched by its confirm', async () => {
    const before = await userNow('Bùi Ngọc Trâm');
    await anh.person.submit({ verb: 'user-password', id: plain.objectId });
    const review = await anh.see(/old password/i);
    const { key, membership } = await fullOf(plain.objectId);
    await bot.sandbox.world.put('membership', tenantId, key, membership);
    await anh.press(review, 'Set a new password');
    const refused = await anh.see(/Not finished/);
    assert.match(wordsOf(refused), /or Full support access/);
    assertReference(bot, refused);
    assert.equal((await userNow('Bùi Ngọc Trâm'))?.passwordHash, before?.passwordHash);
    await bot.sandbox.world.remove('membership', tenantId, key);
    await anh.press(refused, 'Try again');
    await anh.see(/Done: set a new password/);
  });

  it('is unblocked by a Global admin only', async () => {
    await changeUser(bot, bao, { accountEnabled: false });
    await ha.person.submit({ verb: 'unblock-user', id: adminAgent.objectId });
    assertReference(bot, await ha.see(/or Full support access/));
    assert.equal((await userNow(bao))?.accountEnabled, false);
    await hung.person.submit({ verb: 'unblock-user', id: adminAgent.objectId });
    await hung.press(await hung.see(/Đặng Quốc Bảo/), 'Bỏ chặn đăng nhập');
    await hung.see(/Đã bỏ chặn đăng nhập/);
    assert.equal((await userNow(bao))?.accountEnabled, true);
  });

  it('and comes back with it by less than a Global admin is blocked until one unblocks them', async () => {
    await deletedElsewhere(adminAgent);
    await restore(ha, adminAgent, 'Restore a user');
    const done = await ha.see(/Done: restore a user/);
    assert.match(wordsOf(done), /sign-in is blocked. Ask a Global admin/);
    assert.equal((await userNow(bao))?.accountEnabled, false);
    const { key } = await fullOf(adminAgent.objectId);
    assert.ok(await bot.sandbox.world.get('membership', tenantId, key));
    await ha.person.submit({ verb: 'unblock-user', id: adminAgent.objectId });
    assertReference(bot, await ha.see(/or Full support access/));
    await hung.press(await cardOf(hung, adminAgent.objectId), 'Bỏ chặn');
    await hung.press(await hung.see(/Đặng Quốc Bảo/), 'Bỏ chặn đăng nhập');
    await hung.see(/Đã bỏ chặn đăng nhập/);
    assert.equal((await userNow(bao))?.accountEnabled, true);
  });

  it('and comes back with it by a Global admin may sign in; so may who comes back without', async () => {
    await deletedElsewhere(adminAgent);
    await restore(hung, adminAgent, 'Khôi phục người dùng');
    const full = await hung.see(/Đã khôi phục người dùng/);
    assert.doesNotMatch(wordsOf(full), /đang bị chặn/);
    assert.equal((await userNow(bao))?.accountEnabled, true);
    await deletedElsewhere(plain);
    await restore(ha, plain, 'Restore a user');
    assert.doesNotMatch(wordsOf(await ha.see(/Done: restore a user/)), /is blocked/);
    assert.equal((await userNow('Bùi Ngọc Trâm'))?.accountEnabled, true);
  });

  it('comes back blocked, and is let in only when it is seen what came back with them', async () => {
    for (const target of [plain, adminAgent]) {
      const match = { method: 'GET', path: `/users/${target.objectId}/transitiveMemberOf` };
      await deletedElsewhere(target);
      const fault = bot.sandbox.faults.add({ kind: 'unavailable', times: 500, match });
      await restore(ha, target, 'Restore a user');
      await ha.see(/goes on by itself/);
      const { tenantId: company, objectId } = target;
      assert.equal((await bot.sandbox.world.get('user', company, objectId))?.accountEnabled, false);
      bot.sandbox.faults.remove(fault.id);
      const done = await ha.see(/Done: restore a user/);
      const isFull = target === adminAgent;
      assert.equal(/is blocked/.test(wordsOf(done)), isFull);
      assert.equal((await bot.sandbox.world.get('user', company, objectId))?.accountEnabled, !isFull);
    }
    await hung.press(await cardOf(hung, adminAgent.objectId), 'Bỏ chặn');
    await hung.press(await hung.see(/Đặng Quốc Bảo/), 'Bỏ chặn đăng nhập');
    await hung.see(/Đã bỏ chặn đăng nhập/);
  });

  it('a holder of a role above theirs is not restored by a user admin: Microsoft refuses that itself', async () => {
    await deletedElsewhere(privilegedRoleAdmin);
    await restore(ha, privilegedRoleAdmin, 'Restore a user');
    assertReference(bot, await ha.see(/Not finished/));
    assert.equal(await userNow('Lê Quang Minh'), undefined);
  });
});
