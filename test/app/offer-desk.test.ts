import assert from 'node:assert/strict';
import { dayOf } from '../../partner/days.ts';
import type { Offer } from '../../partner/offers.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, sitDown } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { clientDoes, confirmCompany, newestOffer, previewOffer, versionOf } from '../helpers/offer-stage.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { hanoi } from '../helpers/zones.ts';

const titles = (received: Received) => buttonsOf(received.activity).map(({ title }) => title);
const fabrikam = {
  ...seedAccounts.fabrikamGlobalAdmin,
  ...{ name: 'Fabrikam', domain: 'fabrikam.vn', signInName: 'minh.doan@fabrikam.onmicrosoft.com' },
};

describe('the desk of offers', () => {
  let bot: TestBot;
  let lan: Desk;
  let anh: Desk;
  before(async () => {
    bot = await startTestBot();
    [lan, anh] = await Promise.all([
      sitDown(bot, seedAccounts.sales, { language: 'vi' }),
      sitDown(bot, seedAccounts.helpdesk, { language: 'vi' }),
    ]);
    await confirmCompany(lan);
  });
  after(() => bot.stop());

  const newest = () => newestOffer(bot, seedTenants.contoso);
  const stored = async ({ id }: Offer) => (await bot.app.storage.offers.find(id)) ?? assert.fail('gone');
  const mails = () => bot.sandbox.world.all('mail', seedTenants.contoso);

  /** Published, without a mail. */
  async function published(desk: Desk = lan, inputs: Record<string, unknown> = {}): Promise<Offer> {
    const preview = await previewOffer(desk, { find: 'fabrikam', ...inputs });
    await desk.press(preview, 'Đăng và lấy liên kết');
    await desk.see(/\/offers\//);
    return newest();
  }

  const openOffer = async (desk: Desk, { id }: Offer, words = /Diễn biến/) => {
    await desk.person.submit({ verb: 'offer-open', offer: id });
    return desk.see(words);
  };
  const openClient = async (desk: Desk, id: string, words: RegExp) => {
    await desk.person.submit({ verb: 'offer-client', acceptance: id });
    return desk.see(words);
  };

  it('shows whoever waits first, then all offers', async () => {
    const offer = await published();
    await clientDoes(bot, offer, fabrikam, ({ number, hash }) => ({
      ...{ do: 'accept', version: number, hash, seats: [12] },
    }));
    await lan.person.say('danh sách chào hàng');
    const list = await lan.see(/Cần bạn xử lý/);
    const words = wordsOf(list);
    assert.ok(words.indexOf('Đã chấp nhận, chờ xác nhận') < words.indexOf('Đang mở đến'), words);
    await lan.person.say('tổng quan');
    assert.match(wordsOf(await lan.see(/Con người/)), /1 khách hàng đang chờ bạn/);
  });

  it('passes an accepted one on to people who may confirm it, by name', async () => {
    const offer = await published(anh);
    const { id } = await clientDoes(bot, offer, fabrikam, ({ number, hash }) => ({
      ...{ do: 'accept', version: number, hash, seats: [15] },
    }));
    const card = await openClient(anh, id, /Người xác nhận được đơn hàng: Nguyễn Thị Lan/);
    assert.ok(!titles(card).includes('Xem lại đơn hàng'));
    await anh.press(card, 'Chuyển cho người duyệt');
    await anh.see(/Đã chuyển cho: Nguyễn Thị Lan/);
    const told = await lan.see(/Một đơn hàng chờ bạn/);
    assert.match(wordsOf(told), /Fabrikam[\s\S]*15 × Microsoft 365 Business Standard/);
    // A second press tells nobody twice, and a forged review is refused by the table.
    await anh.press(card, 'Chuyển cho người duyệt');
    await anh.see(/Đã chuyển cho: Nguyễn Thị Lan/);
    await anh.person.submit({ verb: 'order-review', acceptance: id });
    await anh.see(/Người xác nhận được đơn hàng/);
    const asked = lan.person.received().filter((each) => /Một đơn hàng chờ bạn/.test(wordsOf(each)));
    assert.equal(asked.length, 1);
  });

  it('confirms one into an order, attested, from its own records and once', async () => {
    const offer = await published(lan, { amount: '250000' });
    const { id } = await clientDoes(bot, offer, fabrikam, ({ number, hash }) => ({
      ...{ do: 'accept', version: number, hash, seats: [7] },
    }));
    const card = await openClient(lan, id, /Xem lại đơn hàng/);
    await lan.press(card, 'Xem lại đơn hàng', { seats: '99', lines: 'x' });
    const form = await lan.see(/Thỏa thuận khách hàng của Microsoft/);
    await lan.press(form, 'Tiếp tục', { lastName: 'Đoàn', firstName: 'Minh', agreedOn: '2999-01-01' });
    const again = await lan.see(/không thể sau hôm nay, \d{2}\/\d{2}\/\d{4}, theo lịch của công ty bạn/);
    const today = dayOf(hanoi, bot.sandbox.clock.now());
    await lan.press(again, 'Tiếp tục', { agreedOn: today });
    const review = await lan.see(/Bước cuối/);
    assert.match(wordsOf(review), /Giá đã chào:[\s\S]*1\.750\.000[\s\S]*Fabrikam[\s\S]*7/);
    const confirm = titles(review)[0] ?? '';
    await lan.press(review, confirm);
    await waitUntil(
      async () => {
        const state = (await bot.app.storage.acceptances.find(id))?.state;
        return state === 'ordered' || state === 'provisioned' ? state : undefined;
      },
      { what: 'the order', limitMs: 20_000 },
    );
    await lan.press(review, confirm);
    await lan.see(/đã được gửi rồi/);
    const acceptance = await bot.app.storage.acceptances.find(id);
    assert.ok(acceptance?.orderId);
    const kinds = (await bot.app.storage.offerEvents.ofOffer(offer.id, 20)).map(({ kind }) => kind);
    assert.equal(kinds.filter((kind) => kind === 'confirmed').length, 1);
    assert.equal(kinds.filter((kind) => kind === 'ordered').length, 1);
  });

  it('finds an acceptance moved on that the client took back while it was looked over', async () => {
    const offer = await published();
    const accepted = await clientDoes(bot, offer, fabrikam, ({ number, hash }) => ({
      ...{ do: 'accept', version: number, hash, seats: [9] },
    }));
    const card = await openClient(lan, accepted.id, /Xem lại đơn hàng/);
    await lan.press(card, 'Xem lại đơn hàng');
    const review = await lan.see(/Bước cuối/);
    await clientDoes(bot, offer, fabrikam, () => ({ do: 'withdraw' }));
    await lan.press(review, titles(review)[0] ?? '');
    assertReference(bot, await lan.see(/Câu trả lời này vừa thay đổi/), 'vi');
    assert.equal((await bot.app.storage.acceptances.find(accepted.id))?.operationId, null);
  });

  it('answers a client’s wish with a new version at one press, mailed to whoever wished', async () => {
    const offer = await published();
    const before = (await mails()).length;
    const { id } = await clientDoes(bot, offer, fabrikam, ({ number }) => ({
      ...{ do: 'wish', version: number, seats: [280] },
    }));
    const card = await openClient(lan, id, /Khách đề nghị/);
    await lan.press(card, 'Gửi phiên bản mới với 280');
    assert.match(wordsOf(await lan.see(/Thư chào đã đăng/)), /minh\.doan@fabrikam/);
    const after = await stored(offer);
    assert.equal(after.version, 2);
    assert.equal((await versionOf(bot, after)).terms.lines[0]?.seats, 280);
    assert.equal((await versionOf(bot, after, 1)).terms.lines[0]?.seats, 15);
    await waitUntil(async () => ((await mails()).length === before + 1 ? true : undefined), {
      what: 'the mail',
    });
    await lan.press(card, 'Gửi phiên bản mới với 280');
    await lan.see(/đã được gửi rồi/);
    assert.equal((await stored(offer)).version, 2);
  });

  it('publishes no wish that Microsoft would not sell, and says how many it does', async () => {
    const offer = await published();
    const { id } = await clientDoes(bot, offer, fabrikam, ({ number }) => ({
      ...{ do: 'wish', version: number, seats: [320] },
    }));
    await lan.press(await openClient(lan, id, /Khách đề nghị/), 'Gửi phiên bản mới với 320');
    assert.match(wordsOf(await lan.see(/Phiên bản 2: xem trước/)), /nhiều nhất 300/);
    assert.equal((await stored(offer)).version, 1);
    assert.equal((await stored(offer)).draft?.lines[0]?.seats, 320);
  });

  it('answers a question by mail, and the question is closed', async () => {
    const offer = await published();
    const text = 'Giá *bao nhiêu*? <b>';
    const { id } = await clientDoes(bot, offer, fabrikam, () => ({ do: 'ask', text }));
    const card = await openClient(lan, id, /Câu hỏi/);
    assert.ok(wordsOf(card).includes(text));
    await lan.press(card, 'Trả lời câu hỏi');
    const form = await lan.see(/Câu trả lời đi qua thư điện tử/);
    await lan.press(form, 'Tiếp tục', { answer: '' });
    const again = await lan.see(/chưa điền/);
    await lan.press(again, 'Tiếp tục', { answer: '250.000 đồng' });
    const review = await lan.see(/bắt đầu như sau/);
    const before = (await mails()).length;
    await lan.press(review, titles(review)[0] ?? '');
    await waitUntil(async () => ((await mails()).length === before + 1 ? true : undefined), {
      what: 'the mail',
    });
    const [answered] = (await bot.app.storage.offerEvents.ofOffer(offer.id, 9)).filter(
      ({ kind }) => kind === 'answered',
    );
    assert.equal(answered?.details['to'], fabrikam.signInName);
    assert.ok(!titles(await openClient(lan, id, /Fabrikam/)).includes('Trả lời câu hỏi'));
  });

  it('withdraws after a second yes, and copies what was withdrawn under another link', async () => {
    const offer = await published();
    await lan.press(await openOffer(lan, offer), 'Rút lại');
    const ask = await lan.see(/Đúng, rút lại/);
    assert.equal((await stored(offer)).status, 'published');
    await lan.press(ask, 'Đúng, rút lại');
    const gone = await lan.see(/Đã rút lại\./);
    assert.equal((await stored(offer)).status, 'withdrawn');
    await lan.press(ask, 'Đúng, rút lại');
    await lan.see(/đã được gửi rồi/);
    await lan.press(gone, 'Sao chép');
    await lan.see(/Khách hàng sẽ thấy/);
    const copy = await newest();
    assert.notEqual(copy.code, offer.code);
    assert.equal(copy.draft?.recipient.tenantId, seedTenants.fabrikam);
  });

  it('renews with the same terms, and a new version is written beside the old one', async () => {
    const offer = await published();
    const card = await openOffer(lan, offer);
    await bot.sandbox.clock.advance(24 * 60 * 60_000);
    await lan.press(card, 'Gia hạn');
    await lan.see(/Đã gia hạn đến/);
    // A second press adds nothing.
    await lan.press(card, 'Gia hạn');
    await lan.see(/Diễn biến/);
    const renewed = await stored(offer);
    assert.equal(renewed.version, 2);
    assert.deepEqual((await versionOf(bot, renewed)).terms, (await versionOf(bot, renewed, 1)).terms);
    await lan.press(card, 'Bản mới');
    const preview = await lan.see(/Phiên bản 3: xem trước/);
    await lan.press(preview, 'Bỏ bản nháp');
    await lan.see(/Đã bỏ bản nháp/);
    assert.equal((await stored(offer)).draft, null);
    assert.equal((await stored(offer)).version, 2);
  });

  it('hands over to a colleague, who is told and in charge', async () => {
    const offer = await published();
    await lan.press(await openOffer(lan, offer), 'Chuyển người phụ trách');
    const form = await lan.see(/Chuyển cho/);
    await lan.press(form, 'Chọn', { colleague: seedAccounts.plain.objectId });
    const again = await lan.see(/chọn một giá trị/);
    await lan.press(again, 'Chọn', { colleague: seedAccounts.helpdesk.objectId });
    await lan.see(/Đã chuyển cho Vũ/);
    await anh.see(/Bạn phụ trách một thư chào/);
    assert.equal((await stored(offer)).maker.objectId, seedAccounts.helpdesk.objectId);
  });

  it('shares the bare link, the card, and sends again to somebody else', async () => {
    const offer = await published();
    const card = await openOffer(lan, offer);
    await lan.press(card, 'Chia sẻ liên kết');
    const share = await lan.see(/không kèm gì khác/);
    const link = await lan.see(/\/offers\//);
    assert.equal(link.activity.text, `${bot.url}/offers/${offer.code}?lang=vi`);
    await lan.press(share, 'Gửi dưới dạng thẻ');
    await lan.see(new RegExp(`offer ${offer.code}`));
    const shared = await lan.see(/Thư chào hàng/);
    assert.ok(!/Fabrikam/.test(wordsOf(shared)), 'a card that is passed around names no client');
    await lan.press(card, 'Gửi thư');
    const form = await lan.see(/Gửi thư chào qua thư điện tử/);
    await lan.press(form, 'Tiếp tục', { mail: 'x@y' });
    const again = await lan.see(/Thư điện tử.* chưa đúng/);
    await lan.press(again, 'Tiếp tục', { mail: 'dieu.ton@fabrikam.vn', person: 'Diệu' });
    const review = await lan.see(/bắt đầu như sau/);
    const before = (await mails()).length;
    await lan.press(review, titles(review)[0] ?? '');
    await waitUntil(async () => ((await mails()).length === before + 1 ? true : undefined), {
      what: 'the mail',
    });
  });

  it('knows nothing of other companies, guessed ids and odd pages', async () => {
    const offer = await published();
    const thanh = await sitDown(bot, seedAccounts.advisorGlobalAdmin, { language: 'vi' });
    const verbs = ['offer-open', 'offer-preview', 'offer-withdraw', 'offer-share'];
    for (const verb of [...verbs, 'offer-edit', 'offer-line', 'offer-new-version', 'offer-hand-over']) {
      await thanh.person.submit({ verb, offer: offer.id });
      assertReference(bot, await thanh.see(/Không thấy thư chào này/), 'vi');
    }
    // What is single-use takes no id from outside.
    for (const verb of ['offer-copy', 'offer-renew']) {
      await thanh.person.submit({ verb, offer: offer.id });
      assertReference(bot, await thanh.see(/không còn dùng được/), 'vi');
    }
    await lan.person.submit({ verb: 'offer-client', acceptance: 'guessed' });
    await lan.see(/Không thấy câu trả lời này/);
    await lan.person.submit({ verb: 'offer-send', nonce: 'guessed' });
    await lan.see(/không còn dùng được/);
    await lan.person.submit({ verb: 'offers', before: "1 '; drop table offers" });
    await lan.see(/Tất cả/);
    assert.deepEqual(await stored(offer), offer);
  });

  it('lets nobody make offers who may not, and says who may', async () => {
    const tram = await sitDown(bot, seedAccounts.plain, { language: 'vi' });
    await tram.person.say('chào hàng');
    assertReference(bot, await tram.see(/Tạo và gửi thư chào hàng/), 'vi');
  });
});
