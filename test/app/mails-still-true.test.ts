import assert from 'node:assert/strict';
import type { Offer } from '../../partner/offers.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, sitDown } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { clientDoes, confirmCompany, newestOffer, previewOffer } from '../helpers/offer-stage.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const { contoso } = seedTenants;
const hoa = 'hoa@fabrikam.vn';
const fabrikam = {
  ...{ tenantId: seedTenants.fabrikam, objectId: 'hoa', name: 'Fabrikam', domain: 'fabrikam.vn' },
  signInName: hoa,
};

describe('mails that a person presses', () => {
  let bot: TestBot;
  let lan: Desk;
  let offer: Offer;
  beforeEach(async () => {
    bot = await startTestBot();
    lan = await sitDown(bot, seedAccounts.sales, { language: 'vi' });
    await confirmCompany(lan);
    await lan.press(await previewOffer(lan, { find: 'fabrikam' }), 'Đăng và lấy liên kết');
    await lan.see(/\/offers\//);
    offer = await newestOffer(bot, contoso);
  });
  afterEach(() => bot.stop());

  const mails = () => bot.sandbox.world.all('mail', contoso);
  async function review(mail = hoa): Promise<Received> {
    await lan.person.submit({ verb: 'offer-send-again', offer: offer.id });
    const form = await lan.see(/Gửi thư chào qua thư điện tử/);
    await lan.press(form, 'Tiếp tục', { person: 'Chị Hoa', mail });
    return lan.see(/Thư đi từ hộp thư/);
  }
  async function stop(): Promise<void> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const page = `${bot.url}/offers/${offer.code}/stop`;
    assert.equal((await fetch(page, { method: 'POST', body: 'x=1', headers })).status, 200);
  }
  async function changePhone(): Promise<void> {
    const account = await bot.sandbox.world.get('partnerAccount', contoso, contoso);
    assert.ok(account);
    const { organization } = account;
    const defaultAddress = { ...organization.defaultAddress, phoneNumber: '+84 28 9999 9999' };
    const changed = { ...account, organization: { ...organization, defaultAddress } };
    await bot.sandbox.world.put('partnerAccount', contoso, contoso, changed);
  }
  /** What the review says, and that a press changes nothing. */
  async function isHeld(card: Received, why: RegExp): Promise<void> {
    await lan.press(card, 'Gửi thư');
    const again = await lan.see(why);
    assertReference(bot, again, 'vi');
    const operations = await bot.app.storage.audit.ofCompany(contoso, { limit: 50 });
    assert.deepEqual(
      operations.filter(({ verb }) => verb === 'send-mail'),
      [],
    );
    assert.deepEqual(await mails(), []);
  }

  it('leave where nothing stands against it', async () => {
    await lan.press(await review(), 'Gửi thư');
    const sent = await waitUntil(async () => (await mails()).at(0), { what: 'the mail' });
    assert.deepEqual([sent.to, sent.from.address], [[hoa], seedAccounts.sales.userPrincipalName]);
  });

  it('do not go to who pressed "stop": the review says so before anything is pressed', async () => {
    await stop();
    const card = await review();
    assert.match(wordsOf(card), /người nhận đã xin không nhận thư nữa/);
    assertReference(bot, card, 'vi');
    await isHeld(card, /người nhận đã xin không nhận thư nữa/);
  });

  it('do not leave of an offer that a colleague withdrew between review and press', async () => {
    const card = await review();
    await bot.app.storage.commit({ offers: [{ save: { ...offer, status: 'withdrawn' } }] });
    await isHeld(card, /thư chào đã được rút lại/);
  });

  it('wait for "Đúng rồi" where the details of the company have changed', async () => {
    await changePhone();
    const card = await review();
    assert.match(wordsOf(card), /Thông tin công ty chưa được xác nhận/);
    await isHeld(card, /Thông tin công ty chưa được xác nhận/);
  });

  it('do not carry earlier details, though the new ones are confirmed', async () => {
    await changePhone();
    await lan.person.say('công ty');
    await lan.press(await lan.see(/đã đổi/), 'Đúng rồi');
    await lan.see(/✓/);
    await isHeld(await review(), /thông tin công ty trong thư đã cũ/);
  });

  it('that publish a draft are not queued for who wants none, and the preview says so', async () => {
    await clientDoes(bot, offer, fabrikam, () => ({ do: 'view' }));
    await stop();
    const current = await bot.app.storage.offers.find(offer.id);
    const version = await bot.app.storage.offers.version(offer.id, 1);
    assert.ok(current && version);
    const { terms } = version;
    const draft = { ...terms, recipient: { ...terms.recipient, person: 'Hoa', mail: hoa } };
    await bot.app.storage.commit({ offers: [{ save: { ...current, draft } }] });
    await lan.person.submit({ verb: 'offer-preview', offer: offer.id });
    const preview = await lan.see(/Phiên bản 2: xem trước/);
    assert.match(wordsOf(preview), /sẽ không có thư nào được gửi cho họ/);
    await lan.press(preview, 'Gửi');
    await lan.see(/\/offers\//);
    const now = await bot.app.storage.offers.find(offer.id);
    assert.equal(now?.version, 2);
    const history = await bot.app.storage.audit.ofCompany(contoso, { limit: 50 });
    assert.equal(history.filter(({ verb }) => verb === 'send-mail').length, 0);
    assert.deepEqual(await mails(), []);
  });

  it('answer no question of who has asked for no more since then', async () => {
    const { id } = await clientDoes(bot, offer, fabrikam, () => ({ do: 'ask', text: 'Có hóa đơn không?' }));
    await bot.sandbox.clock.advance(1_000);
    await stop();
    await lan.person.submit({ verb: 'offer-answer-question', acceptance: id });
    await lan.press(await lan.see(/Câu trả lời đi qua thư/), 'Tiếp tục', { answer: 'Có' });
    const card = await lan.see(/bắt đầu như sau/);
    assert.match(wordsOf(card), /người nhận đã xin không nhận thư nữa/);
    await isHeld(card, /người nhận đã xin không nhận thư nữa/);
  });
});
