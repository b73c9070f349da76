import assert from 'node:assert/strict';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { dataOf, valuesOf } from '../helpers/card-answers.ts';
import { type Desk, sitDown } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { clientDoes, confirmCompany, newestOffer, previewOffer } from '../helpers/offer-stage.ts';
import { moveToWork } from '../helpers/working-time.ts';

const fabrikam = {
  ...seedAccounts.fabrikamGlobalAdmin,
  ...{ name: 'Fabrikam', domain: 'fabrikam.vn', signInName: 'minh.doan@fabrikam.onmicrosoft.com' },
};
const dayMs = 24 * 60 * 60 * 1000;

describe('forms and cards of an offer', () => {
  let bot: TestBot;
  let lan: Desk;
  before(async () => {
    bot = await startTestBot();
    lan = await sitDown(bot, seedAccounts.sales, { language: 'vi' });
    await confirmCompany(lan);
  });
  after(() => bot.stop());

  /** Sends the form as clients do that leave emptied fields out. */
  async function sendWithout(form: Received, title: string, emptied: readonly string[], more: object = {}) {
    const { ...values } = { ...valuesOf(form), ...more };
    for (const id of emptied) delete values[id];
    await lan.person.submit({ ...dataOf(form, title), ...values });
  }

  it('keep what was emptied empty, also when something else has to be corrected', async () => {
    const preview = await previewOffer(lan, {
      ...{ find: 'fabrikam', mail: 'minh.doan@fabrikam.vn', person: 'Minh', note: 'Chào anh' },
    });
    await lan.press(preview, 'Sửa');
    const form = await lan.see(/Hiệu lực/);
    const proceed = 'Xem trước';
    await sendWithout(form, proceed, ['person', 'mail', 'note', 'validDays']);
    const again = await lan.see(/Mã tra cứu/);
    const { person, mail, note, validDays } = valuesOf(again);
    assert.deepEqual([person, mail, note, validDays], ['', '', '', '']);
    await sendWithout(again, proceed, ['person', 'mail', 'note'], { validDays: '20' });
    await lan.see(/Hiệu lực 20 ngày/);
    const { draft } = await newestOffer(bot, seedTenants.contoso);
    assert.deepEqual([draft?.recipient.person, draft?.recipient.mail, draft?.note], ['', '', '']);
    assert.equal(draft?.recipient.tenantId, seedTenants.fabrikam);
  });

  it('show at once, with its date in full, what a button has just done', async () => {
    const preview = await previewOffer(lan, { find: 'fabrikam' });
    await lan.press(preview, 'Đăng và lấy liên kết');
    const card = await lan.see(/Thư chào đã đăng/);
    const year = new Date(bot.sandbox.clock.now()).getFullYear();
    assert.match(
      wordsOf(card),
      new RegExp(`Fabrikam[\\s\\S]*15 ×[\\s\\S]*${year} [\\s\\S]*Đăng · Nguyễn Thị Lan[\\s\\S]*Tạo bản`),
    );
    await lan.press(card, 'Gửi thư');
    const form = await lan.see(/Gửi thư chào qua thư điện tử/);
    await sendWithout(form, 'Tiếp tục', ['mail'], { person: 'Diệu' });
    const again = await lan.see(/Thư điện tử.* chưa đúng/);
    assert.deepEqual([valuesOf(again)['mail'], valuesOf(again)['person']], ['', 'Diệu']);
  });

  it('name everybody who may confirm an order, where none of them has opened the chat', async () => {
    const alone = await startTestBot();
    try {
      const anh = await sitDown(alone, seedAccounts.helpdesk, { language: 'vi' });
      await confirmCompany(anh);
      await anh.press(await previewOffer(anh, { find: 'fabrikam' }), 'Đăng và lấy liên kết');
      await anh.see(/\/offers\//);
      const offer = await newestOffer(alone, seedTenants.contoso);
      const { id } = await clientDoes(alone, offer, fabrikam, ({ number, hash }) => ({
        ...{ do: 'accept', version: number, hash, seats: [15] },
      }));
      await anh.person.submit({ verb: 'offer-client', acceptance: id });
      const card = await anh.see(/chưa ai trong số họ/);
      assert.match(wordsOf(card), /Quản trị viên toàn cầu.*, Admin agent hoặc Sales agent/);
    } finally {
      await alone.stop();
    }
  });

  it('tell the maker that nobody answered in time, once, and renew it from there', async () => {
    await lan.press(await previewOffer(lan, { find: 'fabrikam' }), 'Đăng và lấy liên kết');
    await lan.see(/\/offers\//);
    const offer = await newestOffer(bot, seedTenants.contoso);
    const seen = await bot.app.storage.offers.version(offer.id, 1);
    assert.ok(seen);
    await clientDoes(bot, offer, fabrikam, ({ number, hash }) => ({ do: 'view', version: number, hash }));
    moveToWork(bot, 15 * dayMs);
    await bot.restart();
    const card = await lan.see(/1 công ty đã xem nhưng chưa trả lời: Fabrikam/);
    assert.match(wordsOf(card), /15 × Microsoft 365 Business Standard/);
    assert.equal(buttonsOf(card.activity)[0]?.title, 'Gia hạn');
    await lan.press(card, 'Gia hạn');
    await lan.see(/Đã gia hạn đến/);
    assert.equal((await bot.app.storage.offers.find(offer.id))?.status, 'published');
    const { id } = offer;
    const told = lan.person.received().filter((each) => JSON.stringify(each).includes(`"offer":"${id}"`));
    const notices = told.filter((each) => /Thư chào đã hết hạn/.test(wordsOf(each)));
    assert.equal(notices.length, 1);
  });
});
