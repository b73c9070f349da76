import assert from 'node:assert/strict';
import { supportRoles } from '../../partner/support-roles.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { accessAt, keptDelegation, relationshipAt } from '../helpers/delegation-stage.ts';
import { assertReference, type Desk, sitDown } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { confirmCompany } from '../helpers/offer-stage.ts';
import { publishedAt } from '../helpers/published-offer.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const titles = (received: Received) => buttonsOf(received.activity).map(({ title }) => title);
const verbOf = (data: unknown) => (data as { verb?: string } | undefined)?.verb;
const { contoso } = seedTenants;
const roles = supportRoles.limited;

describe('delegated administration that the company has', () => {
  let bot: TestBot;
  let hung: Desk;
  let bao: Desk;
  before(async () => {
    bot = await startTestBot();
    [hung, bao] = await Promise.all([
      sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' }),
      sitDown(bot, seedAccounts.adminAgent, { language: 'vi' }),
    ]);
  });
  after(() => bot.stop());

  const relationship = (id: string) => bot.sandbox.world.get('relationship', contoso, id);
  const kept = (id: string) => bot.app.storage.delegations.find(id);

  async function list(desk: Desk = hung): Promise<Received> {
    await desk.person.say('danh sách ủy nhiệm');
    return desk.see(/Quản trị ủy nhiệm theo khách hàng/);
  }

  async function open(id: string, desk: Desk = hung): Promise<Received> {
    await desk.person.submit({ verb: 'delegation-open', delegation: id });
    return desk.see(/Quản trị ủy nhiệm · /);
  }

  it('is listed with what was made elsewhere, and without what Microsoft made by itself', async () => {
    const seen = wordsOf(await list());
    assert.match(seen, /Wide World Importers/);
    assert.match(seen, /tạo ở nơi khác/);
    assert.match(seen, /đến .*còn \d+ ngày/);
    assert.match(seen, /Vừa đọc từ Microsoft/);
    assert.doesNotMatch(seen, /MLT_/);
    const all = await bot.sandbox.world.all('relationship', contoso);
    assert.equal(all.filter(({ displayName }) => displayName.startsWith('MLT_')).length, 2);
    assert.equal(seen.match(/tạo ở nơi khác/g)?.length, all.length - 2);
  });

  it('is kept once somebody opens it, with the groups that may work there', async () => {
    const card = await list();
    const row = buttonsOf(card.activity).find((each) => verbOf(each.data) === 'delegation-open');
    assert.ok(row);
    await hung.person.submit(row.data as Record<string, unknown>);
    const seen = wordsOf(await hung.see(/Quản trị ủy nhiệm · Wide World/));
    assert.match(seen, /Nhóm Giới hạn được làm\n.*Hỗ trợ người dùng/);
    assert.match(seen, /Tự gia hạn mỗi lần 180 ngày/);
    const found = await bot.app.storage.delegations.ofCompany(contoso, ['active']);
    assert.deepEqual(
      found.map(({ client, offerId, maker }) => [client.name, offerId, maker]),
      [['Wide World Importers', null, null]],
    );
    await hung.person.submit(row.data as Record<string, unknown>);
    await hung.see(/Quản trị ủy nhiệm · Wide World/);
    assert.equal((await bot.app.storage.delegations.ofCompany(contoso, ['active'])).length, 1);
  });

  it('is extended after a review, and read back', async () => {
    await relationshipAt(bot, 'extend', { days: 20, roles });
    await keptDelegation(bot, { id: 'extend' });
    const seen = wordsOf(await list());
    assert.match(seen, /Fabrikam\n {2}sắp hết hạn\n.*Giới hạn/);
    const card = await open('extend');
    assert.match(wordsOf(card), /còn 20 ngày/);
    await hung.press(card, 'Gia hạn');
    const review = await hung.see(/Kết thúc, không tự gia hạn → Tự gia hạn/);
    assert.equal((await relationship('extend'))?.autoExtends, false);
    await hung.press(review, 'Gia hạn quản trị ủy nhiệm');
    const isExtended = async () => (await relationship('extend'))?.autoExtends || undefined;
    await waitUntil(isExtended, { what: 'the extension' });
    const isKept = async () => (await kept('extend'))?.terms.autoExtend || undefined;
    await waitUntil(isKept, { what: 'what was read back' });
    const after = await open('extend');
    assert.ok(!titles(after).includes('Gia hạn'), wordsOf(after));
  });

  it('is ended only after a second person said yes', async () => {
    await relationshipAt(bot, 'end', { days: 200, roles });
    await keptDelegation(bot, { id: 'end' });
    await hung.press(await open('end'), 'Kết thúc');
    const review = await hung.see(/Lý do, để người duyệt hiểu/);
    await hung.press(review, 'Gửi để duyệt', { reason: 'Khách đã nghỉ' });
    await hung.see(/Chờ người thứ hai duyệt/);
    assert.equal((await relationship('end'))?.end, null);
    const asked = await bao.see(/Khách đã nghỉ/);
    // For good: which one it is has to be seen by whoever says yes.
    assert.match(wordsOf(asked), /Hỗ trợ người dùng, Hỗ trợ dịch vụ/);
    await bao.press(asked, 'Duyệt');
    await waitUntil(async () => (await relationship('end'))?.end ?? undefined, { what: 'the end' });
  });

  it('is asked for again with the same rights, for the same company', async () => {
    await relationshipAt(bot, 'again', { days: 3, roles });
    await keptDelegation(bot, { id: 'again' });
    await hung.press(await open('again'), 'Đề nghị lại');
    const form = await hung.see(/đề nghị ai, cần quyền gì/);
    await hung.press(form, 'Xem trước');
    const seen = wordsOf(await hung.see(/Khách hàng sẽ thấy/));
    assert.match(seen, /Dành cho Fabrikam|Fabrikam/);
    const [offer] = await bot.app.storage.offers.ofCompany(contoso, { limit: 1 });
    assert.deepEqual(offer?.draft?.delegation?.roles, [...roles]);
    assert.equal(offer?.draft?.recipient.tenantId, seedTenants.fabrikam);
    assert.equal(offer?.draft?.recipient.mail, 'minh.doan@fabrikam.vn');
  });

  it('reminds the client with Microsoft’s own page while they have to approve', async () => {
    const { offer } = await publishedAt(bot, 'remind', {
      ...{ kind: 'delegation', lines: [] },
      delegation: { level: 'limited', roles: [...roles], days: 365, autoExtend: false },
    });
    await relationshipAt(bot, 'remind', { days: 0, isApproved: false, roles });
    await keptDelegation(bot, {
      ...{ id: 'remind', offerId: offer.id, state: 'waiting-for-approval', status: 'approvalPending' },
      wasUsable: false,
    });
    const card = await open('remind');
    assert.match(wordsOf(card), /Chờ khách phê duyệt/);
    await hung.press(card, 'Nhắc khách hàng');
    // Before anything is reviewed: nothing goes to a client with details that nobody has confirmed.
    assertReference(bot, await hung.see(/Thông tin công ty chưa được xác nhận/), 'vi');
    await confirmCompany(hung);
    await hung.press(await open('remind'), 'Nhắc khách hàng');
    await hung.press(await hung.see(/minh\.doan@fabrikam\.vn/), 'Gửi thư');
    const mail = await waitUntil(async () => (await bot.sandbox.world.all('mail', contoso))[0], {
      what: 'the mail',
    });
    assert.match(JSON.stringify(mail), /granularAdminRelationships\/remind/);
    // Approved, and still theirs: none of these roles may consent to an application.
    await keptDelegation(bot, {
      ...{ id: 'remind-consent', offerId: offer.id, state: 'active', status: 'active', wasUsable: false },
      client: { tenantId: seedTenants.tailwind, name: 'Tailwind', domain: 'tailwind.vn' },
    });
    await relationshipAt(bot, 'remind-consent', { days: 300, roles });
    await hung.press(await open('remind-consent'), 'Nhắc khách hàng');
    await hung.press(await hung.see(/chấp thuận ứng dụng trên trang của Microsoft/), 'Gửi thư');
    const second = await waitUntil(
      async () =>
        (await bot.sandbox.world.all('mail', contoso)).find(({ subject }) => /chấp thuận/.test(subject)),
      { what: 'the mail about the consent' },
    );
    assert.match(second.text ?? '', /adminconsent\?/);
    assert.doesNotMatch(second.text ?? '', /granularAdminRelationships/);
  });

  it('says who can go on when it failed, and lets ask for help', async () => {
    await keptDelegation(bot, {
      ...{ id: 'stuck', state: 'failed', status: 'active', reason: 'consent-missing', wasUsable: false },
      client: { tenantId: 'stuck', name: 'Đứng Lại', domain: '' },
    });
    await relationshipAt(bot, 'stuck', { days: 300, roles });
    const card = await open('stuck');
    assert.match(
      wordsOf(card),
      /chấp thuận ứng dụng.*Quản trị viên toàn cầu \(Global admin\) của công ty đó.*Mã tra cứu/,
    );
    assert.ok(titles(card).includes('Nhờ người giúp'));
  });

  it('stands on the card of its offer, with how far it is', async () => {
    const { offer } = await publishedAt(bot, 'shown', {
      delegation: { level: 'full', roles: [...supportRoles.full], days: 30, autoExtend: false },
    });
    await keptDelegation(bot, {
      ...{ id: 'shown', offerId: offer.id, state: 'declined', relationshipId: null },
      wasUsable: false,
    });
    await hung.person.submit({ verb: 'offer-open', offer: offer.id });
    const seen = wordsOf(await hung.see(/Quản trị ủy nhiệm\nToàn quyền · 30 ngày/));
    assert.match(seen, /Fabrikam · Quản trị ủy nhiệm\n.*\n?.*Khách không cho phép/);
  });

  it('shows in the support access of a person at which client it works, with which roles', async () => {
    await relationshipAt(bot, 'reach', { days: 50, roles: supportRoles.full });
    await keptDelegation(bot, { id: 'reach' });
    await accessAt(bot, 'reach', { group: 'AdminAgents', roles: [supportRoles.full[0] ?? ''] });
    await hung.person.submit({ verb: 'user-support', id: seedAccounts.adminAgent.objectId });
    const seen = wordsOf(await hung.see(/Hiện tại: Toàn quyền/));
    assert.match(seen, /Đang quản trị được\nFabrikam\n(?:Fabrikam\n)?đến .*\nQuản lý người dùng/);
    assert.doesNotMatch(seen, /Wide World/);
    await hung.person.submit({ verb: 'user-support', id: seedAccounts.helpdesk.objectId });
    const theirs = wordsOf(await hung.see(/Hiện tại: Giới hạn/));
    assert.match(theirs, /Đang quản trị được\nWide World Importers/);
    assert.doesNotMatch(theirs, /Fabrikam/);
  });

  it('of whoever may not act shows no buttons, and does nothing when they are pressed all the same', async () => {
    const tram = await sitDown(bot, seedAccounts.plain, { language: 'vi' });
    const seen = wordsOf(await list(tram));
    assert.match(seen, /không cho tài khoản của bạn đọc/);
    assert.match(seen, /Fabrikam/);
    await relationshipAt(bot, 'tram', { days: 20, roles });
    await keptDelegation(bot, { id: 'tram', endsAt: bot.sandbox.clock.now() });
    assert.deepEqual(titles(await open('tram', tram)), ['Danh sách ủy nhiệm']);
    for (const verb of ['delegation-end', 'delegation-extend', 'delegation-again', 'delegation-remind']) {
      await tram.person.submit({ verb, delegation: 'tram' });
      assertReference(bot, await tram.see(/Bạn chưa làm được việc này/), 'vi');
    }
    assert.equal((await relationship('tram'))?.autoExtends, false);
  });

  it('of another company is not found', async () => {
    const thanh = await sitDown(bot, seedAccounts.advisorGlobalAdmin, { language: 'vi' });
    for (const verb of ['delegation-open', 'delegation-end', 'delegation-extend', 'delegation-again']) {
      await thanh.person.submit({ verb, delegation: 'tram' });
      assertReference(bot, await thanh.see(/Không thấy quan hệ quản trị ủy nhiệm này/), 'vi');
    }
  });

  it('that ends soon reminds its maker, who goes on from the card', async () => {
    await relationshipAt(bot, 'soon', { days: 13, roles });
    const client = { tenantId: 'x', name: 'Sắp Hết Hạn', domain: '' };
    await keptDelegation(bot, { id: 'soon', client });
    await keptDelegation(bot, { id: 'lasting', client, relationshipId: null });
    await bot.sandbox.clock.advance(2 * 60 * 60 * 1000);
    const card = await hung.see(/Quản trị ủy nhiệm của Sắp Hết Hạn còn 13 ngày/);
    assert.deepEqual(titles(card), ['Gia hạn', 'Đề nghị lại', 'Xem quan hệ này']);
    assert.match(wordsOf(card), /Một quan hệ khác với Sắp Hết Hạn vẫn còn hiệu lực: Giới hạn/);
    assert.doesNotMatch(wordsOf(card), /không còn quản trị giúp/);
    assert.deepEqual((await kept('soon'))?.reminded, [14]);
    await hung.press(card, 'Gia hạn');
    const review = await hung.see(/Kết thúc, không tự gia hạn → Tự gia hạn/);
    assert.match(wordsOf(review), /Sắp Hết Hạn/);
    await hung.person.submit({ verb: 'delegation-end', delegation: 'soon' });
    const end = await hung.see(/Bạn xem lại[\s\S]*mất các vai trò của quan hệ này/);
    assert.doesNotMatch(wordsOf(end), /Cả công ty bạn mất/);
    const told = bao.person.received().filter((each) => /Sắp Hết Hạn/.test(wordsOf(each)));
    assert.deepEqual(told, []);
  });
});
