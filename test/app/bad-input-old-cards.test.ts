import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, sitDown, usersNamed } from '../helpers/desk.ts';

describe('a card that is out of its time', () => {
  let bot: TestBot;
  let hung: Desk;
  beforeEach(async () => {
    bot = await startTestBot();
    hung = await sitDown(bot);
  });
  afterEach(() => bot.stop());

  it('works after a restart of the bot while it is the open one, and is refused when it is not', async () => {
    await hung.person.say('add user');
    const name = await hung.see(/Step 1 of 3/);
    await hung.press(name, 'Continue', { fullName: 'Đinh Khởi Động' });
    const details = await hung.see(/Step 2 of 3/);
    await bot.restart();
    await hung.press(name, 'Continue', { fullName: 'Đinh Hai Lần' });
    assertReference(bot, await hung.see(/already sent/));
    await hung.press(details, 'Review');
    const review = await hung.see(/Step 3 of 3/);
    await hung.person.say('cancel');
    await hung.see(/Overview/);
    await bot.restart();
    await hung.press(review, 'Add a user');
    assertReference(bot, await hung.see(/can no longer be used/));
    await hung.see(/Overview/);
    assert.deepEqual(await usersNamed(bot, 'Đinh Khởi Động'), []);
  });

  it('whose operation goes on or is another’s is refused', async () => {
    bot.sandbox.faults.add({ kind: 'unavailable', times: 9, match: { path: '/assignLicense' } });
    for (const operation of [randomUUID(), undefined, 7, ['x'], { id: 1 }, 'x'.repeat(9_000)]) {
      await hung.person.submit({ verb: 'operation-show', operation });
      assertReference(bot, await hung.see(/no longer has this operation/));
    }
    await hung.confirm('Đinh Riêng Tư');
    const done = await hung.see(/Done: add a user/);
    const operation = /passwords\/([\w-]+)/.exec(JSON.stringify(done.activity))?.[1];
    assert.ok(operation);
    await hung.person.submit({ verb: 'operation-retry', operation });
    assertReference(bot, await hung.see(/can no longer be used/));
    const ha = await sitDown(bot, seedAccounts.userAdmin, { language: 'vi' });
    for (const verb of ['operation-show', 'operation-look', 'operation-other-name']) {
      await ha.person.submit({ verb, operation });
      assertReference(bot, await ha.see(/không còn thấy thao tác/), 'vi');
    }
    for (const verb of ['operation-retry', 'operation-skip', 'operation-undo', 'new-password']) {
      await ha.person.submit({ verb, operation });
      assertReference(bot, await ha.see(/không còn dùng được/), 'vi');
    }
  });

  it('of a list or a person with changed data is refused, and the list still works', async () => {
    for (const id of ['', '..', '../me', randomUUID(), `x'/$ref`, undefined, ['a']]) {
      await hung.person.submit({ verb: 'user', id });
      assertReference(bot, await hung.see(/no longer in the company/));
    }
    for (const next of ['x', 'q:$select=id', 'q:a#b', 'n:-1']) {
      await hung.person.submit({ verb: 'users', next });
      assertReference(bot, await hung.see(/Something went wrong/));
    }
    await hung.person.submit({ verb: 'users', find: 'bùi ngọc' });
    await hung.see(/1 person matches/);
  });

  it('pressed without a sign-in leads to the sign-in', async () => {
    const stranger = bot.channel.person({ as: 'emulator' });
    await stranger.submit({ verb: 'wish-review', nonce: 'x' });
    const told = await stranger.waitFor((each) => /không còn dùng được/.test(wordsOf(each)));
    assertReference(bot, told, 'vi');
    await stranger.waitFor((each) => /Mã 6 chữ số/.test(wordsOf(each)));
  });
});
