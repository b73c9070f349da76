import assert from 'node:assert/strict';
import { termsFor } from '../../partner/delegation-terms.ts';
import type { Delegation } from '../../partner/delegations.ts';
import type { OfferTerms } from '../../partner/offers.ts';
import { longAgo } from '../../sandbox/delegation/times.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { keptDelegation } from '../helpers/delegation-stage.ts';
import { assertReference, type Desk, sitDown } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { publishedAt } from '../helpers/published-offer.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const titles = (received: Received) => buttonsOf(received.activity).map(({ title }) => title);
const limited = termsFor('limited', { days: 365, autoExtend: true });
const alone: Partial<OfferTerms> = { kind: 'delegation', lines: [], delegation: limited };

describe('delegated administration answered in the chat', () => {
  let bot: TestBot;
  let minh: Desk;
  let bao: Desk;
  before(async () => {
    bot = await startTestBot();
    [minh, bao] = await Promise.all([
      sitDown(bot, seedAccounts.fabrikamGlobalAdmin, { language: 'vi' }),
      sitDown(bot, seedAccounts.adminAgent, { language: 'vi' }),
    ]);
  });
  after(() => bot.stop());

  const publish = (name: string, terms: Partial<OfferTerms>) =>
    publishedAt(bot, name, terms, seedAccounts.adminAgent);

  async function open(desk: Desk, code: string): Promise<Received> {
    await desk.person.say(`offer ${code}`);
    for (;;) {
      const card = await desk.see(/Quản trị ủy nhiệm/);
      if (JSON.stringify(card.activity).includes(`"code":"${code}"`)) return card;
    }
  }

  const delegationOf = (offerId: string): Promise<Delegation | undefined> =>
    bot.app.storage.delegations.ofClient(offerId, seedTenants.fabrikam);

  it('is allowed after a look at what is allowed, and carried on as far as Microsoft’s page', async () => {
    const { offer } = await publish('allowed', alone);
    const card = await open(minh, offer.code);
    assert.deepEqual(titles(card), ['Cho phép', 'Không, cảm ơn', 'Để sau', 'Hỏi']);
    assert.doesNotMatch(wordsOf(card), /số giấy phép|đặt hàng/);
    await minh.press(card, 'Cho phép');
    const review = await minh.see(/Cho phép quản trị ủy nhiệm\?/);
    assert.match(wordsOf(review), /Bạn trả lời thay mặt Fabrikam \(fabrikam\.\w+\S*\), tên Đoàn Tuấn Minh/);
    assert.match(wordsOf(review), /Hỗ trợ người dùng: Đặt lại mật khẩu/);
    assert.equal(await delegationOf('allowed'), undefined);
    await minh.press(review, 'Cho phép');
    await minh.see(/Đã ghi nhận: công ty bạn cho phép/);
    const told = await bao.see(/Fabrikam cho phép quản trị ủy nhiệm/);
    assert.match(wordsOf(told), /Đoàn Tuấn Minh/);
    assert.deepEqual(titles(told), ['Xem quản trị ủy nhiệm', 'Mở thư chào']);
    const waiting = await waitUntil(
      async () => {
        const now = await delegationOf('allowed');
        return now?.state === 'waiting-for-approval' ? now : undefined;
      },
      { what: 'the request at Microsoft', limitMs: 30_000 },
    );
    assert.deepEqual([waiting.terms, waiting.person?.name], [limited, 'Đoàn Tuấn Minh']);
    const operation = await bot.app.storage.operations.find(waiting.operationId ?? '');
    assert.deepEqual(
      [operation?.kind, operation?.actor.objectId],
      ['delegate', seedAccounts.adminAgent.objectId],
    );
    await open(minh, offer.code);
    const approve = await minh.see(/Đến lượt bạn: phê duyệt trên trang của Microsoft/);
    const [link] = JSON.stringify(approve.activity).match(/http[^"]+granularAdminRelationships[^"]+/) ?? [];
    assert.ok(link?.includes(waiting.relationshipId ?? '-'));
    const [mail, ...more] = await waitUntil(
      async () => {
        const mails = await bot.sandbox.world.all('mail', seedTenants.contoso);
        const theirs = mails.filter(({ subject }) => subject.includes('phê duyệt quản trị ủy nhiệm'));
        return theirs.length > 0 ? theirs : undefined;
      },
      { what: 'the mail' },
    );
    assert.deepEqual(more, []);
    assert.ok(mail?.text?.includes(link ?? '-'));
    assert.ok(mail?.to.includes(waiting.person?.signInName ?? ''));
    await minh.press(review, 'Cho phép');
    assertReference(bot, await minh.see(/đã được gửi rồi/), 'vi');
  });

  it('is taken over by a colleague when whoever carries it cannot go on, and becomes ready once', async () => {
    const { offer } = await publish('left', alone);
    await minh.press(await open(minh, offer.code), 'Cho phép');
    await minh.press(await minh.see(/Cho phép quản trị ủy nhiệm\?/), 'Cho phép');
    await minh.see(/Đã ghi nhận/);
    const { operationId, relationshipId, id } = await waitUntil(
      async () => {
        const now = await delegationOf('left');
        return now?.state === 'waiting-for-approval' ? now : undefined;
      },
      { what: 'the request at Microsoft', limitMs: 30_000 },
    );
    const operation = () => bot.app.storage.operations.find(operationId ?? '');
    const hung = await sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' });
    await hung.person.submit({ verb: 'delegation-take-over', delegation: id });
    const still = await hung.see(/Chờ khách phê duyệt/);
    assert.ok(!titles(still).includes('Làm tiếp thay'), 'its carrier goes on by themselves');
    await waitUntil(
      async () => {
        const now = await operation();
        if (now === undefined) return undefined;
        const { generation = 0 } = (await bot.app.storage.tokens.load(now.actor)) ?? {};
        const stopped = { ...now, status: 'waiting-sign-in' as const, refusedGeneration: generation };
        return bot.app.storage.commit({ operations: [{ save: stopped }] }).then(
          () => true,
          () => undefined,
        );
      },
      { what: 'the end of its run' },
    );
    const minhs = await bot.sandbox.world.get('relationship', seedTenants.contoso, relationshipId ?? '');
    assert.ok(minhs);
    const now = bot.sandbox.clock.now();
    await bot.sandbox.world.put('relationship', seedTenants.contoso, minhs.id, {
      ...minhs,
      approval: {
        ...{ approvedAt: now, activatedAt: now, endsAt: now + 86_400_000 * 365 },
        ...{ activating: longAgo, active: longAgo, works: longAgo },
      },
    });
    await hung.person.submit({ verb: 'delegation-open', delegation: id });
    const card = await hung.see(/Quản trị ủy nhiệm · Fabrikam/);
    await hung.press(card, 'Làm tiếp thay');
    const question = await hung.see(/Việc này đang dừng ở Đặng/);
    await hung.press(question, 'Làm tiếp');
    await hung.see(/Khách hàng phê duyệt trên trang của Microsoft/);
    await hung.press(question, 'Làm tiếp');
    assertReference(bot, await hung.see(/đã được gửi rồi/), 'vi');
    const after = await waitUntil(
      async () => {
        const it = await operation();
        return it?.steps.find(({ id: step }) => step === 'access')?.status === 'done' ? it : undefined;
      },
      { what: 'access for the support groups', limitMs: 30_000 },
    );
    assert.equal(after.actor.objectId, seedAccounts.globalAdmin.objectId);
    assert.equal((await delegationOf('left'))?.maker?.objectId, seedAccounts.globalAdmin.objectId);
    const all = await bot.sandbox.world.all('relationship', seedTenants.contoso);
    assert.equal(all.filter(({ displayName }) => displayName === minhs.displayName).length, 1);
  });

  it('is declined at once, and allowed after a change of mind', async () => {
    const { offer } = await publish('declined', alone);
    await minh.press(await open(minh, offer.code), 'Không, cảm ơn');
    await minh.see(/Đã ghi nhận: công ty bạn không cho phép/);
    const after = await minh.see(/Công ty bạn không cho phép/);
    assert.deepEqual(titles(after), ['Cho phép', 'Hỏi']);
    assert.equal((await delegationOf('declined'))?.state, 'declined');
    await bao.see(/Fabrikam không cho phép quản trị ủy nhiệm/);
  });

  it('is put off, which the timeline tells once and nobody is woken by', async () => {
    const { offer } = await publish('later', alone);
    const card = await open(minh, offer.code);
    await minh.press(card, 'Để sau');
    await minh.see(/Được, để sau/);
    await minh.press(card, 'Để sau');
    assertReference(bot, await minh.see(/đã được gửi rồi/), 'vi');
    await minh.press(await minh.see(/Để sau/), 'Để sau');
    await minh.see(/Được, để sau/);
    assert.equal(await delegationOf('later'), undefined);
    const events = await bot.app.storage.offerEvents.ofOffer('later', 10);
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['delegation-later', 'viewed'],
    );
  });

  it('has a question of its own beside services, and changes nothing about them', async () => {
    const { offer } = await publish('beside', { delegation: limited });
    const card = await open(minh, offer.code);
    assert.deepEqual(titles(card), [
      ...['Chấp nhận', 'Đề nghị số khác', 'Từ chối', 'Hỏi'],
      'Trả lời về quản trị ủy nhiệm',
    ]);
    await minh.press(card, 'Trả lời về quản trị ủy nhiệm');
    const question = await minh.see(/không ảnh hưởng đến các dịch vụ/);
    assert.deepEqual(titles(question), ['Cho phép', 'Không, cảm ơn', 'Để sau']);
    await minh.press(question, 'Không, cảm ơn');
    const after = await minh.see(/Công ty bạn không cho phép/);
    assert.ok(titles(after).includes('Chấp nhận'));
    const acceptance = await bot.app.storage.acceptances.ofClient('beside', seedTenants.fabrikam);
    assert.equal(acceptance?.state, 'viewed');
  });

  it('is for a Global Administrator alone: others get the words to pass on', async () => {
    const { offer } = await publish('billing', alone);
    const billing = await sitDown(bot, seedAccounts.fabrikamBilling, { language: 'vi' });
    const card = await open(billing, offer.code);
    assert.deepEqual(titles(card), ['Chuyển cho quản trị viên toàn cầu', 'Hỏi']);
    await billing.press(card, 'Chuyển cho quản trị viên toàn cầu');
    await billing.see(/Chỉ quản trị viên toàn cầu của Fabrikam/);
    const ready = await billing.see(/Chào bạn,/);
    assert.match(wordsOf(ready), new RegExp(`/offers/${offer.code}`));
    // A card that was passed on keeps its buttons; the rules do not.
    const minhs = await open(minh, offer.code);
    const data = buttonsOf(minhs.activity).find(({ title }) => title === 'Cho phép')?.data;
    assert.ok(data);
    await billing.person.submit(data);
    await billing.see(/Chỉ quản trị viên toàn cầu của Fabrikam/);
    assert.equal(await delegationOf('billing'), undefined);
  });

  it('is a relationship of its own for each of two companies that answer one open link', async () => {
    const anyone = { tenantId: null, name: '', domain: null, person: '', mail: '' };
    const { offer } = await publish('open', { ...alone, recipient: anyone });
    const loi = await sitDown(bot, seedAccounts.adventureWorksGlobalAdmin, { language: 'vi' });
    for (const desk of [minh, loi]) {
      await desk.press(await open(desk, offer.code), 'Cho phép');
      const reviews = await desk.see(/Cho phép quản trị ủy nhiệm\?/);
      await desk.press(reviews, 'Cho phép');
      await desk.see(/Đã ghi nhận: công ty bạn cho phép/);
    }
    const relationships = await waitUntil(
      async () => {
        const of = await bot.app.storage.delegations.ofOffer('open');
        return of.length === 2 && of.every(({ state }) => state === 'waiting-for-approval') ? of : undefined;
      },
      { what: 'both requests at Microsoft', limitMs: 30_000 },
    );
    const atMicrosoft = await Promise.all(
      relationships.map(({ relationshipId }) =>
        bot.sandbox.world.get('relationship', seedTenants.contoso, relationshipId ?? ''),
      ),
    );
    assert.deepEqual(
      atMicrosoft.map((each) => each?.customer?.tenantId).toSorted(),
      [seedTenants.fabrikam, seedTenants.adventureWorks].toSorted(),
    );
  });

  it('leads on to the page for the consent where no role of ours may give it', async () => {
    const { offer } = await publish('consent', alone);
    const state = { offerId: offer.id, state: 'active' as const, status: 'active', wasUsable: false };
    await keptDelegation(bot, { id: 'consent', ...state });
    await open(minh, offer.code);
    const card = await minh.see(/Đến lượt bạn: chấp thuận ứng dụng trên trang của Microsoft/);
    assert.match(JSON.stringify(card.activity), /"url":"http[^"]+adminconsent\?/);
  });

  it('is over with the version that was seen', async () => {
    const { offer } = await publish('gone', alone);
    const card = await open(minh, offer.code);
    await minh.press(card, 'Cho phép');
    const review = await minh.see(/Cho phép quản trị ủy nhiệm\?/);
    const stored = await bot.app.storage.offers.find('gone');
    assert.ok(stored);
    await bot.app.storage.commit({ offers: [{ save: { ...stored, status: 'withdrawn' } }] });
    await minh.press(review, 'Cho phép');
    await minh.see(/đã được rút lại/);
    assert.equal(await delegationOf('gone'), undefined);
  });
});
