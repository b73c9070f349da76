import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { publish, withDraft } from '../../partner/offer-life.ts';
import { seedItems } from '../../sandbox/seed/catalogue.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { type Desk, sitDown } from '../helpers/desk.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { clientDoes, confirmCompany } from '../helpers/offer-stage.ts';
import { publishedAt } from '../helpers/published-offer.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { hanoi } from '../helpers/zones.ts';
import { offeredLine } from '../partner/offer-record.ts';
import { acceptance } from '../storage/samples.ts';

const fabrikam = {
  ...seedAccounts.fabrikamGlobalAdmin,
  ...{ name: 'Fabrikam', domain: 'fabrikam.vn', signInName: 'minh.doan@fabrikam.onmicrosoft.com' },
};
/** Has agreed with Microsoft itself. */
const adventureWorks = {
  ...seedAccounts.adventureWorksGlobalAdmin,
  ...{ name: 'Adventure Works', domain: 'adventureworks.onmicrosoft.com' },
  signInName: 'loi.thai@adventureworks.onmicrosoft.com',
};
const premium = { item: seedItems.businessPremium, name: 'Microsoft 365 Business Premium' };

describe('an offer about which more than one person acts', () => {
  let bot: TestBot;
  let lan: Desk;
  let hung: Desk;
  let anh: Desk;
  before(async () => {
    bot = await startTestBot();
    [lan, hung, anh] = await Promise.all([
      sitDown(bot, seedAccounts.sales, { language: 'vi' }),
      sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' }),
      sitDown(bot, seedAccounts.helpdesk, { language: 'vi' }),
    ]);
    await confirmCompany(lan);
  });
  after(() => bot.stop());

  const stateOf = async (id: string) => (await bot.app.storage.acceptances.find(id))?.state;
  const mailsWith = async (text: string) =>
    (await bot.sandbox.world.all('mail', seedTenants.contoso)).filter((each) =>
      JSON.stringify(each).includes(text),
    );
  const show = async (desk: Desk, id: string, words: RegExp) => {
    await desk.person.submit({ verb: 'offer-client', acceptance: id });
    return desk.see(words);
  };

  /** An accepted offer whose order Microsoft refuses: the service is not sold. */
  async function failedOrder(name: string): Promise<string> {
    const lines = [offeredLine({ item: 'CFQ7TTC00000:0001', name: 'Dịch vụ cũ' })];
    const recipient = { name: 'Adventure Works', domain: null, person: '', mail: '' };
    const { tenantId } = adventureWorks;
    const { offer } = await publishedAt(bot, name, { lines, recipient: { ...recipient, tenantId } });
    const { id } = await clientDoes(bot, offer, adventureWorks, ({ number, hash }) => ({
      ...{ do: 'accept', version: number, hash, seats: [15] },
    }));
    await lan.person.submit({ verb: 'order-review', acceptance: id });
    await lan.press(await lan.see(/đặt thật với Microsoft/), 'Đặt hàng cho khách hàng');
    await lan.see(/Microsoft không còn bán dịch vụ này/);
    return id;
  }

  it('lets a colleague reopen an order that never reached the checkout; the client is free again', async () => {
    const id = await failedOrder('reopened');
    assert.equal(await stateOf(id), 'failed');
    const card = await show(hung, id, /Dừng đặt hàng/);
    await hung.press(card, 'Dừng đặt hàng');
    await hung.see(/Đã chấp nhận, chờ xác nhận/);
    assert.equal(await stateOf(id), 'accepted');
    // The old card does not bring the old operation back.
    await hung.press(card, 'Dừng đặt hàng');
    await hung.see(/Đã chấp nhận, chờ xác nhận/);
    const operations = await bot.app.storage.operations.ofActor(seedAccounts.sales, ['cancelled'], 9);
    assert.equal(operations.filter(({ kind }) => kind === 'confirm-order').length, 1);
  });

  it('asks a person to look where Microsoft may hold the order, and believes that', async () => {
    const id = await failedOrder('unclear');
    const operationId = (await bot.app.storage.acceptances.find(id))?.operationId ?? '';
    const operation = (await bot.app.storage.operations.find(operationId)) ?? assert.fail('no operation');
    const steps = operation.steps.map((step) =>
      step.id === 'checkout' ? { ...step, startedAt: 1, unclear: true } : step,
    );
    await bot.app.storage.commit({ operations: [{ save: { ...operation, steps } }] });
    await hung.press(await show(hung, id, /Mở lại để xử lý/), 'Mở lại để xử lý');
    const ask = await hung.see(/Có thể Microsoft đã nhận đơn/);
    assert.equal(await stateOf(id), 'failed');
    await hung.press(ask, 'Đã xem: không có đơn nào');
    await hung.see(/Microsoft không có đơn này/);
    assert.equal(await stateOf(id), 'refused');
    assert.equal((await bot.app.storage.operations.find(operationId))?.status, 'cancelled');
    // Who may confirm no orders reopens none.
    await anh.person.submit({ verb: 'order-reopen', acceptance: id });
    await anh.see(/Nguyễn Thị Lan|không có quyền|cần vai trò/);
  });

  it('puts a wish onto the lines that it was for, and shows it before it goes out', async () => {
    const [standard, other] = [offeredLine(), offeredLine({ ...premium, seats: 3 })];
    const { offer, version } = await publishedAt(bot, 'mixed', { lines: [other, standard] });
    const { id } = await clientDoes(bot, offer, fabrikam, ({ number }) => ({
      ...{ do: 'wish', version: number, seats: [5, 200] },
    }));
    const card = await show(lan, id, /Khách đề nghị/);
    const { signature, contact, by } = version;
    const turned = publish(withDraft(offer, { ...version.terms, lines: [standard, other] }), {
      ...{ signature, contact, by, now: bot.sandbox.clock.now(), zone: hanoi },
      hash: (text: string) => `h${text.length}`,
    });
    await bot.app.storage.commit({ offers: [{ save: turned.offer }], offerVersions: [turned.version] });
    const button =
      buttonsOf(card.activity).find(({ title = '' }) => /phiên bản mới/.test(title))?.title ?? '';
    await lan.press(card, button);
    await lan.see(/Phiên bản 3: xem trước/);
    const after = await bot.app.storage.offers.find(offer.id);
    assert.equal(after?.version, 2);
    assert.deepEqual(
      after?.draft?.lines.map(({ name, seats }) => [name, seats]),
      [
        [standard.name, 200],
        [premium.name, 5],
      ],
    );
  });

  it('gives a client one answer to a question, whoever is faster', async () => {
    const { offer } = await publishedAt(bot, 'twice');
    const { id } = await clientDoes(bot, offer, fabrikam, () => ({ do: 'ask', text: 'Giá lần này?' }));
    const forms = [];
    for (const desk of [lan, anh]) {
      await desk.person.submit({ verb: 'offer-answer-question', acceptance: id });
      forms.push(await desk.see(/Câu trả lời đi qua thư/));
    }
    const [first, second] = forms;
    assert.ok(first && second);
    for (const [desk, form] of [[lan, first] as const, [anh, second] as const]) {
      await desk.press(form, 'Tiếp tục', { answer: 'Một triệu' });
      const review = await desk.see(/bắt đầu như sau/);
      await desk.press(review, buttonsOf(review.activity)[0]?.title ?? '');
      if (desk === lan) {
        const answered = async () => (await mailsWith('Giá lần này?')).length === 1 || undefined;
        await waitUntil(answered, { what: 'the mail' });
      }
    }
    await anh.see(/Đồng nghiệp của bạn vừa trả lời/);
    assert.equal((await mailsWith('Giá lần này?')).length, 1);
  });

  it('warns of who wants no more mails, and mails a new version to nobody by itself', async () => {
    const { offer } = await publishedAt(bot, 'stopped');
    await clientDoes(bot, offer, fabrikam, () => ({ do: 'view' }));
    const preview = async () => {
      await lan.person.submit({ verb: 'offer-new-version', offer: offer.id });
      return lan.see(/Phiên bản 2: xem trước/);
    };
    assert.match(wordsOf(await preview()), /minh\.doan@fabrikam/);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const page = `${bot.url}/offers/${offer.code}/stop`;
    assert.equal((await fetch(page, { method: 'POST', body: 'x=1', headers })).status, 200);
    await saidByOthersToo(offer.company);
    const warned = wordsOf(await preview());
    assert.match(warned, /xin không nhận thư nữa/);
    assert.doesNotMatch(warned, /minh\.doan@fabrikam\.onmicrosoft/);
  });

  /** So many later stops of other offers that no window over the newest of them holds an earlier one. */
  async function saidByOthersToo(company: string): Promise<void> {
    const others = Array.from({ length: 600 }, (_, index) => ({
      ...{ id: randomUUID(), offerId: `other-${index}`, company, client: null, at: bot.sandbox.clock.now() },
      ...{ kind: 'noted' as const, by: null, byName: '', details: { what: 'stop' } },
    }));
    await bot.app.storage.commit({ offerEvents: others });
  }

  it('warns when another offer goes to an address that wants no more mails, and records each stop after a mail', async () => {
    const recipient = { name: '', tenantId: null, domain: null, person: 'Hoa', mail: 'hoa@fabrikam.vn' };
    const { offer } = await publishedAt(bot, 'not-me', { recipient });
    const mailed = (to: string) => ({
      ...{ id: randomUUID(), offerId: offer.id, company: offer.company, client: null, by: null, byName: '' },
      ...{ kind: 'sent' as const, at: bot.sandbox.clock.now(), details: { to } },
    });
    const stop = async () => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const page = `${bot.url}/offers/${offer.code}/stop`;
      assert.equal((await fetch(page, { method: 'POST', body: 'x=1', headers })).status, 200);
    };
    const stops = async () => (await bot.app.storage.offerEvents.ofKinds(offer.id, ['noted'])).length;
    await bot.app.storage.commit({ offerEvents: [mailed('Hoa@fabrikam.vn')] });
    await stop();
    await saidByOthersToo(offer.company);
    await stop();
    assert.equal(await stops(), 1);
    const another = await publishedAt(bot, 'again', { recipient });
    await lan.person.submit({ verb: 'offer-new-version', offer: another.offer.id });
    assert.match(
      wordsOf(await lan.see(/Phiên bản 2: xem trước/)),
      /Người nhận thư chào này đã xin không nhận thư nữa/,
    );
    // Mailed once more, which tells nobody that it is wanted now.
    await bot.sandbox.clock.advance(60_000);
    await bot.app.storage.commit({ offerEvents: [mailed('hoa@fabrikam.vn')] });
    await stop();
    assert.equal(await stops(), 2);
  });

  it('finds a question however many others are quiet, and whoever else is loud', async () => {
    const { offer } = await publishedAt(bot, 'quiet', {
      recipient: { name: '', tenantId: null, domain: null, person: '', mail: '' },
    });
    const { company } = offer;
    const quiet = Array.from({ length: 30 }, (_, index) => {
      const client = { tenantId: `t${index}`, name: `Công ty ${index}`, domain: 'd.vn' };
      const change = { offerId: offer.id, company, client, state: 'lapsed' as const, answeredAt: null };
      return { add: acceptance(`quiet-${index}`, { ...change, createdAt: index, wish: [] }) };
    });
    await bot.app.storage.commit({ acceptances: quiet });
    const { id } = await clientDoes(bot, offer, fabrikam, () => ({ do: 'ask', text: 'Ai trả lời tôi?' }));
    const loud = Array.from({ length: 250 }, (_, index) => ({
      ...{
        id: `loud-${index}`,
        offerId: offer.id,
        company,
        client: 't1',
        at: index,
        kind: 'viewed' as const,
      },
      ...{ by: null, byName: 'Ồn ào', details: {} },
    }));
    await bot.app.storage.commit({ offerEvents: loud });
    await lan.person.say('danh sách chào hàng');
    assert.match(wordsOf(await lan.see(/Cần bạn xử lý/)), /Fabrikam/);
    assert.match(wordsOf(await show(lan, id, /Câu hỏi/)), /Ai trả lời tôi\?/);
  });
});
