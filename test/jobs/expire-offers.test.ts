import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { createExpireOffers, offerExpiryJob } from '../../jobs/expire-offers.ts';
import { idOfSubject } from '../../partner/notices.ts';
import type { Acceptance } from '../../partner/offers.ts';
import type { Storage } from '../../storage/storage.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { acceptance, delegation, offer } from '../storage/samples.ts';

const published = { status: 'published', version: 1, publishedAt: 1, expiresAt: 2_000 } as const;

describe('offers whose time is over', () => {
  let storage: Storage;
  let now: number;
  let warned: object[];
  beforeEach(async () => {
    storage = await memoryStorage();
    now = 1_999;
    warned = [];
    stuck = undefined;
  });
  afterEach(async () => {
    mock.timers.reset();
    await storage.close();
  });

  let stuck: string | undefined;
  function handlerOf(from: Storage, newId: () => string) {
    return createExpireOffers({
      ...{ storage: from, clock: { now: () => now }, newId },
      log: { info() {}, warn: (facts) => void warned.push(facts), error() {} },
    });
  }

  async function run(offerId = 'offer-1') {
    let ids = 0;
    const handler = handlerOf(storage, () => `event-${ids++}`);
    return handler({ ...offerExpiryJob(offerId, 2_000), attempts: 1 });
  }
  /** Offers of which somebody is to hear that nobody answered. */
  const told = async () =>
    (await storage.notices.ofKind('tenant-1', 'offer-expired')).map(({ subject }) => idOfSubject(subject));
  const statusOf = async (id: string) => (await storage.offers.find(id))?.status;

  it('expire at their hour, and who only looked has nothing to answer any more', async () => {
    const states = ['viewed', 'accepted', 'declined', 'ordering'] as const;
    await storage.commit({
      offers: [{ add: offer('offer-1', published) }],
      acceptances: states.map((state) => ({ add: acceptance(state, { state }) })),
    });
    assert.deepEqual(await run(), { againAt: 2_000, clock: 'domain' });
    assert.equal(await statusOf('offer-1'), 'published');
    now = 2_000;
    assert.equal(await run(), 'done');
    assert.equal(await statusOf('offer-1'), 'expired');
    const after = await Promise.all(states.map((id) => storage.acceptances.find(id)));
    assert.deepEqual(
      after.map((each) => each?.state),
      ['lapsed', 'accepted', 'declined', 'ordering'],
    );
    const [event] = await storage.offerEvents.ofOffer('offer-1', 5);
    assert.deepEqual([event?.kind, event?.at, event?.byName], ['expired', 2_000, '']);
  });

  it('are told to their makers where nobody answered, with those who looked', async () => {
    now = 2_000;
    const of = (offerId: string, id: string, more: Partial<Acceptance>) => ({
      add: acceptance(id, { offerId, ...more }),
    });
    await storage.commit({
      offers: ['unseen', 'seen', 'answered', 'taken-back'].map((id) => ({ add: offer(id, published) })),
      acceptances: [
        of('seen', 'one', { state: 'viewed', answeredAt: null }),
        of('seen', 'two', { state: 'viewed', answeredAt: null }),
        of('answered', 'three', { state: 'viewed', answeredAt: null }),
        of('answered', 'four', { state: 'accepted', answeredAt: 1_500 }),
        of('taken-back', 'five', { state: 'withdrawn', answeredAt: 1_500 }),
      ],
    });
    assert.equal(await run('unseen'), 'done');
    assert.deepEqual((await told()).toSorted(), ['seen', 'unseen']);
    await run('unseen');
    assert.equal((await told()).length, 2);
  });

  it('count as answered by a company that only answered to the delegated administration', async () => {
    now = 2_000;
    await storage.commit({
      offers: ['allowed', 'put-off'].map((id) => ({ add: offer(id, published) })),
      acceptances: ['allowed', 'put-off'].map((offerId) => ({
        add: acceptance(offerId, { offerId, state: 'viewed', answeredAt: null }),
      })),
      delegations: [
        { add: delegation('one', { offerId: 'allowed', answeredAt: 1_500 }) },
        { add: delegation('two', { offerId: 'put-off', answeredAt: null }) },
      ],
    });
    await run('allowed');
    assert.deepEqual(await told(), ['put-off']);
  });

  it('leaves withdrawn ones and drafts alone', async () => {
    now = 3_000;
    await storage.commit({
      offers: [
        { add: offer('withdrawn', { ...published, status: 'withdrawn' }) },
        { add: offer('draft') },
        { add: offer('over', published) },
      ],
    });
    assert.equal(await run('withdrawn'), 'done');
    const statuses = await Promise.all(['withdrawn', 'draft', 'over'].map(statusOf));
    assert.deepEqual(statuses, ['withdrawn', 'draft', 'expired']);
  });

  it('are ended although one of them cannot be, which is tried again ever more rarely', async () => {
    mock.timers.enable({ apis: ['Date'], now: 1_760_000_000_000 });
    now = 3_000;
    stuck = 'offer-1';
    const { ofOffer } = storage.acceptances;
    storage.acceptances.ofOffer = async (id) => {
      if (id === stuck) throw new Error('a fault of our own');
      return ofOffer(id);
    };
    const ids = ['offer-1', 'offer-2'];
    await storage.commit({ offers: ids.map((id) => ({ add: offer(id, { ...published, code: id }) })) });
    let events = 0;
    const handler = handlerOf(storage, () => `event-${events++}`);
    const pauses: number[] = [];
    for (let look = 0; look < 15; look++) {
      const outcome = await handler({ ...offerExpiryJob('offer-1', 2_000), attempts: look + 1 });
      assert.ok(outcome !== 'done' && outcome.clock === 'real');
      pauses.push(outcome.againAt - Date.now());
      mock.timers.setTime(outcome.againAt);
    }
    assert.deepEqual(await Promise.all(ids.map(statusOf)), ['published', 'expired']);
    assert.deepEqual([pauses[0], pauses[3], pauses.at(-1)], [1_000, 8_000, 3_600_000]);
    assert.deepEqual([await told(), warned.length], [['offer-2'], 15]);
    assert.deepEqual(Object.entries(warned[0] ?? {}).slice(1), [
      ['what', 'expire-offers'],
      ['item', 'offer-1'],
    ]);
    stuck = undefined;
    assert.equal(await handler({ ...offerExpiryJob('offer-1', 2_000), attempts: 20 }), 'done');
    assert.equal(await statusOf('offer-1'), 'expired');
  });

  it('are looked at again when somebody changed one at that moment', async () => {
    now = 3_000;
    await storage.commit({ offers: [{ add: offer('offer-1', published) }] });
    const { ofOffer } = storage.acceptances;
    let isFirst = true;
    const racing: Storage = {
      ...storage,
      acceptances: {
        ...storage.acceptances,
        async ofOffer(id) {
          const read = await storage.offers.find(id);
          if (isFirst && read) await storage.commit({ offers: [{ save: { ...read, expiresAt: 9_000 } }] });
          isFirst = false;
          return ofOffer(id);
        },
      },
    };
    const handler = handlerOf(racing, () => 'event');
    const job = { ...offerExpiryJob('offer-1', 2_000), attempts: 1 };
    const outcome = await handler(job);
    assert.ok(outcome !== 'done' && outcome.clock === 'real');
    mock.timers.enable({ apis: ['Date'], now: outcome.againAt });
    assert.deepEqual(await handler(job), { againAt: 9_000, clock: 'domain' });
    assert.equal(await statusOf('offer-1'), 'published');
  });
});
