import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { openSignIn, signInAddress, startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { createCookieBrowser } from '../helpers/cookie-browser.ts';
import { sitDown } from '../helpers/desk.ts';
import type { Person } from '../helpers/fake-channel-person.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const { globalAdmin, userAdmin, plain, fabrikamGlobalAdmin, fabrikamPlain } = seedAccounts;

async function askedIn(person: Person): Promise<string> {
  await person.say('english');
  return signInAddress(await person.waitFor((each) => signInAddress(each) !== undefined)) ?? '';
}

describe('what a sign-in asks and keeps', () => {
  let bot: TestBot;
  beforeEach(async () => {
    bot = await startTestBot({ teamsProves: false });
  });
  afterEach(() => bot.stop());

  const tokensOf = (account: typeof plain) => bot.app.storage.tokens.load(account);
  /** What Microsoft is asked for from this link on, step by step, when this account is picked. */
  async function scopesFor(address: string, account: typeof plain): Promise<string[]> {
    const found: string[] = [];
    let cookie = '';
    let answer = await fetch(address, { redirect: 'manual' });
    for (;;) {
      cookie = answer.headers.getSetCookie().at(-1)?.split(';')[0] ?? cookie;
      const to = answer.headers.get('location');
      if (to === null) return found;
      found.push(new URL(to).searchParams.get('scope') ?? '');
      const body = new URLSearchParams({ account: `${account.tenantId}/${account.objectId}` });
      const picked = await fetch(to, { method: 'POST', redirect: 'manual', body });
      answer = await fetch(picked.headers.get('location') ?? '', { redirect: 'manual', headers: { cookie } });
    }
  }

  it('nothing before the code is typed, and nothing of it afterwards', async () => {
    const person = bot.channel.person();
    const { code } = await openSignIn(await askedIn(person), globalAdmin);
    assert.match(code, /^\d{6}$/);
    assert.equal(await tokensOf(globalAdmin), undefined);
    assert.equal(await bot.app.storage.accounts.find(globalAdmin), undefined);
    const request = await bot.app.storage.signIns.newestOf(person.key);
    const sealed = () => bot.app.storage.vault.open(`sign-in:${request?.state}`, bot.sandbox.clock.now());
    assert.ok(await sealed());
    await bot.sandbox.clock.advance(10 * 60_000 + 1);
    assert.equal(await sealed(), undefined);
  });

  it('who it is of everybody, and the permissions of staff of people of a partner alone', async () => {
    const [first, second, ...more] = await scopesFor(await askedIn(bot.channel.person()), userAdmin);
    assert.equal(first, 'openid profile');
    assert.match(second ?? '', /graph\.microsoft\.com\/\.default/);
    assert.deepEqual(more, []);
    assert.deepEqual(await scopesFor(await askedIn(bot.channel.person()), fabrikamGlobalAdmin), [
      'openid profile',
    ]);
    const client = bot.channel.person();
    const { code } = await openSignIn(await askedIn(client), fabrikamGlobalAdmin);
    await client.say(code);
    await client.waitFor((each) => /You are working as .* of Fabrikam/.test(wordsOf(each)));
    assert.equal(await tokensOf(fabrikamGlobalAdmin), undefined);
  });

  it('no name of a client who signs out', async () => {
    const minh = await sitDown(bot, fabrikamGlobalAdmin);
    assert.ok(await bot.app.storage.accounts.find(fabrikamGlobalAdmin));
    await minh.person.say('sign out');
    await minh.see(/signed out/i);
    assert.equal(await bot.app.storage.accounts.find(fabrikamGlobalAdmin), undefined);
  });

  it('only in the browser that began it', async () => {
    const person = bot.channel.person();
    const address = await askedIn(person);
    const [own, other] = [createCookieBrowser(), createCookieBrowser()];
    const authorize = (await own.open(address)).at;
    const picked = await fetch(authorize, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ account: `${userAdmin.tenantId}/${userAdmin.objectId}` }),
    });
    const callback = picked.headers.get('location') ?? '';
    const stranger = await other.open(callback);
    assert.equal(stranger.response.status, 400);
    assert.equal(other.cookie('partner_bot_session', bot.url), '');
    assert.equal((await bot.app.storage.signIns.newestOf(person.key))?.status, 'open');
    // The link is no secret of one browser: a preview that opens it takes nothing away.
    const { code } = await openSignIn(address, userAdmin);
    assert.match(code, /^\d{6}$/);
  });

  it('nothing where another account is chosen half way', async () => {
    const person = bot.channel.person();
    const browser = createCookieBrowser();
    const authorize = (await browser.open(await askedIn(person))).at;
    const choose = (account: typeof plain) =>
      new URLSearchParams({ account: `${account.tenantId}/${account.objectId}` });
    // Without the cookie of the sign-in host Microsoft shows the list again for the second stage.
    const picked = await fetch(authorize, { method: 'POST', redirect: 'manual', body: choose(userAdmin) });
    const second = await browser.open(picked.headers.get('location') ?? '');
    assert.match(second.at, /authorize/);
    const ended = await browser.open(second.at, { method: 'POST', body: choose(globalAdmin) });
    assert.equal(ended.response.status, 400);
    assert.equal((await bot.app.storage.signIns.newestOf(person.key))?.status, 'open');
  });

  it('nothing of who only knocks at a page', async () => {
    const before = JSON.stringify(await bot.app.storage.signIns.newestOf(''));
    const knocked = await fetch(`${bot.url}/passwords/anything/sign-in`, {
      method: 'POST',
      redirect: 'manual',
    });
    assert.equal(knocked.status, 410);
    assert.equal(knocked.headers.getSetCookie().length, 0);
    assert.equal(JSON.stringify(await bot.app.storage.signIns.newestOf('')), before);
  });

  it('no tokens of an account that is signed in to no chat', async () => {
    const desk = await sitDown(bot, userAdmin);
    assert.ok(await tokensOf(userAdmin));
    await desk.person.say('sign in');
    const { code } = await openSignIn(signInAddress(await desk.see(/6-digit code/)) ?? '', globalAdmin);
    await desk.person.say(code);
    await desk.see(/You are working as Trần Văn Hùng/);
    assert.equal(await tokensOf(userAdmin), undefined);
    assert.ok(await tokensOf(globalAdmin));
  });

  it('nothing after a sign-out, in any chat', async () => {
    const [one, other] = [await sitDown(bot, userAdmin), await sitDown(bot, userAdmin)];
    await one.person.say('sign out');
    await one.see(/signed out/i);
    assert.deepEqual(await bot.app.storage.people.signedInAs(userAdmin), []);
    await other.person.say('who am i');
    await other.see(/not signed in|Nobody/i);
    assert.equal(await tokensOf(userAdmin), undefined);
    // Signing in here again signs nobody in there.
    await one.person.say('sign in');
    const { code } = await openSignIn(signInAddress(await one.see(/6-digit code/)) ?? '', userAdmin);
    await one.person.say(code);
    await one.see(/You are working as/);
    assert.equal((await bot.app.storage.people.find(other.person.key))?.account, null);
  });

  it('nothing of a token renewal that was under way at the sign-out', async () => {
    const ha = await sitDown(bot, userAdmin);
    await ha.person.submit({ verb: 'support-choose', id: plain.objectId, to: 'limited' });
    const review = await ha.see(/None → Limited/);
    bot.sandbox.faults.add({ kind: 'expired-token', match: { method: 'POST', path: 'members' } });
    const { tokens } = bot.app.storage;
    const { load } = tokens;
    let go: () => void = () => undefined;
    const signedOut = new Promise<void>((resolve) => {
      go = resolve;
    });
    let held = false;
    // The renewal has read the tokens of before, and Microsoft takes its time.
    (tokens as { load: typeof load }).load = async (account) => {
      const stored = await load(account);
      if (bot.sandbox.faults.list().length > 0 || held) return stored;
      held = true;
      await signedOut;
      return stored;
    };
    await ha.press(review, 'Change support access');
    await waitUntil(async () => held || undefined, { what: 'the renewal' });
    await ha.person.say('sign out');
    await ha.see(/signed out/i);
    go();
    const stands = () => bot.app.storage.operations.waitingForSignIn(userAdmin);
    await waitUntil(async () => (await stands())[0], { what: 'the work that stands still', limitMs: 15_000 });
    assert.equal(await load(userAdmin), undefined);
    const groups = await bot.sandbox.world.all('membership', plain.tenantId);
    assert.ok(!groups.some(({ userId }) => userId === plain.objectId));
  });

  it('no session of a client’s person with rights over other people’s passwords', async () => {
    const client = bot.channel.person();
    const { cookie, code } = await openSignIn(await askedIn(client), fabrikamPlain);
    await client.say(code);
    const page = await fetch(`${bot.url}/passwords/anything`, { headers: { cookie } });
    assert.equal(page.status, 410);
  });
});
