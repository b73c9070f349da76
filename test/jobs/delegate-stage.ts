import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { DelegateWish } from '../../partner/delegate-wish.ts';
import type { Delegation } from '../../partner/delegations.ts';
import type { Storage } from '../../storage/storage.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { lanAccount, offer } from '../storage/samples.ts';
import { allowed, delegating, fakeDelegations, wish } from './fake-delegations.ts';
import { stored } from './fake-orders.ts';

/** For a suite about the operation that carries a delegation: storage and Microsoft anew for each test, and a clock. */
export function delegateStage() {
  let storage: Storage;
  let microsoft: ReturnType<typeof fakeDelegations>;
  beforeEach(async () => {
    mock.timers.enable({ apis: ['Date'], now: 1_760_000_000_000 });
    storage = await memoryStorage();
    microsoft = fakeDelegations();
  });
  afterEach(async () => {
    mock.timers.reset();
    await storage.close();
  });

  async function begin(more: Partial<DelegateWish> = {}, before: Partial<Delegation> = {}): Promise<void> {
    await storage.commit({
      accounts: [lanAccount],
      offers: [{ add: offer('offer-1') }],
      delegations: [{ add: allowed(before) }],
      operations: [{ add: delegating(more) }],
    });
  }
  const delegation = async () =>
    (await storage.delegations.find(wish.delegationId)) ?? assert.fail('no delegation');
  const timeline = async () =>
    (await storage.offerEvents.ofOffer('offer-1', 50)).map(({ kind }) => kind).toReversed();
  const current = async () => (await stored(storage)).steps.find(({ status }) => status !== 'done');

  /** Runs it, waiting as it says, until it is done or `until` says so; answers the pauses, ms. */
  async function carryOn(run: () => Promise<unknown>, until = async () => false): Promise<number[]> {
    const pauses: number[] = [];
    for (let round = 0; round < 3_000; round++) {
      const outcome = (await run()) as 'done' | { againAt: number };
      if (outcome === 'done') return pauses;
      pauses.push(outcome.againAt - Date.now());
      if (await until()) return pauses;
      mock.timers.setTime(Math.max(outcome.againAt, Date.now() + 1));
    }
    return assert.fail('it never ends');
  }
  const atStep = (id: string) => async () => (await current())?.id === id;

  /** As far as the client, who then approves. */
  async function approved(run: () => Promise<unknown>): Promise<void> {
    await carryOn(run, atStep('approved'));
    microsoft.approve();
  }

  return {
    get storage() {
      return storage;
    },
    get microsoft() {
      return microsoft;
    },
    ...{ begin, delegation, timeline, current, carryOn, atStep, approved },
  };
}
