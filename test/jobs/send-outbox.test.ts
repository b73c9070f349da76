import assert from 'node:assert/strict';
import { type Channel, createSender, type Delivery } from '../../jobs/send-outbox.ts';
import type { OutboxStore, Storage } from '../../storage/storage.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { message } from '../storage/samples.ts';

describe('the sender', () => {
  let storage: Storage;
  let stop: () => Promise<void>;
  let calls: string[];
  let faults: number;
  const log = {
    info() {},
    warn() {},
    error: () => {
      faults += 1;
    },
  };

  beforeEach(async () => {
    storage = await memoryStorage();
    calls = [];
    faults = 0;
  });
  afterEach(async () => {
    await stop();
    await storage.close();
  });

  /** `answer` decides what becomes of each call, named as `send first` or `update first`. */
  function start(answer: (call: string) => Delivery, outbox: Partial<OutboxStore> = {}) {
    async function take(verb: string, activity: { [key: string]: unknown }): Promise<Delivery> {
      const call = `${verb} ${String(activity['text'])}`;
      calls.push(call);
      return answer(call);
    }
    const channel: Channel = {
      canUpdate: () => true,
      send: (_reference, activity) => take('send', activity),
      update: (_reference, _id, activity) => take('update', activity),
    };
    const sender = createSender({ storage: { outbox: { ...storage.outbox, ...outbox } }, channel, log });
    stop = sender.stop;
    sender.start();
    return sender;
  }

  const sent: Delivery = { outcome: 'sent', id: 'x' };
  const ended = (key: string) =>
    waitUntil(
      async () => {
        const row = await storage.outbox.find(key);
        return row?.status === 'waiting' ? undefined : row?.status;
      },
      { what: `the end of ${key}`, detail: () => calls.join('\n') },
    );

  it('sends a message once, also when that it was sent could not be stored', async () => {
    await storage.commit({ outbox: [message('first'), message('second')] });
    let failures = 1;
    start(() => sent, {
      async sent(...given) {
        if (failures-- > 0) throw new Error('the disk is full');
        return storage.outbox.sent(...given);
      },
    });
    assert.equal(await ended('second'), 'sent');
    assert.deepEqual(calls, ['send first', 'send second']);
    assert.equal(faults, 1);
  });

  it('does not run in circles over a conversation with a fault, and serves the others', async () => {
    await storage.commit({
      outbox: [message('broken'), message('other', { conversationKey: 'conversation-2' })],
    });
    const sender = start((call) => {
      if (call === 'send broken') throw new Error('a fault of our own');
      return sent;
    });
    assert.equal(await ended('other'), 'sent');
    await waitUntil(() => faults > 0 || undefined, { what: 'the fault' });
    for (let wakes = 0; wakes < 50; wakes++) {
      sender.wake();
      await storage.outbox.due(Date.now(), 1);
    }
    const tries = calls.filter((call) => call === 'send broken').length;
    assert.ok(tries <= 2, `${tries} tries`);
  });

  it('waits longer from time to time for a channel that says "at once" again and again', async () => {
    await storage.commit({ outbox: [message('first')] });
    const waits: number[] = [];
    let refusals = 5;
    start(() => (refusals-- > 0 ? { outcome: 'again', afterMs: 0, tried: true } : sent), {
      later(key, notBefore, counted) {
        waits.push(notBefore - Date.now());
        return storage.outbox.later(key, notBefore, counted);
      },
    });
    assert.equal(await ended('first'), 'sent');
    const least = [10, 20, 40, 80, 160];
    waits.forEach((wait, index) => {
      // A moment passes between the two readings of the clock.
      assert.ok(wait > (least[index] ?? 0) / 2, `wait ${index}: ${wait} ms`);
    });
    assert.equal(waits.length, 5);
  });

  it('goes on trying for longer than a channel is usually away', async () => {
    await storage.commit({ outbox: [message('first')] });
    for (let tries = 0; tries < 100; tries++) await storage.outbox.later('first', 0, true);
    start(() => ({ outcome: 'again', afterMs: 60_000, tried: true }));
    const row = await waitUntil(
      async () => {
        const found = await storage.outbox.find('first');
        return found?.attempts === 100 ? undefined : found;
      },
      { what: 'the next try' },
    );
    assert.deepEqual([row.status, row.attempts], ['waiting', 101]);
  });

  it('sends a card anew when the message that it takes the place of is gone', async () => {
    await storage.commit({ outbox: [message('card'), message('done', { replaces: 'card' })] });
    start((call) => (call.startsWith('update') ? { outcome: 'refused', status: 404 } : sent));
    assert.equal(await ended('done'), 'sent');
    assert.deepEqual(calls, ['send card', 'update done', 'send done']);
  });

  it('leaves a step on the way out when the message that it takes the place of is gone', async () => {
    await storage.commit({
      outbox: [message('card'), message('step', { replaces: 'card', passing: true }), message('last')],
    });
    start((call) => (call.startsWith('update') ? { outcome: 'refused', status: 404 } : sent));
    assert.equal(await ended('last'), 'sent');
    assert.deepEqual(calls, ['send card', 'update step', 'send last']);
  });
});
