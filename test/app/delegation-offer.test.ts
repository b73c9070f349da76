import assert from 'node:assert/strict';
import { roleIds } from '../../partner/role-ids.ts';
import { supportRoles } from '../../partner/support-roles.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { dataOf } from '../helpers/card-answers.ts';
import { assertReference, type Desk, sitDown } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { choice, confirmCompany, newestOffer, previewOffer, versionOf } from '../helpers/offer-stage.ts';

const titles = (received: Received) => buttonsOf(received.activity).map(({ title }) => title);
const billing = roleIds.billingAdministrator.slice(0, 8);
const helpdesk = roleIds.helpdeskAdministrator.slice(0, 8);
const global = roleIds.globalAdministrator.slice(0, 8);

describe('delegated administration asked of a client', () => {
  let bot: TestBot;
  let hung: Desk;
  let bao: Desk;
  let lan: Desk;
  before(async () => {
    bot = await startTestBot();
    [hung, bao, lan] = await Promise.all([
      sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' }),
      sitDown(bot, seedAccounts.adminAgent, { language: 'vi' }),
      sitDown(bot, seedAccounts.sales, { language: 'vi' }),
    ]);
    await confirmCompany(hung);
  });
  after(() => bot.stop());

  const newest = () => newestOffer(bot, seedTenants.contoso);

  async function openForm(desk: Desk = hung): Promise<Received> {
    await desk.person.say('ủy quyền quản trị');
    return desk.see(/đề nghị ai, cần quyền gì/);
  }

  /** From the command to the preview. */
  async function preview(inputs: Record<string, unknown>, desk: Desk = hung): Promise<Received> {
    await desk.press(await openForm(desk), 'Xem trước', { find: 'fabrikam', ...inputs });
    return desk.see(/Khách hàng sẽ thấy/);
  }

  /** The button of the draft's row, whatever it says. */
  async function openBlock(desk: Desk, card: Received): Promise<Received> {
    const block = JSON.stringify(card.activity).match(
      /"offer":"[^"]+","verb":"delegation-choose"|"verb":"delegation-choose","offer":"[^"]+"/,
    );
    assert.ok(block, 'no way to the block');
    await desk.person.submit(JSON.parse(`{${block[0]}}`) as Record<string, unknown>);
    return desk.see(/Khách trả lời phần này riêng/);
  }

  it('goes out alone, as an offer without services, with the roles of Limited spelt out', async () => {
    const form = await openForm();
    assert.match(wordsOf(form), /Giới hạn: .*Hỗ trợ người dùng/);
    assert.match(wordsOf(form), /Hỗ trợ người dùng: Đặt lại mật khẩu/);
    await hung.press(form, 'Xem trước', { find: 'fabrikam', mail: 'minh.doan@fabrikam.vn', person: 'Minh' });
    const shown = await hung.see(/Khách hàng sẽ thấy/);
    assert.match(wordsOf(shown), /Đề nghị quản trị ủy nhiệm: xem trước/);
    assert.match(wordsOf(shown), /Quản trị ủy nhiệm: Giới hạn · 365 ngày/);
    assert.deepEqual(titles(shown).slice(-4), ['Gửi', 'Sửa', 'Bỏ bản nháp', 'Danh sách chào hàng']);
    await hung.press(shown, 'Gửi');
    await hung.see(/Thư chào đã đăng/);
    const offer = await newest();
    const { terms } = await versionOf(bot, offer);
    assert.equal(offer.status, 'published');
    assert.equal(terms.kind, 'delegation');
    assert.deepEqual(terms.lines, []);
    assert.deepEqual(terms.delegation, {
      ...{ level: 'limited', roles: [...supportRoles.limited], days: 365, autoExtend: false },
    });
    assert.equal(terms.recipient.tenantId, seedTenants.fabrikam);
  });

  it('takes single roles, a duration and the extension, and keeps them in the draft', async () => {
    await preview({ level: 'roles', roles: `${billing},${helpdesk}`, days: '730', autoExtend: 'yes' });
    const { draft } = await newest();
    assert.deepEqual(draft?.delegation, {
      level: 'roles',
      roles: [roleIds.billingAdministrator, roleIds.helpdeskAdministrator],
      days: 730,
      autoExtend: true,
    });
  });

  it('says of each wrong thing what is to be corrected, with a reference, and makes no draft', async () => {
    const before = (await newest()).id;
    let form = await openForm();
    const good = { find: 'fabrikam', level: 'limited', roles: '', days: '365', autoExtend: 'no' };
    const wrong: [Record<string, unknown>, RegExp][] = [
      [{ days: '0' }, /số nguyên từ 1 đến 730/],
      [{ days: '731' }, /số nguyên từ 1 đến 730/],
      [{ days: '1.5' }, /số nguyên từ 1 đến 730/],
      [{ days: 'một năm' }, /số nguyên từ 1 đến 730/],
      [{ days: '' }, /số nguyên từ 1 đến 730/],
      [{ level: 'roles' }, /ít nhất một vai trò/],
      [{ level: 'roles', roles: `${billing},ffffffff` }, /ít nhất một vai trò/],
      [{ level: 'full', roles: billing }, /vừa chọn từng vai trò/],
      [{ level: 'none' }, /Quyền cần xin/],
      [{ level: 'everything' }, /Quyền cần xin/],
      [{ level: 'roles', roles: global, autoExtend: 'yes' }, /không tự gia hạn được/],
      [{ find: 'contosopartner.vn' }, /chính công ty bạn/],
      [{ find: 'fabricam.vn' }, /Không công ty nào ở Microsoft/],
      [{ find: '' }, /chọn một khách hàng, hoặc gõ tên/],
    ];
    for (const [inputs, problem] of wrong) {
      await hung.press(form, 'Xem trước', { ...good, ...inputs });
      form = await hung.see(problem);
      assertReference(bot, form, 'vi');
    }
    assert.equal((await newest()).id, before);
    await hung.person.say('hủy');
  });

  it('is added to an offer of services, changed there, and left out again', async () => {
    const plain = await previewOffer(hung, { find: 'fabrikam' });
    await hung.press(plain, 'Thêm quản trị ủy nhiệm');
    const form = await hung.see(/Khách trả lời phần này riêng/);
    await hung.press(form, 'Xem trước', { level: 'full', days: '90' });
    const within = await hung.see(/Quản trị ủy nhiệm: Toàn quyền · 90 ngày/);
    assert.ok(!titles(within).includes('Thêm quản trị ủy nhiệm'));
    const withIt = (await newest()).draft;
    assert.deepEqual(withIt?.delegation?.roles, [...supportRoles.full]);
    assert.equal(withIt?.lines.length, 1);
    const again = await openBlock(hung, within);
    assert.equal(choice(again, 'level', /Không kèm/), 'none');
    await hung.press(again, 'Xem trước', { level: 'none' });
    await hung.see(/Khách hàng sẽ thấy/);
    const without = (await newest()).draft;
    assert.equal(without?.delegation, undefined);
    assert.equal(without?.lines.length, 1);
  });

  it('goes with a trial invitation, and is answered beside it', async () => {
    await hung.person.say('mời dùng thử');
    const trial = await hung.see(/Bước 1\/2/);
    const service = choice(trial, 'service', /Business Standard/);
    await hung.press(trial, 'Xem trước', { find: 'fabrikam', service });
    await hung.press(await hung.see(/Khách hàng sẽ thấy/), 'Thêm quản trị ủy nhiệm');
    const form = await hung.see(/Khách trả lời phần này riêng/);
    await hung.press(form, 'Xem trước', { level: 'limited', days: '30' });
    const within = await hung.see(/Quản trị ủy nhiệm: Giới hạn · 30 ngày/);
    await hung.press(within, 'Đăng và lấy liên kết');
    await hung.see(/Thư chào đã đăng/);
    const { terms } = await versionOf(bot, await newest());
    assert.deepEqual(
      [terms.kind, terms.lines.length, terms.delegation?.roles],
      ['trial', 1, [...supportRoles.limited]],
    );
    const minh = await sitDown(bot, seedAccounts.fabrikamGlobalAdmin, { language: 'vi' });
    await minh.person.say(`offer ${(await newest()).code}`);
    const offer = await minh.see(/dùng thử[\s\S]*Quản trị ủy nhiệm/);
    assert.ok(titles(offer).includes('Trả lời về quản trị ủy nhiệm'));
    assert.ok(titles(offer).includes('Chấp nhận'));
  });

  it('stays when recipient and note of the draft are changed on another card', async () => {
    const shown = await preview({ level: 'full', days: '90' });
    await hung.press(shown, 'Sửa');
    const edit = await hung.see(/Sửa thông tin|Hiệu lực/);
    await hung.press(edit, 'Xem trước', { note: 'Chào anh' });
    await hung.see(/Khách hàng sẽ thấy/);
    const { draft } = await newest();
    assert.equal(draft?.note, 'Chào anh');
    assert.equal(draft?.delegation?.level, 'full');
  });

  it('is absent with the reason for who may not ask, and does not go out by their hand', async () => {
    const plain = await previewOffer(lan, { find: 'fabrikam' });
    assert.match(wordsOf(plain), /Không kèm được quản trị ủy nhiệm\. .*Toàn quyền/);
    assert.ok(!titles(plain).includes('Thêm quản trị ủy nhiệm'));
    await lan.person.say('ủy quyền quản trị');
    assertReference(bot, await lan.see(/Đề nghị khách hàng cho phép quản trị ủy nhiệm/), 'vi');
    await preview({ level: 'limited' });
    const { id } = await newest();
    await lan.person.submit({ verb: 'offer-preview', offer: id });
    const theirs = await lan.see(/Khách hàng sẽ thấy/);
    await lan.press(theirs, 'Đăng và lấy liên kết');
    const refused = await lan.see(/cần vai trò/);
    assertReference(bot, refused, 'vi');
    assert.equal((await newest()).status, 'draft');
  });

  it('with Global Administrator goes out only after a second person said yes to exactly that', async () => {
    const shown = await preview({ level: 'roles', roles: global, days: '30' });
    assert.match(wordsOf(shown), /làm được mọi việc ở công ty khách/);
    await hung.press(shown, 'Đăng và lấy liên kết');
    const review = await hung.see(/Lý do, để người duyệt hiểu/);
    assert.match(wordsOf(review), /Fabrikam/);
    await hung.press(review, 'Gửi để duyệt', { reason: 'Khách mất quyền quản trị' });
    await hung.see(/Chờ người thứ hai duyệt/);
    assert.equal((await newest()).status, 'draft');
    const { id } = await newest();
    await hung.person.submit({ verb: 'offer-preview', offer: id });
    await hung.press(await hung.see(/Khách hàng sẽ thấy/), 'Đăng và lấy liên kết');
    assertReference(bot, await hung.see(/Đang chờ người thứ hai/), 'vi');
    assert.equal((await newest()).status, 'draft');
    const request = await bao.see(/Khách mất quyền quản trị/);
    await bao.press(request, 'Duyệt');
    const done = await hung.see(/✓\nNgười thứ hai phê duyệt|Mở bản nháp/);
    await hung.person.submit(dataOf(done, 'Mở bản nháp'));
    await hung.press(await hung.see(/Khách hàng sẽ thấy/), 'Đăng và lấy liên kết');
    await hung.see(/Thư chào đã đăng/);
    const offer = await newest();
    assert.deepEqual((await versionOf(bot, offer)).terms.delegation?.roles, [roleIds.globalAdministrator]);
  });

  it('with a role that can give Global Administrator takes a second person as well', async () => {
    const giving = roleIds.privilegedRoleAdministrator.slice(0, 8);
    const shown = await preview({ level: 'roles', roles: giving, days: '30', autoExtend: 'yes' });
    assert.match(wordsOf(shown), /vai trò dẫn tới vai trò đó/);
    await hung.press(shown, 'Đăng và lấy liên kết');
    await hung.see(/Lý do, để người duyệt hiểu/);
    assert.equal((await newest()).status, 'draft');
  });

  it('with Global Administrator asks once more for other terms, and after a no', async () => {
    const shown = await preview({ level: 'roles', roles: global, days: '30' });
    const { id } = await newest();
    await hung.press(shown, 'Đăng và lấy liên kết');
    await hung.press(await hung.see(/Lý do, để người duyệt hiểu/), 'Gửi để duyệt', { reason: 'Lần một' });
    await bao.press(await bao.see(/Lần một/), 'Từ chối');
    await bao.press(await bao.see(/Vì sao bạn từ chối/), 'Từ chối', { why: 'Lâu quá' });
    await hung.see(/từ chối/);
    await hung.person.submit({ verb: 'offer-preview', offer: id });
    await hung.press(await hung.see(/Khách hàng sẽ thấy/), 'Đăng và lấy liên kết');
    await hung.press(await hung.see(/Lý do, để người duyệt hiểu/), 'Gửi để duyệt', { reason: 'Lần hai' });
    await bao.press(await bao.see(/Lần hai/), 'Duyệt');
    await hung.see(/Mở bản nháp/);
    // Other days are other terms: that yes does not count for them.
    await hung.person.submit({ verb: 'delegation-choose', offer: id });
    const form = await hung.see(/Khách trả lời phần này riêng/);
    await hung.press(form, 'Xem trước', { days: '31' });
    await hung.press(await hung.see(/31 ngày/), 'Đăng và lấy liên kết');
    await hung.see(/Lý do, để người duyệt hiểu/);
    assert.equal((await newest()).status, 'draft');
  });
});

describe('delegated administration where it is not authorised', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startTestBot();
  });
  after(() => bot.stop());

  it('is refused with the authorisation that is missing', async () => {
    const khoi = await sitDown(bot, seedAccounts.withoutDelegationGlobalAdmin, { language: 'vi' });
    await khoi.person.say('ủy quyền quản trị');
    assertReference(bot, await khoi.see(/Quản trị ủy nhiệm/), 'vi');
    const [offer] = await bot.app.storage.offers.ofCompany(
      seedAccounts.withoutDelegationGlobalAdmin.tenantId,
      { limit: 1 },
    );
    assert.equal(offer, undefined);
  });

  it('needs no link of the portal from an advisor', async () => {
    const thanh = await sitDown(bot, seedAccounts.advisorGlobalAdmin, { language: 'vi' });
    await thanh.person.say('ủy quyền quản trị');
    const form = await thanh.see(/đề nghị ai, cần quyền gì/);
    await thanh.press(form, 'Xem trước', { find: 'fabrikam.vn' });
    await thanh.see(/Quản trị ủy nhiệm: Giới hạn · 365 ngày/);
  });
});
