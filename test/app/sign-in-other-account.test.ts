import assert from 'node:assert/strict';
import { roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { openSignIn, signInAddress, startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { createCookieBrowser } from '../helpers/cookie-browser.ts';
import { changeUser, type Desk, sitDown } from '../helpers/desk.ts';
import { publishedAt } from '../helpers/published-offer.ts';

const { globalAdmin, userAdmin, plain, advisorGlobalAdmin, fabrikamGlobalAdmin, chinaGlobalAdmin } =
  seedAccounts;
const statuses = ['running', 'waiting-sign-in', 'waiting-approval', 'done', 'failed'] as const;

describe('one chat, one account after the other', () => {
  let bot: TestBot;
  beforeEach(async () => {
    bot = await startTestBot({ teamsProves: false });
  });
  afterEach(() => bot.stop());

  const begunBy = async (account: typeof plain) =>
    (await bot.app.storage.operations.ofActor(account, statuses, 9)).map(({ kind }) => kind);

  async function signInHere(desk: Desk, account: { tenantId: string; objectId: string }): Promise<void> {
    const { code } = await openSignIn(signInAddress(await desk.see(/6-digit code/)) ?? '', account);
    await desk.person.say(code);
    await desk.see(/You are working as/);
  }

  /** Hùng has the review of a role open, and Microsoft wants him again. */
  async function openReview(): Promise<Desk> {
    const desk = await sitDown(bot, globalAdmin, { as: 'emulator' });
    const role = roleTemplates.licenseAdministrator;
    await desk.person.submit({ verb: 'role-grant', id: plain.objectId, role });
    await desk.see(/not held → held/);
    await bot.sandbox.clock.advance(1000);
    await changeUser(bot, 'Trần Văn Hùng', { sessionsValidFrom: bot.sandbox.clock.now() });
    await bot.sandbox.clock.advance(2 * 60 * 60_000);
    return desk;
  }

  for (const then of ['english', 'cancel', 'hm?', 'back']) {
    it(`leaves nothing of an open review to another company: ${then}`, async () => {
      const desk = await openReview();
      const review = desk.person.received().findLast((each) => /not held → held/.test(wordsOf(each)));
      assert.ok(review);
      await desk.person.say('users');
      await signInHere(desk, advisorGlobalAdmin);
      const from = desk.person.received().length;
      await desk.person.say(then);
      await desk.person.say('who am i');
      await desk.see(/You are working as Cao Thị Thanh/);
      await desk.press(review, 'Give a role');
      await desk.person.say('overview');
      await desk.see(/Overview/);
      const shown = desk.person.received().slice(from).map(wordsOf).join('\n');
      assert.doesNotMatch(shown, /Bùi Ngọc Trâm|tram\.bui|not held/);
      assert.deepEqual(await begunBy(advisorGlobalAdmin), []);
    });
  }

  it('leaves nothing of an open review to who was signed in when the process ended', async () => {
    const desk = await openReview();
    const { storage } = bot.app;
    const person = await storage.people.find(desk.person.key);
    const stored = await storage.accounts.find(globalAdmin);
    assert.ok(person && stored);
    const { tenantId, objectId } = advisorGlobalAdmin;
    await storage.commit({
      people: [{ ...person, account: { tenantId, objectId } }],
      accounts: [{ ...stored, tenantId, objectId, displayName: 'Cao Thị Thanh' }],
    });
    const from = desk.person.received().length;
    await desk.person.say('hm?');
    await desk.person.waitFor((each) => desk.person.received().indexOf(each) >= from);
    const shown = desk.person.received().slice(from).map(wordsOf).join('\n');
    assert.doesNotMatch(shown, /Bùi Ngọc Trâm|not held/);
  });

  it('lets nobody answer for a company whose name stood on the card of the one before', async () => {
    const { offer } = await publishedAt(bot, 'two-companies', {
      recipient: { name: '', tenantId: null, domain: null, person: '', mail: '' },
    });
    const desk = await sitDown(bot, fabrikamGlobalAdmin, { as: 'emulator' });
    await desk.person.say(`offer ${offer.code}`);
    await desk.press(await desk.see(/Business Standard/), 'Accept');
    const open = await desk.see(/How many licences/);
    await desk.person.say('sign in');
    await signInHere(desk, advisorGlobalAdmin);
    await desk.press(open, 'Continue', { seats0: '12' });
    await desk.person.say('who am i');
    await desk.see(/Cao Thị Thanh/);
    const acceptances = await bot.app.storage.acceptances.ofOffer('two-companies');
    assert.ok(acceptances.every(({ state }) => state === 'viewed'));
    assert.ok(
      !desk.person.received().some((each) => /on behalf of Fabrikam[\s\S]*Cao Thị/.test(wordsOf(each))),
    );
  });

  it('takes no answer from a company of another cloud', async () => {
    const { offer } = await publishedAt(bot, 'other-cloud', {
      recipient: { name: '', tenantId: null, domain: null, person: '', mail: '' },
    });
    const desk = await sitDown(bot, chinaGlobalAdmin, { cloud: '21vianet', as: 'emulator' });
    await desk.person.say(`offer ${offer.code}`);
    await desk.see(/no offer|not found|does not exist|leads to nothing/i);
    assert.deepEqual(await bot.app.storage.acceptances.ofOffer('other-cloud'), []);
  });
});

for (const teamsProves of [true, false]) {
  describe(`a link of a sign-in that was left (${teamsProves ? 'Teams proves' : 'by a code'})`, () => {
    let bot: TestBot;
    beforeEach(async () => {
      bot = await startTestBot({ teamsProves });
    });
    afterEach(() => bot.stop());

    const seat = { as: 'teams', tenantId: userAdmin.tenantId, aadObjectId: userAdmin.objectId } as const;

    for (const left of ['cancel', 'start over', 'sign out']) {
      it(`leads to nothing any more: ${left}`, async () => {
        const desk = await sitDown(bot, userAdmin, { ...seat, userId: '29:left' });
        await desk.person.say('sign in');
        const address = signInAddress(await desk.see(/6-digit code/)) ?? '';
        await desk.person.say(left);
        await desk.see(/Cancelled|Overview|signed out/i);
        const { status, code } = await openSignIn(address, userAdmin);
        assert.deepEqual([status, code], [400, '']);
        const { account } = (await bot.app.storage.people.find(desk.person.key)) ?? {};
        assert.equal(account === null, left === 'sign out');
      });
    }

    it('is finished by one browser of two, and the other is told', async () => {
      const desk = await sitDown(bot, userAdmin, { ...seat, userId: '29:two' });
      await desk.person.say('sign in');
      const address = signInAddress(await desk.see(/6-digit code/)) ?? '';
      const ended = await Promise.all([1, 2, 3].map(() => openSignIn(address, userAdmin)));
      assert.deepEqual(ended.map(({ status }) => status).sort(), [200, 400, 400]);
      assert.doesNotMatch(bot.logged(), /a request failed/);
    });
  });
}

describe('a code that a page shows', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startTestBot({ teamsProves: false });
  });
  after(() => bot.stop());

  it('is of no use once its account signed out everywhere', async () => {
    const [own, other] = [await sitDown(bot, userAdmin), bot.channel.person()];
    await other.say('english');
    const asked = await other.waitFor((each) => signInAddress(each) !== undefined);
    const { code } = await openSignIn(signInAddress(asked) ?? '', userAdmin);
    await own.person.say('sign out');
    await own.see(/signed out/i);
    await other.say(code);
    await other.waitFor((each) => /run out/.test(wordsOf(each)));
    assert.equal((await bot.app.storage.people.find(other.key))?.account, null);
  });

  it('of a page of ours keeps nothing when the account left its last chat meanwhile', async () => {
    const ha = await sitDown(bot, userAdmin);
    bot.sandbox.faults.add({ kind: 'reset', match: { method: 'PATCH' } });
    await ha.confirm('Vương Rời Đi');
    await ha.see(/goes on by itself/);
    await changeUser(bot, 'Phạm Thu Hà', { sessionsValidFrom: bot.sandbox.clock.now() });
    await ha.see(/Sign in to continue/);
    const [waiting] = await bot.app.storage.operations.waitingForSignIn(userAdmin);
    const browser = createCookieBrowser();
    const begun = await browser.open(`${bot.url}/passwords/${waiting?.id}/sign-in`, { method: 'POST' });
    const body = new URLSearchParams({ account: `${userAdmin.tenantId}/${userAdmin.objectId}` });
    // The second stage is begun, and the person signs out before it ends.
    const picked = await fetch(begun.at, { method: 'POST', body, redirect: 'manual' });
    const second = await browser.open(picked.headers.get('location') ?? '');
    assert.match(second.at, /authorize/);
    await ha.person.say('sign out');
    await ha.see(/signed out/i);
    await browser.open(second.at, { method: 'POST', body });
    assert.equal(await bot.app.storage.tokens.load(userAdmin), undefined);
    assert.notEqual((await bot.app.storage.operations.find(waiting?.id ?? ''))?.status, 'done');
  });
});
