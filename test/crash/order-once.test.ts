import assert from 'node:assert/strict';
import { mock } from 'node:test';
import fc from 'fast-check';
import { memoryStorage } from '../helpers/storage.ts';
import {
  attestation,
  confirmedOrder,
  ends,
  fakeMicrosoft,
  handlerOf,
  Killed,
  retry,
  stored,
} from '../jobs/fake-orders.ts';
import { acceptance, offer } from '../storage/samples.ts';

const minute = 60_000;

describe('one order, whatever is lost, killed or tried again', function () {
  this.timeout(120_000);
  afterEach(() => mock.timers.reset());

  it('whatever happens, and the acceptance says so', async () => {
    const life = fc.record({
      ends: fc.array(fc.constantFrom(...ends), { maxLength: 12 }),
      lateMs: fc.integer({ min: 0, max: 15 * minute }),
      knowsRepeats: fc.boolean(),
      agreed: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(life, async (happens) => {
        mock.timers.enable({ apis: ['Date'], now: 1_760_000_000_000 });
        const storage = await memoryStorage();
        const microsoft = fakeMicrosoft();
        Object.assign(microsoft.state, structuredClone(happens));
        await storage.commit({
          offers: [{ add: offer('offer-1') }],
          acceptances: [{ add: acceptance('a') }],
          operations: [{ add: confirmedOrder({ attestation }) }],
        });
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
          assert.ok(microsoft.state.orders.length <= 1);
          mock.timers.setTime(Math.max(outcome === 'done' ? 0 : outcome.againAt, Date.now() + 1));
        }
        const { state, orderId, operationId } = (await storage.acceptances.find('a')) ?? assert.fail();
        assert.deepEqual([state, orderId, operationId], ['provisioned', 'order-1', 'o']);
        assert.deepEqual([microsoft.state.orders.length, microsoft.state.carts.size], [1, 1]);
        await storage.close();
        mock.timers.reset();
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});
