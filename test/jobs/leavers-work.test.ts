import assert from 'node:assert/strict';
import { createFollowing } from '../../jobs/follow-operations.ts';
import { withdrawWorkOf } from '../../jobs/leavers-work.ts';
import { operationKinds } from '../../partner/kinds.ts';
import { type Operation, withStep } from '../../partner/operations.ts';
import type { Storage } from '../../storage/storage.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { acceptance, lan, minh } from '../storage/samples.ts';
import { allowed, delegating, wish } from './fake-delegations.ts';
import { confirmedOrder } from './fake-orders.ts';

describe('work whose member of staff has left', () => {
  let storage: Storage;
  beforeEach(async () => {
    storage = await memoryStorage();
  });
  afterEach(() => storage.close());

  /** Lan's order waits for her sign-in, and she is deleted. */
  async function leaves(order: Operation, status: Operation['status'] = 'waiting-sign-in') {
    await storage.commit({
      operations: [{ add: { ...order, status } }],
      acceptances: [{ add: acceptance('a', { state: 'ordering', operationId: 'o', confirmedBy: lan }) }],
    });
    const clock = { now: () => 5 };
    let ids = 0;
    const newId = () => `event-${ids++}`;
    const following = createFollowing({ storage, kinds: operationKinds, clock, newId });
    await storage.commit(
      await withdrawWorkOf({ ...storage, following, kinds: operationKinds }, lan, minh, clock.now()),
    );
    const after = await storage.acceptances.find('a');
    return [(await storage.operations.find('o'))?.status, after?.state, after?.operationId];
  }

  it('lets the delegation that it carried fail, so that somebody takes it up', async () => {
    const waiting = { state: 'active', status: 'active', relationshipId: 'r', operationId: 'd' } as const;
    await storage.commit({
      delegations: [{ add: allowed(waiting) }],
      operations: [{ add: { ...delegating({}, 'd'), status: 'waiting-sign-in' } }],
    });
    await leaves(confirmedOrder());
    const after = await storage.delegations.find(wish.delegationId);
    assert.deepEqual([(await storage.operations.find('d'))?.status, after?.state], ['cancelled', 'failed']);
  });

  it('can be confirmed anew when nothing was ordered', async () => {
    assert.deepEqual(await leaves(confirmedOrder()), ['cancelled', 'accepted', null]);
  });

  for (const status of ['running', 'failed'] as const) {
    it(`is not left ${status}: nobody else could carry it on`, async () => {
      assert.deepEqual(await leaves(confirmedOrder(), status), ['cancelled', 'accepted', null]);
    });
  }

  it('stands for others to look at when its checkout failed and may have been done', async () => {
    const began = withStep(confirmedOrder(), 'checkout', { status: 'failed', startedAt: 1, unclear: true });
    assert.deepEqual(await leaves(began, 'failed'), ['failed', 'ordering', 'o']);
  });

  it('cannot when its checkout may have been done', async () => {
    const began = withStep(confirmedOrder(), 'checkout', { status: 'started', startedAt: 1, unclear: true });
    assert.deepEqual(await leaves(began), ['cancelled', 'failed', 'o']);
  });
});
