import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, sitDown, usersNamed } from '../helpers/desk.ts';
import { placesOf } from '../helpers/leak-check.ts';
import { type OfferDesk, offerDesk, people } from '../helpers/offer-pages.ts';

const signs = 'BCDFGHJKMNPQRTVWXY2346789';
const group = () => Array.from({ length: 4 }, () => signs[randomInt(signs.length)]).join('');
/** Letters at their ends, so that no number of five digits is looked for. */
const newKey = () => Array.from({ length: 5 }, () => `${group()}K`).join('-');

describe('a product key that somebody types', () => {
  let bot: TestBot;
  let desk: Desk;
  const typed: string[] = [];
  before(async () => {
    bot = await startTestBot();
    desk = await sitDown(bot, seedAccounts.globalAdmin);
  });
  after(() => bot.stop());

  function fresh(): string {
    const key = newKey();
    typed.push(key);
    return key;
  }

  async function refused(): Promise<void> {
    const card = await desk.see(/holds a product key/);
    assert.match(wordsOf(card), /Delete that message/);
    assertReference(bot, card);
  }

  it('in a message is refused, and the reader is told to delete it', async () => {
    await desk.person.say(`users ${fresh()}`);
    await refused();
    await desk.person.say(fresh().replaceAll('-', ' ').toLowerCase());
    await refused();
    await desk.person.say(fresh().replaceAll('-', ''), {
      textFormat: 'plain',
      attachments: [{ contentType: 'text/html', content: `<div>${typed.at(-1)}</div>` }],
      entities: [{ type: 'clientInfo', note: typed.at(-1) }],
      summary: typed.at(-1) ?? '',
    });
    await refused();
  });

  it('beyond the longest text, or across its end, is seen too', async () => {
    await desk.person.say(`${'đ '.repeat(13_990)}${fresh()}`);
    await refused();
    await desk.person.say(`${'đ '.repeat(20_000)}${fresh()}`);
    await refused();
  });

  it('in a form is refused, whatever the field, and the form goes on', async () => {
    const details = await desk.openDetails('Lê Không Mã');
    for (const field of ['family', 'signIn', 'location', 'made-up', 'nonce', 'verb']) {
      await desk.press(details, 'Review', { [field]: fresh() });
      await refused();
    }
    await desk.person.submit({ verb: 'add-user-details', [fresh()]: 'x', deep: { list: [fresh()] } });
    await refused();
    await desk.press(details, 'Review');
    await desk.press(await desk.see(/Step 3 of 3/), 'Add a user');
    await desk.see(/Done: add a user/);
    assert.equal((await usersNamed(bot, 'Lê Không Mã')).length, 1);
  });

  it('in a press of a newer kind of card, delivered twice, is refused once', async () => {
    const lan = await sitDown(bot, seedAccounts.sales, { as: 'teams' });
    const id = randomUUID();
    for (let time = 0; time < 2; time += 1) {
      const answer = await lan.person.execute('users', { find: fresh() }, { id });
      assert.equal(answer.status, 200);
    }
    await lan.see(/holds a product key/);
    const told = lan.person.received().filter((each) => /holds a product key/.test(wordsOf(each)));
    assert.equal(told.length, 1);
  });

  it('in a group is answered there, and nothing else of it', async () => {
    const hung = await sitDown(bot, seedAccounts.globalAdmin, { as: 'teams' });
    const aadObjectId = hung.person.common().from?.aadObjectId ?? '';
    const { userId } = hung.person;
    const room = bot.channel.person({ as: 'teams', userId, aadObjectId, conversationType: 'groupChat' });
    await room.say(fresh());
    const note = await room.waitFor((each) => /product key|khóa sản phẩm/.test(wordsOf(each)));
    assert.doesNotMatch(wordsOf(note), /Hùng|Contoso/);
  });

  it('from somebody unknown, and before any sign-in, is refused as well', async () => {
    const stranger = bot.channel.person();
    await stranger.say(fresh());
    await stranger.waitFor((each) => /holds a product key|có khóa sản phẩm/.test(wordsOf(each)));
  });

  it('is afterwards in no log, no chat, no column and no byte of the database', async () => {
    const { requests: chat } = bot.channel;
    const places = await placesOf({ log: bot.logged(), database: join(bot.folder, 'bot.sqlite'), chat });
    assert.ok(places.length > 50);
    const groups = typed.flatMap((key) => key.split('-'));
    assert.ok(groups.length > 80);
    for (const [place, text] of places) {
      const upper = text.toUpperCase();
      const parts = groups.filter((part) => upper.includes(part) && !isChance(text, part));
      const whole = typed.filter((key) => upper.replace(/[^A-Z\d]/g, '').includes(key.replaceAll('-', '')));
      assert.deepEqual([...parts, ...whole], [], `in ${place}`);
    }
  });
});

describe('a product key on a page of an offer', () => {
  let page: OfferDesk;
  before(async () => {
    page = await offerDesk();
  });
  after(() => page.storage.close());

  it('is refused without a line of it kept', async () => {
    const client = page.browser();
    await client.signIn(people.minh);
    const [key, other] = [newKey(), newKey().replaceAll('-', '')];
    const answers = [
      await client.press('ask', { text: `Mã của tôi: ${key}` }),
      await client.press('decline', { text: other }),
      await client.press('accept', { seats: key }),
    ];
    for (const { status, body } of answers) {
      assert.equal(status, 422);
      assert.match(body, /role="alert"[\s\S]*có khóa sản phẩm/);
      assert.ok(!body.includes(key) && !body.includes(other));
    }
    const events = await page.storage.offerEvents.ofOffer('offer', 50);
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['viewed'],
    );
    assert.ok(!(await client.get()).body.includes(key));
  });
});

/** Five signs are found by chance inside longer random texts; a part of a key stands by itself. */
function isChance(text: string, part: string): boolean {
  return !new RegExp(`(?<![\\w+/=])${part}(?![\\w+/=])`, 'i').test(text);
}
