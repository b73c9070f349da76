import assert from 'node:assert/strict';
import { mostQuestions } from '../../partner/answer-limits.ts';
import { publish, withDraft } from '../../partner/offer-life.ts';
import { withSeats } from '../../partner/offer-terms.ts';
import type { Acceptance } from '../../partner/offers.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { signInAddress, startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, signInOn, sitDown } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { publishedAt } from '../helpers/published-offer.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { hanoi } from '../helpers/zones.ts';
import { offeredLine } from '../partner/offer-record.ts';

const titles = (received: Received) => buttonsOf(received.activity).map(({ title }) => title);
const offered = /Microsoft 365 Business Standard/;

describe('an offer answered in the chat', () => {
  let bot: TestBot;
  let minh: Desk;
  let lan: Desk;
  before(async () => {
    bot = await startTestBot();
    [minh, lan] = await Promise.all([
      sitDown(bot, seedAccounts.fabrikamGlobalAdmin, { language: 'vi' }),
      sitDown(bot, seedAccounts.sales, { language: 'vi' }),
    ]);
  });
  after(() => bot.stop());

  async function open(desk: Desk, code: string): Promise<Received> {
    await desk.person.say(`offer ${code}`);
    for (;;) {
      const card = await desk.see(offered);
      if (JSON.stringify(card.activity).includes(`"code":"${code}"`)) return card;
    }
  }

  async function answerOf(offerId: string): Promise<Acceptance | undefined> {
    return bot.app.storage.acceptances.ofClient(offerId, seedTenants.fabrikam);
  }

  const mailsTo = async (address: string) =>
    (await bot.sandbox.world.all('mail', seedTenants.contoso)).filter(({ to }) => to.includes(address));

  it('asks for the sign-in first, and goes on with the link that was pasted', async () => {
    const { offer } = await publishedAt(bot, 'pasted');
    const person = bot.channel.person();
    await person.say(`https://offers.example/offers/${offer.code}?lang=vi`);
    const asked = await person.waitFor((each) => signInAddress(each) !== undefined);
    await signInOn(asked, person, seedAccounts.fabrikamBilling);
    const card = await person.waitFor((each) => offered.test(wordsOf(each)));
    assert.match(wordsOf(card), /Dành cho Fabrikam/);
    assert.deepEqual(titles(card), ['Chấp nhận', 'Đề nghị số khác', 'Từ chối', 'Hỏi']);
    assert.equal((await answerOf('pasted'))?.state, 'viewed');
  });

  it('is accepted after a look at what is accepted; the maker hears of it and the client gets the proof', async () => {
    const { offer, version } = await publishedAt(bot, 'accepted');
    await minh.press(await open(minh, offer.code), 'Chấp nhận');
    await minh.press(await minh.see(/cần bao nhiêu giấy phép/), 'Tiếp tục', { seats0: '12' });
    const review = await minh.see(/Xem lại rồi chấp nhận/);
    assert.match(wordsOf(review), /Bạn chấp nhận thay mặt Fabrikam \(fabrikam\.\w+\S*\), tên Đoàn Tuấn Minh/);
    assert.match(wordsOf(review), /Tổng cộng 3\.000\.000\s₫ mỗi tháng, chưa gồm VAT/);
    assert.match(wordsOf(review), /chưa phải trả tiền/);
    await minh.press(review, 'Chấp nhận');
    await minh.see(/Đã ghi nhận: công ty bạn chấp nhận/);
    const state = await minh.see(/Công ty bạn đã chấp nhận\. Contoso Partner đang xem lại/);
    assert.deepEqual(titles(state), ['Hỏi', 'Rút lại']);
    const stored = await answerOf('accepted');
    assert.deepEqual(
      [stored?.state, stored?.seats, stored?.versionHash, stored?.person.name],
      ['accepted', [12], version.hash, 'Đoàn Tuấn Minh'],
    );
    const told = await lan.see(/Fabrikam đã chấp nhận/);
    assert.match(wordsOf(told), /Microsoft 365 Business Standard: 15 → 12/);
    assert.match(wordsOf(told), /Đoàn Tuấn Minh · minh\.doan@/);
    assert.deepEqual(titles(told), ['Xem lại và đặt hàng', 'Xem câu trả lời', 'Mở thư chào']);
    const [mail] = await waitUntil(
      async () => {
        const mails = await mailsTo(stored?.person.signInName ?? '');
        return mails.length > 0 ? mails : undefined;
      },
      { what: 'the proof' },
    );
    assert.match(mail?.subject ?? '', /Bản xác nhận: Fabrikam/);
    assert.match(mail?.text ?? '', /12 giấy phép đã chấp nhận/);
    const audited = await bot.app.storage.audit.ofCompany(seedTenants.contoso, { limit: 2 });
    assert.deepEqual(audited.map(({ verb }) => verb).toSorted(), ['offer-accepted', 'send-mail']);
    await minh.press(review, 'Chấp nhận');
    assertReference(bot, await minh.see(/đã được gửi rồi/), 'vi');
    assert.equal((await mailsTo(stored?.person.signInName ?? '')).length, 1);
  });

  it('cannot be accepted with other numbers: they become a wish', async () => {
    const { offer } = await publishedAt(bot, 'wished');
    await minh.press(await open(minh, offer.code), 'Chấp nhận');
    let form = await minh.see(/cần bao nhiêu giấy phép/);
    for (const seats0 of ['0', '-1', '1.5', '1000000000', 'mười', '']) {
      await minh.press(form, 'Tiếp tục', { seats0 });
      form = await minh.see(/phải là số nguyên từ 1 đến 100\.000/);
      assertReference(bot, form, 'vi');
    }
    await minh.press(form, 'Tiếp tục', { seats0: '400' });
    const review = await minh.see(/Xem lại đề nghị/);
    assert.match(wordsOf(review), /chưa phải lời chấp nhận/);
    await minh.press(review, 'Đề nghị 400 giấy phép');
    await minh.see(/Đã gửi đề nghị/);
    const stored = await answerOf('wished');
    assert.deepEqual([stored?.state, stored?.seats, stored?.wish], ['viewed', [], [400]]);
    const told = await lan.see(/muốn số giấy phép khác/);
    assert.match(wordsOf(told), /Business Standard: 15 → 400/);
    assert.deepEqual(titles(told), ['Gửi phiên bản mới với 400', 'Xem câu trả lời', 'Mở thư chào']);
    const wish = buttonsOf(told.activity)[0]?.data as { nonce: string };
    const action = await bot.app.storage.cardActions.find(wish.nonce);
    assert.deepEqual(action?.args, { acceptance: stored?.id, seats: [400], version: 1 });
    assert.equal(action?.personKey, lan.person.key);
  });

  it('is declined with a reason, or asked about, in plain text', async () => {
    const { offer } = await publishedAt(bot, 'declined');
    const card = await open(minh, offer.code);
    await minh.press(card, 'Hỏi');
    await minh.press(await minh.see(/Câu hỏi của bạn/), 'Gửi câu hỏi', { text: '' });
    const empty = await minh.see(/Bạn chưa điền/);
    const text = '<b>Giá</b> [x](https://evil.example) {y}?';
    await minh.press(empty, 'Gửi câu hỏi', { text });
    await minh.see(/Đã gửi câu hỏi/);
    const asked = await lan.see(/Fabrikam có câu hỏi/);
    assert.ok(wordsOf(asked).includes(text));
    assert.doesNotMatch(JSON.stringify(asked.activity), /"TextBlock"[^}]*evil/);
    assert.deepEqual(titles(asked)[0], 'Trả lời');
    await minh.press(card, 'Từ chối');
    await minh.press(await minh.see(/Lý do/), 'Từ chối', { text: 'Đắt quá' });
    await minh.see(/Đã ghi nhận: công ty bạn từ chối/);
    assert.equal((await answerOf('declined'))?.state, 'declined');
    assert.match(wordsOf(await lan.see(/Fabrikam đã từ chối/)), /Đắt quá/);
  });

  it('is taken back, after one more look', async () => {
    const lines = [offeredLine({ minSeats: 15, maxSeats: 15 })];
    const { offer } = await publishedAt(bot, 'taken-back', { lines });
    await minh.press(await open(minh, offer.code), 'Chấp nhận');
    await minh.press(await minh.see(/Xem lại rồi chấp nhận/), 'Chấp nhận');
    const state = await minh.see(/Contoso Partner đang xem lại/);
    await minh.press(state, 'Rút lại');
    const sure = await minh.see(/Rút lại lời chấp nhận\?/);
    assert.equal((await answerOf('taken-back'))?.state, 'accepted');
    await minh.press(sure, 'Rút lại');
    await minh.see(/Đã rút lại lời chấp nhận/);
    assert.equal((await answerOf('taken-back'))?.state, 'withdrawn');
    await lan.see(/Fabrikam đã rút lại lời chấp nhận/);
  });

  it('shows a newer version instead of accepting the one that was seen', async () => {
    const { offer, version } = await publishedAt(bot, 'superseded');
    await minh.press(await open(minh, offer.code), 'Chấp nhận');
    await minh.press(await minh.see(/cần bao nhiêu giấy phép/), 'Tiếp tục', { seats0: '12' });
    const review = await minh.see(/Xem lại rồi chấp nhận/);
    const { signature, contact, by } = version;
    const now = bot.sandbox.clock.now();
    const draft = withDraft(offer, withSeats(version.terms, [20]));
    const next = publish(draft, { signature, contact, by, now, zone: hanoi, hash: () => 'newer' });
    await bot.app.storage.commit({ offers: [{ save: next.offer }], offerVersions: [next.version] });
    await minh.press(review, 'Chấp nhận');
    assertReference(bot, await minh.see(/bản mới hơn/), 'vi');
    const shown = await minh.see(/20 giấy phép/);
    assert.match(wordsOf(shown), /phiên bản 2/);
    assert.equal((await answerOf('superseded'))?.state, 'viewed');
  });

  it('is accepted once, whoever presses at the same moment', async () => {
    const { offer } = await publishedAt(bot, 'at-once');
    const dieu = await sitDown(bot, seedAccounts.fabrikamBilling, { language: 'vi' });
    const reviews = await Promise.all(
      [minh, dieu].map(async (desk, index) => {
        await desk.press(await open(desk, offer.code), 'Chấp nhận');
        await desk.press(await desk.see(/cần bao nhiêu giấy phép/), 'Tiếp tục', { seats0: `${12 + index}` });
        return desk.see(/Xem lại rồi chấp nhận/);
      }),
    );
    await Promise.all([minh, dieu].map((desk, index) => desk.press(reviews[index] as Received, 'Chấp nhận')));
    await Promise.all([minh, dieu].map((desk) => desk.see(/Contoso Partner đang xem lại/)));
    const events = await bot.app.storage.offerEvents.ofOffer('at-once', 50);
    const accepted = events.filter(({ kind }) => kind === 'accepted');
    const stored = await answerOf('at-once');
    assert.equal(accepted.length, 1);
    assert.deepEqual(accepted[0]?.details['seats'], stored?.seats);
  });

  it('is passed on by somebody of whose roles Microsoft says nothing', async () => {
    const { offer } = await publishedAt(bot, 'no-roles');
    const { storage } = bot.app;
    const account = await storage.accounts.find(seedAccounts.fabrikamGlobalAdmin);
    assert.ok(account);
    await storage.commit({ accounts: [{ ...account, wids: undefined }] });
    const card = await open(minh, offer.code);
    assert.deepEqual(titles(card), ['Chuyển cho quản trị viên', 'Hỏi']);
    await minh.press(card, 'Chuyển cho quản trị viên');
    await minh.see(/Microsoft không cho biết vai trò của tài khoản minh\.doan@/);
    await storage.commit({ accounts: [account] });
  });

  it('takes so many questions of one company and no more', async () => {
    const { offer, version } = await publishedAt(bot, 'asked-often');
    const asked = Array.from({ length: mostQuestions }, (_, index) => ({
      ...{ id: `asked-${index}`, offerId: offer.id, company: offer.company, client: seedTenants.fabrikam },
      ...{ at: version.at, kind: 'asked' as const, by: null, byName: 'Minh', details: { text: '?' } },
    }));
    await bot.app.storage.commit({ offerEvents: asked });
    await minh.press(await open(minh, offer.code), 'Hỏi');
    await minh.press(await minh.see(/Câu hỏi của bạn/), 'Gửi câu hỏi', { text: 'Nữa?' });
    await minh.see(/đã gửi nhiều câu hỏi/);
    const events = await bot.app.storage.offerEvents.ofOffer('asked-often', 50);
    assert.equal(events.filter(({ kind }) => kind === 'asked').length, mostQuestions);
  });

  it('that somebody does not want is told to its maker', async () => {
    const { offer } = await publishedAt(bot, 'unwanted');
    const response = await fetch(`${bot.url}/offers/${offer.code}/stop`, { method: 'POST' });
    assert.equal(response.status, 200);
    const told = await lan.see(/Có người không muốn nhận thư chào này/);
    assert.match(wordsOf(told), /Fabrikam/);
    assert.deepEqual(titles(told), ['Mở thư chào']);
  });

  it('is passed on by who may not answer, and refused to other companies', async () => {
    const { offer } = await publishedAt(bot, 'passed-on');
    const [oanh, loi] = await Promise.all([
      sitDown(bot, seedAccounts.fabrikamPlain, { language: 'vi' }),
      sitDown(bot, seedAccounts.adventureWorksGlobalAdmin, { language: 'vi' }),
    ]);
    const card = await open(oanh, offer.code);
    assert.deepEqual(titles(card), ['Chuyển cho quản trị viên', 'Hỏi']);
    for (const verb of ['accept', 'decline', 'wish']) {
      await oanh.person.submit({ verb: `answer-offer-${verb}`, code: offer.code });
      await oanh.see(/không có vai trò đó/);
      const ready = await oanh.see(/gửi công ty mình một thư chào về/);
      assert.ok(wordsOf(ready).includes(`/offers/${offer.code}?lang=vi`));
    }
    await loi.person.say(`thư chào ${offer.code}`);
    const wrong = await loi.see(/dành cho công ty khác/);
    assert.doesNotMatch(wordsOf(wrong), /Business Standard|250\.000|Fabrikam/);
    await loi.person.submit({ verb: 'answer-offer-ask', code: offer.code });
    await loi.see(/cho công ty khác/);
    assert.equal((await bot.app.storage.acceptances.ofOffer('passed-on')).length, 1);
    assert.equal((await answerOf('passed-on'))?.state, 'viewed');
  });

  it('is read-only for the company that made it', async () => {
    const { offer } = await publishedAt(bot, 'own');
    await lan.person.say(`offer ${offer.code}`);
    await lan.see(/đúng như khách hàng thấy/);
    assert.deepEqual(titles(await lan.see(offered)), ['Mở thư chào']);
    await lan.person.submit({ verb: 'answer-offer-accept', code: offer.code });
    await lan.see(/đúng như khách hàng thấy/);
    assert.deepEqual(await bot.app.storage.acceptances.ofOffer('own'), []);
  });

  it('is shown in a group without anything personal, and answered in the private chat', async () => {
    const { offer } = await publishedAt(bot, 'grouped');
    const person = await sitDown(bot, seedAccounts.fabrikamBilling, { as: 'teams', language: 'vi' });
    const { userId } = person.person;
    const aadObjectId = person.person.common().from?.aadObjectId ?? '';
    const group = bot.channel.person({ as: 'teams', userId, aadObjectId, conversationType: 'groupChat' });
    await group.join();
    await group.say(`offer ${offer.code}`);
    const card = await group.waitFor((each) => offered.test(wordsOf(each)));
    assert.deepEqual(titles(card), []);
    assert.doesNotMatch(wordsOf(card), /Fabrikam|Diệu/);
    await group.waitFor((each) => wordsOf(each).includes(`offer ${offer.code}`));
    await group.submit({ verb: 'answer-offer-accept', code: offer.code });
    await group.say(`offer ${'y'.repeat(43)}`);
    await group.submit({ verb: 'answer-offer', code: offer.code });
    assert.equal(await answerOf('grouped'), undefined);
  });

  it('of an unknown code says so, and a bare command says what it wants', async () => {
    await minh.person.say(`offer ${'z'.repeat(43)}`);
    assertReference(bot, await minh.see(/không dẫn tới thư chào nào/), 'vi');
    await minh.person.say('trả lời thư chào');
    await minh.see(/dán liên kết của thư chào/);
    await minh.person.submit({ verb: 'answer-offer-accept', code: { $ne: 1 } });
    assertReference(bot, await minh.see(/không dẫn tới thư chào nào/), 'vi');
  });

  it('waits for a maker who is signed in nowhere', async () => {
    const { offer } = await publishedAt(bot, 'waiting');
    await lan.person.say('đăng xuất');
    await lan.see(/đăng xuất/);
    await minh.press(await open(minh, offer.code), 'Đề nghị số khác');
    await minh.press(await minh.see(/cần bao nhiêu giấy phép/), 'Tiếp tục', { seats0: '500' });
    await minh.press(await minh.see(/Xem lại đề nghị/), 'Đề nghị 500 giấy phép');
    await minh.see(/Đã gửi đề nghị/);
    const again = await sitDown(bot, seedAccounts.sales, { language: 'vi' });
    const told = await again.person.waitFor((each) => /15 → 500/.test(wordsOf(each)), 5_000);
    assert.deepEqual(titles(told), ['Gửi phiên bản mới với 500', 'Xem câu trả lời', 'Mở thư chào']);
  });

  it('ends with its time', async () => {
    const { offer } = await publishedAt(bot, 'ended');
    const card = await open(minh, offer.code);
    await bot.sandbox.clock.advance(15 * 24 * 60 * 60 * 1000);
    await minh.press(card, 'Chấp nhận');
    await minh.see(/đã hết hạn/);
    assert.equal((await answerOf('ended'))?.state, 'viewed');
  });
});
