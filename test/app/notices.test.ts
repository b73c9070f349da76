import assert from 'node:assert/strict';
import type { AccountRef } from '../../partner/accounts.ts';
import { addDays, localParts, startOfDay } from '../../partner/days.ts';
import { afterWorkingHours } from '../../partner/working-hours.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { type Desk, sitDown } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { publishedAt } from '../helpers/published-offer.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { moveToWork } from '../helpers/working-time.ts';
import { hanoi } from '../helpers/zones.ts';

const hourMs = 60 * 60 * 1000;
const titles = (received: Received) => buttonsOf(received.activity).map(({ title }) => title);

describe('who is told what', () => {
  let bot: TestBot;
  let minh: Desk;
  beforeEach(async () => {
    bot = await startTestBot();
    // A Monday morning in Ha Noi, or later that day: nothing here hangs on when the tests run.
    moveToWork(bot, 0);
    minh = await sitDown(bot, seedAccounts.fabrikamGlobalAdmin, { language: 'vi' });
  });
  afterEach(() => bot.stop());

  const sit = (account: AccountRef) => sitDown(bot, account, { language: 'vi' });
  async function leave(desk: Desk): Promise<void> {
    await desk.person.say('đăng xuất');
    await desk.see(/Đã đăng xuất/);
  }

  async function open(code: string): Promise<Received> {
    await minh.person.say(`offer ${code}`);
    return minh.see(/Microsoft 365 Business Standard/);
  }
  async function accept(code: string): Promise<Received> {
    await minh.press(await open(code), 'Chấp nhận');
    const next = await minh.see(/cần bao nhiêu giấy phép|Xem lại rồi chấp nhận/);
    if (/cần bao nhiêu/.test(wordsOf(next))) await minh.press(next, 'Tiếp tục', { seats0: '15' });
    const review = /Xem lại rồi/.test(wordsOf(next)) ? next : await minh.see(/Xem lại rồi chấp nhận/);
    await minh.press(review, 'Chấp nhận');
    await minh.see(/Đã ghi nhận: công ty bạn chấp nhận/);
    return minh.see(/Contoso Partner đang xem lại/);
  }
  async function takeBack(state: Received): Promise<void> {
    await minh.press(state, 'Rút lại');
    await minh.press(await minh.see(/Rút lại lời chấp nhận\?/), 'Rút lại');
    await minh.see(/Đã rút lại lời chấp nhận/);
  }
  async function ask(code: string, text: string): Promise<void> {
    await minh.press(await open(code), 'Hỏi');
    await minh.press(await minh.see(/Câu hỏi/), 'Gửi câu hỏi', { text });
    await minh.see(/Đã gửi câu hỏi/);
  }

  const seen = (desk: Desk, words: RegExp) =>
    desk.person.received().filter((each) => words.test(wordsOf(each))).length;

  it('takes the offer of a maker who is away to the first colleague who says so, and what follows to them', async () => {
    const { offer } = await publishedAt(bot, 'away');
    const [lan, bao, hung, tram] = await Promise.all(
      [seedAccounts.sales, seedAccounts.adminAgent, seedAccounts.globalAdmin, seedAccounts.plain].map(sit),
    );
    assert.ok(lan && bao && hung && tram);
    await leave(lan);
    const state = await accept(offer.code);
    const told = await bao.see(/Fabrikam đã chấp nhận/);
    assert.match(wordsOf(told), /Người phụ trách là Nguyễn Thị Lan/);
    assert.equal(titles(told)[0], 'Tôi nhận');
    const late = await hung.see(/Fabrikam đã chấp nhận/);
    await bao.press(told, 'Tôi nhận');
    await bao.see(/Bạn phụ trách từ bây giờ/);
    await hung.see(/Đặng Quốc Bảo đã nhận/);
    await hung.press(late, 'Tôi nhận');
    await hung.see(/Đặng Quốc Bảo đang phụ trách, nên lần bấm này không đổi gì/);
    assert.equal(
      (await bot.app.storage.offers.find(offer.id))?.maker.objectId,
      seedAccounts.adminAgent.objectId,
    );
    await takeBack(state);
    await bao.see(/Fabrikam đã rút lại lời chấp nhận/);
    assert.deepEqual([seen(hung, /rút lại lời chấp nhận/), seen(tram, /Fabrikam/)], [0, 0]);
    const back = await sit(seedAccounts.sales);
    await back.person.waitFor((each) => /Đặng Quốc Bảo đã nhận/.test(wordsOf(each)));
    assert.equal(seen(back, /Fabrikam đã chấp nhận|rút lại lời chấp nhận/), 0);
  });

  it('waits for the next who may where nobody is there, and tells only what is still so', async () => {
    const { offer } = await publishedAt(bot, 'nobody');
    const state = await accept(offer.code);
    await takeBack(state);
    const tram = await sit(seedAccounts.plain);
    const bao = await sit(seedAccounts.adminAgent);
    await bao.see(/Fabrikam đã rút lại lời chấp nhận/);
    assert.deepEqual([seen(bao, /Fabrikam đã chấp nhận/), seen(tram, /Fabrikam/)], [0, 0]);
  });

  it('comes to the chat in which the account spoke last', async () => {
    const { offer } = await publishedAt(bot, 'two-chats');
    const one = await sit(seedAccounts.sales);
    const other = await sit(seedAccounts.sales);
    for (const [desk, quiet, question] of [
      [one, other, 'Câu một'],
      [other, one, 'Câu hai'],
    ] as const) {
      await desk.person.say('trợ giúp');
      await desk.see(/Trợ giúp/);
      await ask(offer.code, question);
      bot.sandbox.clock.advance(3 * 60_000);
      await desk.see(new RegExp(question));
      assert.equal(seen(quiet, new RegExp(question)), 0);
    }
  });

  it('goes to everybody who may act after four working hours, unless it was answered', async () => {
    const { offer } = await publishedAt(bot, 'patience');
    const { offer: answered } = await publishedAt(bot, 'in-time');
    const [lan, bao, tram] = await Promise.all(
      [seedAccounts.sales, seedAccounts.adminAgent, seedAccounts.plain].map(sit),
    );
    assert.ok(lan && bao && tram);
    const state = await accept(answered.code);
    await lan.see(/Fabrikam đã chấp nhận/);
    await takeBack(state);
    await lan.see(/đã rút lại/);
    await ask(offer.code, 'Bao giờ có hàng?');
    const told = await lan.see(/Bao giờ có hàng\?/);
    assert.equal(titles(told)[0], 'Trả lời');
    const { clock } = bot.sandbox;
    const end = afterWorkingHours(hanoi, clock.now(), 4 * hourMs);
    clock.advance(end - clock.now() - hourMs / 2);
    await bot.restart();
    assert.equal(seen(bao, /Bao giờ có hàng/), 0);
    clock.advance(hourMs);
    const late = await bao.see(/Bao giờ có hàng\?/);
    assert.equal(titles(late)[0], 'Tôi nhận');
    assert.deepEqual(
      [seen(bao, /Fabrikam đã chấp nhận/), seen(tram, /Fabrikam/), seen(lan, /Bao giờ có hàng/)],
      [0, 0, 1],
    );
    await bao.press(late, 'Tôi nhận');
    await bao.see(/Bạn phụ trách từ bây giờ/);
    await lan.see(/Đặng Quốc Bảo đã nhận/);
  });

  it('takes nothing any more once a colleague has dealt with it, and says so on the cards of the others', async () => {
    const { offer } = await publishedAt(bot, 'dealt-with');
    const [bao, hung] = await Promise.all([seedAccounts.adminAgent, seedAccounts.globalAdmin].map(sit));
    assert.ok(bao && hung);
    await bao.person.say('công ty');
    await bao.press(await bao.see(/Chưa ai xác nhận/), 'Đúng rồi');
    await bao.see(/✓/);
    await ask(offer.code, 'Có VAT chưa?');
    const told = await bao.see(/Có VAT chưa\?/);
    const late = await hung.see(/Có VAT chưa\?/);
    await bao.press(told, 'Trả lời');
    await bao.press(await bao.see(/Câu trả lời đi qua thư/), 'Tiếp tục', { answer: 'Giá chưa gồm VAT.' });
    await bao.press(await bao.see(/bắt đầu như sau/), 'Gửi thư');
    await hung.see(/Đặng Quốc Bảo đã trả lời/);
    await hung.press(late, 'Tôi nhận');
    await hung.see(/Việc này đã có người xử lý/);
    assert.equal((await bot.app.storage.offers.find(offer.id))?.maker.objectId, seedAccounts.sales.objectId);
  });

  it('gathers many questions about one offer into one message', async () => {
    const { offer } = await publishedAt(bot, 'many');
    const lan = await sit(seedAccounts.sales);
    await ask(offer.code, 'Câu số 1?');
    await lan.see(/Câu số 1\?/);
    for (const number of [2, 3, 4]) await ask(offer.code, `Câu số ${number}?`);
    assert.equal(seen(lan, /Câu số [234]/), 0);
    bot.sandbox.clock.advance(3 * 60_000);
    const gathered = await lan.see(/3 câu hỏi mới của khách hàng/);
    for (const number of [2, 3, 4]) assert.match(wordsOf(gathered), new RegExp(`Câu số ${number}\\?`));
    assert.doesNotMatch(wordsOf(gathered), /Câu số 1/);
    assert.equal(seen(lan, /Câu số/), 2);
  });

  it('keeps what only the clock brings for working hours', async () => {
    const { clock } = bot.sandbox;
    const { offer } = await publishedAt(bot, 'over', { validDays: 1 });
    await bot.app.storage.commit({
      jobs: [{ key: 'x', kind: 'expire-offers', args: { offerId: offer.id }, dueAt: 0, clock: 'domain' }],
    });
    const lan = await sit(seedAccounts.sales);
    // Noon of the Saturday after it is over.
    const over = clock.now() + 24 * hourMs;
    const days = (6 - localParts(hanoi, over).weekday + 7) % 7 || 7;
    const noon = startOfDay(hanoi, addDays(localParts(hanoi, over).day, days)) + 12 * hourMs;
    clock.advance(noon - clock.now());
    const { offers } = bot.app.storage;
    await waitUntil(async () => (await offers.find(offer.id))?.status === 'expired' || undefined, {
      what: 'the end of the offer',
    });
    await bot.restart();
    assert.equal(seen(lan, /Thư chào đã hết hạn/), 0);
    moveToWork(bot, 0);
    await lan.see(/Thư chào đã hết hạn/);
  });

  it('counts for a person only what that person can do', async () => {
    const { offer } = await publishedAt(bot, 'banner');
    await accept(offer.code);
    const bao = await sit(seedAccounts.adminAgent);
    await bao.person.say('tổng quan');
    await bao.see(/1 khách hàng đang chờ bạn/);
    const tram = await sit(seedAccounts.plain);
    await tram.person.say('tổng quan');
    await tram.see(/Tổng quan/);
    await tram.person.say('danh sách thư chào');
    await tram.see(/Chào hàng/);
    assert.equal(seen(tram, /đang chờ bạn|Cần bạn xử lý|Chờ xác nhận/), 0);
    assert.equal(
      (await bot.app.storage.acceptances.ofOffer(offer.id))[0]?.client.tenantId,
      seedTenants.fabrikam,
    );
  });
});
