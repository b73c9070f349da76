import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { canStop, withAttestation } from '../../partner/confirm-order.ts';
import { PartnerError } from '../../partner/errors.ts';
import type { Acceptance, AcceptanceState } from '../../partner/offers.ts';
import type { Operation } from '../../partner/operations.ts';
import type { Storage } from '../../storage/storage.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { acceptance, lanAccount, offer } from '../storage/samples.ts';
import {
  attestation,
  confirmedOrder,
  fakeMicrosoft,
  handlerOf,
  Killed,
  retry,
  stored,
} from './fake-orders.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

describe('ordering what a client accepted', () => {
  let storage: Storage;
  beforeEach(async () => {
    mock.timers.enable({ apis: ['Date'], now: 1_760_000_000_000 });
    storage = await memoryStorage();
  });
  afterEach(async () => {
    mock.timers.reset();
    await storage.close();
  });

  async function begin(order: Operation = confirmedOrder(), more: Partial<Acceptance> = {}): Promise<void> {
    await storage.commit({
      accounts: [lanAccount],
      offers: [{ add: offer('offer-1') }],
      acceptances: [{ add: acceptance('a', more) }],
      operations: [{ add: order }],
    });
  }
  const confirmed = { state: 'confirmed', operationId: 'o' } as const;
  const accepted = async () => (await storage.acceptances.find('a')) ?? assert.fail('no acceptance');
  const timeline = async () =>
    (await storage.offerEvents.ofOffer('offer-1', 50)).map(({ kind }) => kind).toReversed();
  const auditOf = async () => (await storage.audit.ofOperation('o')).map(({ outcome }) => outcome);

  /** Runs it, waiting as it says, until it is done or `until` says so; answers the time that passed, ms. */
  async function carryOn(run: () => Promise<unknown>, until = async () => false): Promise<number> {
    const from = Date.now();
    for (let round = 0; round < 2_000; round++) {
      const outcome = (await run()) as 'done' | { againAt: number };
      if (outcome === 'done' || (await until())) return Date.now() - from;
      assert.ok(outcome.againAt >= Date.now());
      mock.timers.setTime(Math.max(outcome.againAt, Date.now() + 1));
    }
    return assert.fail('it never ends');
  }

  it('moves the acceptance along, and tells the timeline who did it', async () => {
    const microsoft = fakeMicrosoft();
    await begin(undefined, confirmed);
    const seen: AcceptanceState[] = [];
    const { createCart } = microsoft.commerce;
    microsoft.commerce.createCart = async (...args) => {
      seen.push((await accepted()).state);
      return createCart(...args);
    };
    await carryOn(handlerOf(storage, microsoft));
    const { state, orderId } = await accepted();
    assert.deepEqual([(await stored(storage)).status, state, orderId], ['done', 'provisioned', 'order-1']);
    assert.deepEqual(seen, ['ordering']);
    assert.deepEqual(await timeline(), ['ordered', 'provisioned']);
    const [first] = await storage.offerEvents.ofOffer('offer-1', 1);
    assert.deepEqual([first?.byName, first?.client], [lanAccount.displayName, 'client of a']);
  });

  it('confirms an acceptance that waits for it, and none that another operation orders', async () => {
    const microsoft = fakeMicrosoft();
    await begin(confirmedOrder());
    await storage.commit({ operations: [{ add: confirmedOrder({}, 'other') }] });
    const run = handlerOf(storage, microsoft);
    await carryOn(() => run('o'));
    await carryOn(() => run('other'));
    const other = await stored(storage, 'other');
    assert.deepEqual([other.status, other.steps[0]?.error?.code], ['failed', 'acceptance-moved-on']);
    assert.deepEqual([microsoft.state.orders.length, (await accepted()).operationId], [1, 'o']);
    assert.deepEqual(await timeline(), ['confirmed', 'ordered', 'provisioned']);
  });

  for (const [what, more] of [
    ['the client took back', { state: 'withdrawn' }],
    ['was answered anew with other licences', { seats: [16] }],
    ['is of another version', { version: 2 }],
  ] as const) {
    it(`orders nothing that ${what}`, async () => {
      const microsoft = fakeMicrosoft();
      await begin(confirmedOrder(), { ...more, seats: [...('seats' in more ? more.seats : [15])] });
      await carryOn(handlerOf(storage, microsoft));
      assert.equal((await stored(storage)).steps[0]?.error?.code, 'acceptance-moved-on');
      assert.deepEqual([microsoft.state.calls, await timeline()], [[], []]);
    });
  }

  it('waits for the client for days, says so once, and goes on by itself', async () => {
    const microsoft = fakeMicrosoft();
    microsoft.state.isCustomer = false;
    const shown: Operation[] = [];
    await begin(undefined, confirmed);
    const run = handlerOf(storage, microsoft, shown);
    const start = Date.now();
    await carryOn(run, async () => Date.now() - start > 3 * day);
    const [waiting] = shown;
    const error = waiting?.steps[0]?.error;
    assert.deepEqual([shown.length, error?.code, error?.details['turn']], [1, 'not-our-customer', 'client']);
    assert.equal(error?.details['link'], 'https://admin.microsoft.example/reseller');
    assert.deepEqual([(await stored(storage)).status, (await accepted()).state], ['running', 'ordering']);
    microsoft.state.isCustomer = true;
    await carryOn(run);
    assert.deepEqual([(await stored(storage)).status, shown.length], ['done', 2]);
  });

  it('is looked for as the partner while the client takes their time, and takes the sign-in again to write', async () => {
    const microsoft = fakeMicrosoft();
    microsoft.state.isCustomer = false;
    await begin(undefined, confirmed);
    let isSignedIn = true;
    const run = handlerOf(storage, { ...microsoft, isSignedIn: () => isSignedIn });
    assert.notEqual(await run(), 'done');
    isSignedIn = false;
    assert.notEqual(await run(), 'done');
    const { status, steps } = await stored(storage);
    // Only people get the link from Microsoft: the one of before is still good.
    assert.deepEqual(
      [status, steps[0]?.error?.details['link']],
      ['running', 'https://admin.microsoft.example/reseller'],
    );
    microsoft.state.isCustomer = true;
    await carryOn(run);
    const after = await stored(storage);
    assert.deepEqual([after.status, after.steps[0]?.status], ['waiting-sign-in', 'done']);
    assert.deepEqual(microsoft.state.calls, []);
    isSignedIn = true;
    microsoft.state.lateMs = 10 * minute;
    await storage.commit({ operations: [{ save: { ...after, status: 'running' } }] });
    await carryOn(run, async () => (await stored(storage)).steps[3]?.status === 'done');
    isSignedIn = false;
    await carryOn(run);
    assert.deepEqual([(await stored(storage)).status, (await accepted()).state], ['done', 'provisioned']);
  });

  it('is looked for as the person where Microsoft does not let the partner', async () => {
    const microsoft = fakeMicrosoft();
    await begin(undefined, confirmed);
    let isSignedIn = false;
    const from = { ...microsoft, isPartnerLetIn: () => false, isSignedIn: () => isSignedIn };
    const run = handlerOf(storage, from);
    await carryOn(run);
    assert.equal((await stored(storage)).status, 'waiting-sign-in');
    isSignedIn = true;
    await storage.commit({ operations: [{ save: { ...(await stored(storage)), status: 'running' } }] });
    await carryOn(run);
    assert.equal((await stored(storage)).status, 'done');
  });

  it('counts no failures while it waits: Microsoft may be away in between', async () => {
    const microsoft = fakeMicrosoft();
    microsoft.state.isCustomer = false;
    await begin(undefined, confirmed);
    const run = handlerOf(storage, microsoft);
    const { customer } = microsoft.commerce;
    let looks = 0;
    microsoft.commerce.customer = async (id) => {
      looks += 1;
      if (looks % 4 === 0) throw new PartnerError('microsoft-unavailable');
      return customer(id);
    };
    await carryOn(run, async () => looks > 40);
    assert.equal((await stored(storage)).status, 'running');
  });

  it('gives up on a client who does not come for a month', async () => {
    const microsoft = fakeMicrosoft();
    microsoft.state.isCustomer = false;
    await begin(undefined, confirmed);
    const run = handlerOf(storage, microsoft);
    const from = Date.now();
    for (const days of [0, 15, 29.9]) {
      mock.timers.setTime(from + days * day);
      assert.notEqual(await run(), 'done');
    }
    mock.timers.setTime(from + 30 * day);
    assert.equal(await run(), 'done');
    assert.deepEqual([(await stored(storage)).status, (await accepted()).state], ['failed', 'failed']);
    assert.deepEqual([await timeline(), await auditOf()], [['failed'], ['intended', 'failed']]);
  });

  it('asks who agreed to the agreement, and goes on when staff said so', async () => {
    const microsoft = fakeMicrosoft();
    microsoft.state.agreed = false;
    await begin(undefined, confirmed);
    const run = handlerOf(storage, microsoft);
    await carryOn(run);
    const failed = await stored(storage);
    assert.equal(failed.steps[1]?.error?.code, 'agreement-missing');
    assert.deepEqual(microsoft.state.calls, []);
    await storage.commit({ operations: [{ save: withAttestation(failed, attestation) }] });
    await retry(storage);
    await carryOn(run);
    assert.deepEqual(microsoft.state.attested, [{ templateId: 'mca', ...attestation }]);
    assert.deepEqual([(await stored(storage)).status, (await accepted()).state], ['done', 'provisioned']);
    assert.deepEqual(await timeline(), ['failed', 'ordered', 'provisioned']);
  });

  it('ends with words where the cloud has no such agreement, and orders nothing', async () => {
    const microsoft = fakeMicrosoft();
    microsoft.commerce.agreement = () => Promise.reject(new PartnerError('not-in-cloud'));
    await begin(undefined, confirmed);
    await carryOn(handlerOf(storage, microsoft));
    const { status, steps } = await stored(storage);
    assert.deepEqual([status, steps[1]?.status, steps[1]?.error?.code], ['failed', 'failed', 'not-in-cloud']);
    assert.deepEqual([microsoft.state.calls, (await accepted()).state], [[], 'failed']);
  });

  it('goes on by itself when an order shows late', async () => {
    const microsoft = fakeMicrosoft();
    microsoft.state.lateMs = 15 * minute;
    await begin(undefined, confirmed);
    const run = handlerOf(storage, microsoft);
    await carryOn(run, async () => (await accepted()).state === 'ordered');
    assert.deepEqual((await accepted()).orderId, 'order-1');
    await carryOn(run);
    assert.deepEqual(
      [(await stored(storage)).status, await timeline()],
      ['done', ['ordered', 'provisioned']],
    );
  });

  it('finds its order after an unknown outcome, also where Microsoft remembers no request', async () => {
    const microsoft = fakeMicrosoft();
    Object.assign(microsoft.state, { lateMs: 10 * minute, knowsRepeats: false, ends: ['ok', 'lost-after'] });
    await begin(undefined, confirmed);
    await carryOn(handlerOf(storage, microsoft));
    assert.deepEqual([(await stored(storage)).status, microsoft.state.orders.length], ['done', 1]);
    assert.equal((await accepted()).orderId, 'order-1');
  });

  it('tells after 20 minutes that nobody knows, and never makes a new cart', async () => {
    const microsoft = fakeMicrosoft();
    Object.assign(microsoft.state, { lateMs: day, knowsRepeats: false, ends: ['ok', 'killed-after'] });
    await begin(undefined, confirmed);
    await assert.rejects(handlerOf(storage, microsoft), Killed);
    const waited = await carryOn(handlerOf(storage, microsoft));
    assert.ok(waited >= 20 * minute && waited < 40 * minute, `${waited / minute} minutes`);
    const { status, steps } = await stored(storage);
    assert.deepEqual(
      [status, steps[3]?.status, steps[3]?.error?.code],
      ['failed', 'asked', 'order-not-visible'],
    );
    assert.deepEqual([await auditOf(), (await accepted()).state], [['intended', 'unknown'], 'failed']);
    mock.timers.setTime(Date.now() + day);
    await retry(storage);
    await carryOn(handlerOf(storage, microsoft));
    assert.deepEqual([microsoft.state.carts.size, microsoft.state.orders.length], [1, 1]);
    assert.deepEqual([(await stored(storage)).status, (await accepted()).state], ['done', 'provisioned']);
  });

  for (const end of ['lost-after', 'killed-after'] as const)
    it(`sends no checkout again that was ${end} before the bot was down for an hour`, async () => {
      const microsoft = fakeMicrosoft();
      Object.assign(microsoft.state, { lateMs: day, knowsRepeats: false, ends: ['ok', end] });
      await begin(undefined, confirmed);
      const run = handlerOf(storage, microsoft);
      const isSent = async () => microsoft.state.calls.includes('checkout');
      await carryOn(run, isSent).catch((error) => assert.ok(error instanceof Killed));
      mock.timers.setTime(Date.now() + 60 * minute);
      await carryOn(handlerOf(storage, microsoft));
      assert.deepEqual(microsoft.state.calls, ['cart', 'checkout']);
      assert.equal((await stored(storage)).steps[3]?.error?.code, 'order-not-visible');
    });

  it('believes a refusal at once when nothing of its own can be behind it', async () => {
    const microsoft = fakeMicrosoft();
    Object.assign(microsoft.state, { refusal: new PartnerError('trial-used'), ends: ['ok', 'busy'] });
    await begin(undefined, confirmed);
    const waited = await carryOn(handlerOf(storage, microsoft));
    const { status, steps } = await stored(storage);
    assert.deepEqual([status, steps[3]?.status, steps[3]?.error?.code], ['failed', 'failed', 'trial-used']);
    assert.ok(waited < minute);
  });

  it('does not believe a refusal that its own first attempt may have caused', async () => {
    const microsoft = fakeMicrosoft();
    Object.assign(microsoft.state, { lateMs: 5 * minute, knowsRepeats: false, ends: ['ok', 'lost-after'] });
    await begin(undefined, confirmed);
    const run = handlerOf(storage, microsoft);
    await carryOn(run, async () => microsoft.state.orders.length === 1);
    microsoft.state.refusal = new PartnerError('trial-used');
    await carryOn(run);
    assert.equal((await stored(storage)).status, 'done');
  });

  describe('when its cart has run out', () => {
    const calls = (microsoft: ReturnType<typeof fakeMicrosoft>) => microsoft.state.calls.join(' ');

    it('is made anew where Microsoft plainly refused to buy the first one', async () => {
      const microsoft = fakeMicrosoft();
      microsoft.state.refusal = new PartnerError('mfa-needed');
      await begin(undefined, confirmed);
      await carryOn(handlerOf(storage, microsoft));
      assert.equal((await stored(storage)).steps[3]?.error?.code, 'mfa-needed');
      mock.timers.setTime(Date.now() + 8 * day);
      microsoft.state.refusal = undefined;
      await retry(storage);
      await carryOn(handlerOf(storage, microsoft));
      assert.equal(calls(microsoft), 'cart checkout checkout cart checkout');
      assert.deepEqual([(await stored(storage)).status, (await accepted()).orderId], ['done', 'order-1']);
      // Each cart is bought under an id of its own: the old one may be remembered as refused.
      const [first] = microsoft.state.answers.keys();
      assert.notEqual(first, 'checkout-request');
    });

    it('is made anew where nobody had tried to buy it before, however long the bot was down', async () => {
      const microsoft = fakeMicrosoft();
      Object.assign(microsoft.state, { ends: ['ok', 'busy'] });
      await begin(undefined, confirmed);
      const run = handlerOf(storage, microsoft);
      await carryOn(run, async () => microsoft.state.calls.includes('checkout'));
      mock.timers.setTime(Date.now() + 8 * day);
      await carryOn(handlerOf(storage, microsoft));
      assert.deepEqual([(await stored(storage)).status, microsoft.state.orders.length], ['done', 1]);
    });

    for (const end of ['lost-before', 'lost-after', 'killed-before', 'killed-after'] as const)
      it(`is only looked for where the first checkout was ${end}: there is never a second cart`, async () => {
        const microsoft = fakeMicrosoft();
        Object.assign(microsoft.state, { lateMs: 90 * day, knowsRepeats: false, ends: ['ok', end] });
        await begin(undefined, confirmed);
        const run = handlerOf(storage, microsoft);
        const isSent = async () => microsoft.state.calls.includes('checkout');
        await carryOn(run, isSent).catch((error) => assert.ok(error instanceof Killed));
        mock.timers.setTime(Date.now() + 8 * day);
        await carryOn(handlerOf(storage, microsoft));
        mock.timers.setTime(Date.now() + 8 * day);
        await retry(storage);
        await carryOn(handlerOf(storage, microsoft));
        const { steps } = await stored(storage);
        assert.deepEqual([steps[3]?.status, steps[3]?.error?.code], ['asked', 'order-not-visible']);
        assert.equal(microsoft.state.carts.size, 1);
      });

    it('is made anew a few times and no more, and can be stopped then', async () => {
      const microsoft = fakeMicrosoft();
      microsoft.state.refusal = new PartnerError('cart-expired');
      await begin(undefined, confirmed);
      await carryOn(handlerOf(storage, microsoft));
      const failed = await stored(storage);
      assert.equal(failed.steps[3]?.error?.code, 'cart-expired');
      assert.deepEqual([microsoft.state.carts.size, canStop(failed)], [6, true]);
    });
  });

  it('asks a person when only a part was placed', async () => {
    const microsoft = fakeMicrosoft();
    microsoft.state.refusal = new PartnerError('order-refused', { details: { placed: 'order-7' } });
    await begin(undefined, confirmed);
    await carryOn(handlerOf(storage, microsoft));
    const { steps } = await stored(storage);
    assert.deepEqual([steps[3]?.status, steps[3]?.error?.code], ['asked', 'order-in-part']);
    assert.deepEqual(await auditOf(), ['intended', 'unknown']);
  });

  it('goes on after a fault of ours in the middle of a long wait', async () => {
    const microsoft = fakeMicrosoft();
    microsoft.state.isCustomer = false;
    await begin(undefined, confirmed);
    const run = handlerOf(storage, microsoft);
    await run();
    const { customer } = microsoft.commerce;
    microsoft.commerce.customer = () => Promise.reject(new TypeError('a fault of ours'));
    await assert.rejects(run(), TypeError);
    microsoft.commerce.customer = customer;
    microsoft.state.isCustomer = true;
    await carryOn(run);
    assert.equal((await stored(storage)).status, 'done');
  });
});
