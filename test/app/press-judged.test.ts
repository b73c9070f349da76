import assert from 'node:assert/strict';
import { jobs } from '../../dialogs/jobs.ts';
import { accountKey } from '../../partner/accounts.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import type { CardAction } from '../../storage/changes.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, sitDown } from '../helpers/desk.ts';

const { globalAdmin, adminAgent, advisorGlobalAdmin } = seedAccounts;
/** All but the one that only partners in the cloud of 21Vianet may press. */
const verbs = jobs
  .flatMap((job) => Object.keys(job.once ?? {}))
  .filter((verb) => verb !== 'delegation-record-end');
const day = 24 * 60 * 60_000;

/** What is wrong with the stored button, and what its presser is told. */
const refusals: readonly [string, (action: CardAction) => Partial<CardAction>, RegExp][] = [
  ['of a colleague', () => ({ accountKey: accountKey(adminAgent) }), /belongs to another account/],
  [
    'of another company',
    () => ({ accountKey: accountKey(advisorGlobalAdmin), company: advisorGlobalAdmin.tenantId }),
    /belongs to another account/,
  ],
  ['of the account, kept for another company', () => ({ company: 'other' }), /belongs to another account/],
  ['of another chat', () => ({ personKey: 'emulator/somebody' }), /can no longer be used/],
  ['of another verb', ({ verb }) => ({ verb: `${verb}-not` }), /can no longer be used/],
  ['of another shape', ({ schema }) => ({ schema: schema + 1 }), /can no longer be used/],
  ['of 7 days ago', ({ expiresAt }) => ({ expiresAt: expiresAt - 7 * day }), /more than 7 days old/],
  ['used', () => ({ usedAt: 1 }), /already sent/],
];

describe('every single-use button', () => {
  let bot: TestBot;
  let hung: Desk;
  before(async () => {
    bot = await startTestBot();
    hung = await sitDown(bot, globalAdmin);
  });
  after(() => bot.stop());

  const kept = (verb: string, nonce: string): CardAction => ({
    ...{ nonce, verb, schema: 1, personKey: hung.person.key },
    ...{ accountKey: accountKey(globalAdmin), company: globalAdmin.tenantId },
    ...{ args: {}, expiresAt: bot.sandbox.clock.now() + 7 * day, usedAt: null },
  });

  for (const [what, change, told] of refusals) {
    it(`${what} does nothing, says so, and leads on`, async () => {
      for (const verb of verbs) {
        const nonce = `${what}-${verb}`.replaceAll(/\W/g, '-');
        const action = { ...kept(verb, nonce), ...change(kept(verb, nonce)) };
        await bot.app.storage.commit({ cardActions: [{ add: action }] });
        await hung.person.submit({ verb, nonce });
        assertReference(bot, await hung.see(told));
        assert.deepEqual(await bot.app.storage.cardActions.find(nonce), action, verb);
      }
    });
  }

  it('without a nonce does nothing either', async () => {
    for (const verb of verbs) {
      await hung.person.submit({ verb, operation: 'x', offer: 'x', acceptance: 'x' });
      assertReference(bot, await hung.see(/can no longer be used/));
    }
  });

  it('that is good comes to its handler: it is used up, or what it stands for is gone', async () => {
    for (const verb of verbs) {
      await bot.app.storage.commit({ cardActions: [{ add: kept(verb, `good-${verb}`) }] });
      const from = hung.person.received().length;
      await hung.person.submit({ verb, nonce: `good-${verb}` });
      await hung.person.waitFor((each) => hung.person.received().indexOf(each) >= from);
      const said = hung.person
        .received()
        .slice(from)
        .map((each) => wordsOf(each));
      assert.ok(!said.some((words) => /no longer be used|already sent|another account/.test(words)), verb);
    }
  });
});
