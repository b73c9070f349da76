import assert from 'node:assert/strict';
import { newOperation } from '../../partner/operations.ts';
import { sendMailKind } from '../../partner/send-mail.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { type Desk, sitDown } from '../helpers/desk.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const mail = { to: 'minh@fabrikam.example', subject: 'Thư chào hàng', text: 'Chào', html: '<p>Chào</p>' };

describe('the card of an operation', () => {
  let bot: TestBot;
  let hung: Desk;
  before(async () => {
    bot = await startTestBot();
    const { tenantId, objectId } = seedAccounts.globalAdmin;
    // Where cards can be redrawn.
    hung = await sitDown(bot, seedAccounts.globalAdmin, { as: 'teams', tenantId, aadObjectId: objectId });
  });
  after(() => bot.stop());

  const stored = async () => (await bot.app.storage.operations.find('mail')) ?? assert.fail('no operation');

  it('moves to where it is asked for while a mail leaves, and tells there that it left', async () => {
    bot.sandbox.faults.add({
      kind: 'slow',
      match: { method: 'POST', path: 'sendMail' },
      ms: 3_000,
      times: 1,
    });
    const args = { ...mail, about: { what: 'try' } };
    const { kind, schema, plan } = sendMailKind;
    const add = newOperation({
      ...{ id: 'mail', kind, schema, actor: seedAccounts.globalAdmin, personKey: hung.person.key, args },
      ...{ steps: plan(args), cardKey: 'first', now: bot.sandbox.clock.now() },
    });
    const run = { key: 'operation:mail', kind: 'run-operation', args: { operationId: 'mail' } };
    await bot.app.storage.commit({
      operations: [{ add }],
      jobs: [{ ...run, dueAt: Date.now(), clock: 'real' }],
    });
    const mails = () => bot.sandbox.world.all('mail', seedTenants.contoso);
    // Sent at Microsoft, whose answer is held back.
    await waitUntil(async () => ((await mails()).length === 1 ? true : undefined), { what: 'the mail' });
    assert.equal((await stored()).steps[0]?.status, 'started');
    await hung.person.submit({ verb: 'operation-show', operation: 'mail' });
    const shown = await hung.see(/send a mail/i);
    assert.equal((await stored()).steps[0]?.status, 'started', 'the answer came too soon');
    assert.notEqual((await stored()).cardKey, 'first');
    const last = await hung.see(/Done/);
    assert.equal(last.activityId, shown.activityId, wordsOf(last));
    assert.deepEqual([(await stored()).status, (await mails()).length], ['done', 1]);
    const { audit } = bot.app.storage;
    assert.deepEqual(
      (await audit.ofOperation('mail')).map(({ outcome }) => outcome),
      ['intended', 'done'],
    );
  });
});
