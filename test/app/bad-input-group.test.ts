import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { openSignIn, signInAddress, startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { dataOf, valuesOf } from '../helpers/card-answers.ts';
import { sitDown, usersNamed } from '../helpers/desk.ts';
import type { Person } from '../helpers/fake-channel-person.ts';

/** What nobody in a group may read: who the person is, for which company, and anything of its directory. */
const personal = /Trần Văn Hùng|hung\.tran|Contoso|contosopartner|Bước|Step|sign-in\//;
const note = /Open a private chat|chat riêng/;

describe('a group chat', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startTestBot();
  });
  after(() => bot.stop());

  /** The same person in a group chat or channel. */
  function inGroup(person: Person, conversationType: 'groupChat' | 'channel'): Person {
    const aadObjectId = person.common().from?.aadObjectId ?? '';
    return bot.channel.person({ as: 'teams', userId: person.userId, aadObjectId, conversationType });
  }

  const said = (person: Person) =>
    person.received().map(({ activity }) => JSON.stringify(activity.attachments ?? activity.text));

  for (const conversationType of ['groupChat', 'channel'] as const) {
    it(`(${conversationType}) hears nothing personal, whatever is said or pressed there`, async () => {
      const hung = await sitDown(bot, undefined, { as: 'teams' });
      const details = await hung.openDetails('Quách Trong Nhóm');
      const group = inGroup(hung.person, conversationType);
      const submit = { ...dataOf(details, 'Review'), ...valuesOf(details) };
      await group.join();
      for (const text of ['hello', 'add user', 'users hùng', 'who am i', 'sign in', 'sign out', 'cancel'])
        assert.equal((await group.say(text)).status, 200);
      await group.submit(submit);
      await group.submit({ verb: 'overview' });
      assert.equal((await group.execute('add-user-details', submit)).status, 200);
      await group.waitFor((each) => note.test(wordsOf(each)));
      for (const words of said(group)) {
        assert.match(words, note);
        assert.doesNotMatch(words, personal);
      }
      await hung.press(details, 'Review');
      await hung.see(/Step 3 of 3/);
    });
  }

  it('is told nothing personal by an error', async () => {
    const hung = await sitDown(bot, undefined, { as: 'teams' });
    const group = inGroup(hung.person, 'groupChat');
    bot.sandbox.faults.add({ kind: 'unavailable', times: 20 });
    await group.say('users');
    await group.say('x'.repeat(60_000));
    bot.sandbox.faults.clear();
    for (const words of said(group)) assert.doesNotMatch(words, personal);
  });

  it('is no place to type a sign-in code, and takes no message away from the 1:1 chat', async () => {
    const person = bot.channel.person({ as: 'teams' });
    await person.say('english');
    const asked = await person.waitFor((each) => signInAddress(each) !== undefined);
    const { code } = await openSignIn(signInAddress(asked) ?? '', seedAccounts.globalAdmin);
    const group = inGroup(person, 'groupChat');
    await group.join();
    await group.say(code);
    await group.submit({ verb: 'sign-in', code });
    await person.say('who am i');
    await person.waitFor((each) => /You are not signed in/.test(wordsOf(each)));
    await person.say(code);
    await person.waitFor((each) => /You are working as/.test(wordsOf(each)));
    for (const words of said(group)) assert.doesNotMatch(words, personal);
  });

  it('does not become the place where progress is shown', async () => {
    const hung = await sitDown(bot, undefined, { as: 'teams' });
    const group = inGroup(hung.person, 'groupChat');
    const review = await hung.openReview('Quách Tiến Độ');
    await Promise.all([hung.press(review, 'Add a user'), group.say('hello'), group.say('users')]);
    await hung.see(/Done: add a user/);
    await group.say('hello');
    for (const words of said(group)) assert.doesNotMatch(words, personal);
    assert.equal((await usersNamed(bot, 'Quách Tiến Độ')).length, 1);
  });

  it('is where somebody may meet the bot first: the private chat then begins as usual', async () => {
    const person = bot.channel.person({ as: 'teams' });
    const group = inGroup(person, 'channel');
    await group.join();
    await group.say('hello');
    await group.waitFor((each) => note.test(wordsOf(each)));
    await person.say('hello');
    await person.waitFor((each) => /Hello, I am Partner Bot/.test(wordsOf(each)));
  });
});
