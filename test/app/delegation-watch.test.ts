import assert from 'node:assert/strict';
import { type Delegation, delegationStates } from '../../partner/delegations.ts';
import { longAgo } from '../../sandbox/delegation/times.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot } from '../helpers/app.ts';
import { sitDown } from '../helpers/desk.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const { contoso } = seedTenants;
const hourMs = 60 * 60 * 1000;

describe('delegated administration that was made elsewhere', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startTestBot();
  });
  after(() => bot.stop());

  const kept = () => bot.app.storage.delegations.ofCompany(contoso, delegationStates);
  const first = async (state: Delegation['state']) => (await kept()).find((each) => each.state === state);
  const logged = () => bot.logged();

  it('is found by the daily look, and who may do something hears that the client ended it', async () => {
    const { person } = await sitDown(bot, seedAccounts.adminAgent);
    await bot.sandbox.clock.advance(2 * hourMs);
    const found = await waitUntil(() => first('active'), { what: 'the daily look', detail: logged });
    assert.deepEqual([found.offerId, found.maker, found.terms.level], [null, null, 'limited']);
    assert.equal(found.terms.autoExtend, true);
    assert.equal((await kept()).length, 1, 'what Microsoft itself moved stays out');

    const { world, clock } = bot.sandbox;
    const relationshipId = found.relationshipId ?? '';
    const theirs = await world.get('relationship', contoso, relationshipId);
    assert.ok(theirs);
    const end = {
      by: 'client',
      requestedAt: clock.now(),
      terminating: longAgo,
      terminated: longAgo,
    } as const;
    await world.put('relationship', contoso, relationshipId, { ...theirs, end });
    const before = person.received().length;
    await clock.advance(25 * hourMs);
    const ended = await waitUntil(() => first('ended'), { what: 'the next look', detail: logged });
    assert.equal(ended.id, found.id);
    const name = found.client.name;
    await person.waitFor(
      (each) => person.received().indexOf(each) >= before && JSON.stringify(each.activity).includes(name),
    );
  });
});
