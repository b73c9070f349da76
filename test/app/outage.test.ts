import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, sitDown } from '../helpers/desk.ts';

const company = { method: 'GET', path: '/v1.0/organization' } as const;

describe('authorisations that Microsoft does not tell just now', () => {
  let bot: TestBot;
  beforeEach(async () => {
    bot = await startTestBot();
  });
  afterEach(() => bot.stop());

  /** As a bot that has just been started: nothing of what Microsoft told is remembered. */
  async function awayAfterRestart(): Promise<void> {
    bot.sandbox.faults.add({ kind: 'reset', match: company, times: 99 });
    await bot.restart();
  }

  it('do not end work that is under way', async () => {
    const ha = await sitDown(bot, seedAccounts.userAdmin);
    bot.sandbox.faults.add({ kind: 'reset', match: { method: 'POST', path: '/members/$ref' } });
    await ha.person.submit({ verb: 'support-choose', id: seedAccounts.plain.objectId, to: 'limited' });
    await ha.press(await ha.see(/None → Limited/), 'Change support access');
    await ha.see(/goes on by itself in about/);
    await awayAfterRestart();
    const waits = await ha.see(/goes on by itself once Microsoft answers/);
    assert.match(wordsOf(waits), /could not be reached/);
    assertReference(bot, waits);
    bot.sandbox.faults.clear();
    await ha.press(waits, 'Look now');
    await ha.see(/Done: change support access/i);
  });

  it('are said to be unknown, in both languages, and are asked for again by the next turn', async () => {
    const hung = await sitDown(bot);
    await awayAfterRestart();
    await hung.person.say('overview');
    const overview = await hung.see(/not all that your company may do is known/);
    assert.match(wordsOf(overview), /Delegated administration/);
    await hung.person.say('what can i do');
    const able = wordsOf(await hung.see(/What you can do/));
    assert.match(able, /Not known now: it could not be read from Microsoft/);
    assert.doesNotMatch(able, /Needs the authorisation/);
    await hung.person.say('delegations');
    const told = await hung.see(/Something went wrong/);
    assert.match(wordsOf(told), /could not be reached[\s\S]*Try again/);
    assert.doesNotMatch(wordsOf(told), /You cannot do this yet/);
    assertReference(bot, told);
    await hung.person.say('authorisations');
    const card = await hung.see(/What Microsoft lets/);
    assert.match(wordsOf(card), /CSP reseller\nNot known now\nIt could not be read from Microsoft just now/);
    assert.doesNotMatch(wordsOf(card), /counts as no|State it/);
    await hung.person.say('tiếng việt');
    await hung.person.say('tôi làm được gì');
    await hung.see(/Lúc này chưa biết: chưa đọc được từ Microsoft/);
    await hung.person.say('english');
    bot.sandbox.faults.clear();
    await hung.person.say('authorisations');
    assert.match(wordsOf(await hung.see(/What Microsoft lets/)), /CSP reseller\nYes, direct reseller/);
    await hung.person.say('delegations');
    await hung.see(/Delegated administration/);
  });

  it('stop nobody whose work needs none of them, and refuse who lacks the role as ever', async () => {
    const tram = await sitDown(bot, seedAccounts.plain);
    await awayAfterRestart();
    await tram.person.say('users');
    await tram.see(/8 people on this page/);
    await tram.person.say('make an offer');
    assertReference(bot, await tram.see(/You cannot do this yet/));
  });

  it('are stated by nobody meanwhile', async () => {
    const khoi = await sitDown(bot, seedAccounts.withoutDelegationGlobalAdmin);
    await awayAfterRestart();
    await khoi.person.submit({ verb: 'state-authorisation' });
    const told = await khoi.see(/Something went wrong/);
    assert.match(wordsOf(told), /could not be reached/);
    bot.sandbox.faults.clear();
    await khoi.person.submit({ verb: 'state-authorisation' });
    const form = await khoi.see(/Step 1 of 2/);
    bot.sandbox.faults.add({ kind: 'reset', match: { path: 'partnercenter' }, times: 99 });
    await bot.restart();
    await khoi.press(form, 'Continue', { value: 'on' });
    assertReference(bot, await khoi.see(/not known whether it need be stated/));
  });
});
