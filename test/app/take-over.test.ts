import assert from 'node:assert/strict';
import { termsFor } from '../../partner/delegation-terms.ts';
import type { Offer, OfferTerms } from '../../partner/offers.ts';
import type { Operation } from '../../partner/operations.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, sitDown } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { clientDoes } from '../helpers/offer-stage.ts';
import { publishedAt } from '../helpers/published-offer.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const { globalAdmin, adminAgent, sales, plain, fabrikamGlobalAdmin } = seedAccounts;
const takeOver = 'Làm tiếp thay';
const titles = (received: Received) => buttonsOf(received.activity).map(({ title }) => title);
const alone: Partial<OfferTerms> = {
  ...{ kind: 'delegation', lines: [] },
  delegation: termsFor('limited', { days: 365, autoExtend: true }),
};

describe('work for a client that stands still because its colleague is not signed in', () => {
  let bot: TestBot;
  let hung: Desk;
  let bao: Desk;
  before(async () => {
    bot = await startTestBot();
    [hung, bao] = await Promise.all([
      sitDown(bot, globalAdmin, { language: 'vi' }),
      sitDown(bot, adminAgent, { language: 'vi' }),
    ]);
  });
  after(() => bot.stop());

  const operationOf = async (id: string | null | undefined) =>
    (await bot.app.storage.operations.find(id ?? '')) ?? assert.fail('no operation');
  const inStatus = (id: string | null | undefined, status: Operation['status']) =>
    waitUntil(
      async () => {
        const now = await operationOf(id);
        return now.status === status ? now : undefined;
      },
      { what: `${status}`, limitMs: 20_000 },
    );

  async function allow(offer: Offer): Promise<void> {
    const minh = await sitDown(bot, fabrikamGlobalAdmin, { language: 'vi' });
    await minh.person.say(`offer ${offer.code}`);
    await minh.press(await minh.see(/Quản trị ủy nhiệm/), 'Cho phép');
    await minh.press(await minh.see(/Cho phép quản trị ủy nhiệm\?/), 'Cho phép');
    await minh.see(/Đã ghi nhận: công ty bạn cho phép/);
  }

  it('is a delegation that a colleague carries from before its first step, and its maker hears of it', async () => {
    const { offer } = await publishedAt(bot, 'left', alone, adminAgent);
    await bao.person.say('đăng xuất');
    await bao.see(/Đã đăng xuất/);
    await allow(offer);
    const allowed = await bot.app.storage.delegations.ofClient('left', seedTenants.fabrikam);
    const before = await inStatus(allowed?.operationId, 'waiting-sign-in');
    assert.deepEqual([before.kind, before.actor.objectId], ['delegate', adminAgent.objectId]);
    const at = { delegation: allowed?.id };

    await hung.person.submit({ verb: 'delegation-open', ...at });
    const card = await hung.see(/Quản trị ủy nhiệm · Fabrikam/);
    assert.match(wordsOf(card), /chưa tạo xong ở Microsoft/);
    assert.match(wordsOf(card), /đang chờ Đặng Quốc Bảo đăng nhập/);
    const tram = await sitDown(bot, plain, { language: 'vi' });
    await tram.person.submit({ verb: 'delegation-open', ...at });
    assert.ok(!titles(await tram.see(/Quản trị ủy nhiệm · Fabrikam/)).includes(takeOver));
    await tram.person.submit({ verb: 'delegation-take-over', ...at });
    assertReference(bot, await tram.see(/Bạn chưa làm được việc này/), 'vi');

    await hung.press(card, takeOver);
    await hung.press(await hung.see(/Việc này đang dừng ở Đặng Quốc Bảo/), 'Làm tiếp');
    const after = await waitUntil(
      async () => {
        const now = await bot.app.storage.delegations.ofClient('left', seedTenants.fabrikam);
        return now?.state === 'waiting-for-approval' ? now : undefined;
      },
      { what: 'the request at Microsoft', limitMs: 30_000 },
    );
    const { id, actor, refusedGeneration } = await operationOf(after.operationId);
    assert.deepEqual(
      [id, actor.objectId, refusedGeneration, after.maker?.objectId],
      [before.id, globalAdmin.objectId, undefined, globalAdmin.objectId],
    );
    const made = await bot.sandbox.world.all('relationship', seedTenants.contoso);
    assert.equal(made.filter(({ customer }) => customer?.tenantId === seedTenants.fabrikam).length, 1);

    const again = await sitDown(bot, adminAgent, { language: 'vi' });
    const told = await again.person.waitFor((each) => /Trần Văn Hùng làm tiếp thay bạn/.test(wordsOf(each)));
    assert.match(wordsOf(told), /Fabrikam/);
    await bot.app.bot.idle();
    assert.equal((await operationOf(before.id)).actor.objectId, globalAdmin.objectId);
  });

  it('is an order that a colleague carries on as the same one, with their own sign-in', async () => {
    const lan = await sitDown(bot, sales, { language: 'vi' });
    const fabrikam = { ...fabrikamGlobalAdmin, name: 'Adventure Works', domain: 'adventureworks.vn' };
    const client = { ...fabrikam, ...seedAccounts.adventureWorksGlobalAdmin, signInName: 'loi@adventure.vn' };
    const recipient = { name: client.name, domain: null, person: '', mail: '', tenantId: client.tenantId };
    const { offer } = await publishedAt(bot, 'ordered', { recipient });
    const { id } = await clientDoes(bot, offer, client, ({ number, hash }) => ({
      ...{ do: 'accept', version: number, hash, seats: [15] },
    }));
    bot.sandbox.faults.add({
      ...{ kind: 'expired-token', match: { method: 'POST', path: 'checkout' }, times: 100 },
    });
    await lan.person.submit({ verb: 'order-review', acceptance: id });
    await lan.press(await lan.see(/đặt thật với Microsoft/), 'Đặt hàng cho khách hàng');
    await lan.see(/Đăng nhập để tiếp tục/);
    bot.sandbox.faults.clear();
    const accepted = async () => (await bot.app.storage.acceptances.find(id)) ?? assert.fail('no acceptance');
    const { operationId } = await accepted();
    await inStatus(operationId, 'waiting-sign-in');

    await lan.person.submit({ verb: 'offer-client', acceptance: id });
    assert.ok(!titles(await lan.see(/đang chờ Nguyễn Thị Lan đăng nhập/)).includes(takeOver));
    await hung.person.submit({ verb: 'offer-client', acceptance: id });
    const card = await hung.see(/đang chờ Nguyễn Thị Lan đăng nhập/);
    await hung.press(card, takeOver);
    const question = await hung.see(/Việc này đang dừng ở Nguyễn Thị Lan/);
    await hung.press(question, 'Làm tiếp');
    await lan.see(/Trần Văn Hùng làm tiếp thay bạn/);
    const done = await inStatus(operationId, 'done');
    const { state, confirmedBy } = await accepted();
    assert.deepEqual(
      [state, confirmedBy?.objectId, done.actor.objectId],
      ['provisioned', globalAdmin.objectId, globalAdmin.objectId],
    );
    const orders = await bot.sandbox.world.all('order', seedTenants.contoso);
    assert.equal(orders.length, 1);
    await hung.press(question, 'Làm tiếp');
    assertReference(bot, await hung.see(/đã được gửi rồi/), 'vi');
    const verbs = (await bot.app.storage.audit.ofOperation(done.id)).map(({ verb }) => verb);
    assert.ok(verbs.includes('take-over'));
    // Whoever had it carries it on no more, whatever their old card offers.
    await lan.person.submit({ verb: 'order-take-over', acceptance: id });
    assert.ok(!titles(await lan.see(/Adventure Works/)).includes(takeOver));
  });
});
