import assert from 'node:assert/strict';
import { join } from 'node:path';
import { roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import type { SandboxUser } from '../../sandbox/world.ts';
import { signInAs, startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { dataOf } from '../helpers/card-answers.ts';
import { readDatabase } from '../helpers/database-file.ts';
import { assertReference, type Desk, sitDown, usersNamed } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';

const { globalAdmin, privilegedRoleAdmin, adminAgent, plain } = seedAccounts;
const { tenantId } = globalAdmin;
const role = roleTemplates.helpdeskAdministrator;

async function give(bot: TestBot, { objectId }: { objectId: string }, roleDefinitionId: string) {
  const id = `${objectId}-${roleDefinitionId}`;
  const assignment = { id, roleDefinitionId, principalId: objectId, createdAt: 0 };
  await bot.sandbox.world.put('roleAssignment', tenantId, id, assignment);
}

async function holds(bot: TestBot, userId: string): Promise<boolean> {
  const all = await bot.sandbox.world.all('roleAssignment', tenantId);
  return all.some((each) => each.principalId === userId && each.roleDefinitionId === role);
}

const hasButton = (card: Received, title: string) =>
  buttonsOf(card.activity).some((button) => button.title === title);

/** Arrived after the request about Phạm Minh Đức. */
function fresh(desk: Desk, each: Received): boolean {
  const all = desk.person.received();
  return all.indexOf(each) > all.findIndex((one) => /Phạm Minh Đức/.test(wordsOf(one)));
}

/** Three people of one company at their chats; Hùng asks in Vietnamese, Minh (English) and Bảo may approve. */
interface Three {
  bot: TestBot;
  hung: Desk;
  minh: Desk;
  bao: Desk;
  /** Hùng asks for a privileged role for this person; answers what the three see and whose role it is. */
  ask(
    displayName: string,
    reason?: string,
  ): Promise<{ user: SandboxUser; waiting: Received; forMinh: Received; forBao: Received }>;
}

async function threeAt(as: 'teams' | 'emulator'): Promise<Three> {
  const bot = await startTestBot();
  await give(bot, adminAgent, roleTemplates.privilegedRoleAdministrator);
  const [hung, minh, bao] = await Promise.all([
    sitDown(bot, globalAdmin, { language: 'vi', as }),
    sitDown(bot, privilegedRoleAdmin, { as }),
    sitDown(bot, adminAgent, { language: 'vi', as }),
  ]);
  return {
    ...{ bot, hung, minh, bao },
    async ask(displayName, reason = 'Thay ca trực cuối tuần') {
      const [user] = await usersNamed(bot, displayName);
      assert.ok(user);
      await hung.person.submit({ verb: 'role-grant', id: user.id, role });
      const review = await hung.see(/Lý do, để người duyệt hiểu/);
      await hung.press(review, 'Gửi để duyệt', { reason });
      const named = new RegExp(displayName);
      const waiting = await hung.see(/Chờ người thứ hai duyệt/);
      const [forMinh, forBao] = [await minh.see(named), await bao.see(named)];
      return { user, waiting, forMinh, forBao };
    },
  };
}

describe('a request that needs a second person', () => {
  let bot: TestBot;
  let hung: Desk;
  let minh: Desk;
  let bao: Desk;
  let ask: Three['ask'];
  before(async () => {
    ({ bot, hung, minh, bao, ask } = await threeAt('emulator'));
  });
  after(() => bot.stop());

  it('runs with the sign-in of the person who asked: the one who said yes may not add users', async () => {
    const review = await hung.openReview('Lương Người Mới', { role });
    await hung.press(review, 'Gửi để duyệt', { reason: 'Nhân viên trực máy' });
    const asked = await minh.see(/Lương Người Mới/);
    await bao.see(/Lương Người Mới/);
    // What only Hùng will be able to do is not said to Minh.
    assert.match(wordsOf(review), /bạn xem một lần/);
    assert.doesNotMatch(wordsOf(asked), /you can see it|Can be undone/);
    await minh.press(asked, 'Approve');
    const heard = await hung.see(/Yêu cầu của bạn đã được duyệt/);
    assert.match(wordsOf(heard), /Lê Quang Minh đã duyệt/);
    await hung.see(/Đã thêm người dùng/);
    const [made] = await usersNamed(bot, 'Lương Người Mới');
    assert.equal(await holds(bot, made?.id ?? ''), true);
    await minh.see(/Approved and done/);
    await bao.see(/Lê Quang Minh đã duyệt/);
  });

  it('is ended by a no, and nothing is changed', async () => {
    const { user, forBao } = await ask('Trần Thị Bích');
    await bao.press(forBao, 'Từ chối');
    await bao.press(await bao.see(/Vì sao bạn từ chối/), 'Từ chối', { why: '  ' });
    const again = await bao.see(/Bạn chưa điền «Lý do từ chối»/);
    await bao.press(again, 'Từ chối', { why: 'Chị Bích chưa cần quyền này' });
    // A message of its own, beside the card that changes above it.
    const answered = await hung.see(/Yêu cầu của bạn bị từ chối/);
    assert.match(wordsOf(answered), /Đặng Quốc Bảo đã từ chối[\s\S]*Chị Bích chưa cần quyền này/);
    const told = await hung.see(/Đã hủy/);
    assert.match(wordsOf(told), /Đặng Quốc Bảo đã từ chối: Chị Bích chưa cần quyền này/);
    await bao.see(/Bạn đã từ chối/);
    await minh.see(/Đặng Quốc Bảo declined the request/);
    assert.equal(await holds(bot, user.id), false);
  });

  it('can be taken back, and a late yes is told so', async () => {
    const { user, waiting, forMinh } = await ask('Lê Hoàng Cường');
    await hung.press(waiting, 'Rút lại');
    await hung.see(/Bạn đã rút lại/);
    await minh.see(/Request withdrawn/);
    await bao.see(/Yêu cầu đã được rút lại/);
    await minh.press(forMinh, 'Approve');
    const late = await minh.see(/Your press changed nothing/);
    assert.match(wordsOf(late), /Trần Văn Hùng no longer needs this request/);
    assertReference(bot, late);
    await hung.press(waiting, 'Rút lại');
    assertReference(bot, await hung.see(/không đổi gì/), 'vi');
    assert.equal(await holds(bot, user.id), false);
  });

  it('is decided by the first of two at once, and the other is told by whom', async () => {
    const { user, forMinh, forBao } = await ask('Phạm Minh Đức');
    await Promise.all([minh.press(forMinh, 'Approve'), bao.press(forBao, 'Duyệt')]);
    await hung.see(/Đã giao vai trò/);
    const grants = (await bot.sandbox.world.all('roleAssignment', tenantId)).filter(
      (each) => each.principalId === user.id && each.roleDefinitionId === role,
    );
    assert.equal(grants.length, 1);
    const sides = [
      { desk: minh, own: /You approved/, other: /Đặng Quốc Bảo approved .*changed nothing/ },
      { desk: bao, own: /Bạn đã duyệt/, other: /Lê Quang Minh đã duyệt .*không đổi gì/ },
    ];
    const told = await Promise.all(
      sides.map(async ({ desk, own, other }) => {
        const found = await desk.person.waitFor(
          (each) => fresh(desk, each) && (own.test(wordsOf(each)) || other.test(wordsOf(each))),
        );
        return own.test(wordsOf(found));
      }),
    );
    assert.deepEqual(told.toSorted(), [false, true]);
  });

  it('cannot be approved by who lost the right since; with the right back the same card works', async () => {
    const { user, forMinh } = await ask('Hoàng Thị Giang');
    const all = await bot.sandbox.world.all('roleAssignment', tenantId);
    const own = all.filter(({ principalId }) => principalId === privilegedRoleAdmin.objectId);
    for (const { id } of own) await bot.sandbox.world.remove('roleAssignment', tenantId, id);
    await minh.press(forMinh, 'Approve');
    assertReference(bot, await minh.see(/cannot do this yet/));
    assert.equal(await holds(bot, user.id), false);
    for (const { id, ...rest } of own)
      await bot.sandbox.world.put('roleAssignment', tenantId, id, { id, ...rest });
    await minh.press(forMinh, 'Approve');
    await hung.see(/Đã giao vai trò/);
  });

  it('is not moved by the nonce of somebody else’s button', async () => {
    const { user, waiting, forMinh } = await ask('Huỳnh Văn Hải');
    const stolen = { verb: 'approve', nonce: dataOf(forMinh, 'Approve')['nonce'] };
    await hung.person.submit(stolen);
    assertReference(bot, await hung.see(/của một tài khoản khác/), 'vi');
    await bao.person.submit(stolen);
    assertReference(bot, await bao.see(/của một tài khoản khác/), 'vi');
    for (const nonce of [undefined, 'A'.repeat(43), { $ne: null }]) {
      await hung.person.submit({ verb: 'approve', nonce });
      await hung.see(/không còn dùng được/);
    }
    assert.equal(await holds(bot, user.id), false);
    await hung.press(waiting, 'Rút lại');
    await hung.see(/Bạn đã rút lại/);
  });

  it('whose stored arguments were changed meanwhile is not approved; a no still ends it', async () => {
    const { user, forMinh } = await ask('Vũ Thanh Hiếu');
    const global = roleTemplates.globalAdministrator;
    await readDatabase(join(bot.folder, 'bot.sqlite'), (query) =>
      query(
        `update operations set args = replace(args, '${role}', '${global}') where args like '%${user.id}%'`,
      ),
    );
    await minh.press(forMinh, 'Approve');
    assertReference(bot, await minh.see(/no longer what was sent/));
    await minh.person.say('approvals');
    const again = await minh.see(/Something needs your approval/);
    await minh.press(again, 'Decline');
    await minh.press(await minh.see(/Why do you decline/), 'Decline', { why: 'Not what was asked' });
    await hung.see(/Lê Quang Minh đã từ chối/);
    const assignments = await bot.sandbox.world.all('roleAssignment', tenantId);
    assert.ok(!assignments.some((each) => each.principalId === user.id));
  });

  it('changed between the yes and the run is not carried out', async () => {
    const { user, forMinh } = await ask('Vũ Thị Quỳnh');
    const [match, global] = [{ method: 'POST', path: '/roleAssignments' }, roleTemplates.globalAdministrator];
    bot.sandbox.faults.add({ kind: 'reset', match });
    await minh.press(forMinh, 'Approve');
    await hung.see(/Bot tự làm tiếp/);
    await readDatabase(join(bot.folder, 'bot.sqlite'), (query) =>
      query(
        `update operations set args = replace(args, '${role}', '${global}') where args like '%${user.id}%'`,
      ),
    );
    const stopped = await hung.see(/Chưa xong/);
    assert.match(wordsOf(stopped), /cần người thứ hai duyệt/);
    assertReference(bot, stopped, 'vi');
    const assignments = await bot.sandbox.world.all('roleAssignment', tenantId);
    assert.ok(!assignments.some((each) => each.principalId === user.id));
    await minh.see(/Approved, but not finished/);
  });

  it('waits for the sign-in of who asked, when they have signed out before the yes', async () => {
    const { user, forBao } = await ask('Võ Thị Hoa');
    await hung.person.say('đăng xuất');
    await hung.see(/Đã đăng xuất/);
    await bao.press(forBao, 'Duyệt');
    await bao.see(/Bạn đã duyệt/);
    await signInAs(hung.person, globalAdmin);
    const done = await hung.see(/Đã giao vai trò/);
    assert.match(wordsOf(done), /Đặng Quốc Bảo đã duyệt/);
    assert.match(wordsOf(done), /Võ Thị Hoa/);
    assert.equal(await holds(bot, user.id), true);
    await bao.see(/Đã duyệt và làm xong/);
  });

  it('is not approved by the one who asked: not in a second chat, not as another account in the first', async () => {
    const { user, waiting } = await ask('Phan Thị Hạnh');
    const second = await sitDown(bot, globalAdmin, { language: 'vi' });
    await second.person.say('chờ duyệt');
    const list = await second.see(/Yêu cầu của bạn, chờ người khác duyệt/);
    assert.match(wordsOf(list), /Không có việc nào chờ bạn duyệt/);
    const [row] = buttonsOf(list.activity);
    await second.person.submit({ ...(row?.data as object), verb: 'approval-open' });
    await second.see(/đã được quyết định hoặc hết hạn/);
    // The same person with another account is still the same person.
    await signInAs(hung.person, privilegedRoleAdmin);
    await hung.see(/Tổng quan/);
    await hung.person.say('chờ duyệt');
    await hung.see(/Không có việc nào chờ bạn duyệt/);
    await signInAs(hung.person, globalAdmin);
    await hung.see(/Tổng quan/);
    assert.equal(await holds(bot, user.id), false);
    await hung.press(waiting, 'Rút lại');
    await hung.see(/Bạn đã rút lại/);
  });
});

describe('a request where cards can be redrawn', () => {
  let bot: TestBot;
  let hung: Desk;
  let minh: Desk;
  let bao: Desk;
  let ask: Three['ask'];
  before(async () => {
    ({ bot, hung, minh, bao, ask } = await threeAt('teams'));
  });
  after(() => bot.stop());

  it('is carried out after a yes, with everything said to each in their own language', async () => {
    const { user, waiting, forMinh, forBao } = await ask('Nguyễn Văn An');
    assert.match(wordsOf(waiting), /Đã gửi cho: .*Lê Quang Minh/);
    assert.match(wordsOf(waiting), /Đã gửi cho: .*Đặng Quốc Bảo/);
    const seen = wordsOf(forMinh);
    for (const fact of [
      /Something needs your approval/,
      /Give a role/,
      /Nguyễn Văn An · an\.nguyen@contosopartner\.vn/,
      /Role Helpdesk Administrator\nnot held → held/,
      /Trần Văn Hùng · hung\.tran@contosopartner\.vn/,
      /Thay ca trực cuối tuần/,
      /Until /,
    ])
      assert.match(seen, fact);
    assert.match(wordsOf(forBao), /Có việc cần bạn duyệt/);
    assert.equal(await holds(bot, user.id), false);

    await minh.press(forMinh, 'Approve');
    const running = await hung.see(/Đang giao vai trò/);
    assert.match(wordsOf(running), /Lê Quang Minh đã duyệt/);
    const done = await hung.see(/Đã giao vai trò/);
    assert.match(wordsOf(done), /Vai trò Hỗ trợ người dùng .*: chưa có → có[\s\S]*Lê Quang Minh đã duyệt/);
    assert.equal(await holds(bot, user.id), true);

    const approved = await minh.see(/You approved/);
    const told = await minh.see(/Approved and done/);
    const overtaken = await bao.see(/Lê Quang Minh đã duyệt yêu cầu của Trần Văn Hùng/);
    for (const [card, before] of [
      [approved, forMinh],
      [told, forMinh],
      [overtaken, forBao],
    ] as const) {
      assert.equal(card.method, 'PUT');
      assert.equal(card.activityId, before.activityId);
      assert.ok(!hasButton(card, 'Approve') && !hasButton(card, 'Duyệt'));
    }
  });

  it('is listed for those who may decide, one opens with its buttons', async () => {
    const first = await ask('Đặng Văn Khoa', 'Ca sáng');
    await ask('Bùi Thị Kim Liên', 'Ca chiều');
    await bao.person.say('cho duyet');
    const list = await bao.see(/2 việc chờ bạn/);
    assert.match(
      wordsOf(list),
      /khoa\.dang[\s\S]*Vai trò Hỗ trợ người dùng .*: chưa có → có[\s\S]*Trần Văn Hùng: Ca sáng[\s\S]*Trần Văn Hùng: Ca chiều/,
    );
    const row = buttonsOf(list.activity).find((each) => /khoa\.dang/.test(each.title ?? ''));
    await bao.person.submit(row?.data);
    const opened = await bao.see(/Đặng Văn Khoa/);
    await bao.press(opened, 'Duyệt');
    await hung.see(/Đã giao vai trò/);
    // Both cards that asked the same person lose their buttons.
    for (const card of [first.forBao, opened]) {
      await bao.person.waitFor(
        (each) => each.method === 'PUT' && each.activityId === card.activityId && !hasButton(each, 'Duyệt'),
      );
    }
    const tram = await sitDown(bot, plain);
    await tram.person.say('approvals');
    await tram.see(/Nothing waits for your approval/);
    await tram.person.submit(row?.data);
    assertReference(bot, await tram.see(/approved the request|already decided/));
    const stranger = await sitDown(bot, seedAccounts.advisorGlobalAdmin);
    await stranger.person.submit(row?.data);
    await stranger.see(/already decided, or its time is over/);
  });

  it('can be undone for 10 minutes after the yes, however long it waited', async () => {
    const { user, forMinh } = await ask('Ngô Văn Mạnh');
    await bot.sandbox.clock.advance(60 * 60 * 1000);
    await minh.press(forMinh, 'Approve');
    const done = await hung.see(/Đã giao vai trò/);
    await hung.press(done, 'Hoàn tác');
    await hung.see(/Đã bỏ vai trò/);
    assert.equal(await holds(bot, user.id), false);
  });

  it('ends by itself after 24 hours, and a late yes is refused', async () => {
    const { user, forMinh } = await ask('Đỗ Quang Long');
    await bot.sandbox.clock.advance(24 * 60 * 60 * 1000 + 1);
    await hung.see(/Đỗ Quang Long[\s\S]*Không ai duyệt trong 24 giờ/);
    await hung.person.waitFor((each) => /Không ai duyệt yêu cầu của bạn/.test(wordsOf(each)));
    await minh.see(/Nobody approved the request of Trần Văn Hùng[\s\S]*long\.do/);
    await bao.see(/Đã hết hạn duyệt[\s\S]*long\.do/);
    await minh.press(forMinh, 'Approve');
    const late = await minh.see(/Your press changed nothing/);
    assertReference(bot, late);
    assert.equal(await holds(bot, user.id), false);
  });
});

describe('a request that nobody can approve yet', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startTestBot();
  });
  after(() => bot.stop());

  it('says who could, how they come here and the portal; once they are here it goes out', async () => {
    const minh = await sitDown(bot, privilegedRoleAdmin, { language: 'vi' });
    const tram = await sitDown(bot, plain);
    const [user] = await usersNamed(bot, 'Hồ Thị Lý');
    await minh.person.submit({ verb: 'role-grant', id: user?.id, role });
    const review = await minh.see(/Lý do, để người duyệt hiểu/);
    await minh.press(review, 'Gửi để duyệt', { reason: '' });
    const asked = await minh.see(/còn trống|chưa điền|Lý do/);
    await minh.press(asked, 'Gửi để duyệt', { reason: 'Trực đêm' });
    const nobody = await minh.see(/Chưa gửi duyệt được/);
    assert.match(wordsOf(nobody), /Trần Văn Hùng/);
    assert.match(wordsOf(nobody), /mở bot này trong Teams/);
    assertReference(bot, nobody, 'vi');
    const portal = buttonsOf(nobody.activity).find((button) => button.url !== undefined);
    assert.match(portal?.url ?? '', /^https:\/\/admin\.microsoft\.com\//);
    assert.equal(await holds(bot, user?.id ?? ''), false);

    const hung = await sitDown(bot, globalAdmin);
    await minh.press(nobody, 'Gửi lại');
    await minh.see(/Đã gửi cho: Trần Văn Hùng/);
    const request = await hung.see(/Something needs your approval/);
    assert.match(wordsOf(request), /Trực đêm/);
    await hung.press(request, 'Approve');
    await minh.see(/Đã giao vai trò/);
    await minh.press(nobody, 'Gửi lại');
    assertReference(bot, await minh.see(/đã được gửi rồi/), 'vi');
    assert.ok(!tram.person.received().some((each) => /needs your approval/.test(wordsOf(each))));
  });
});
