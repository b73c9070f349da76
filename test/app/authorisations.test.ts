import assert from 'node:assert/strict';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { dataOf, valuesOf } from '../helpers/card-answers.ts';
import { assertReference, sitDown } from '../helpers/desk.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';

const advisorLine = /Subscription advisor\n(.*)\n(.*)/;

describe("the company's authorisations", () => {
  let bot: TestBot;
  beforeEach(async () => {
    bot = await startTestBot();
  });
  afterEach(() => bot.stop());

  async function becomes(partnerTenantType: string): Promise<void> {
    const id = seedTenants.withoutDelegation;
    const tenant = await bot.sandbox.world.get('tenant', id, id);
    assert.ok(tenant);
    await bot.sandbox.world.put('tenant', id, id, { ...tenant, partnerTenantType });
  }

  it('that Microsoft does not show are stated by a Global admin in two steps, and say by whom', async () => {
    const khoi = await sitDown(bot, seedAccounts.withoutDelegationGlobalAdmin);
    await khoi.person.say('company authorisations');
    const card = await khoi.see(/What Microsoft lets/);
    assert.match(wordsOf(card), /Subscription advisor\nNot known, counts as no\n.*Global admin can state/);
    await khoi.press(card, 'State it');
    const form = await khoi.see(/Step 1 of 2/);
    // Only what is open is offered.
    assert.doesNotMatch(wordsOf(form), /CSP reseller\n|Delegated administration/);
    await khoi.press(form, 'Continue', { value: '' });
    const again = await khoi.see(/choose one of the values/i);
    assertReference(bot, again);
    await khoi.press(again, 'Continue', { value: 'on' });
    const review = await khoi.see(/Not known, counts as no → Yes/);
    assert.match(wordsOf(review), /Northwind/);
    assert.equal((await bot.app.storage.statements.of(seedTenants.withoutDelegation)).length, 0);
    await khoi.press(review, 'State it');
    const after = advisorLine.exec(wordsOf(await khoi.see(/Stated by/)));
    assert.equal(after?.[1], 'Yes');
    assert.match(after?.[2] ?? '', /^Stated by Tạ Minh Khôi · /);
    await khoi.press(review, 'State it');
    assertReference(bot, await khoi.see(/was submitted|already|once/i));
    await khoi.person.say('authorisations');
    assert.match(wordsOf(await khoi.see(/What Microsoft lets/)), /Stated by Tạ Minh Khôi/);
    await khoi.person.say('history');
    assert.match(
      wordsOf(await khoi.see(/History/)),
      /State that the company has an authorisation\n {2}Subscription advisor/,
    );
  });

  it('are not stated against what Microsoft shows meanwhile: a reseller is no advisor', async () => {
    const khoi = await sitDown(bot, seedAccounts.withoutDelegationGlobalAdmin);
    await khoi.person.submit({ verb: 'state-authorisation' });
    const form = await khoi.see(/Step 1 of 2/);
    await khoi.press(form, 'Continue', { value: 'on' });
    const review = await khoi.see(/Step 2 of 2/);
    await becomes('valueAddedResellerPartnerDelegatedAdmin');
    await agreement(true);
    await khoi.press(review, 'State it');
    const refused = await khoi.see(
      /a CSP reseller or a subscription advisor, never both\. Your company is the other one/,
    );
    assertReference(bot, refused);
    await khoi.person.say('cancel');
    await khoi.person.submit({ verb: 'authorisations-fresh' });
    const card = await khoi.see(/Yes, indirect reseller/);
    assert.ok(!buttonsOf(card.activity).some(({ title }) => title === 'State it'));
    await khoi.person.submit({ verb: 'state-authorisation' });
    assertReference(bot, await khoi.see(/nothing to state/));
    assert.equal((await bot.app.storage.statements.of(seedTenants.withoutDelegation)).length, 0);
  });

  it('put into an answer that did not offer them are refused', async () => {
    const khoi = await sitDown(bot, seedAccounts.withoutDelegationGlobalAdmin);
    await khoi.person.submit({ verb: 'state-authorisation' });
    const form = await khoi.see(/Step 1 of 2/);
    const data = { ...dataOf(form, 'Continue'), ...valuesOf(form), value: 'on' };
    await khoi.person.submit({ ...data, authorisation: 'delegated-administration' });
    const refused = await khoi.see(/Microsoft says it itself/);
    assertReference(bot, refused);
    await khoi.press(refused, 'Continue', { authorisation: 'everything', value: 'on' });
    assertReference(bot, await khoi.see(/choose one of the values/i));
  });

  it('are shown to everybody of the company and stated by nobody but a Global admin', async () => {
    const staff = await bot.sandbox.world.all('user', seedTenants.withoutDelegation);
    const van = staff.find(({ displayName }) => displayName === 'Đinh Thị Vân');
    const clerk = await sitDown(
      bot,
      { tenantId: seedTenants.withoutDelegation, objectId: van?.id ?? '' },
      { language: 'vi' },
    );
    await clerk.person.say('ủy quyền');
    const card = await clerk.see(/Những gì Microsoft/);
    assert.ok(!buttonsOf(card.activity).some(({ title }) => title === 'Khai báo'));
    await clerk.person.submit({ verb: 'state-authorisation' });
    assertReference(bot, await clerk.see(/chưa làm được/), 'vi');
    // Who has fewer rights at Partner Center was told less: that does not hide it from who has more.
    const khoi = await sitDown(bot, seedAccounts.withoutDelegationGlobalAdmin, { language: 'vi' });
    await khoi.person.say('ủy quyền');
    assert.match(wordsOf(await khoi.see(/Những gì Microsoft/)), /Đại lý CSP\nKhông\n/);
    await clerk.person.say('ủy quyền');
    assert.match(wordsOf(await clerk.see(/Những gì Microsoft/)), /Đại lý CSP\nKhông\n/);
  });

  it('stay as they were when Microsoft does not answer', async () => {
    const khoi = await sitDown(bot, seedAccounts.nothingAuthorisedGlobalAdmin);
    await khoi.person.say('authorisations');
    const before = wordsOf(await khoi.see(/What Microsoft lets/));
    bot.sandbox.faults.add({ kind: 'unavailable', match: { path: 'partnercenter' }, times: 50 });
    await khoi.person.submit({ verb: 'authorisations-fresh' });
    assert.equal(wordsOf(await khoi.see(/What Microsoft lets/)), before);
  });

  async function agreement(signed: boolean): Promise<void> {
    const id = seedTenants.withoutDelegation;
    const [account] = await bot.sandbox.world.all('partnerAccount', id);
    assert.ok(account);
    await bot.sandbox.world.put('partnerAccount', id, id, { ...account, agreementSigned: signed });
  }
});
