import assert from 'node:assert/strict';
import { products, roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, sitDown, usersNamed } from '../helpers/desk.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';

describe('a wish without the right for it', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startTestBot();
  });
  after(() => bot.stop());

  it('of a person without a role is refused with the roles that may and the portal', async () => {
    const tram = await sitDown(bot, seedAccounts.plain, { language: 'vi' });
    await tram.person.say('thêm người dùng');
    const refused = await tram.see(/chưa làm được/);
    assert.match(wordsOf(refused), /cần vai trò .* hoặc .*\(User Administrator\)\. /);
    assertReference(bot, refused, 'vi');
    const portal = buttonsOf(refused.activity).find((button) => button.url !== undefined);
    assert.match(portal?.url ?? '', /^https:\/\/admin\.microsoft\.com\//);
    await tram.person.submit({ verb: 'add-user' });
    assertReference(bot, await tram.see(/chưa làm được/), 'vi');
  });

  it('of a licence admin is refused, and the overview does not offer it', async () => {
    const mai = await sitDown(bot, seedAccounts.licenceAdmin);
    await mai.person.say('overview');
    const overview = await mai.see(/Overview/);
    assert.ok(!buttonsOf(overview.activity).some((button) => button.title === 'Add a user'));
    assert.match(wordsOf(overview), /You cannot add users\. That needs the role .* or User Administrator\./);
    await mai.person.say('add user');
    assertReference(bot, await mai.see(/cannot do this yet/));
  });

  it('for a privileged role goes to a second person; where there is none it says who could and where else', async () => {
    const hung = await sitDown(bot);
    const role = roleTemplates.globalAdministrator;
    const review = await hung.openReview('Lương Đặc Quyền', { role });
    assert.match(wordsOf(review), /A second person with the right to approve has to do so/);
    await hung.press(review, 'Send for approval');
    const asked = await hung.see(/“Reason.*” is still empty/);
    assertReference(bot, asked);
    await hung.press(asked, 'Send for approval', { reason: 'New head of IT' });
    const nobody = await hung.see(/Could not send for approval/);
    assert.match(wordsOf(nobody), /Lê Quang Minh/);
    assert.match(wordsOf(nobody), /open this bot in Teams/);
    assertReference(bot, nobody);
    const portal = buttonsOf(nobody.activity).find((button) => button.url !== undefined);
    assert.match(portal?.url ?? '', /^https:\/\/admin\.microsoft\.com\//);
    assert.deepEqual(await usersNamed(bot, 'Lương Đặc Quyền'), []);
  });

  it('put into the answer of a form that did not offer it is refused, and the form goes on', async () => {
    const ha = await sitDown(bot, seedAccounts.userAdmin);
    const details = await ha.openDetails('Lương Giả Mạo');
    const [role, support] = [roleTemplates.helpdeskAdministrator, 'full'];
    for (const tampered of [{ role }, { support }, { support, role }]) {
      await ha.press(details, 'Review', tampered);
      assertReference(bot, await ha.see(/cannot do this yet/));
    }
    await ha.press(details, 'Review', { role: 'not-a-role' });
    const unknown = await ha.see(/choose one of the values .*Admin role/i);
    assertReference(bot, unknown);
    await ha.press(unknown, 'Review', { support: 'everything' });
    const nonsense = await ha.see(/choose one of the values .*Support/i);
    await ha.press(nonsense, 'Review', { support: 'none', licences: products.businessStandard.skuId });
    await ha.see(/Step 3 of 3/);
  });

  it('that was lost between the review and the run stops the first step', async () => {
    const ha = await sitDown(bot, seedAccounts.userAdmin, { language: 'vi' });
    const review = await ha.openReview('Lương Hết Quyền');
    const { tenantId, objectId } = seedAccounts.userAdmin;
    const assignments = await bot.sandbox.world.all('roleAssignment', tenantId);
    const own = assignments.filter(({ principalId }) => principalId === objectId);
    const creations = () =>
      bot.sandbox.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/users'))
        .length;
    const before = creations();
    bot.sandbox.faults.add({ kind: 'reset', match: { method: 'POST', path: '/users' } });
    await ha.press(review, 'Thêm người dùng');
    await ha.see(/Bot tự làm tiếp/);
    for (const { id } of own) await bot.sandbox.world.remove('roleAssignment', tenantId, id);
    const failed = await ha.see(/Chưa xong/);
    assert.match(wordsOf(failed), /chưa có quyền/);
    assertReference(bot, failed, 'vi');
    // Ours to refuse: after the one that was cut off nothing more was sent.
    assert.equal(creations() - before, 1);
    for (const { id, ...rest } of own)
      await bot.sandbox.world.put('roleAssignment', tenantId, id, { id, ...rest });
    await ha.press(failed, 'Thử lại');
    await ha.see(/Đã thêm người dùng/);
  });

  it('of a Global admin for Full support access wants the name typed again, and a second person', async () => {
    const hung = await sitDown(bot);
    const review = await hung.openReview('Lương Toàn Quyền', { support: 'full' });
    await hung.press(review, 'Send for approval', { typedName: 'Lương Toàn', reason: 'Team lead' });
    const refused = await hung.see(/Type the full name/);
    assertReference(bot, refused);
    await hung.press(refused, 'Send for approval', { typedName: 'lương toàn quyền', reason: 'Team lead' });
    // The company has one Global admin; a Privileged Role admin may say yes to Full as well.
    const nobody = await hung.see(/Could not send for approval/);
    assert.match(wordsOf(nobody), /Global Administrator.* or .*Privileged Role Administrator/);
    assert.match(wordsOf(nobody), /Lê Quang Minh/);
    assert.deepEqual(await usersNamed(bot, 'Lương Toàn Quyền'), []);
    const minh = await sitDown(bot, seedAccounts.privilegedRoleAdmin, { language: 'vi' });
    await hung.press(nobody, 'Ask again');
    await hung.see(/Sent to: Lê Quang Minh/);
    await minh.person.say('chờ duyệt');
    await minh.see(/Có việc cần bạn duyệt/);
    const asked = await minh.see(/Lương Toàn Quyền[\s\S]*Team lead/);
    await minh.press(asked, 'Duyệt');
    await hung.see(/Done: add/);
    const [made] = await usersNamed(bot, 'Lương Toàn Quyền');
    const groups = await bot.sandbox.world.all('group', seedAccounts.globalAdmin.tenantId);
    const full = groups.find(({ displayName }) => displayName === 'AdminAgents');
    const key = `${full?.id}_${made?.id}`;
    assert.ok(await bot.sandbox.world.get('membership', seedAccounts.globalAdmin.tenantId, key));
  });

  it('of a Global admin for Full is held back where nobody else holds a role that may say yes', async () => {
    const { tenantId, objectId } = seedAccounts.privilegedRoleAdmin;
    const assignments = await bot.sandbox.world.all('roleAssignment', tenantId);
    for (const { id, principalId } of assignments)
      if (principalId === objectId) await bot.sandbox.world.remove('roleAssignment', tenantId, id);
    const hung = await sitDown(bot);
    const review = await hung.openReview('Lương Một Mình', { support: 'full' });
    await hung.press(review, 'Send for approval', { typedName: 'Lương Một Mình', reason: 'Team lead' });
    const nobody = await hung.see(/Could not send for approval/);
    assert.match(wordsOf(nobody), /Nobody else holds that role.*\nGive the role to a second person/);
    assert.doesNotMatch(wordsOf(nobody), /open this bot/);
    assert.deepEqual(await usersNamed(bot, 'Lương Một Mình'), []);
  });
});
