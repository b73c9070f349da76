import assert from 'node:assert/strict';
import { delegationStates } from '../../partner/delegations.ts';
import { supportRoles } from '../../partner/support-roles.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, sitDownInChina } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { moveToWork } from '../helpers/working-time.ts';

const company = seedAccounts.chinaGlobalAdmin;
const dayMs = 24 * 60 * 60 * 1000;

describe('delegated administration in the cloud of 21Vianet', () => {
  let bot: TestBot;
  let wei: Desk;
  before(async () => {
    bot = await startTestBot();
    wei = await sitDownInChina(bot, company);
  });
  after(() => bot.stop());

  const all = () => bot.app.storage.delegations.ofCompany(company.tenantId, delegationStates);
  const titles = (received: Received) => buttonsOf(received.activity).map(({ title }) => title);

  async function openForm(): Promise<Received> {
    await wei.person.say('delegations');
    const list = await wei.see(/Delegated administration by client/);
    assert.match(wordsOf(list), /no interface for this/);
    await wei.press(list, 'Record one');
    return wei.see(/Record delegated administration/);
  }

  it('cannot be asked for by the bot: it says so and names the portal', async () => {
    await wei.person.say('delegation');
    const refused = await wei.see(/no interface/);
    assertReference(bot, refused);
    assert.match(JSON.stringify(refused.activity), /partnercenter\.microsoftonline\.cn/);
  });

  it('is recorded by a person’s word, under their name', async () => {
    const form = await openForm();
    assert.match(wordsOf(form), /partnercenter\.microsoftonline\.cn/);
    await wei.press(form, 'Record', { name: 'Fourth Coffee', level: 'full', days: '40' });
    const card = await wei.see(/Recorded as you said/);
    assert.match(wordsOf(card), /Fourth Coffee/);
    assert.match(wordsOf(card), /40 days left/);
    assert.match(wordsOf(card), /Recorded by\nLi Wei/);
    assert.deepEqual(titles(card).slice(-3), ['Record a new duration', 'It has ended', 'Delegations']);
    const [kept, ...others] = await all();
    assert.deepEqual(others, []);
    assert.deepEqual(kept?.terms.roles, [...supportRoles.full]);
    assert.equal(kept?.maker?.objectId, company.objectId);
    assert.equal(kept?.relationshipId, null);
  });

  it('says what is to be corrected', async () => {
    let form = await openForm();
    const good = { name: 'Adatum', level: 'limited', days: '10' };
    for (const [inputs, problem] of [
      [{ name: '' }, /Client/],
      [{ days: '0' }, /whole number from 1 to 730/],
      [{ days: '731' }, /whole number from 1 to 730/],
    ] as const) {
      await wei.press(form, 'Record', { ...good, ...inputs });
      form = await wei.see(problem);
      assertReference(bot, form);
    }
    assert.equal((await all()).length, 1);
    await wei.person.say('cancel');
  });

  it('is reminded of before it ends, and recorded anew from there', async () => {
    moveToWork(bot, 10 * dayMs, 'Asia/Shanghai');
    const card = await wei.see(/Delegated administration of Fourth Coffee: \d+ days left/);
    assert.deepEqual(titles(card), ['Record a new duration', 'Open it']);
    await wei.press(card, 'Record a new duration');
    const form = await wei.see(/Record delegated administration/);
    await wei.press(form, 'Record', { days: '365' });
    await wei.see(/365 days left/);
    const [kept, ...others] = await all();
    assert.deepEqual(others, []);
    assert.deepEqual([kept?.client.name, kept?.reminded], ['Fourth Coffee', []]);
  });

  it('is ended by a person’s word, once', async () => {
    const [kept] = await all();
    await wei.person.submit({ verb: 'delegation-open', delegation: kept?.id });
    const card = await wei.see(/365 days left/);
    await wei.press(card, 'It has ended');
    await wei.see(/Recorded as ended/);
    assert.equal((await all())[0]?.state, 'ended');
    await wei.press(card, 'It has ended');
    assertReference(bot, await wei.see(/already/));
  });
});
