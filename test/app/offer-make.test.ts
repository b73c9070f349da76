import assert from 'node:assert/strict';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, sitDown } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { choice, choicesOf, newestOffer, previewOffer, versionOf } from '../helpers/offer-stage.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const titles = (received: Received) => buttonsOf(received.activity).map(({ title }) => title);

describe('an offer made in chat', () => {
  let bot: TestBot;
  let lan: Desk;
  before(async () => {
    bot = await startTestBot();
    lan = await sitDown(bot, seedAccounts.sales, { language: 'vi' });
  });
  after(() => bot.stop());

  const newest = () => newestOffer(bot, seedTenants.contoso);
  const mails = async () => bot.sandbox.world.all('mail', seedTenants.contoso);

  async function open(typed = 'chào hàng'): Promise<Received> {
    await lan.person.say(typed);
    return lan.see(/Bước 1\/2/);
  }

  it('takes a client by name, a service and seats, and shows what the client will see', async () => {
    const preview = await previewOffer(lan, {
      ...{ find: 'fabrikam', mail: 'minh.doan@fabrikam.vn', person: 'Minh', amount: '250.000' },
    });
    const words = wordsOf(preview);
    assert.match(words, /15 × Microsoft 365 Business Standard/);
    assert.match(words, /Dành cho Fabrikam/);
    assert.match(words, /250\.000/);
    assert.match(words, /Hiệu lực 14 ngày · tiếng Việt · Thời hạn 1 năm.*· khách chọn được 1–300/);
    assert.match(words, /Tới: \nminh\.doan@fabrikam\.vn/);
    assert.deepEqual(titles(preview).slice(-5), [
      'Gửi',
      'Thêm dịch vụ',
      'Sửa',
      'Bỏ bản nháp',
      'Danh sách chào hàng',
    ]);
    const draft = await newest();
    assert.equal(draft.status, 'draft');
    assert.equal(draft.draft?.recipient.tenantId, seedTenants.fabrikam);
  });

  it('waits as a draft until somebody said that the company details are right, then goes out once', async () => {
    const preview = await previewOffer(lan, {
      find: 'fabrikam',
      mail: 'minh.doan@fabrikam.vn',
      person: 'Minh',
    });
    await lan.press(preview, 'Gửi');
    const company = await lan.see(/Thư chào nháp vẫn được giữ/);
    assertReference(bot, company, 'vi');
    assert.equal((await newest()).status, 'draft');
    await lan.press(company, 'Đúng rồi');
    const again = await lan.see(/Khách hàng sẽ thấy/);
    await lan.press(again, 'Gửi');
    assert.match(wordsOf(await lan.see(/Thư chào đã đăng/)), /gửi tới minh\.doan@fabrikam\.vn/);
    await waitUntil(async () => ((await mails()).length === 1 ? true : undefined), { what: 'the mail' });
    const offer = await newest();
    const version = await versionOf(bot, offer);
    assert.equal(offer.status, 'published');
    assert.equal(version.number, 1);
    assert.equal(version.signature.name, 'Contoso Partner');
    assert.equal(version.contact.mail, 'lan.nguyen@contosopartner.vn');
    assert.match(JSON.stringify(await mails()), new RegExp(offer.code));
    // The same button once more, and the button of the first preview: nothing goes out twice.
    await lan.press(again, 'Gửi');
    await lan.see(/đã được gửi rồi/);
    await lan.press(preview, 'Gửi');
    await lan.see(/đã được gửi rồi/);
    assert.equal((await newest()).version, 1);
    assert.equal((await mails()).length, 1);
  });

  it('gives the bare link as a message of its own where no address is known', async () => {
    const form = await open();
    const service = choice(form, 'service', /Exchange Online/);
    await lan.press(form, 'Xem trước', { client: 'anyone', service, seats: 3 });
    await lan.press(await lan.see(/Khách hàng sẽ thấy/), 'Đăng và lấy liên kết');
    await lan.see(/Thư chào đã đăng/);
    const { code, id } = await newest();
    const link = await lan.see(/\/offers\//);
    assert.equal(link.activity.text, `${bot.url}/offers/${code}?lang=vi`);
    const kinds = (await bot.app.storage.offerEvents.ofOffer(id, 9)).map(({ kind }) => kind);
    assert.deepEqual(kinds.toSorted(), ['created', 'published']);
    assert.equal((await versionOf(bot, await newest())).terms.recipient.tenantId, null);
  });

  it('says of each wrong thing what to mend, with a reference, and keeps what was typed', async () => {
    let form = await open();
    const service = choice(form, 'service', /Business Basic/);
    const good = { find: 'fabrikam.vn', service, seats: '15', amount: '', mail: '', client: '' };
    const wrong: [Record<string, unknown>, RegExp][] = [
      [{ find: '' }, /chọn một khách hàng, hoặc gõ tên/],
      [{ find: 'fabricam.vn' }, /Không công ty nào ở Microsoft có tên miền «fabricam\.vn»/],
      [{ find: "O'Brien & Sons #1" }, /Không thấy khách hàng nào bắt đầu bằng «O'Brien & Sons #1»/],
      [{ find: 'contosopartner.vn' }, /chính công ty bạn/],
      [{ service: 'CFQ7TTC0LDPB:9999' }, /chọn một dịch vụ/],
      [{ seats: '0' }, /số nguyên từ 1 đến 300/],
      [{ seats: '-1' }, /số nguyên từ 1 đến 300/],
      [{ seats: '1.5' }, /số nguyên từ 1 đến 300/],
      [{ seats: 1_000_000_000 }, /số nguyên từ 1 đến 300/],
      [{ seats: 'mười' }, /số nguyên từ 1 đến 300/],
      [{ seats: '301' }, /số nguyên từ 1 đến 300/],
      [{ amount: 'nhiều' }, /Giá chưa đúng/],
      [{ amount: '-5' }, /Giá chưa đúng/],
      [{ mail: 'a@b.vn\nbcc: c@d.vn, e@f.vn' }, /Thư điện tử.* chưa đúng/],
    ];
    for (const [inputs, problem] of wrong) {
      await lan.press(form, 'Xem trước', { ...good, ...inputs });
      form = await lan.see(problem);
      assertReference(bot, form, 'vi');
    }
    await lan.press(form, 'Xem trước', good);
    assert.match(wordsOf(await lan.see(/Khách hàng sẽ thấy/)), /Fabrikam/);
  });

  it('lets one of several clients of that name be chosen, and refuses a choice beside another name', async () => {
    const form = await open();
    const service = choice(form, 'service', /Business Basic/);
    await lan.press(form, 'Xem trước', { find: 'Thương mại', service, seats: '5' });
    const several = await lan.see(/Có nhiều công ty khớp/);
    assert.ok(choicesOf(several, 'client', /Thương mại/).length > 1);
    const chosen = choice(several, 'client', /Thương mại Bình Minh/);
    await lan.press(several, 'Xem trước', { find: 'fabrikam', client: chosen });
    const both = await lan.see(/Bạn vừa chọn một khách vừa gõ «fabrikam»/);
    await lan.press(both, 'Xem trước', { find: '', client: chosen });
    await lan.see(/Dành cho Thương mại Bình Minh/);
  });

  it('takes any company of the world by its domain', async () => {
    const preview = await previewOffer(lan, { find: 'tailwindtraders.vn' });
    assert.match(wordsOf(preview), /Dành cho Tailwind Traders/);
  });

  it('is filled from one line', async () => {
    await lan.person.say('15 fabrikam business standard');
    const form = await lan.see(/Bước 1\/2/);
    await lan.press(form, 'Xem trước');
    assert.match(wordsOf(await lan.see(/Khách hàng sẽ thấy/)), /15 × Microsoft 365 Business Standard/);
  });

  it('is a trial with Microsoft’s own number of licences', async () => {
    const form = await open('mời dùng thử');
    const service = choice(form, 'service', /Business Standard/);
    await lan.press(form, 'Xem trước', { find: 'fabrikam', service, seats: '3', amount: '9' });
    const preview = await lan.see(/Khách hàng sẽ thấy/);
    assert.match(wordsOf(preview), /25 × [\s\S]*không tự gia hạn/);
    assert.ok(!titles(preview).includes('Thêm dịch vụ'));
  });

  it('grows by services, each changed and removed by itself', async () => {
    let preview = await previewOffer(lan, { find: 'fabrikam' });
    await lan.press(preview, 'Thêm dịch vụ');
    const more = await lan.see(/Thêm dịch vụ/);
    const service = choice(more, 'service', /Exchange Online/);
    await lan.press(more, 'Xem trước', { service, seats: '4', amount: '80000' });
    preview = await lan.see(/4 × Exchange Online/);
    await lan.press(preview, '15 × Microsoft 365 Business Standard');
    const line = await lan.see(/Sửa dịch vụ/);
    await lan.press(line, 'Xem trước', { seats: '20', minSeats: '30', maxSeats: '50' });
    const again = await lan.see(/Khoảng cho khách chọn/);
    await lan.press(again, 'Xem trước', { seats: '20', minSeats: '10', maxSeats: '50' });
    preview = await lan.see(/20 × Microsoft 365 Business Standard/);
    const { draft } = await newest();
    assert.deepEqual(
      draft?.lines.map(({ seats, minSeats, maxSeats }) => [seats, minSeats, maxSeats]),
      [
        [20, 10, 50],
        [4, 1, 1_000_000],
      ],
    );
    const old = preview;
    await lan.press(preview, 'Bỏ');
    preview = await lan.see(/4 × Exchange Online/);
    assert.equal((await newest()).draft?.lines.length, 1);
    // The same button again, and the one of the other line: nothing is removed for a card that shows what was.
    await lan.press(old, 'Bỏ');
    assertReference(bot, await lan.see(/đã được gửi rồi/), 'vi');
    const [, other] = buttonsOf(old.activity).filter(({ title }) => title === 'Bỏ');
    await lan.person.submit(other?.data);
    assertReference(bot, await lan.see(/vừa được thay đổi/), 'vi');
    assert.equal((await newest()).draft?.lines.length, 1);
  });

  it('is edited: days, language, note, as plain text', async () => {
    const first = await previewOffer(lan, { find: 'fabrikam' });
    await lan.press(first, 'Sửa');
    const form = await lan.see(/Sửa thư chào/);
    await lan.press(form, 'Xem trước', { validDays: '400' });
    const again = await lan.see(/từ 1 đến 90/);
    const note = '<b>Rẻ</b> [nhất](https://x.example) {price}';
    await lan.press(again, 'Xem trước', { validDays: '30', language: 'en', note });
    const preview = await lan.see(/Hiệu lực 30 ngày · tiếng Anh/);
    assert.ok(wordsOf(preview).includes(note));
    assert.match(wordsOf(preview), /Microsoft 365 Business Standard[\s\S]*licences/);
    // What was shown on the card before is not what would go out now.
    await lan.press(first, 'Đăng và lấy liên kết');
    await lan.see(/vừa được thay đổi/);
    assert.equal((await newest()).status, 'draft');
  });

  it('shows no price of Microsoft’s anywhere', async () => {
    const seen = lan.person.received().map((each) => JSON.stringify(each.activity));
    assert.ok(
      !seen.some((text) => /"(?:listPrice|erpPrice|unitPrice|cost)"|USD 10\b|\b10[.,]00\b/.test(text)),
    );
  });
});
