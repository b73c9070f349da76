import assert from 'node:assert/strict';
import { roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, sitDown, usersNamed } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';

const { globalAdmin, privilegedRoleAdmin, userAdmin, sales } = seedAccounts;
const licences = roleTemplates.licenseAdministrator;

describe('admin roles', () => {
  let bot: TestBot;
  /** Global admin; reads Vietnamese. */
  let hung: Desk;
  /** Privileged Role Administrator; reads English. */
  let minh: Desk;
  before(async () => {
    bot = await startTestBot();
    [hung, minh] = await Promise.all([
      sitDown(bot, globalAdmin, { language: 'vi' }),
      sitDown(bot, privilegedRoleAdmin),
    ]);
  });
  after(() => bot.stop());

  /** Presses the row or button of this title. */
  async function press(desk: Desk, card: Received, title: RegExp): Promise<void> {
    const found = buttonsOf(card.activity).find((button) => title.test(button.title ?? ''));
    assert.ok(found, `no ${title} in: ${wordsOf(card)}`);
    await desk.person.submit(found.data);
  }

  async function rolesOf(userId: string): Promise<string[]> {
    const all = await bot.sandbox.world.all('roleAssignment', globalAdmin.tenantId);
    return all.filter((each) => each.principalId === userId).map((each) => each.roleDefinitionId);
  }

  it('are listed with how many hold each, then by person', async () => {
    await hung.person.say('vai tro');
    const list = await hung.see(/Ai giữ vai trò nào/);
    assert.match(wordsOf(list), /Quản trị viên toàn cầu\nGlobal Administrator\n1 người giữ/);
    await press(hung, list, /Quản lý giấy phép/);
    const holders = await hung.see(/Hoàng Thị Mai/);
    assert.match(wordsOf(holders), /Cấp, đổi và thu hồi giấy phép/);
    await press(hung, holders, /Hoàng Thị Mai/);
    await hung.see(/mai\.hoang@contosopartner\.vn/);
  });

  it('can be given from a list with names, sentences and English names, and undone', async () => {
    const [user] = await usersNamed(bot, 'Nguyễn Văn An');
    assert.ok(user);
    await hung.person.submit({ verb: 'user-roles', id: user.id });
    const none = await hung.see(/Không có vai trò quản trị/);
    await press(hung, none, /Giao thêm vai trò/);
    const choices = await hung.see(/Chọn vai trò cho Nguyễn Văn An/);
    const seen = wordsOf(choices);
    assert.match(seen, /Quản lý giấy phép\nLicense Administrator\nCấp, đổi và thu hồi/);
    assert.match(seen, /Hỗ trợ người dùng\n {2}cần người thứ hai\nHelpdesk Administrator/);
    await press(hung, choices, /Xem tiếp/);
    const more = await hung.see(/Quản lý ứng dụng/);
    assert.doesNotMatch(wordsOf(more), /Quản lý giấy phép/);
    await press(hung, choices, /Quản lý giấy phép/);
    const review = await hung.see(/Vai trò Quản lý giấy phép \(License Administrator\)\nchưa có → có/);
    await hung.press(review, 'Giao vai trò');
    const done = await hung.see(/Đã giao vai trò/);
    assert.deepEqual(await rolesOf(user.id), [licences]);
    await hung.press(done, 'Hoàn tác');
    await hung.see(/Đã bỏ vai trò/);
    assert.deepEqual(await rolesOf(user.id), []);
  });

  it('can be taken away from the list of who holds one', async () => {
    const [user] = await usersNamed(bot, 'Hoàng Thị Mai');
    await minh.person.submit({ verb: 'role', role: licences });
    const holders = await minh.see(/Hoàng Thị Mai/);
    await press(minh, holders, /Take away/);
    const review = await minh.see(/Role License Administrator\nheld → no longer held/);
    await minh.press(review, 'Take a role away');
    await minh.see(/Done: take a role away/);
    assert.deepEqual(await rolesOf(user?.id ?? ''), []);
  });

  it('of the last Global admin stay, also when it is oneself', async () => {
    for (const desk of [hung, minh]) {
      await desk.person.submit({
        verb: 'role-remove',
        id: globalAdmin.objectId,
        role: roleTemplates.globalAdministrator,
      });
      const refused = await desk.see(/cuối cùng còn hoạt động|last active Global admin/);
      assertReference(bot, refused, desk === hung ? 'vi' : 'en');
    }
    assert.ok((await rolesOf(globalAdmin.objectId)).includes(roleTemplates.globalAdministrator));
  });

  it('are looked at by everybody, but changed only by who may; a press that was made up is refused', async () => {
    const lan = await sitDown(bot, sales, { language: 'vi' });
    await lan.person.say('ai có quyền gì');
    await lan.see(/Ai giữ vai trò nào/);
    await lan.person.submit({ verb: 'user-roles', id: globalAdmin.objectId });
    const card = await lan.see(/Vai trò của một người/);
    assert.match(wordsOf(card), /cần có vai trò .* hoặc .*\(Privileged Role Administrator\)\./);
    assert.ok(!buttonsOf(card.activity).some(({ title }) => /Giao thêm|Bỏ vai trò/.test(title ?? '')));
    const role = licences;
    for (const verb of ['role-choose', 'role-grant', 'role-remove']) {
      await lan.person.submit({ verb, id: userAdmin.objectId, role });
      assertReference(bot, await lan.see(/chưa làm được việc này/), 'vi');
    }
  });

  it('survive nonsense in what is pressed', async () => {
    const [user] = await usersNamed(bot, 'Trần Thị Bích');
    const id = user?.id;
    for (const [pressed, answer] of [
      [{ verb: 'role-grant', id, role: 'none' }, /does not know this role/],
      [{ verb: 'role-grant', id, role: { $ne: 1 } }, /does not know this role/],
      [{ verb: 'role-grant', id: 'x', role: licences }, /no longer in the company/],
      [{ verb: 'role-grant', id: '../users', role: licences }, /no longer in the company/],
      [{ verb: 'role-grant', id: seedAccounts.advisorGlobalAdmin.objectId, role: licences }, /no longer in/],
      [{ verb: 'role-remove', id, role: licences }, /no longer holds this role/],
      [{ verb: 'role', role: "x' or 1 eq 1" }, /does not know this role/],
      [{ verb: 'role' }, /does not know this role/],
      [{ verb: 'user-roles' }, /no longer in the company/],
    ] as const) {
      await minh.person.submit(pressed);
      assertReference(bot, await minh.see(answer));
    }
    for (const from of ['-5', 'NaN', '1e9', '99999999999999999999']) {
      await minh.person.submit({ verb: 'roles', from });
      await minh.see(/Who holds which role/);
    }
    await minh.person.submit({ verb: 'role-grant', id, role: licences.toUpperCase() });
    await minh.see(/Role License Administrator\nnot held → held/);
    await minh.person.say('cancel');
    assert.deepEqual(await rolesOf(id ?? ''), []);
  });

  it('given meanwhile are not given again', async () => {
    const [user] = await usersNamed(bot, 'Lê Hoàng Cường');
    const id = user?.id ?? '';
    await minh.person.submit({ verb: 'role-grant', id, role: licences });
    const review = await minh.see(/Role License Administrator\nnot held → held/);
    const key = `${id}-again`;
    const assignment = { id: key, roleDefinitionId: licences, principalId: id, createdAt: 0 };
    await bot.sandbox.world.put('roleAssignment', globalAdmin.tenantId, key, assignment);
    await minh.press(review, 'Give a role');
    await minh.see(/Done: give a role/);
    assert.deepEqual(await rolesOf(id), [licences]);
    await minh.person.submit({ verb: 'role-grant', id, role: licences });
    assertReference(bot, await minh.see(/has this role already/));
  });
});
