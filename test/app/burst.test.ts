import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { ConflictError, type StateWrite } from '../../storage/changes.ts';
import { signInAs, startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import type { Person } from '../helpers/fake-channel-person.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const noise = (index: number) => `zz${String(index).padStart(2, '0')}`;
/** Which of the numbered searches a card answers. */
const answered = (received: { activity: object }) => /zz\d\d/.exec(wordsOf(received))?.[0];

describe('many messages at once', () => {
  let bot: TestBot;
  let person: Person;
  before(async () => {
    bot = await startTestBot();
  });
  beforeEach(async () => {
    person = bot.channel.person({ as: 'emulator' });
    await signInAs(person, seedAccounts.globalAdmin);
    await person.waitFor((each) => /Tổng quan/.test(wordsOf(each)));
  });
  afterEach(() => bot.sandbox.faults.clear());
  after(() => bot.stop());

  const key = () => `${person.channelId}/${person.conversationId}`;
  const stored = async (): Promise<StateWrite> => {
    const state = await bot.app.storage.state.find(key());
    assert.ok(state);
    return state;
  };
  const answers = () => person.received().map(answered).filter(Boolean);
  const answersOf = (count: number) =>
    waitUntil(() => (answers().length >= count ? answers() : undefined), {
      what: `${count} answers`,
      detail: () => answers().join(' '),
    });

  /** Somebody else counts in the same state, as another process would. */
  async function countOutside(): Promise<void> {
    const state = await stored();
    const body = { ...state.body, outside: Number(state.body['outside'] ?? 0) + 1 };
    await bot.app.storage.commit({ state: [{ ...state, body }] }).catch((error) => {
      if (!(error instanceof ConflictError)) throw error;
      return countOutside();
    });
  }

  it('40 in one chat, 4 at a time, get 40 answers and lose no update, their own or another’s', async () => {
    const { version } = await stored();
    const all = Array.from({ length: 40 }, (_, index) => noise(index));
    for (let from = 0; from < all.length; from += 4) {
      const four = all.slice(from, from + 4).map((text) => person.say(`find users ${text}`));
      // The next turn has read the state by then.
      const outside = Promise.race(four).then(countOutside);
      const each = await Promise.all(four);
      await outside;
      assert.deepEqual(
        each.map(({ status }) => status),
        [200, 200, 200, 200],
      );
    }
    assert.deepEqual((await answersOf(40)).toSorted(), all);
    const after = await stored();
    assert.equal(after.version - version, 40 + 10);
    assert.equal(after.body['outside'], 10);
  });

  /** Says it, and does `meanwhile` while the turn reads from Microsoft. */
  async function sayWhile(text: string, meanwhile: () => Promise<void>, more: { id?: string } = {}) {
    bot.sandbox.faults.add({ kind: 'slow', ms: 300, match: { path: '/v1.0/me' } });
    const said = person.say(text, more);
    await waitUntil(() => (bot.sandbox.faults.list().length === 0 ? true : undefined), { what: 'the read' });
    await meanwhile();
    return said;
  }

  it('a turn that lost a race runs again on what is stored now, and is answered once', async () => {
    const last = bot.sandbox.requests().at(-1)?.requestId;
    const said = sayWhile(`find users ${noise(1)}`, countOutside);
    assert.equal((await said).status, 200);
    const calls = bot.sandbox.requests();
    const since = calls.slice(calls.findIndex(({ requestId }) => requestId === last) + 1);
    assert.equal(since.filter(({ path }) => /\/v1.0\/me\?/.test(path)).length, 2);
    assert.equal((await stored()).body['outside'], 1);
    await person.say(`find users ${noise(2)}`);
    assert.deepEqual(await answersOf(2), [noise(1), noise(2)]);
  });

  it('a message that another process has answered meanwhile is not answered again, nor with an error', async () => {
    const id = 'delivered to two processes';
    const elsewhere = () =>
      bot.app.storage.commit({
        inbound: [{ conversationKey: key(), activityId: id, answer: null, at: Date.now() }],
      });
    assert.equal((await sayWhile(`find users ${noise(1)}`, elsewhere, { id })).status, 200);
    await person.say(`find users ${noise(2)}`);
    await answersOf(1);
    assert.deepEqual(answers(), [noise(2)]);
    assert.equal(person.received().filter((each) => /Mã tra cứu/.test(wordsOf(each))).length, 0);
  });

  it('a turn keeps what changed about its person elsewhere meanwhile', async () => {
    const personKey = person.key;
    await sayWhile('tiếng việt', async () => {
      const now = await bot.app.storage.people.find(personKey);
      assert.equal(now?.account?.objectId, seedAccounts.globalAdmin.objectId);
      await bot.app.storage.commit({ people: [{ ...now, account: null }] });
    });
    const after = await bot.app.storage.people.find(personKey);
    assert.deepEqual([after?.language, after?.account], ['vi', null]);
  });

  it('10 in one chat are answered in their order while the channel refuses some with 429', async () => {
    const busy = { kind: 'status', status: 429, retryAfter: '0' } as const;
    const refusedBefore = bot.channel.requests.filter((each) => !each.taken).length;
    const said = Array.from({ length: 10 }, (_, index) => noise(index));
    for (const [index, text] of said.entries()) {
      if (index % 3 === 0) bot.channel.failNext(busy, 2);
      await person.say(`find users ${text}`);
    }
    assert.deepEqual(await answersOf(10), said);
    assert.equal(bot.channel.requests.filter((each) => !each.taken).length - refusedBefore, 8);
  });

  it('a message that the channel delivers again is not answered again', async () => {
    const { sent } = await person.say(`find users ${noise(1)}`);
    const [again, twice] = await Promise.all([person.post(sent), person.post(sent)]);
    assert.deepEqual([again.status, twice.status], [200, 200]);
    await person.say(`find users ${noise(2)}`);
    assert.deepEqual(await answersOf(2), [noise(1), noise(2)]);
  });
});

describe('what is answered at once', () => {
  let bot: TestBot;
  let person: Person;
  before(async () => {
    bot = await startTestBot();
    person = bot.channel.person({ as: 'teams' });
    await signInAs(person, seedAccounts.globalAdmin);
    await person.waitFor((each) => /Tổng quan/.test(wordsOf(each)));
  });
  after(() => bot.stop());

  const find = (activities: readonly object[], text: string) =>
    activities.filter((activity) => answered({ activity }) === text).length;
  const chat = () => person.received().map(({ activity }) => activity);

  it('an invoke gets its stored answer when it comes again, and acts once', async () => {
    const first = await person.execute('users', { find: noise(3) });
    assert.equal(first.status, 200);
    assert.deepEqual(first.body, {
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: '',
    });
    const again = await person.post(first.sent);
    assert.deepEqual([again.status, again.body], [first.status, first.body]);
    await person.say(`find users ${noise(4)}`);
    await person.waitFor((each) => answered(each) === noise(4));
    assert.equal(find(chat(), noise(3)), 1);
  });

  it('expectReplies gets the replies in the answer, the same ones again, and none through the chat', async () => {
    const wish = { deliveryMode: 'expectReplies' };
    const first = await person.say(`find users ${noise(5)}`, wish);
    const { activities } = first.body as { activities: object[] };
    assert.equal(find(activities, noise(5)), 1);
    const again = await person.post(first.sent);
    assert.deepEqual(again.body, first.body);
    await person.say(`find users ${noise(6)}`);
    await person.waitFor((each) => answered(each) === noise(6));
    assert.equal(find(chat(), noise(5)), 0);
  });
});
