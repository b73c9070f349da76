import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { operationCardFor } from '../../cards/operation-views.ts';
import { createWords } from '../../locales/words.ts';
import { type ErrorCode, PartnerError } from '../../partner/errors.ts';
import type { Operation } from '../../partner/operations.ts';
import { hanoi } from '../helpers/zones.ts';
import { acceptance, lanAccount, offer } from '../storage/samples.ts';
import { delegateStage } from './delegate-stage.ts';
import { confirmedOrder, fakeMicrosoft, handlerOf, retry, stored } from './fake-orders.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('an outage of Microsoft', () => {
  const stage = delegateStage();
  const { begin, delegation, current, carryOn, atStep } = stage;
  const cardOf = (operation: Operation, language: 'vi' | 'en') =>
    JSON.stringify(
      operationCardFor(createWords(language, hanoi), lanAccount, operation, {
        ...{ revealAddress: undefined, language, nonceFor: () => 'nonce' },
      }),
    );

  /** Lan confirmed an order for a client who is there already, unless told. */
  async function order(isCustomer = true) {
    const microsoft = fakeMicrosoft();
    microsoft.state.isCustomer = isCustomer;
    await stage.storage.commit({
      accounts: [lanAccount],
      offers: [{ add: offer('offer-1') }],
      acceptances: [{ add: acceptance('a', { state: 'confirmed', operationId: 'o' }) }],
      operations: [{ add: confirmedOrder() }],
    });
    return microsoft;
  }

  it('of days, while a client has a delegation to approve, is told once and ends nothing', async () => {
    await begin();
    const shown: Operation[] = [];
    const run = handlerOf(stage.storage, stage.microsoft, shown);
    await carryOn(run, atStep('approved'));
    const away = (): never => {
      throw new PartnerError('microsoft-unavailable');
    };
    const desks = {
      ...stage.microsoft.desks,
      asPartner: () => ({ ...stage.microsoft.desks.asPartner(''), find: away }),
    };
    const start = Date.now();
    const outage = handlerOf(stage.storage, { ...stage.microsoft, desks }, shown);
    const pauses = await carryOn(outage, async () => Date.now() - start > 3 * day);
    assert.ok(pauses.every((ms) => ms <= hour));
    assert.deepEqual([shown.length, (await stored(stage.storage)).status], [2, 'running']);
    const told = shown[1] ?? assert.fail('not told');
    assert.match(cardOf(told, 'en'), /goes on by itself once Microsoft answers[\s\S]*Look now/);
    assert.match(cardOf(told, 'vi'), /tự làm tiếp khi Microsoft trả lời lại/);
    // What the client needs meanwhile stays on the card.
    assert.match(cardOf(await stored(stage.storage), 'en'), /admin\.microsoft\.example\/approve/);

    // Microsoft is back: nobody is told of that, and the card says again whose turn it is.
    assert.notEqual(await run(), 'done');
    assert.deepEqual([shown.length, (await current())?.error?.code], [2, 'approval-waiting']);
    stage.microsoft.approve();
    await carryOn(run);
    assert.deepEqual([(await stored(stage.storage)).status, (await delegation()).state], ['done', 'usable']);
  });

  it('at the end of a wait lasts hours, then leaves open what the wait would have come to', async () => {
    await begin();
    await carryOn(handlerOf(stage.storage, stage.microsoft), atStep('approved'));
    mock.timers.setTime(Date.now() + 93 * day);
    const start = Date.now();
    const away = () => Promise.reject(new PartnerError('microsoft-unreachable'));
    const desks = {
      ...stage.microsoft.desks,
      asPartner: () => ({ ...stage.microsoft.desks.asPartner(''), find: away }),
    };
    await carryOn(handlerOf(stage.storage, { ...stage.microsoft, desks }));
    assert.ok(Date.now() - start >= 4 * hour, 'gave up too early');
    assert.deepEqual((await current())?.error?.code, 'microsoft-unreachable');
    await retry(stage.storage);
    stage.microsoft.approve();
    await carryOn(handlerOf(stage.storage, stage.microsoft));
    assert.equal((await delegation()).state, 'usable');
  });

  it('of a day, while a client has to become a customer, does not end an order', async () => {
    const microsoft = await order(false);
    const shown: Operation[] = [];
    assert.notEqual(await handlerOf(stage.storage, microsoft, shown)(), 'done');
    const away = () => Promise.reject(new PartnerError('microsoft-timeout'));
    const start = Date.now();
    const commerce = { ...microsoft.commerce, customer: away };
    const outage = handlerOf(stage.storage, { ...microsoft, commerce }, shown);
    await carryOn(outage, async () => Date.now() - start > day);
    assert.equal(shown.length, 2);
    assert.match(cardOf(await stored(stage.storage), 'en'), /microsoft\.example\/reseller/);
    microsoft.state.isCustomer = true;
    await carryOn(handlerOf(stage.storage, microsoft, shown));
    assert.deepEqual([(await stored(stage.storage)).status, microsoft.state.orders.length], ['done', 1]);
  });

  it('in a step that waits for nobody uses up hours, tells each code once, and can be tried again', async () => {
    const microsoft = await order();
    const shown: Operation[] = [];
    let codes: ErrorCode[] = [];
    const commerce = {
      ...microsoft.commerce,
      async agreement() {
        const code = codes.shift() ?? 'microsoft-unavailable';
        throw new PartnerError(code);
      },
    };
    codes = ['microsoft-unavailable', 'microsoft-timeout', 'microsoft-unavailable', 'microsoft-timeout'];
    const start = Date.now();
    const pauses = await carryOn(handlerOf(stage.storage, { ...microsoft, commerce }, shown));
    assert.ok(Date.now() - start >= 4 * hour, 'gave up too early');
    assert.ok(pauses.every((ms, index) => ms <= hour && ms >= (pauses[index - 1] ?? 0)));
    assert.ok(pauses.length < 40, 'asked too often');
    const told = shown.map(({ status, steps }) => `${status} ${steps[1]?.error?.code}`);
    assert.deepEqual(told, [
      'running microsoft-unavailable',
      'running microsoft-timeout',
      'failed microsoft-unavailable',
    ]);
    await retry(stage.storage);
    await carryOn(handlerOf(stage.storage, microsoft));
    assert.equal((await stored(stage.storage)).status, 'done');
  });

  it('is waited out as long as Microsoft says', async () => {
    const microsoft = await order();
    const busy = () => Promise.reject(new PartnerError('microsoft-busy', { retryAfterSeconds: 1_800 }));
    const commerce = { ...microsoft.commerce, agreement: busy };
    const run = handlerOf(stage.storage, { ...microsoft, commerce });
    const pauses = await carryOn(run, async () => Date.now() - 1_760_000_000_000 > hour);
    assert.ok(
      pauses.slice(1).every((ms) => ms === 1_800_000),
      String(pauses),
    );
    // The first card names the time; it is over when the next one is drawn.
    assert.match(cardOf(await stored(stage.storage), 'en'), /goes on by itself once Microsoft answers/);
  });

  it('is one of its own each time, and does not use up the minutes in which an order has to show', async () => {
    const microsoft = await order();
    const { subscriptionsOf } = microsoft.commerce;
    let answer: 'late' | 'away' | 'there' = 'late';
    const commerce = {
      ...microsoft.commerce,
      subscriptionsOf: async (...asked: Parameters<typeof subscriptionsOf>) => {
        if (answer === 'away') throw new PartnerError('microsoft-unavailable');
        return answer === 'late' ? [] : subscriptionsOf(...asked);
      },
    };
    const run = handlerOf(stage.storage, { ...microsoft, commerce });
    await carryOn(run, atStep('provisioned'));
    for (const next of ['away', 'late', 'away', 'late'] as const) {
      answer = next;
      const start = Date.now();
      const forMs = next === 'away' ? 3 * hour : 10 * minute;
      await carryOn(run, async () => Date.now() - start > forMs);
    }
    answer = 'there';
    await carryOn(run);
    assert.equal((await stored(stage.storage)).status, 'done');
  });

  it('leaves the card of a write as it is from try to try', async () => {
    const microsoft = await order();
    const away = () => Promise.reject(new PartnerError('microsoft-unreachable'));
    const commerce = { ...microsoft.commerce, createCart: away };
    const run = handlerOf(stage.storage, { ...microsoft, commerce });
    await carryOn(run, async () => (await current())?.error?.code === 'microsoft-unreachable');
    const { drawn } = await stored(stage.storage);
    const start = Date.now();
    await carryOn(run, async () => Date.now() - start > hour);
    const { steps, drawn: after } = await stored(stage.storage);
    assert.deepEqual([steps[2]?.error?.code, after], ['microsoft-unreachable', drawn]);
  });
});
