import type { Log } from '../partner/log.ts';
import type { JsonObject } from '../partner/operations.ts';
import type { OutboxRow } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { createLoop, type Loop } from './loop.ts';

/**
 * What became of one delivery. `again`: the channel did not take it and says when to come back;
 * `unknown`: it may have arrived, so it is never sent a second time.
 */
export type Delivery =
  | { outcome: 'sent'; id: string | null }
  | {
      outcome: 'again';
      afterMs: number /** False: held back by our own pacing, nothing left the house. */;
      tried: boolean;
    }
  | { outcome: 'unknown' }
  | { outcome: 'refused'; status: number };

/** The chat as the sender sees it. */
export interface Channel {
  canUpdate(reference: JsonObject): boolean;
  send(reference: JsonObject, activity: JsonObject, attempt: number): Promise<Delivery>;
  update(
    reference: JsonObject,
    channelActivityId: string,
    activity: JsonObject,
    attempt: number,
  ): Promise<Delivery>;
}

/** With the channel's pauses that is about a day of trying. */
const mostAttempts = 12;

/** Sends what waits in the outbox: one message at a time per conversation, in the order in which it was stored. */
export function createSender(deps: { storage: Storage; channel: Channel; log: Log }): Loop {
  const { storage, channel, log } = deps;
  const busy = new Map<string, Promise<void>>();
  const loop = createLoop({ look, log, name: 'outbox' });

  async function deliver(row: OutboxRow): Promise<void> {
    const { outbox } = storage;
    const before = row.replaces === null ? undefined : await outbox.find(row.replaces);
    const updatable = before?.channelActivityId && channel.canUpdate(row.reference);
    const dropped = row.passing && (!updatable || (await outbox.overtaken(row)));
    if (dropped) return outbox.ended(row.key, 'dropped');
    const delivery =
      updatable && before?.channelActivityId
        ? await channel.update(row.reference, before.channelActivityId, row.activity, row.attempts)
        : await channel.send(row.reference, row.activity, row.attempts);
    switch (delivery.outcome) {
      case 'sent':
        return outbox.sent(row.key, updatable ? (before?.channelActivityId ?? null) : delivery.id);
      case 'again':
        if (delivery.tried && row.attempts + 1 >= mostAttempts)
          return giveUp(row, 'failed', 'tried too often');
        return outbox.later(row.key, Date.now() + delivery.afterMs, delivery.tried);
      case 'unknown':
        return giveUp(row, 'unknown', 'it may have arrived and is not sent again');
      case 'refused':
        return giveUp(row, 'failed', `refused with ${delivery.status}`);
    }
  }

  async function giveUp(row: OutboxRow, status: 'unknown' | 'failed', why: string): Promise<void> {
    log.warn({ message: row.key, conversation: row.conversationKey, why }, 'a message was not delivered');
    await storage.outbox.ended(row.key, status);
  }

  async function look(): Promise<void> {
    for (const row of await storage.outbox.due(Date.now(), 50)) {
      if (busy.has(row.conversationKey)) continue;
      const work = deliver(row)
        .catch((error) => log.error({ err: error, message: row.key }, 'could not deliver a message'))
        .finally(() => {
          busy.delete(row.conversationKey);
          loop.wake();
        });
      busy.set(row.conversationKey, work);
    }
  }

  return {
    ...loop,
    async stop() {
      await loop.stop();
      await Promise.all(busy.values());
    },
  };
}
