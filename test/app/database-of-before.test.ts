import assert from 'node:assert/strict';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { databaseOfBefore } from '../helpers/database-of-before.ts';
import { type Desk, sitDown } from '../helpers/desk.ts';
import { newestOffer } from '../helpers/offer-stage.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const company = seedTenants.contoso;
const { sales, globalAdmin, privilegedRoleAdmin, adminAgent } = seedAccounts;

describe('the databases of an earlier version, with work in the middle of everything', () => {
  let bot: TestBot;
  let lan: Desk;
  let minh: Desk;
  before(async () => {
    bot = await startTestBot({ prepare: databaseOfBefore });
    [lan, minh] = await Promise.all([
      sitDown(bot, sales, { language: 'vi' }),
      sitDown(bot, privilegedRoleAdmin, { language: 'vi' }),
    ]);
  });
  after(() => bot.stop());

  const find = (id: string) => bot.app.storage.operations.find(id);
  const becomes = (id: string, status: string) =>
    waitUntil(async () => ((await find(id))?.status === status ? true : undefined), {
      what: `${id} ${status}`,
      limitMs: 30_000,
    });

  it('show overview, desk and history as ever', async () => {
    await lan.person.say('tổng quan');
    assert.match(wordsOf(await lan.see(/Tổng quan/)), /khách hàng đang chờ bạn/);
    await lan.person.say('danh sách chào hàng');
    assert.match(wordsOf(await lan.see(/Cần bạn xử lý/)), /Adventure Works/);
    await lan.person.say('lịch sử nguoi.149');
    await lan.see(/nguoi\.149@contosopartner\.vn/);
  });

  it('keep the company’s confirmation: nobody has to say it again', async () => {
    await lan.person.say('công ty');
    assert.match(wordsOf(await lan.see(/Thông tin công ty/)), /✓|Đã xác nhận/);
  });

  it('keep the page of an open offer, and the end of a withdrawn one', async () => {
    const { storage } = bot.app;
    const open = await storage.offers.find('unconfirmed');
    const mailed = (await storage.offers.ofCompany(company, { limit: 20 })).find(
      ({ id }) => id.length === 36,
    );
    for (const offer of [open, mailed])
      assert.equal((await fetch(`${bot.url}/offers/${offer?.code}`)).status, 200);
    const withdrawn = await storage.offers.find('withdrawn');
    assert.equal((await fetch(`${bot.url}/offers/${withdrawn?.code}`)).status, 410);
    assert.ok(await newestOffer(bot, company));
  });

  it('know who wants no more mails, by the offer and by the address', async () => {
    const { offerEvents } = bot.app.storage;
    assert.ok(await offerEvents.stoppedAt({ id: 'stopped', company }, ''));
    assert.ok(await offerEvents.stoppedAt({ id: 'another', company }, 'hoa@fabrikam.vn'));
    assert.equal(await offerEvents.stoppedAt({ id: 'another', company }, 'minh.doan@fabrikam.vn'), undefined);
  });

  it('go on with an order: placed ones are set up', async () => {
    await bot.sandbox.clock.advance(30 * 60_000);
    const [ordered] = await bot.app.storage.acceptances.ofOffer('ordered');
    assert.ok(ordered && ['ordered', 'provisioned'].includes(ordered.state));
    const orders = await bot.sandbox.world.all('order', company);
    assert.equal(orders.length, 1);
  });

  it('let a yes that waits be confirmed and ordered', async () => {
    const [accepted] = await bot.app.storage.acceptances.ofOffer('unconfirmed');
    await lan.person.submit({ verb: 'order-review', acceptance: accepted?.id });
    await lan.press(await lan.see(/đặt thật với Microsoft/), 'Đặt hàng cho khách hàng');
    await waitUntil(
      async () => {
        const state = (await bot.app.storage.acceptances.find(accepted?.id ?? ''))?.state ?? '';
        return ['ordered', 'provisioned'].includes(state) ? true : undefined;
      },
      { what: 'the order', limitMs: 30_000 },
    );
  });

  it('let an order that was plainly refused go on, with a new cart', async () => {
    await lan.person.submit({ verb: 'operation-show', operation: 'refused-order' });
    await lan.press(await lan.see(/Thử lại/), 'Thử lại');
    await waitUntil(
      async () => {
        const [answer] = await bot.app.storage.acceptances.ofOffer('refused-checkout');
        return answer?.orderId === null ? undefined : true;
      },
      { what: 'the order of the new cart', limitMs: 30_000 },
    );
  });

  it('let the second person say yes to what waits', async () => {
    await sitDown(bot, globalAdmin, { language: 'vi' });
    const [approval] = await bot.app.storage.approvals.waiting(company);
    await minh.person.say('chờ duyệt');
    await minh.press(await minh.see(/Phan Văn Quân/), 'Duyệt');
    await becomes(approval?.operationId ?? '', 'done');
  });

  it('tell of a mail that waited for its maker’s sign-in: nobody knew then what it hangs on', async () => {
    await becomes('waiting-proof', 'failed');
    const told = await lan.person.waitFor((each) => /Chưa xong: gửi thư/.test(wordsOf(each)));
    assert.match(wordsOf(told), /vừa được nâng cấp/);
  });

  it('give somebody the message that waited for them', async () => {
    const ha = await sitDown(bot, seedAccounts.userAdmin, { language: 'vi' });
    await ha.person.waitFor((each) => /Tin nhắn chờ Phạm Thu Hà/.test(JSON.stringify(each)));
  });

  it('let a colleague take over a delegation that stands at its first step', async () => {
    const [delegation] = await bot.app.storage.delegations.ofOffer('first-step');
    assert.ok(delegation?.operationId, 'the delegation names the operation that was begun for it');
    await lan.person.submit({ verb: 'delegation-open', delegation: delegation.id });
    const card = await lan.see(/Quản trị ủy nhiệm/);
    assert.match(wordsOf(card), /Đặng Quốc Bảo/);
  });

  it('go on with a delegation that waited for its first step when its person signs in', async () => {
    const [waiting] = await bot.app.storage.operations.ofActor(adminAgent, ['waiting-sign-in']);
    assert.equal(waiting?.kind, 'delegate');
    await sitDown(bot, adminAgent, { language: 'vi' });
    await waitUntil(
      async () => {
        const [delegation] = await bot.app.storage.delegations.ofOffer('first-step');
        return delegation?.state === 'waiting-for-approval' ? true : undefined;
      },
      { what: 'the request at Microsoft', limitMs: 30_000 },
    );
  });

  it('still wait for the client’s approval of a delegation', async () => {
    const [delegation] = await bot.app.storage.delegations.ofOffer('waits-for-approval');
    assert.equal(delegation?.state, 'waiting-for-approval');
    assert.equal((await find(delegation?.operationId ?? ''))?.status, 'running');
  });
});
