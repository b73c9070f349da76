import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, sitDown } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';

const { globalAdmin, helpdesk, adminAgent, userAdmin, plain, privilegedRoleAdmin } = seedAccounts;
const { tenantId } = globalAdmin;

describe('support access to clients', () => {
  let bot: TestBot;
  let hung: Desk;
  before(async () => {
    bot = await startTestBot();
    hung = await sitDown(bot, globalAdmin, { language: 'vi' });
  });
  after(() => bot.stop());

  async function press(desk: Desk, card: Received, title: RegExp): Promise<void> {
    const found = buttonsOf(card.activity).find((button) => title.test(button.title ?? ''));
    assert.ok(found, `no ${title} in: ${wordsOf(card)}`);
    await desk.person.submit(found.data);
  }

  async function groupsOf(userId: string): Promise<string[]> {
    const groups = await bot.sandbox.world.all('group', tenantId);
    const all = await bot.sandbox.world.all('membership', tenantId);
    const own = all.filter((each) => each.userId === userId).map(({ groupId }) => groupId);
    return groups.filter(({ id }) => own.includes(id)).map(({ displayName }) => displayName);
  }

  it('shows who has Full and Limited, and for how many clients', async () => {
    await hung.person.say('quyền hỗ trợ');
    const list = await hung.see(/Quyền hỗ trợ khách hàng/);
    const seen = wordsOf(list);
    assert.match(seen, /Áp dụng cho 1 khách hàng/);
    assert.match(
      seen,
      /Toàn quyền · 2 người[\s\S]*Trần Văn Hùng[\s\S]*Giới hạn · 1 người\n[\s\S]*Vũ Đức Anh/,
    );
    assert.match(seen, /Bấm một người để đổi quyền/);
    await press(hung, list, /Vũ Đức Anh/);
    const card = await hung.see(/Hiện tại: Giới hạn/);
    assert.match(wordsOf(card), /Gồm Quản lý người dùng.*Tự nó không gồm .*Global Administrator/);
    assert.match(wordsOf(card), /Toàn quyền\n {2}cần người thứ hai/);
  });

  it('can be given as Limited and taken away again at once', async () => {
    await hung.person.submit({ verb: 'user-support', id: plain.objectId });
    const card = await hung.see(/Hiện tại: Không/);
    await press(hung, card, /^Giới hạn/);
    const review = await hung.see(/Không → Giới hạn/);
    assert.match(wordsOf(review), /Áp dụng cho 1 khách hàng.*không gồm/);
    await hung.press(review, 'Đổi quyền hỗ trợ khách hàng');
    await hung.see(/Đã đổi quyền hỗ trợ khách hàng/);
    assert.deepEqual(await groupsOf(plain.objectId), ['HelpdeskAgents']);
    await hung.person.submit({ verb: 'support-choose', id: plain.objectId, to: 'none' });
    await hung.press(await hung.see(/Giới hạn → Không/), 'Đổi quyền hỗ trợ khách hàng');
    await hung.see(/Đã đổi quyền hỗ trợ khách hàng/);
    assert.deepEqual(await groupsOf(plain.objectId), []);
  });

  it('in both groups is taken away from both', async () => {
    const groups = await bot.sandbox.world.all('group', tenantId);
    const limited = groups.find((group) => group.displayName === 'HelpdeskAgents');
    assert.ok(limited);
    const [groupId, userId] = [limited.id, adminAgent.objectId];
    await bot.sandbox.world.put('membership', tenantId, `${groupId}_${userId}`, { groupId, userId });
    await hung.person.submit({ verb: 'support-choose', id: adminAgent.objectId, to: 'none' });
    await hung.press(await hung.see(/Toàn quyền → Không/), 'Đổi quyền hỗ trợ khách hàng');
    await hung.see(/Đã đổi quyền hỗ trợ khách hàng/);
    assert.deepEqual(await groupsOf(adminAgent.objectId), []);
  });

  it('as Full takes the name typed again, and a Privileged Role admin where there is one Global admin', async () => {
    const minh = await sitDown(bot, privilegedRoleAdmin);
    await hung.person.submit({ verb: 'support-choose', id: helpdesk.objectId, to: 'full' });
    const review = await hung.see(/Giới hạn → Toàn quyền/);
    await hung.press(review, 'Gửi để duyệt', { reason: 'Trưởng nhóm', typedName: 'Vũ Đức' });
    const again = await hung.see(/Bạn gõ lại đúng họ tên/);
    await hung.press(again, 'Gửi để duyệt', { reason: 'Trưởng nhóm', typedName: 'vũ đức anh' });
    const asked = await minh.see(/Something needs your approval/);
    assert.match(wordsOf(asked), /Limited → Full/);
    assert.match(wordsOf(asked), /Applies to 1 client,/);
    // Saying yes to it is not doing it alone.
    await minh.person.submit({ verb: 'support-choose', id: helpdesk.objectId, to: 'full' });
    assertReference(bot, await minh.see(/cannot do this yet/));
    await minh.press(asked, 'Approve');
    const done = await hung.see(/Đã đổi quyền hỗ trợ khách hàng/);
    assert.match(wordsOf(done), /Lê Quang Minh đã duyệt/);
    assert.deepEqual(await groupsOf(helpdesk.objectId), ['AdminAgents']);
  });

  it('offers each only what they may give, and refuses what was made up', async () => {
    const ha = await sitDown(bot, userAdmin);
    await ha.person.submit({ verb: 'user-support', id: plain.objectId });
    const card = await ha.see(/Now: None/);
    const titles = buttonsOf(card.activity).map(({ title }) => title);
    assert.ok(titles.includes('Limited') && !titles.includes('Full'));
    assert.match(wordsOf(card), /Give Full support access: needs the role Global/);
    await ha.person.submit({ verb: 'support-choose', id: plain.objectId, to: 'full' });
    assertReference(bot, await ha.see(/cannot do this yet/));
    for (const to of ['everything', undefined, { full: true }, 'none']) {
      await ha.person.submit({ verb: 'support-choose', id: plain.objectId, to });
      await ha.see(/Now: None/);
    }
    await ha.person.submit({ verb: 'support-choose', id: 'x', to: 'limited' });
    assertReference(bot, await ha.see(/no longer in the company/));
    assert.deepEqual(await groupsOf(plain.objectId), []);
  });

  it('is looked at by who may change nothing, without being told how', async () => {
    const tram = await sitDown(bot, plain);
    await tram.person.say('support access');
    const list = await tram.see(/Support access to clients/);
    // Microsoft shows this person no relationships, so nothing is said about how many there are.
    assert.doesNotMatch(wordsOf(list), /Applies to|No client/);
    assert.doesNotMatch(wordsOf(list), /to change their access/);
    await press(tram, list, /Trần Văn Hùng/);
    const card = await tram.see(/Now: Full/);
    assert.match(wordsOf(card), /Take Full support access away: needs the role /);
    assert.match(wordsOf(card), /Microsoft does not show your account at which clients/);
    assert.doesNotMatch(wordsOf(card), /No client has given/);
    assert.doesNotMatch(wordsOf(card), /Change to/);
  });

  it('is refused with the authorisation that is missing where the company has none', async () => {
    const khoi = await sitDown(bot, seedAccounts.withoutDelegationGlobalAdmin, { language: 'vi' });
    const { tenantId: theirs, objectId } = seedAccounts.withoutDelegationGlobalAdmin;
    const members = await bot.sandbox.world.all('membership', theirs);
    for (const { groupId, userId } of members)
      await bot.sandbox.world.remove('membership', theirs, `${groupId}_${userId}`);
    await khoi.person.submit({ verb: 'user-support', id: objectId });
    const card = await khoi.see(/Hiện tại/);
    assert.match(wordsOf(card), /cần có ủy quyền «Quản trị ủy nhiệm»/);
    assert.ok(!buttonsOf(card.activity).some(({ title }) => title === 'Giới hạn'));
  });
});
