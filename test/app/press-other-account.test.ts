import assert from 'node:assert/strict';
import { roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { signInAs, startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { dataOf } from '../helpers/card-answers.ts';
import { assertReference, type Desk, operationsOf, sitDown, usersNamed } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { publishedAt } from '../helpers/published-offer.ts';
import { moveToWork } from '../helpers/working-time.ts';

const { globalAdmin, privilegedRoleAdmin, adminAgent, advisorGlobalAdmin, plain, sales } = seedAccounts;
const otherAccount = /belongs to another account/;
type Account = Pick<typeof globalAdmin, 'tenantId' | 'objectId'>;

/** Chats change hands: a button stays with the account that it was drawn for. */
describe('a button of the account that was signed in before', () => {
  let bot: TestBot;
  beforeEach(async () => {
    bot = await startTestBot();
  });
  afterEach(() => bot.stop());

  async function give({ tenantId, objectId }: Account, roleDefinitionId: string): Promise<void> {
    const id = `${objectId}-${roleDefinitionId}`;
    const assignment = { id, roleDefinitionId, principalId: objectId, createdAt: 0 };
    await bot.sandbox.world.put('roleAssignment', tenantId, id, assignment);
  }

  async function becomes(desk: Desk, account: Account): Promise<void> {
    await signInAs(desk.person, account);
    await desk.see(/working as/);
    await desk.see(/Overview/);
  }

  /** Minh asks for a role, which Hùng or nobody may approve. */
  async function asks(minh: Desk, displayName: string): Promise<void> {
    const [user] = await usersNamed(bot, displayName);
    await minh.person.submit({ verb: 'role-grant', id: user?.id, role: roleTemplates.helpdeskAdministrator });
    await minh.press(await minh.see(/Reason/), 'Send for approval', { reason: 'Trực đêm' });
  }

  it('asks nothing again in another company, and nobody of that company reads of it', async () => {
    const minh = await sitDown(bot, privilegedRoleAdmin);
    await asks(minh, 'Hồ Thị Lý');
    const nobody = await minh.see(/Could not send for approval/);
    const users = await bot.sandbox.world.all('user', seedTenants.advisor);
    const mate = users.find(({ id, accountEnabled }) => accountEnabled && id !== advisorGlobalAdmin.objectId);
    assert.ok(mate);
    const able = { tenantId: seedTenants.advisor, objectId: mate.id };
    await give(able, roleTemplates.globalAdministrator);
    const colleague = await sitDown(bot, able);
    await becomes(minh, advisorGlobalAdmin);
    await minh.press(nobody, 'Ask again');
    const told = await minh.see(otherAccount);
    assertReference(bot, told);
    assert.doesNotMatch(wordsOf(told), /Minh|Contoso|Lý/);
    await minh.see(/Overview/);
    assert.deepEqual(await operationsOf(bot, advisorGlobalAdmin), []);
    // What the colleague is told of now comes after anything that the press could have sent.
    await colleague.person.say('approvals');
    await colleague.see(/Approvals/);
    const read = colleague.person.received().map((each) => wordsOf(each));
    assert.ok(!read.some((words) => /contosopartner|Hồ Thị Lý|Trực đêm/.test(words)));
    // It is still good for whoever it was made for.
    const hung = await sitDown(bot, globalAdmin);
    await becomes(minh, privilegedRoleAdmin);
    await minh.press(nobody, 'Ask again');
    await hung.see(/Something needs your approval/);
  });

  it('approves nothing for a colleague who may approve it too', async () => {
    await give(adminAgent, roleTemplates.privilegedRoleAdministrator);
    const hung = await sitDown(bot, globalAdmin);
    const minh = await sitDown(bot, privilegedRoleAdmin);
    await asks(hung, 'Hồ Thị Lý');
    const asked = await minh.see(/Something needs your approval/);
    await becomes(minh, adminAgent);
    await minh.press(asked, 'Approve');
    assertReference(bot, await minh.see(otherAccount));
    const [operation] = await operationsOf(bot, globalAdmin);
    assert.equal(operation?.status, 'waiting-approval');
    await becomes(minh, privilegedRoleAdmin);
    await minh.press(asked, 'Approve');
    await hung.see(/Done: give a role|Done: give an admin role|Done: /);
  });

  it('takes nothing back and makes no password, stolen by another chat or pressed in its own', async () => {
    const hung = await sitDown(bot, globalAdmin);
    await hung.confirm('Lâm Của Hùng');
    const made = await hung.see(/Done: add a user/);
    await hung.person.submit({ verb: 'block-user', id: plain.objectId });
    await hung.press(await hung.see(/Look it over/), 'Block sign-in');
    const changed = await hung.see(/Done: block sign-in/);
    const presses = [
      [made, 'New password'],
      [changed, 'Undo'],
    ] as const;
    const bao = await sitDown(bot, adminAgent);
    for (const [card, title] of presses) {
      await bao.person.submit(dataOf(card, title));
      assertReference(bot, await bao.see(otherAccount));
    }
    // The same account in another chat has buttons of its own.
    const again = await sitDown(bot, globalAdmin);
    for (const [card, title] of presses) {
      await again.person.submit(dataOf(card, title));
      assertReference(bot, await again.see(/can no longer be used/));
    }
    await becomes(hung, adminAgent);
    for (const [card, title] of presses) {
      await hung.press(card, title);
      assertReference(bot, await hung.see(otherAccount));
    }
    const kinds = (await operationsOf(bot, globalAdmin)).map(({ kind }) => kind);
    assert.deepEqual(kinds.toSorted(), ['add-user', 'block-user']);
    assert.deepEqual(await operationsOf(bot, adminAgent), []);
  });

  it('is of whoever signs in to read it, where it had to wait for that', async () => {
    const { offer } = await publishedAt(bot, 'waits', { validDays: 3 });
    await bot.app.storage.commit({
      jobs: [{ key: 'x', kind: 'expire-offers', args: { offerId: offer.id }, dueAt: 0, clock: 'domain' }],
    });
    moveToWork(bot, 4 * 24 * 60 * 60_000);
    const lan = await sitDown(bot, sales);
    const told: Received = await lan.person.waitFor(
      (each) => /An offer has expired/.test(wordsOf(each)),
      15_000,
    );
    const hung = await sitDown(bot, globalAdmin);
    await hung.person.say('company');
    await hung.press(await hung.see(/Nobody has confirmed|confirm/), 'That is right');
    await hung.see(/Confirmed by|confirmed/);
    await hung.person.submit(dataOf(told, 'Renew'));
    assertReference(bot, await hung.see(otherAccount));
    await lan.press(told, 'Renew');
    await lan.see(/Renewed until/);
    await lan.press(told, 'Renew');
    assertReference(bot, await lan.see(/already sent/));
    assert.equal((await bot.app.storage.offers.find(offer.id))?.version, 2);
  });

  it('counts an opinion of before the sign-in, which everybody may give', async () => {
    const person = bot.channel.person({});
    await person.say('help');
    const help = await person.waitFor((each) => /Roles and rights|Vai trò và quyền/.test(wordsOf(each)));
    await person.submit({ verb: 'help-topic', topic: 'roles' });
    const answer = await person.waitFor(
      (each) => /👍/.test(wordsOf(each)) || /👍/.test(JSON.stringify(each.activity)),
    );
    assert.ok(help);
    await signInAs(person, plain);
    await person.waitFor((each) => /Overview|Tổng quan/.test(wordsOf(each)));
    const title = JSON.stringify(answer.activity).includes('👍 Có ích') ? '👍 Có ích' : '👍 Helpful';
    await person.submit(dataOf(answer, title));
    await person.waitFor((each) => /Cảm ơn bạn|Thank you/.test(wordsOf(each)));
    assert.deepEqual(await bot.app.storage.opinions.counts(), [{ topic: 'roles', up: 1, down: 0 }]);
  });
});
