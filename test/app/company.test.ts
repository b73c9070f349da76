import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, sitDown, sitDownInChina } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';

const titles = (received: Received) => buttonsOf(received.activity).map(({ title }) => title);
const yearMs = 366 * 24 * 60 * 60 * 1000;

describe('the details of the company', () => {
  let bot: TestBot;
  let hung: Desk;
  let lan: Desk;
  let tram: Desk;
  before(async () => {
    bot = await startTestBot();
    [lan, tram] = await Promise.all([
      sitDown(bot, seedAccounts.sales, { language: 'vi' }),
      sitDown(bot, seedAccounts.plain, { language: 'en' }),
    ]);
  });
  afterEach(() => bot.sandbox.faults.clear());
  after(() => bot.stop());

  async function open(desk: Desk, typed = 'công ty'): Promise<Received> {
    await desk.person.say(typed);
    return desk.see(/6481034|Where each detail lives|Mỗi mục nằm ở đâu/);
  }

  it('are shown as clients will see them, with where each lives', async () => {
    const card = await open(lan);
    const words = wordsOf(card);
    for (const part of [
      /Contoso Partner\n12 Lê Lợi, Phường Bến Nghé\nThành phố Hồ Chí Minh, 700000\nViệt Nam/,
      /Điện thoại\n\+84 28 3822 0100/,
      /Thư hỗ trợ\nhotro@contosopartner\.vn/,
      /Trang web\nwww\.contosopartner\.vn/,
      /Mã đối tác Microsoft\n6481034/,
      /Partner Center, hồ sơ công ty: \nTên công ty, địa chỉ, điện thoại, thư điện tử\. Sửa được trong bot/,
      /Cổng Microsoft: \nTên miền, mã đối tác Microsoft\. Sửa ở cổng Microsoft/,
      /Chưa ai xác nhận/,
    ])
      assert.match(words, part);
    assert.deepEqual(titles(card), [
      'Đúng rồi',
      'Sai, nhờ quản trị viên sửa',
      'Tổng quan',
      'Mở cổng Microsoft',
    ]);
  });

  it('say why a part cannot be read, and cannot be confirmed by who has no right', async () => {
    const card = await open(tram, 'company');
    assert.match(
      wordsOf(card),
      /cannot be confirmed now, because your account has no right to look in Partner Center/,
    );
    assert.match(
      wordsOf(card),
      /Microsoft 365 directory \(Graph\): \nCompany name, address, .* taken from here for now/,
    );
    assert.deepEqual(titles(card), ['Wrong, ask an admin', 'Overview', "Open Microsoft's portal"]);
    await tram.person.submit({ verb: 'company-confirm', nonce: 'guessed' });
    assertReference(bot, await tram.see(/Confirm that the company details are right: /));
    assert.equal(await bot.app.storage.confirmations.find(seedAccounts.sales.tenantId), undefined);
  });

  it('ask nobody in vain: without an administrator in the bot the words are kept and the way is told', async () => {
    await tram.press(await open(tram, 'company'), 'Wrong, ask an admin');
    const form = await tram.see(/What is not right\?/);
    await tram.press(form, 'Send', { what: '' });
    const again = await tram.see(/“What is not right” is still empty/);
    assertReference(bot, again);
    await tram.press(again, 'Send', { what: 'The {phone} is *old* & <b>gone</b>' });
    const kept = await tram.see(/Your words are kept/);
    assert.match(wordsOf(kept), /Trần Văn Hùng[\s\S]*The \{phone\} is \*old\* & <b>gone<\/b>/);
  });

  it('are passed on to the Global admins in their own language', async () => {
    hung = await sitDown(bot, seedAccounts.globalAdmin, { language: 'en' });
    // What was said while nobody could hear it.
    const waited = await hung.see(/Company details need a look/);
    assert.match(wordsOf(waited), /Bùi Ngọc Trâm \(tram\.bui@contosopartner\.vn\) asks you to look/);
    assert.match(wordsOf(waited), /The \{phone\} is \*old\* & <b>gone<\/b>/);
    await lan.press(await open(lan), 'Sai, nhờ quản trị viên sửa');
    await lan.see(/Có gì chưa đúng/);
    await lan.person.say('Số điện thoại là số cũ');
    await lan.see(/Đã gửi cho: Trần Văn Hùng/);
    const told = await hung.see(/Company details need a look/);
    assert.match(wordsOf(told), /Nguyễn Thị Lan \(lan\.nguyen@contosopartner\.vn\) asks you to look/);
    assert.match(wordsOf(told), /Số điện thoại là số cũ/);
    await hung.press(told, 'Edit');
    await hung.see(/Which part would you like to edit/);
  });

  it('are answered: whoever said it hears what came of it, and why', async () => {
    await hung.person.say('overview');
    await hung.press(
      await hung.see(/2 colleagues say that the company’s details are wrong/),
      'See and answer',
    );
    const list = await hung.see(/2 colleagues wait for your answer/);
    const [first] = await bot.app.storage.notices.ofKind(seedAccounts.sales.tenantId, 'company-wrong');
    await hung.person.submit({ verb: 'company-wrong-answer', notice: first?.id });
    assert.match(wordsOf(list), /The \{phone\} is \*old\*/);
    const asked = await hung.see(/Answer Bùi Ngọc Trâm/);
    await hung.press(asked, 'Send the answer', { outcome: 'as-it-is', answer: '' });
    const again = await hung.see(/“Your words” is still empty/);
    await hung.press(again, 'Send the answer', { outcome: 'as-it-is', answer: 'It is the right one' });
    await hung.see(/Whoever said it is told/);
    const answered = await tram.see(/The company’s details stay as they are/);
    assert.match(wordsOf(answered), /Trần Văn Hùng looked at them[\s\S]*It is the right one/);
    await hung.person.submit({ verb: 'company-wrong-answer', notice: first?.id });
    await hung.see(/Somebody has answered this/);
    const open = await bot.app.storage.notices.ofKind(seedAccounts.sales.tenantId, 'company-wrong');
    assert.equal(open.length, 1);
  });

  it('are confirmed once, by name and day, for everybody of the company', async () => {
    const card = await open(lan);
    await lan.press(card, 'Đúng rồi');
    const confirmed = await lan.see(/Nguyễn Thị Lan xác nhận là đúng ngày \d{2}\/\d{2}\/\d{4}/);
    assert.deepEqual(titles(confirmed), ['Sai, nhờ quản trị viên sửa', 'Tổng quan', 'Mở cổng Microsoft']);
    await lan.press(card, 'Đúng rồi');
    assertReference(bot, await lan.see(/đã được gửi rồi/), 'vi');
    assert.match(
      wordsOf(await open(hung, 'company')),
      /Nguyễn Thị Lan confirmed this on \d{2}\/\d{2}\/\d{4}/,
    );
  });

  it('ask again when they change, and do not take a yes to what was seen before', async () => {
    const { tenantId } = seedAccounts.sales;
    const account = await bot.sandbox.world.get('partnerAccount', tenantId, tenantId);
    assert.ok(account);
    await bot.sandbox.world.put('partnerAccount', tenantId, tenantId, {
      ...account,
      support: { ...account.support, telephone: '1900 1234' },
    });
    const stale = await lan.person
      .say('công ty')
      .then(() => lan.see(/đã đổi kể từ lần Nguyễn Thị Lan xác nhận/));
    await bot.sandbox.world.put('partnerAccount', tenantId, tenantId, account);
    await lan.press(stale, 'Đúng rồi');
    const again = await lan.see(/vừa đổi trong lúc bạn xem/);
    assertReference(bot, again, 'vi');
    assert.match(wordsOf(again), /\+84 28 3822 0199/);
  });

  it('ask again after 12 months', async () => {
    const { storage } = bot.app;
    const last = await storage.confirmations.find(seedAccounts.sales.tenantId);
    assert.ok(last);
    await storage.commit({ confirmations: [{ ...last, at: last.at - yearMs }] });
    const old = await open(hung, 'company');
    assert.match(wordsOf(old), /more than 12 months ago/);
    await hung.press(old, 'That is right');
    await hung.see(/Trần Văn Hùng confirmed this/);
  });

  it('say why a part is not there when Partner Center is mute', async () => {
    bot.sandbox.faults.add({ kind: 'unavailable', times: 99, match: { path: '/profiles/support' } });
    const card = await open(lan);
    assert.match(wordsOf(card), /hồ sơ hỗ trợ: \n.*chưa xem được, vì Partner Center chưa trả lời/);
    assert.match(wordsOf(card), /Chưa xác nhận được/);
    assert.ok(!titles(card).includes('Đúng rồi'));
  });
});

describe('companies with gaps of their own', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startTestBot();
  });
  after(() => bot.stop());

  it('cannot publish without phone and mail, and say so', async () => {
    const huy = await sitDown(bot, seedAccounts.nothingAuthorisedGlobalAdmin, { language: 'vi' });
    await huy.person.say('thông tin công ty');
    const card = await huy.see(/Mỗi mục nằm ở đâu/);
    assert.match(wordsOf(card), /thiếu số điện thoại và địa chỉ thư điện tử/);
    assert.match(wordsOf(card), /vì công ty bạn chưa có tài khoản Partner Center/);
    assert.ok(!titles(card).includes('Đúng rồi'));
    await huy.press(card, 'Sửa');
    const parts = await huy.see(/Bạn muốn sửa phần nào/);
    assert.match(
      wordsOf(parts),
      /Tên và địa chỉ\nKhông sửa được trong bot, vì công ty bạn chưa có tài khoản Partner Center/,
    );
    assert.deepEqual(titles(parts), ['Mở cổng Microsoft', 'Thông báo và riêng tư', 'Thông tin công ty']);
  });

  it('of the 21Vianet cloud see what it has', async () => {
    const wei = await sitDownInChina(bot, seedAccounts.chinaGlobalAdmin);
    await wei.person.say('company');
    const card = await wei.see(/Where each detail lives/);
    assert.match(wordsOf(card), /Tailspin 21Vianet\n999 Zixing Road\nShanghai/);
    assert.match(
      wordsOf(card),
      /support profile: \n.*cannot be shown, because Microsoft has no interface for this in the 21Vianet cloud/,
    );
    assert.match(JSON.stringify(card.activity), /partner\.partnercenter\.microsoftonline\.cn/);
    await wei.press(card, 'That is right');
    await wei.see(/✓ Li Wei confirmed this/);
    const gone = await wei.person.submit({ verb: 'edit-company', part: 'support-profile' });
    assert.equal(gone.status, 200);
    await wei.see(/cannot be edited|Cannot be edited in the bot/);
  });

  it('never see each other', async () => {
    const wei = await sitDown(bot, seedAccounts.advisorGlobalAdmin);
    await wei.person.say('company');
    const words = wordsOf(await wei.see(/Where each detail lives/));
    assert.match(words, /Fourth Coffee/);
    assert.doesNotMatch(words, /Contoso|Tailspin|Li Wei/);
    assert.match(words, /Nobody has confirmed/);
  });
});
