import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { openSignIn, signInAddress, startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import type { Person } from '../helpers/fake-channel-person.ts';

const { globalAdmin, userAdmin } = seedAccounts;
const wrong = (code: string, by: number) => String((Number(code) + by) % 1_000_000).padStart(6, '0');
const isDone = (each: Received) => /You are working as/.test(wordsOf(each));
const isVoid = (each: Received) => /wrong too often/.test(wordsOf(each));
const hourMs = 60 * 60 * 1000;

describe('the six digits of a sign-in', () => {
  let bot: TestBot;
  beforeEach(async () => {
    bot = await startTestBot({ teamsProves: false });
  });
  afterEach(() => bot.stop());

  async function enter(person: Person): Promise<void> {
    await person.say('english');
    await person.waitFor((each) => signInAddress(each) !== undefined);
  }

  /** What this person gets for one message. */
  async function say(person: Person, text: string): Promise<Received> {
    const before = person.received().length;
    await person.say(text);
    return person.waitFor((each) => person.received().indexOf(each) >= before);
  }

  /** From "sign in" to the code that Microsoft's page leads to for this account. */
  async function begin(person: Person, account = globalAdmin): Promise<string> {
    const before = person.received().length;
    await person.say('sign in');
    const asked = await person.waitFor(
      (each) => person.received().indexOf(each) >= before && signInAddress(each) !== undefined,
    );
    const { code } = await openSignIn(signInAddress(asked) ?? '', account);
    assert.match(code, /^\d{6}$/);
    return code;
  }

  /** Five wrong codes, and the code of the sign-in that is offered then. */
  async function guessedAway(person: Person, code: string): Promise<string> {
    for (let tried = 1; tried < 5; tried++) await person.say(wrong(code, tried));
    const before = person.received().filter(isVoid).length;
    await person.say(wrong(code, 5));
    const offered = await person.waitFor((each) => person.received().filter(isVoid).indexOf(each) >= before);
    return (await openSignIn(signInAddress(offered) ?? '', globalAdmin)).code;
  }

  const accountOf = async (person: Person) =>
    (await bot.app.storage.people.find(person.key))?.account ?? null;

  it('are void after five wrong tries, also the right one; a new link leads on', async () => {
    const person = bot.channel.person();
    await enter(person);
    const code = await begin(person);
    for (let tried = 1; tried < 5; tried++) assertReference(bot, await say(person, wrong(code, tried)));
    const fifth = await say(person, wrong(code, 5));
    assert.match(wordsOf(fifth), /wrong too often/);
    assert.ok(signInAddress(fifth));
    assert.match(wordsOf(await say(person, code)), /Open the sign-in page first/);
    assert.equal(await accountOf(person), null);
    const { code: next } = await openSignIn(signInAddress(fifth) ?? '', globalAdmin);
    await person.say(next);
    await person.waitFor((each) => /You are working as/.test(wordsOf(each)));
    assert.equal((await accountOf(person))?.objectId, globalAdmin.objectId);
  });

  it('are counted, however many guesses come at the same moment', async () => {
    const person = bot.channel.person();
    await enter(person);
    const code = await begin(person);
    await Promise.all(Array.from({ length: 12 }, (_, by) => person.say(wrong(code, by + 1))));
    await person.say(code);
    assert.equal(await accountOf(person), null);
    assert.equal(await bot.app.storage.attempts.count({ what: 'personCodes', who: person.key }, 0), 5);
  });

  it('may stand among other signs', async () => {
    const spellings = [
      (code: string) => `${code.slice(0, 3)} ${code.slice(3)}.`,
      (code: string) => `mã: ${code}`,
      (code: string) => ` (${code.slice(0, 3)}-${code.slice(3)})!`,
      (code: string) => [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join(''),
      (code: string) => `${code}\n`,
    ];
    for (const spelt of spellings) {
      const person = bot.channel.person();
      await enter(person);
      const code = await begin(person);
      await person.say(spelt(code));
      await person.waitFor((each) => /You are working as/.test(wordsOf(each)));
      assert.equal((await accountOf(person))?.objectId, globalAdmin.objectId, spelt('123456'));
    }
  });

  it('are no longer taken from who typed twenty wrong ones within an hour', async () => {
    const person = bot.channel.person();
    await enter(person);
    let code = await begin(person);
    for (let signIn = 0; signIn < 4; signIn++) code = await guessedAway(person, code);
    const refused = await say(person, code);
    assert.match(wordsOf(refused), /too many wrong codes within an hour/);
    assertReference(bot, refused);
    assert.equal(await accountOf(person), null);
    await bot.sandbox.clock.advance(hourMs + 1000);
    await person.say(await begin(person));
    await person.waitFor((each) => /You are working as/.test(wordsOf(each)));
  });

  it('are no longer taken for an account that somebody guesses at, whoever types', async () => {
    const guessers = Array.from({ length: 4 }, () => bot.channel.person());
    for (const guesser of guessers) {
      await enter(guesser);
      const code = await begin(guesser);
      for (let tried = 1; tried <= 5; tried++) await guesser.say(wrong(code, tried));
    }
    const next = bot.channel.person();
    await enter(next);
    const refused = await say(next, await begin(next));
    assert.match(wordsOf(refused), /too many wrong codes within an hour/);
    assert.equal(await accountOf(next), null);
    await next.say(await begin(next, userAdmin));
    await next.waitFor((each) => /You are working as/.test(wordsOf(each)));
  });

  it('are given for one link, however often it is asked for', async () => {
    const person = bot.channel.person();
    await enter(person);
    const first = signInAddress(await say(person, 'sign in'));
    for (let asked = 1; asked <= 15; asked++) assert.equal(signInAddress(await say(person, 'users')), first);
    // It has all its time again each time.
    await bot.sandbox.clock.advance(9 * 60_000);
    assert.equal(signInAddress(await say(person, 'users')), first);
    await bot.sandbox.clock.advance(9 * 60_000);
    await openSignIn(first ?? '', globalAdmin);
    assert.equal((await bot.app.storage.signIns.newestOf(person.key))?.status, 'waiting-for-code');
  });

  it('are given for ten sign-ins an hour, and a refusal makes it no longer', async () => {
    const person = bot.channel.person();
    await enter(person);
    const begun = async () => {
      await say(person, 'cancel');
      return signInAddress(await say(person, 'sign in'));
    };
    // The first one came with the greeting.
    for (let count = 2; count <= 10; count++) assert.ok(await begun(), `sign-in ${count}`);
    for (let refused = 0; refused < 5; refused++) {
      assert.equal(await begun(), undefined);
      await bot.sandbox.clock.advance(10 * 60_000);
    }
    await bot.sandbox.clock.advance(10 * 60_000 + 1000);
    assert.ok(await begun());
  });

  it('are counted by nobody who has signed in', async () => {
    const person = bot.channel.person();
    await enter(person);
    for (let signIn = 0; signIn < 12; signIn++) {
      const before = person.received().filter(isDone).length;
      await person.say(await begin(person));
      await person.waitFor((each) => person.received().filter(isDone).indexOf(each) >= before);
    }
  });

  it('end with their time', async () => {
    const person = bot.channel.person();
    await enter(person);
    const code = await begin(person);
    await bot.sandbox.clock.advance(10 * 60_000 + 1000);
    const late = await say(person, code);
    assert.match(wordsOf(late), /has run out/);
    assert.ok(signInAddress(late));
    assert.equal(await accountOf(person), null);
    assert.equal(await bot.app.storage.tokens.load(globalAdmin), undefined);
  });
});
