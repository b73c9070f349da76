import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { openSignIn, signInAddress, startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { createCookieBrowser } from '../helpers/cookie-browser.ts';
import { changeUser, type Desk, sitDown, usersNamed } from '../helpers/desk.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const { globalAdmin, userAdmin, sales } = seedAccounts;
const inTeams = ({ tenantId, objectId }: typeof userAdmin) => ({
  ...{ as: 'teams' as const, tenantId, aadObjectId: objectId },
});

/** Work of Hà's that stands still because Microsoft wants her again. */
async function standingStill(bot: TestBot, ha: Desk, fullName: string): Promise<void> {
  bot.sandbox.faults.add({ kind: 'reset', match: { method: 'PATCH' } });
  await ha.confirm(fullName);
  await ha.see(/goes on by itself/);
  await changeUser(bot, 'Phạm Thu Hà', { sessionsValidFrom: bot.sandbox.clock.now() });
  await ha.see(/Sign in to continue/);
}

for (const teamsProves of [true, false]) {
  describe(`a sign-in ${teamsProves ? 'that Teams proves' : 'by a code'}`, () => {
    let bot: TestBot;
    let ha: Desk;
    before(async () => {
      bot = await startTestBot({ teamsProves });
      ha = await sitDown(bot, userAdmin, inTeams(userAdmin));
    });
    after(() => bot.stop());

    it('takes up the work that waited for it, whose card asks for it', async () => {
      await standingStill(bot, ha, 'Vương Chờ Đợi');
      const waiting = ha.person.received().findLast((each) => /Sign in to continue/.test(wordsOf(each)));
      assert.ok(waiting);
      const before = ha.person.received().length;
      await ha.press(waiting, 'Sign in');
      const asked = await ha.person.waitFor(
        (each) => signInAddress(each) !== undefined && ha.person.received().indexOf(each) >= before,
      );
      const { code } = await openSignIn(signInAddress(asked) ?? '', userAdmin);
      assert.equal(code === '', teamsProves);
      if (!teamsProves) await ha.person.say(code);
      await ha.see(/Done: add a user/);
      const [made] = await usersNamed(bot, 'Vương Chờ Đợi');
      assert.equal(made?.usageLocation, 'VN');
    });

    it('on one of our pages takes it up too', async () => {
      await standingStill(bot, ha, 'Vương Trang Khác');
      const [waiting] = await bot.app.storage.operations.waitingForSignIn(userAdmin);
      const browser = createCookieBrowser();
      const headers = { origin: bot.url };
      const asked = await browser.open(`${bot.url}/passwords/${waiting?.id}/sign-in`, {
        method: 'POST',
        headers,
      });
      const { page } = await openSignIn(asked.at, userAdmin, browser);
      assert.doesNotMatch(page, /not signed in/i);
      await ha.see(/Done: add a user/);
      assert.equal((await usersNamed(bot, 'Vương Trang Khác')).length, 1);
    });

    it('is asked for once, however often Microsoft refuses a renewed token', async () => {
      bot.sandbox.faults.add({ kind: 'expired-token', match: { method: 'PATCH' }, times: 100_000 });
      await ha.confirm('Vương Vòng Lặp');
      await ha.see(/Sign in to continue/);
      const calls = () => 100_000 - (bot.sandbox.faults.list()[0]?.left ?? 0);
      const refused = calls();
      // Somebody else's work, from its start to its end, gives every look at what waits its turn.
      const hung = await sitDown(bot, globalAdmin);
      await hung.person.submit({ verb: 'support-choose', id: seedAccounts.plain.objectId, to: 'limited' });
      await hung.press(await hung.see(/None → Limited/), 'Change support access');
      await hung.see(/Done: change support access/);
      assert.equal(calls(), refused);
      const asked = ha.person
        .received()
        .filter((each) => /Vương Vòng Lặp/.test(wordsOf(each)) && /Sign in to continue/.test(wordsOf(each)));
      assert.equal(asked.length, 1);
      // A new sign-in lets it be tried again: refused again, and told once more.
      await ha.person.say('sign in');
      const again = await ha.see(/6-digit code/);
      const { code } = await openSignIn(signInAddress(again) ?? '', userAdmin);
      if (!teamsProves) await ha.person.say(code);
      await waitUntil(async () => calls() > refused || undefined, { what: 'another try at Microsoft' });
      await ha.see(/Sign in to continue/);
      bot.sandbox.faults.clear();
    });

    it('of another account goes through while a form is open, and is told in its own name', async () => {
      const desk = await sitDown(bot, globalAdmin, { as: 'emulator' });
      await desk.person.say('add user');
      await desk.see(/Step 1 of 3/);
      await desk.person.say('sign in');
      const { code } = await openSignIn(signInAddress(await desk.see(/6-digit code/)) ?? '', sales);
      await desk.person.say(code);
      await desk.see(/You are working as Nguyễn Thị Lan/);
      const refusal = await desk.see(/role/);
      assert.doesNotMatch(wordsOf(refusal), /Trần Văn Hùng/);
      await desk.person.say('who am i');
      await desk.see(/You are working as Nguyễn Thị Lan/);
      // The form is gone: what is typed now is no name of a new user.
      await desk.person.say('Mai Văn Ai Đó');
      await desk.see(/Overview/);
    });

    it('lets a form go on that the other account may fill in as well, afresh', async () => {
      const desk = await sitDown(bot, globalAdmin, { as: 'emulator' });
      await desk.person.say('add user');
      const old = await desk.see(/Step 1 of 3/);
      await desk.person.say('sign in');
      const { code } = await openSignIn(signInAddress(await desk.see(/6-digit code/)) ?? '', userAdmin);
      await desk.person.say(code);
      await desk.see(/You are working as Phạm Thu Hà/);
      await desk.see(/Step 1 of 3/);
      await desk.press(old, 'Continue', { fullName: 'Lê Của Hùng' });
      await desk.see(/Step 1 of 3|no longer|again/i);
      assert.deepEqual(await usersNamed(bot, 'Lê Của Hùng'), []);
    });
  });
}

describe('a sign-in whose process ended right after it was stored', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startTestBot({ teamsProves: false });
  });
  after(() => bot.stop());

  it('is no open sign-in any more: what is typed next is no code', async () => {
    const desk = await sitDown(bot, userAdmin);
    await desk.person.say('sign in');
    await desk.see(/6-digit code/);
    const { storage } = bot.app;
    const request = await storage.signIns.newestOf(desk.person.key);
    assert.ok(request);
    await storage.commit({ signIns: [{ update: { ...request, status: 'finished' }, from: 'open' }] });
    const before = desk.person.received().length;
    await desk.person.say('123456');
    const answer = await desk.person.waitFor((each) => desk.person.received().indexOf(each) >= before);
    assert.doesNotMatch(wordsOf(answer), /code/i);
  });
});
