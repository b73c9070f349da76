import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, operationsOf, sitDown, usersNamed } from '../helpers/desk.ts';

const { globalAdmin, plain } = seedAccounts;
const day = 24 * 60 * 60_000;

describe('what was drawn more than 7 days ago', () => {
  let bot: TestBot;
  let hung: Desk;
  before(async () => {
    bot = await startTestBot();
    hung = await sitDown(bot, globalAdmin);
  });
  after(() => bot.stop());

  const operations = () => operationsOf(bot, globalAdmin);
  const isOld = /more than 7 days old/;

  it('a review changes nothing, is drawn anew, and counts only when that is pressed', async () => {
    const [victim] = await usersNamed(bot, 'Đỗ Quang Long');
    assert.ok(victim);
    await hung.person.submit({ verb: 'block-user', id: victim.id });
    const review = await hung.see(/Look it over/);
    await bot.sandbox.clock.advance(200 * day);
    await hung.press(review, 'Block sign-in');
    assertReference(bot, await hung.see(isOld));
    const fresh = await hung.see(/Look it over/);
    assert.deepEqual(await operations(), []);
    // The old card stays what it is.
    await hung.press(review, 'Block sign-in');
    assertReference(bot, await hung.see(/can no longer be used|more than 7 days/));
    const last = await hung.see(/Look it over/);
    assert.deepEqual(await operations(), []);
    await hung.press(fresh, 'Block sign-in');
    await hung.see(/can no longer be used/);
    await hung.see(/Look it over/);
    assert.ok(last);
    await hung.person.say('cancel');
    await hung.see(/Overview/);
  });

  it('a review works for 7 days, and a fresh one of an old one at once', async () => {
    await hung.person.submit({ verb: 'support-choose', id: plain.objectId, to: 'limited' });
    const review = await hung.see(/None → Limited/);
    await bot.sandbox.clock.advance(7 * day + 60_000);
    await hung.press(review, 'Change support access');
    await hung.see(isOld);
    const fresh = await hung.see(/None → Limited/);
    await bot.sandbox.clock.advance(6 * day);
    await hung.press(fresh, 'Change support access');
    await hung.see(/Done: change support access/);
    assert.equal((await operations()).length, 1);
  });

  it('a typed answer is not taken for a form of then', async () => {
    await hung.person.say('add user');
    await hung.see(/Step 1 of 3/);
    await bot.sandbox.clock.advance(8 * day);
    await hung.person.say('Lương Trả Lời');
    assertReference(bot, await hung.see(isOld));
    await hung.see(/Step 1 of 3/);
    await hung.person.say('Lương Trả Lời');
    assert.match(wordsOf(await hung.see(/Step 2 of 3/)), /loi\.luong/);
    await hung.person.say('cancel');
    await hung.see(/Overview/);
  });

  it('a button of a finished operation shows the operation, with buttons that work', async () => {
    await hung.confirm('Lương Ngày Xưa');
    const card = await hung.see(/Done: add a user/);
    await bot.sandbox.clock.advance(7 * day + 60_000);
    const before = (await operations()).length;
    await hung.press(card, 'New password');
    assertReference(bot, await hung.see(isOld));
    const fresh = await hung.see(/Done: add a user/);
    assert.equal((await operations()).length, before);
    await hung.press(fresh, 'New password');
    await hung.see(/Done: set a new password/);
    assert.equal((await operations()).length, before + 1);
  });
});
