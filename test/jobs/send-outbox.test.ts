import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Channel, createSender, type Delivery } from '../../jobs/send-outbox.ts';
import { createStorage } from '../../storage/create-storage.ts';
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
    const sender = createSender({
      ...{ storage: { outbox: { ...storage.outbox, ...outbox } }, channel, owner: 'one', log },
    });
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
      await storage.outbox.nextDue();
    }
    const tries = calls.filter((call) => call === 'send broken').length;
    assert.ok(tries <= 2, `${tries} tries`);
  });

  it('waits longer from time to time for a channel that says "at once" again and again', async () => {
    await storage.commit({ outbox: [message('first')] });
    const waits: number[] = [];
    let refusals = 5;
    start(() => (refusals-- > 0 ? { outcome: 'again', afterMs: 0, tried: true } : sent), {
      later(key, owner, notBefore, counted) {
        waits.push(notBefore - Date.now());
        return storage.outbox.later(key, owner, notBefore, counted);
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
    for (let tries = 0; tries < 100; tries++) {
      await storage.outbox.claim(0, { owner: 'one', until: 0 }, { limit: 1 });
      await storage.outbox.later('first', 'one', 0, true);
    }
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

describe('senders of several processes on one database', () => {
  let directory: string;
  let storages: Storage[];
  const log = { info() {}, warn() {}, error() {} };
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'partner-bot-outbox-'));
    const one = { file: join(directory, 'bot.sqlite'), vaultKey: randomBytes(32) };
    storages = [await createStorage(one), await createStorage(one)];
  });
  afterEach(async () => {
    for (const storage of storages) await storage.close();
    await rm(directory, { recursive: true });
  });

  it('send each message once, in the order of its conversation, however slow the channel is', async () => {
    const [storage] = storages;
    assert.ok(storage);
    const chats = ['a', 'b', 'c'];
    const keys = chats.flatMap((chat) => [1, 2, 3].map((number) => `${chat}${number}`));
    await storage.commit({ outbox: keys.map((key) => message(key, { conversationKey: key.charAt(0) })) });
    const calls: string[] = [];
    const looks = storages.map(() => 0);
    /** A message takes until each process has looked twice more: by then one that holds back nothing has sent it too. */
    async function hold(): Promise<void> {
      const until = looks.map((count) => count + 2);
      await waitUntil(async () => looks.every((count, index) => count >= (until[index] ?? 0)) || undefined, {
        what: 'more looks',
        limitMs: 20_000,
      });
    }
    const channel: Channel = {
      canUpdate: () => true,
      async send(_reference, activity) {
        calls.push(String(activity['text']));
        await hold();
        return { outcome: 'sent', id: 'x' };
      },
      update: async () => ({ outcome: 'refused', status: 404 }),
    };
    const senders = storages.map((own, index) => {
      const outbox: OutboxStore = {
        ...own.outbox,
        async claim(...given) {
          const claimed = await own.outbox.claim(...given);
          looks[index] = (looks[index] ?? 0) + 1;
          return claimed;
        },
      };
      return createSender({ storage: { outbox }, channel, owner: `process ${index}`, log });
    });
    for (const sender of senders) sender.start();
    await waitUntil(async () => ((await storage.outbox.nextDue()) === undefined ? true : undefined), {
      what: 'all messages',
      limitMs: 40_000,
      detail: () => calls.join(),
    });
    for (const sender of senders) await sender.stop();
    assert.deepEqual(calls.toSorted(), keys);
    for (const chat of chats) {
      assert.deepEqual(
        calls.filter((key) => key.startsWith(chat)),
        [1, 2, 3].map((number) => `${chat}${number}`),
      );
    }
  });

  it('take over what a process held that is gone, and leave what one still holds', async () => {
    const [storage, other] = storages;
    assert.ok(storage && other);
    await storage.commit({ outbox: [message('left'), message('held', { conversationKey: 'b' })] });
    const now = Date.now();
    await other.outbox.claim(now, { owner: 'gone', until: now - 1 }, { limit: 9, except: ['b'] });
    await other.outbox.claim(
      now,
      { owner: 'alive', until: now + 60_000 },
      { limit: 9, except: ['conversation-1'] },
    );
    const calls: string[] = [];
    const channel: Channel = {
      canUpdate: () => true,
      async send(_reference, activity) {
        calls.push(String(activity['text']));
        return { outcome: 'sent', id: 'x' };
      },
      update: async () => ({ outcome: 'refused', status: 404 }),
    };
    const sender = createSender({ storage, channel, owner: 'here', log });
    sender.start();
    await waitUntil(async () => ((await storage.outbox.find('left'))?.status === 'sent' ? true : undefined), {
      what: 'the message that was left',
    });
    await sender.stop();
    assert.deepEqual(calls, ['left']);
  });

  it('renew what takes longer than a lease', async () => {
    const [storage, other] = storages;
    assert.ok(storage && other);
    await storage.commit({ outbox: [message('slow')] });
    let renewals = 0;
    let isOver = false;
    const outbox: OutboxStore = {
      ...storage.outbox,
      async renew(...given) {
        await storage.outbox.renew(...given);
        renewals += 1;
      },
    };
    const channel: Channel = {
      canUpdate: () => true,
      async send() {
        await waitUntil(async () => isOver || undefined, { what: 'the end of a slow send' });
        return { outcome: 'sent', id: 'x' };
      },
      update: async () => ({ outcome: 'refused', status: 404 }),
    };
    const leaseMs = 2_000;
    const sender = createSender({ storage: { outbox }, channel, owner: 'here', leaseMs, log });
    const begun = Date.now();
    sender.start();
    await waitUntil(async () => renewals > 1 || undefined, { what: 'renewals', limitMs: 12_000 });
    // Without the renewals the lease of the first claim would be over by then.
    const lapsed = begun + leaseMs + 500;
    const lease = { owner: 'other', until: lapsed };
    assert.deepEqual(await other.outbox.claim(lapsed, lease, { limit: 9 }), []);
    isOver = true;
    await sender.stop();
    assert.equal((await storage.outbox.find('slow'))?.status, 'sent');
  });
});
