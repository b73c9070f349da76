import assert from 'node:assert/strict';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, sitDown } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { publishedAt } from '../helpers/published-offer.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const { contoso, fabrikam } = seedTenants;
const usual = 'thuchao@contosopartner.vn';
const titles = (card: Received) => buttonsOf(card.activity).map(({ title }) => title);

describe('the mailbox of a company for mails that nobody presses', () => {
  let bot: TestBot;
  let minh: Desk;
  beforeEach(async () => {
    bot = await startTestBot();
    minh = await sitDown(bot, seedAccounts.fabrikamGlobalAdmin, { language: 'vi' });
  });
  afterEach(() => bot.stop());

  const mails = () => bot.sandbox.world.all('mail', contoso);
  const mailAbout = (subject: RegExp) =>
    waitUntil(async () => (await mails()).find((mail) => subject.test(mail.subject)), {
      what: `a mail ${subject}`,
    });
  const admin = () => sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' });

  async function accepts(name: string): Promise<Received> {
    const { offer } = await publishedAt(bot, name);
    await minh.person.say(`offer ${offer.code}`);
    await minh.press(await minh.see(/Microsoft 365 Business Standard/), 'Chấp nhận');
    await minh.press(await minh.see(/cần bao nhiêu giấy phép/), 'Tiếp tục', { seats0: '12' });
    await minh.press(await minh.see(/Xem lại rồi chấp nhận/), 'Chấp nhận');
    await minh.see(/Đã ghi nhận: công ty bạn chấp nhận/);
    return minh.see(/Công ty bạn đã chấp nhận\. Contoso/);
  }
  async function takesBack(state: Received): Promise<void> {
    await minh.press(state, 'Rút lại');
    const question = await minh.see(/Rút/);
    await minh.press(question, titles(question).find((title) => /rút/i.test(title ?? '')) ?? '');
    await minh.see(/rút/i);
  }
  async function authorisations(desk: Desk): Promise<Received> {
    await desk.person.say('ủy quyền của công ty');
    return desk.see(/Những gì Microsoft cho công ty bạn làm/);
  }
  async function named(desk: Desk, address: string): Promise<Received> {
    await desk.press(await authorisations(desk), 'Đặt hộp thư');
    await desk.press(await desk.see(/Bước 1\/2/), 'Tiếp tục', { address });
    return desk.see(/Bước 2\/2|không phải tên miền/);
  }
  async function names(desk: Desk, address: string): Promise<Received> {
    await desk.press(await named(desk, address), 'Đặt hộp thư');
    return desk.see(/Những gì Microsoft cho công ty bạn làm/);
  }

  it('sends the proof at once, though the maker is signed in nowhere; answers go to whom the offer names', async () => {
    await accepts('away');
    const proof = await mailAbout(/Bản xác nhận: Fabrikam/);
    assert.deepEqual(
      [proof.from, proof.replyTo],
      [{ name: 'Contoso Partner', address: usual }, ['lan@contosopartner.vn']],
    );
    const hung = await admin();
    await hung.person.say('nhật ký');
    await hung.press(await hung.see(/Lịch sử/), 'Hiện cả thư');
    assert.match(wordsOf(await hung.see(/Lịch sử/)), new RegExp(`· từ ${usual}`));
  });

  it('confirms a withdrawal by mail, and never proves what was taken back', async () => {
    await bot.stop();
    bot = await startTestBot({ timeoutMs: 3_000 });
    minh = await sitDown(bot, seedAccounts.fabrikamGlobalAdmin, { language: 'vi' });
    // Microsoft wants more time than a call has: the proof waits while the client changes their mind.
    bot.sandbox.faults.add({ kind: 'throttled', retryAfter: 6, match: { path: '/sendMail' }, times: 1 });
    await takesBack(await accepts('back'));
    const word = await mailAbout(/Đã rút lại: Fabrikam/);
    assert.match(word.text ?? '', /không còn giá trị/);
    const rows = await waitUntil(
      async () => {
        const all = await bot.app.storage.audit.ofCompany(contoso, { limit: 20 });
        const ends = all
          .flatMap(({ ofOperation }) => ofOperation)
          .filter(({ verb, outcome }) => verb === 'send-mail' && outcome !== 'intended');
        return ends.length === 2 ? ends.map(({ outcome }) => outcome) : undefined;
      },
      { what: 'the ends of both' },
    );
    assert.deepEqual(rows.toSorted(), ['done', 'obsolete']);
    assert.deepEqual(
      (await mails()).map(({ subject }) => /Bản xác nhận/.test(subject)),
      [false],
    );
    // Who did nothing is shown no card of it.
    const lan = await sitDown(bot, seedAccounts.sales, { language: 'vi' });
    await lan.person.say('nhật ký');
    await lan.press(await lan.see(/Lịch sử/), 'Hiện cả thư');
    assert.match(wordsOf(await lan.see(/Lịch sử/)), /không còn cần, không gửi/);
    const seen = lan.person.received().map(wordsOf).join('\n');
    assert.match(seen, /Fabrikam đã rút lại/);
    assert.doesNotMatch(seen, /(Đã hủy|Đang|Đã|Chưa xong): gửi thư|(Đang|Đã) gửi thư/);
  });

  it('is stated by a Global admin in two steps, in a verified domain, and sends nothing by that', async () => {
    const hung = await admin();
    const card = await authorisations(hung);
    assert.match(wordsOf(card), new RegExp(`Hộp thư gửi tự động\\n${usual}\\nCó sẵn`));
    const refused = await named(hung, 'thuchao@evil.example');
    assert.match(wordsOf(refused), /evil\.example không phải tên miền đã xác minh/);
    assertReference(bot, refused, 'vi');
    await hung.press(refused, 'Tiếp tục', { address: 'không phải thư' });
    assertReference(bot, await hung.see(/Địa chỉ hộp thư/), 'vi');
    const review = await named(hung, 'Lan.Nguyen@contosopartner.vn');
    assert.match(wordsOf(review), new RegExp(`${usual} → lan\\.nguyen@contosopartner\\.vn`));
    await hung.press(review, 'Đặt hộp thư');
    const after = await hung.see(/Những gì Microsoft cho công ty bạn làm/);
    assert.match(wordsOf(after), /lan\.nguyen@contosopartner\.vn\nTrần Văn Hùng khai báo/);
    assert.deepEqual(await mails(), []);
    // Microsoft lets the application send from one mailbox, and this is none of it.
    await hung.press(after, 'Gửi thư thử cho tôi');
    assertReference(bot, await hung.see(/Microsoft không cho gửi thư từ hộp thư của công ty bạn/), 'vi');
    await names(hung, 'khongco@contosopartner.vn');
    await hung.press(await authorisations(hung), 'Gửi thư thử cho tôi');
    await hung.see(/Microsoft không thấy hộp thư của công ty bạn/);
    await names(hung, usual);
    await hung.press(await authorisations(hung), 'Gửi thư thử cho tôi');
    const sent = await mailAbout(/Thư thử từ/);
    assert.deepEqual([sent.to, sent.from.address], [[seedAccounts.globalAdmin.userPrincipalName], usual]);
    await hung.person.say('nhật ký');
    assert.match(wordsOf(await hung.see(/Lịch sử/)), /[Đđ]ặt hộp thư của công ty/);
  });

  it('is nobody else’s to state', async () => {
    const lan = await sitDown(bot, seedAccounts.sales, { language: 'vi' });
    const card = await authorisations(lan);
    assert.doesNotMatch(titles(card).join(), /Đặt hộp thư|Gửi thư thử/);
    await lan.person.submit({ verb: 'company-mailbox' });
    assertReference(bot, await lan.see(/Bạn chưa làm được việc này/), 'vi');
  });

  it('where there is none no mail is waited for: the card and the maker’s notice say so, the page has the proof', async () => {
    const hung = await admin();
    const card = await names(hung, '');
    assert.match(wordsOf(card), /Hộp thư gửi tự động\nChưa có\nKhách hàng không nhận được bản xác nhận/);
    const lan = await sitDown(bot, seedAccounts.sales, { language: 'vi' });
    await accepts('none');
    const told = await lan.see(/Fabrikam đã chấp nhận/);
    assert.match(wordsOf(told), /chưa có hộp thư để gửi thư tự động/);
    const history = await bot.app.storage.audit.ofCompany(contoso, { limit: 20 });
    assert.deepEqual(
      history.filter(({ verb }) => verb === 'send-mail'),
      [],
    );
    assert.deepEqual(await mails(), []);
    assert.equal((await bot.app.storage.acceptances.ofClient('none', fabrikam))?.state, 'accepted');
  });
});
