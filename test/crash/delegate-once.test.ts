import assert from 'node:assert/strict';
import { mock } from 'node:test';
import fc from 'fast-check';
import { memoryStorage } from '../helpers/storage.ts';
import { allowed, delegating, fakeDelegations, wish } from '../jobs/fake-delegations.ts';
import { ends, handlerOf, Killed, retry, stored } from '../jobs/fake-orders.ts';
import { offer } from '../storage/samples.ts';

const minute = 60_000;

describe('one relationship, whatever is lost, killed or tried again', function () {
  this.timeout(120_000);
  afterEach(() => mock.timers.reset());

  it('whatever happens, and the delegation says so', async () => {
    const life = fc.record({
      ends: fc.array(fc.constantFrom(...ends), { maxLength: 12 }),
      lateMs: fc.integer({ min: 0, max: 10 * minute }),
      setUpMs: fc.integer({ min: 0, max: 10 * minute }),
      approvedAfter: fc.integer({ min: 0, max: 40 * minute }),
      takenName: fc.constantFrom('', wish.name),
      partnerMay: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(life, async ({ approvedAfter, ...happens }) => {
        mock.timers.enable({ apis: ['Date'], now: 1_760_000_000_000 });
        const storage = await memoryStorage();
        const microsoft = fakeDelegations();
        Object.assign(microsoft.state, structuredClone(happens));
        await storage.commit({
          offers: [{ add: offer('offer-1') }],
          delegations: [{ add: allowed() }],
          operations: [{ add: delegating() }],
        });
        let lockedAt = Number.POSITIVE_INFINITY;
        let run = handlerOf(storage, microsoft);
        for (let round = 0; (await stored(storage)).status !== 'done'; round++) {
          assert.ok(round < 500, 'it never ends');
          if ((await stored(storage)).status === 'failed') await retry(storage);
          const outcome = await run().catch((error: unknown) => {
            assert.ok(error instanceof Killed, String(error));
            // The next one is a process that knows nothing of the first.
            run = handlerOf(storage, microsoft);
            return 'done' as const;
          });
          assert.ok(microsoft.state.relationships.length <= 1, 'two relationships');
          mock.timers.setTime(Math.max(outcome === 'done' ? 0 : outcome.againAt, Date.now() + 1));
          const isLocked = microsoft.state.relationships[0]?.status === 'approvalPending';
          if (isLocked) lockedAt = Math.min(lockedAt, Date.now());
          if (isLocked && Date.now() >= lockedAt + approvedAfter) microsoft.approve();
        }
        const delegation = await storage.delegations.find(wish.delegationId);
        const { state, relationshipId, operationId, wasUsable } = delegation ?? assert.fail('none');
        assert.deepEqual(
          [state, relationshipId, operationId, wasUsable],
          ['usable', 'relationship-1', 'o', true],
        );
        const groups = microsoft.state.assignments.map(({ groupId }) => groupId);
        assert.deepEqual(groups.toSorted(), ['full group', 'limited group'], 'one assignment for each group');
        assert.ok(microsoft.state.consents >= 1);
        const told = (await storage.offerEvents.ofOffer('offer-1', 50)).map(({ kind }) => kind);
        assert.equal(told.filter((kind) => kind === 'delegation-approved').length, 1);
        assert.equal(told.filter((kind) => kind === 'delegation-usable').length, 1);
        await storage.close();
        mock.timers.reset();
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });
});
