import assert from 'node:assert/strict';
import { mostAnswers, mostWishes } from '../../partner/answer-limits.ts';
import { publish, withDraft, withdraw } from '../../partner/offer-life.ts';
import type { Offer, OfferEvent, OfferTerms } from '../../partner/offers.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { signInAddress, startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { createCookieBrowser } from '../helpers/cookie-browser.ts';
import { asksWhoAnswers, assertReference, type Desk, sitDown } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { publishedAt } from '../helpers/published-offer.ts';
import { hanoi } from '../helpers/zones.ts';
import { offeredLine, offerTerms, offerView } from '../partner/offer-record.ts';

const titles = (received: Received) => buttonsOf(received.activity).map(({ title }) => title);
const offered = /Microsoft 365 Business Standard/;
const { tenantId, objectId } = seedAccounts.fabrikamGlobalAdmin;

describe('an offer in the chat guards', () => {
  let bot: TestBot;
  let minh: Desk;
  before(async () => {
    bot = await startTestBot();
    minh = await sitDown(bot, seedAccounts.fabrikamGlobalAdmin, { language: 'vi' });
  });
  after(() => bot.stop());

  const answerOf = (offerId: string) => bot.app.storage.acceptances.ofClient(offerId, tenantId);

  async function open(code: string): Promise<Received> {
    await minh.person.say(`offer ${code}`);
    for (;;) {
      const card = await minh.see(offered);
      if (JSON.stringify(card.activity).includes(`"code":"${code}"`)) return card;
    }
  }

  /** From the link to the card whose one press accepts. */
  async function review(code: string): Promise<Received> {
    await minh.press(await open(code), 'Chấp nhận');
    await minh.press(await minh.see(/cần bao nhiêu giấy phép/), 'Tiếp tục', { seats0: '12' });
    return minh.see(/Xem lại rồi chấp nhận/);
  }

  async function publishAgain(offer: Offer, change: Partial<OfferTerms>): Promise<void> {
    const before = await bot.app.storage.offers.find(offer.id);
    assert.ok(before);
    const { signature, contact } = offerView();
    const now = bot.sandbox.clock.now();
    const next = publish(withDraft(before, offerTerms(change)), {
      ...{ signature, contact, by: before.maker, now, zone: hanoi, hash: (text) => `hash-${text.length}` },
    });
    await bot.app.storage.commit({ offers: [{ save: next.offer }], offerVersions: [next.version] });
  }

  describe('against who was an administrator at the sign-in', () => {
    let restore: () => Promise<void>;
    async function takeRoles(): Promise<void> {
      const { world } = bot.sandbox;
      const held = (await world.all('roleAssignment', tenantId)).filter(
        (each) => each.principalId === objectId,
      );
      assert.ok(held.length > 0);
      for (const { id } of held) await world.remove('roleAssignment', tenantId, id);
      restore = async () => {
        for (const each of held) await world.put('roleAssignment', tenantId, each.id, each);
      };
    }
    afterEach(async () => {
      await restore();
      minh = await sitDown(bot, seedAccounts.fabrikamGlobalAdmin, { language: 'vi' });
    });

    it('and is none at the last press', async () => {
      const { offer } = await publishedAt(bot, 'taken');
      const sure = await review(offer.code);
      await takeRoles();
      await minh.press(sure, 'Chấp nhận');
      assertReference(bot, await minh.see(/Chỉ quản trị viên toàn cầu/), 'vi');
      const shown = await minh.see(offered);
      assert.deepEqual(titles(shown), ['Chuyển cho quản trị viên', 'Hỏi']);
      assert.equal((await answerOf('taken'))?.state, 'viewed');
    });

    const wanted = (seats0: string) => async () =>
      minh.press(await minh.see(/cần bao nhiêu giấy phép/), 'Tiếp tục', { seats0 });
    const answers = [
      { what: 'wish', before: wanted('400'), review: /Xem lại đề nghị/, last: 'Đề nghị 400 giấy phép' },
      { what: 'decline', before: async () => undefined, review: /Lý do/, last: 'Từ chối' },
      { what: 'withdraw', before: async () => undefined, review: /Rút lại lời/, last: 'Rút lại' },
    ];
    for (const { what, before, review: asked, last } of answers) {
      it(`and is none at the last press of another answer: ${what}`, async () => {
        const { offer } = await publishedAt(bot, `last-${what}`);
        if (what === 'withdraw') {
          await minh.press(await review(offer.code), 'Chấp nhận');
          await minh.see(/đang xem lại/);
        }
        const stood = await answerOf(offer.id);
        await minh.person.submit({ verb: `answer-offer-${what}`, code: offer.code });
        await before();
        const sure = await minh.see(asked);
        await takeRoles();
        await minh.press(sure, last);
        await minh.see(/Chỉ quản trị viên toàn cầu/);
        assert.deepEqual((await answerOf(offer.id))?.state, stood?.state);
      });
    }

    it('and whose account is blocked: they have to sign in again', async () => {
      const { offer } = await publishedAt(bot, 'blocked');
      const sure = await review(offer.code);
      const { world } = bot.sandbox;
      const user = await world.get('user', tenantId, objectId);
      assert.ok(user);
      restore = () => world.put('user', tenantId, objectId, user);
      await world.put('user', tenantId, objectId, { ...user, accountEnabled: false });
      await minh.press(sure, 'Chấp nhận');
      await minh.person.waitFor((each) => signInAddress(each) !== undefined);
      assert.equal((await answerOf('blocked'))?.state, 'viewed');
    });

    it('and takes no answer while Microsoft cannot be asked', async () => {
      const { offer } = await publishedAt(bot, 'no-answer');
      const sure = await review(offer.code);
      await minh.press(sure, 'Chấp nhận');
      const asked = await minh.person.waitFor(
        (each) =>
          asksWhoAnswers(each) && minh.person.received().indexOf(each) > minh.person.received().indexOf(sure),
      );
      restore = async () => undefined;
      const browser = createCookieBrowser();
      const { searchParams } = new URL((await browser.open(signInAddress(asked) ?? '')).at);
      const back = new URL(searchParams.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({
        error: 'server_error',
        state: searchParams.get('state') ?? '',
      }).toString();
      assert.equal((await browser.open(back.href)).response.status, 400);
      assert.equal((await answerOf('no-answer'))?.state, 'viewed');
      await minh.see(/Đã ghi nhận/);
    });
  });

  describe('what is for another company now', () => {
    const recipient = {
      ...{ name: 'Adventure Works', tenantId: seedTenants.adventureWorks, domain: 'adventure.example' },
      ...{ person: 'Lợi', mail: '' },
    };
    const price = { amount: '111222', currency: 'VND', per: 'month', vat: 'excluded' } as const;
    const theirs = { recipient, lines: [offeredLine({ price })], note: 'Riêng cho anh Lợi' };
    const assertNothingOfTheirs = (card: Received) =>
      assert.doesNotMatch(wordsOf(card), /Adventure|111\.222|Riêng cho/);

    it('from who only looked at it', async () => {
      const { offer } = await publishedAt(bot, 'moved');
      await open(offer.code);
      await publishAgain(offer, theirs);
      await minh.person.say(`offer ${offer.code}`);
      assertNothingOfTheirs(await minh.see(/dành cho công ty khác/));
      for (const what of ['accept', 'decline', 'wish', 'ask', 'pass-on', 'withdraw']) {
        await minh.person.submit({ verb: `answer-offer-${what}`, code: offer.code });
        assertNothingOfTheirs(await minh.see(/dành cho công ty khác/));
      }
      const stored = await answerOf('moved');
      assert.deepEqual([stored?.state, stored?.version], ['viewed', 1]);
    });

    it('from who accepted before: they see that, and may ask about it or take it back', async () => {
      const { offer } = await publishedAt(bot, 'moved-later');
      await minh.press(await review(offer.code), 'Chấp nhận');
      await minh.see(/Contoso Partner đang xem lại/);
      await publishAgain(offer, theirs);
      const card = await open(offer.code);
      assertNothingOfTheirs(card);
      assert.match(wordsOf(card), /Dành cho Fabrikam/);
      assert.deepEqual(titles(card), ['Hỏi', 'Rút lại']);
      await minh.press(card, 'Rút lại');
      const sure = await minh.see(/Rút lại lời chấp nhận\?/);
      assertNothingOfTheirs(sure);
      assert.match(wordsOf(sure), /3\.000\.000/);
      await minh.press(sure, 'Rút lại');
      await minh.see(/Đã rút lại lời chấp nhận/);
      const after = await open(offer.code);
      assertNothingOfTheirs(after);
      assert.deepEqual(titles(after), ['Hỏi']);
      assert.equal((await answerOf('moved-later'))?.state, 'withdrawn');
    });
  });

  describe('the maker against a flood', () => {
    const events = (offer: Offer, kind: OfferEvent['kind'], length: number): OfferEvent[] =>
      Array.from({ length }, (_, index) => ({
        ...{ id: `${offer.id} ${kind} ${index}`, offerId: offer.id, company: offer.company },
        ...{ client: tenantId, at: 1, kind, by: null, byName: 'Minh', details: {} },
      }));

    it('of wishes', async () => {
      const { offer } = await publishedAt(bot, 'wishing');
      await bot.app.storage.commit({ offerEvents: events(offer, 'wished', mostWishes) });
      await minh.press(await open(offer.code), 'Đề nghị số khác');
      await minh.press(await minh.see(/cần bao nhiêu giấy phép/), 'Tiếp tục', { seats0: '400' });
      await minh.press(await minh.see(/Xem lại đề nghị/), 'Đề nghị 400 giấy phép');
      assertReference(bot, await minh.see(/đã gửi nhiều đề nghị/), 'vi');
      assert.deepEqual((await answerOf('wishing'))?.wish, []);
    });

    it('of acceptances', async () => {
      const { offer } = await publishedAt(bot, 'accepting');
      await bot.app.storage.commit({ offerEvents: events(offer, 'accepted', mostAnswers) });
      await minh.press(await review(offer.code), 'Chấp nhận');
      assertReference(bot, await minh.see(/đã trả lời nhiều lần/), 'vi');
      assert.equal((await answerOf('accepting'))?.state, 'viewed');
    });
  });

  it('an offer that is withdrawn while somebody accepts it', async () => {
    const { offer } = await publishedAt(bot, 'raced');
    const sure = await review(offer.code);
    const { acceptances } = bot.app.storage;
    const { ofClient } = acceptances;
    let races = 0;
    acceptances.ofClient = async (...which) => {
      // The turn has read the offer, and has not written yet.
      if (races++ === 0) {
        const now = await bot.app.storage.offers.find(offer.id);
        assert.ok(now);
        await bot.app.storage.commit({ offers: [{ save: withdraw(now) }] });
      }
      return ofClient(...which);
    };
    try {
      await minh.press(sure, 'Chấp nhận');
      await minh.see(/đã được rút lại/);
    } finally {
      acceptances.ofClient = ofClient;
    }
    assert.ok(races > 1, 'the turn was not run again');
    assert.equal((await answerOf('raced'))?.state, 'viewed');
  });
});
