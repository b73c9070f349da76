import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot } from '../helpers/app.ts';
import { type CookieBrowser, createCookieBrowser } from '../helpers/cookie-browser.ts';
import { sitDown } from '../helpers/desk.ts';
import { publishedAt } from '../helpers/published-offer.ts';

const { fabrikamGlobalAdmin, fabrikamPlain } = seedAccounts;
const { tenantId, objectId } = fabrikamGlobalAdmin;
type Account = typeof fabrikamGlobalAdmin | typeof fabrikamPlain;
type Shown = Awaited<ReturnType<CookieBrowser['open']>>;

const picking = (account: Account) => ({
  method: 'POST',
  body: new URLSearchParams({ account: `${account.tenantId}/${account.objectId}` }),
});

describe('an answer on the page binds a company', () => {
  let bot: TestBot;
  let undo: (() => Promise<void>)[];
  before(async () => {
    bot = await startTestBot();
  });
  beforeEach(() => {
    undo = [];
  });
  afterEach(async () => {
    for (const each of undo) await each();
  });
  after(() => bot.stop());

  const answerOf = (id: string) => bot.app.storage.acceptances.ofClient(id, tenantId);

  /** Signed in with this account at the page of a fresh offer. */
  async function visit(id: string): Promise<{ browser: CookieBrowser; address: string; shown: Shown }> {
    const { offer } = await publishedAt(bot, id);
    const browser = createCookieBrowser();
    const address = `${bot.url}/offers/${offer.code}`;
    const asked = await browser.open(`${address}/sign-in?lang=en`, { method: 'POST' });
    const shown = await browser.open(asked.at, picking(fabrikamGlobalAdmin));
    assert.match(shown.page, /value="accept"/);
    return { browser, address, shown };
  }

  function accepting({ page }: Shown): { method: string; body: URLSearchParams } {
    const form = page.match(/<form[\s\S]*?<\/form>/g)?.find((each) => each.includes('value="accept"')) ?? '';
    const body = new URLSearchParams();
    for (const [input] of form.matchAll(/<input[^>]*>/g))
      body.append(/name="([^"]*)"/.exec(input)?.[1] ?? '', /value="([^"]*)"/.exec(input)?.[1] ?? '');
    body.set('do', 'accept');
    return { method: 'POST', body };
  }

  const accept = ({ browser, address, shown }: Awaited<ReturnType<typeof visit>>) =>
    browser.open(`${address}/answer?lang=en`, accepting(shown));

  async function changed(change: object): Promise<void> {
    const user = await bot.sandbox.world.get('user', tenantId, objectId);
    assert.ok(user);
    undo.push(() => bot.sandbox.world.put('user', tenantId, objectId, user));
    await bot.sandbox.world.put('user', tenantId, objectId, { ...user, ...change });
  }

  async function withoutRoles(): Promise<void> {
    const { world } = bot.sandbox;
    const held = (await world.all('roleAssignment', tenantId)).filter(
      (each) => each.principalId === objectId,
    );
    assert.ok(held.length > 0);
    for (const each of held) {
      undo.push(() => world.put('roleAssignment', tenantId, each.id, each));
      await world.remove('roleAssignment', tenantId, each.id);
    }
  }

  it('after Microsoft was asked once more, without a page to be seen', async () => {
    const seen = await visit('page-bound');
    const after = await accept(seen);
    assert.equal(new URL(after.at).pathname, new URL(seen.address).pathname);
    assert.equal(after.response.status, 200);
    assert.equal((await answerOf('page-bound'))?.state, 'accepted');
  });

  it('not of somebody who is blocked since', async () => {
    const seen = await visit('page-blocked');
    await changed({ accountEnabled: false });
    const after = await accept(seen);
    assert.match(after.at, /oauth2\/v2\.0\/authorize/, 'Microsoft wants to see the person');
    const tried = await seen.browser.open(after.at, picking(fabrikamGlobalAdmin));
    assert.equal(tried.response.status, 400);
    assert.equal((await answerOf('page-blocked'))?.state, 'viewed');
  });

  it('not of somebody whose sessions were ended since, unless they sign in again', async () => {
    const seen = await visit('page-revoked');
    await bot.sandbox.clock.advance(1000);
    await changed({ sessionsValidFrom: bot.sandbox.clock.now() });
    const asked = await accept(seen);
    assert.match(asked.at, /oauth2\/v2\.0\/authorize/);
    assert.equal((await answerOf('page-revoked'))?.state, 'viewed');
    const after = await seen.browser.open(asked.at, picking(fabrikamGlobalAdmin));
    assert.equal(after.response.status, 200);
    assert.equal((await answerOf('page-revoked'))?.state, 'accepted');
  });

  it('not of somebody who has lost the role since', async () => {
    const seen = await visit('page-role');
    await withoutRoles();
    const after = await accept(seen);
    assert.equal(after.response.status, 403);
    assert.match(after.page, /Global|administrator/);
    assert.equal((await answerOf('page-role'))?.state, 'viewed');
  });

  it('not of somebody else who signs in half way', async () => {
    const seen = await visit('page-other');
    await bot.sandbox.clock.advance(1000);
    await changed({ sessionsValidFrom: bot.sandbox.clock.now() });
    const asked = await accept(seen);
    const after = await seen.browser.open(asked.at, picking(fabrikamPlain));
    assert.doesNotMatch(after.page, /value="accept"/);
    assert.equal((await answerOf('page-other'))?.state, 'viewed');
  });

  it('once, and not again with the same way back', async () => {
    const seen = await visit('page-once');
    await accept(seen);
    const { events } = { events: await bot.app.storage.offerEvents.ofOffer('page-once', 20) };
    assert.equal(events.filter(({ kind }) => kind === 'accepted').length, 1);
    const again = await seen.browser.open(`${seen.address}/answer?lang=en`, accepting(seen.shown));
    assert.equal(again.response.status, 200);
    const later = await bot.app.storage.offerEvents.ofOffer('page-once', 20);
    assert.equal(later.filter(({ kind }) => kind === 'accepted').length, 1);
  });

  it('not of who signed out in the chat since', async () => {
    const minh = await sitDown(bot, fabrikamGlobalAdmin);
    const seen = await visit('page-left');
    await minh.person.say('sign out');
    await minh.see(/signed out/i);
    const after = await accept(seen);
    assert.equal(after.response.status, 403);
    assert.equal((await answerOf('page-left'))?.state, 'viewed');
  });
});
