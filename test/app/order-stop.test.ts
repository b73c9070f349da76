import assert from 'node:assert/strict';
import type { Acceptance } from '../../partner/offers.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, sitDown } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { clientDoes } from '../helpers/offer-stage.ts';
import { publishedAt } from '../helpers/published-offer.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { offeredLine, offerTerms } from '../partner/offer-record.ts';

const stopButton = 'Dừng đặt hàng';
const titles = (received: Received) => buttonsOf(received.activity).map(({ title }) => title);

/** Tailwind is nobody's client yet: its order waits until it has made the partner its reseller. */
describe('an order that waits for the client', () => {
  let bot: TestBot;
  let lan: Desk;
  let count = 0;
  before(async () => {
    bot = await startTestBot();
    lan = await sitDown(bot, seedAccounts.sales, { language: 'vi' });
  });
  after(() => bot.stop());

  const acceptanceOf = async (id: string) =>
    (await bot.app.storage.acceptances.find(id)) ?? assert.fail('no acceptance');
  const operationOf = async (id: string) =>
    (await bot.app.storage.operations.find((await acceptanceOf(id)).operationId ?? '')) ??
    assert.fail('no operation');
  const inState = (id: string, ...states: Acceptance['state'][]) =>
    waitUntil(async () => (states.includes((await acceptanceOf(id)).state) ? true : undefined), {
      what: states.join(' or '),
      limitMs: 15_000,
    });

  async function accepted(
    tenantId: string,
    account: { tenantId: string; objectId: string },
  ): Promise<string> {
    count += 1;
    const recipient = { ...offerTerms().recipient, tenantId };
    const lines = [offeredLine({ seats: 5, minSeats: 1, maxSeats: 300, term: 'P1Y', billing: 'monthly' })];
    const { offer } = await publishedAt(bot, `stop${count}`, { recipient, lines });
    const client = { ...account, name: 'Tailwind', domain: 'tailwind.vn', signInName: 'toan@tailwind.vn' };
    const { id } = await clientDoes(bot, offer, client, ({ number, hash }) => ({
      ...{ do: 'accept', version: number, hash, seats: [5] },
    }));
    return id;
  }

  /** Confirmed by Lan, and waiting for Tailwind. */
  async function waiting(): Promise<{ id: string; card: Received }> {
    const id = await accepted(seedTenants.tailwind, seedAccounts.tailwindGlobalAdmin);
    await lan.person.submit({ verb: 'order-review', acceptance: id });
    const review = await lan.see(/Bước cuối/);
    await lan.press(review, titles(review)[0] ?? '');
    const card = await lan.see(/Đến lượt|chờ khách hàng|liên kết đại lý/i);
    await inState(id, 'ordering');
    return { id, card };
  }

  async function client(desk: Desk, id: string): Promise<Received> {
    await desk.person.submit({ verb: 'offer-client', acceptance: id });
    return desk.see(/Tailwind/);
  }

  it('is stopped at one press, and the client’s yes stands to be confirmed anew', async () => {
    const { id, card } = await waiting();
    const operation = await operationOf(id);
    await lan.press(card, stopButton);
    assert.match(wordsOf(await lan.see(/Đã dừng đặt hàng/)), /chưa có gì được mua/);
    const { state, operationId, confirmedBy, seats } = await acceptanceOf(id);
    assert.deepEqual([state, operationId, confirmedBy, seats], ['accepted', null, null, [5]]);
    const stopped = await bot.app.storage.operations.find(operation.id);
    assert.equal(stopped?.status, 'cancelled');
    const rows = await bot.app.storage.audit.ofOperation(operation.id);
    assert.deepEqual(
      rows.map(({ outcome, actor, details }) => [outcome, actor?.objectId, details['reason']]).slice(-1),
      [['failed', seedAccounts.sales.objectId, 'called-off']],
    );
    const [event] = await bot.app.storage.offerEvents.ofOffer((await acceptanceOf(id)).offerId, 1);
    assert.deepEqual([event?.kind, event?.client], ['stopped', seedTenants.tailwind]);
    await lan.person.say('lịch sử');
    await lan.see(/Dừng đặt hàng/);
    const again = await client(lan, id);
    assert.ok(titles(again).includes('Xem lại đơn hàng') && !titles(again).includes(stopButton));
    await lan.press(again, 'Xem lại đơn hàng');
    const review = await lan.see(/Bước cuối/);
    await lan.press(review, titles(review)[0] ?? '');
    await inState(id, 'ordering');
    assert.notEqual((await operationOf(id)).id, operation.id);
    // The card of the first order stops nothing of the second one.
    await lan.press(card, stopButton);
    assertReference(bot, await lan.see(/Không dừng được nữa/), 'vi');
    assert.equal((await acceptanceOf(id)).state, 'ordering');
  });

  it('is stopped by a colleague who may confirm orders, and its maker sees it', async () => {
    const { id } = await waiting();
    const bao = await sitDown(bot, seedAccounts.adminAgent, { language: 'vi' });
    const seen = await client(bao, id);
    await bao.press(seen, stopButton);
    assert.ok(titles(await bao.see(/chờ xác nhận|Xem lại đơn hàng/)).includes('Xem lại đơn hàng'));
    await lan.see(/Đã dừng đặt hàng/);
    assert.equal((await acceptanceOf(id)).state, 'accepted');
  });

  it('is stopped by nobody who may not confirm orders, nor by another company', async () => {
    const { id } = await waiting();
    const operation = (await operationOf(id)).id;
    const anh = await sitDown(bot, seedAccounts.helpdesk, { language: 'vi' });
    assert.ok(!titles(await client(anh, id)).includes(stopButton));
    await anh.person.submit({ verb: 'order-stop', operation });
    assertReference(bot, await anh.see(/Xác nhận đơn hàng/), 'vi');
    const other = await sitDown(bot, seedAccounts.withoutDelegationGlobalAdmin, { language: 'vi' });
    await other.person.submit({ verb: 'order-stop', operation });
    await other.see(/Mã tra cứu/);
    for (const made of ['', 'guessed', 'x'.repeat(5_000)]) {
      await lan.person.submit({ verb: 'order-stop', operation: made });
      assertReference(bot, await lan.see(/không còn dùng được/), 'vi');
    }
    assert.equal((await acceptanceOf(id)).state, 'ordering');
  });

  it('is not stopped once its checkout began', async () => {
    const { id, card } = await waiting();
    const operation = await operationOf(id);
    const steps = operation.steps.map((step) =>
      step.id === 'checkout' ? { ...step, status: 'started' as const, startedAt: 1, unclear: true } : step,
    );
    await bot.app.storage.commit({ operations: [{ save: { ...operation, steps } }] });
    await lan.press(card, stopButton);
    assertReference(bot, await lan.see(/Không dừng được nữa/), 'vi');
    assert.equal((await acceptanceOf(id)).state, 'ordering');
    assert.notEqual((await operationOf(id)).status, 'cancelled');
    assert.ok(!titles(await client(lan, id)).includes(stopButton));
  });
});
