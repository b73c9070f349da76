import assert from 'node:assert/strict';
import type { Operation } from '../../partner/operations.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, operationsOf, sitDown } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { publishedAt } from '../helpers/published-offer.ts';

const { globalAdmin, plain, sales } = seedAccounts;

describe('what is done at one press is done once', () => {
  let bot: TestBot;
  let hung: Desk;
  before(async () => {
    bot = await startTestBot();
    hung = await sitDown(bot, globalAdmin);
  });
  after(() => bot.stop());

  const operations = () => operationsOf(bot, globalAdmin);
  const newest = async () => (await operations())[0] ?? assert.fail('no operation');
  const countOf = async (kind: string) => (await operations()).filter((each) => each.kind === kind).length;

  /** The operation drawn once more: a second card with buttons of its own. */
  async function copyOf({ id }: Operation, words: RegExp): Promise<Received> {
    await hung.person.submit({ verb: 'operation-show', operation: id });
    return hung.see(words);
  }

  /** Bùi Ngọc Trâm is blocked; answers the card that says so. */
  async function block(): Promise<Received> {
    await hung.person.submit({ verb: 'block-user', id: plain.objectId });
    await hung.press(await hung.see(/Look it over/), 'Block sign-in');
    return hung.see(/Done: block sign-in/);
  }

  it('undo, pressed twice at once, and again on another drawing of the card', async () => {
    const card = await block();
    const copy = await copyOf(await newest(), /Done: block sign-in/);
    const before = await countOf('unblock-user');
    await Promise.all([hung.press(card, 'Undo'), hung.press(card, 'Undo')]);
    assert.equal(await countOf('unblock-user'), before + 1);
    assertReference(bot, await hung.see(/already sent/));
    await hung.press(copy, 'Undo');
    assertReference(bot, await hung.see(/begun before/));
    await hung.see(/unblock sign-in/);
    assert.equal(await countOf('unblock-user'), before + 1);
  });

  it('undo of two drawings pressed at once', async () => {
    const card = await block();
    const copy = await copyOf(await newest(), /Done: block sign-in/);
    const before = await countOf('unblock-user');
    await Promise.all([hung.press(card, 'Undo'), hung.press(copy, 'Undo')]);
    assert.equal(await countOf('unblock-user'), before + 1);
    assertReference(bot, await hung.see(/begun before/));
  });

  it('a new password, pressed twice at once, in a row, and on another drawing of the card', async () => {
    await hung.confirm('Lâm Một Lần');
    const card = await hung.see(/Done: add a user/);
    const copy = await copyOf(await newest(), /Done: add a user/);
    await Promise.all([hung.press(card, 'New password'), hung.press(card, 'New password')]);
    assert.equal(await countOf('new-password'), 1);
    const done = await hung.see(/Done: set a new password/);
    await hung.press(card, 'New password');
    assertReference(bot, await hung.see(/already sent/));
    // What was made by the first press is shown, with its page.
    assert.match(JSON.stringify((await hung.see(/Done: set a new password/)).activity), /\/passwords\//);
    await hung.press(copy, 'New password');
    assertReference(bot, await hung.see(/begun before/));
    assert.equal(await countOf('new-password'), 1);
    // One more is made from the card of the one before.
    await hung.press(done, 'New password');
    await hung.see(/Done: set a new password/);
    assert.equal(await countOf('new-password'), 2);
  });

  it('a copy of an offer, pressed twice, while a fresh card makes another one', async () => {
    const lan = await sitDown(bot, sales);
    const { offer } = await publishedAt(bot, 'copied');
    const drafts = async () => (await bot.app.storage.offers.ofCompany(sales.tenantId, { limit: 50 })).length;
    const open = async () => {
      await lan.person.submit({ verb: 'offer-open', offer: offer.id });
      return lan.see(/Purchase offer/);
    };
    const [card, before] = [await open(), await drafts()];
    await Promise.all([lan.press(card, 'Copy'), lan.press(card, 'Copy')]);
    assertReference(bot, await lan.see(/already sent/));
    assert.equal(await drafts(), before + 1);
    await lan.press(await open(), 'Copy');
    assert.equal(await drafts(), before + 2);
  });

  it('renewing an offer from two cards that show the same version', async () => {
    const lan = await sitDown(bot, sales);
    const { offer } = await publishedAt(bot, 'renewed');
    await hung.person.say('company');
    await hung.press(await hung.see(/Nobody has confirmed|confirm/), 'That is right');
    await hung.see(/Confirmed by|confirmed/);
    const notes: Received[] = [];
    for (const _ of [1, 2]) {
      await lan.person.submit({ verb: 'offer-open', offer: offer.id });
      notes.push(await lan.see(/Purchase offer/));
    }
    for (const card of notes) await lan.press(card, 'Renew');
    await lan.see(/Renewed until/);
    assertReference(bot, await lan.see(/changed/));
    assert.equal((await bot.app.storage.offers.find(offer.id))?.version, 2);
  });

  it('a reviewed change sent twice at once, each with an activity of its own', async () => {
    await hung.person.submit({ verb: 'support-choose', id: plain.objectId, to: 'limited' });
    const review = await hung.see(/→ Limited/);
    const before = await countOf('change-support');
    const title = 'Change support access';
    await Promise.all([hung.press(review, title), hung.press(review, title)]);
    assert.equal(await countOf('change-support'), before + 1);
    const told = await hung.person.waitFor(
      (each) =>
        hung.person.received().indexOf(each) > hung.person.received().indexOf(review) &&
        /already sent/.test(wordsOf(each)),
    );
    assertReference(bot, told);
  });
});
