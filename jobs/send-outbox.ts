import type { Log } from '../partner/log.ts';
import type { JsonObject } from '../partner/operations.ts';
import type { OutboxRow } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { createLoop, type Loop } from './loop.ts';
import { backOffMs } from './runner.ts';

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

/** The channel's pauses grow to a minute, so that is about a day of trying. */
const mostAttempts = 1_440;
/** Conversations that are sent to at the same time. */
const atOnce = 50;

/**
 * Sends what waits in the outbox: one message at a time per conversation, in the order in which it was stored.
 * After a crash a message may be sent again; while the process lives it is not, even when its fate cannot be stored.
 */
export function createSender(deps: { storage: Pick<Storage, 'outbox'>; channel: Channel; log: Log }): Loop {
  const { channel, log } = deps;
  const { outbox } = deps.storage;
  const busy = new Map<string, Promise<void>>();
  const loop = createLoop({ look, log, name: 'outbox' });
  /** What became of messages that went out, until it is stored, by key. */
  const fates = new Map<string, Delivery>();
  /** Conversations that wait because of a fault of our own; `until` in real time, ms. */
  const held = new Map<string, { until: number; faults: number }>();

  async function deliver(row: OutboxRow): Promise<void> {
    const { replaces } = row;
    const shownAs =
      replaces !== null && channel.canUpdate(row.reference) ? await outbox.shownAs(replaces) : null;
    const fate = fates.get(row.key);
    const dropped = fate === undefined && row.passing && (shownAs === null || (await outbox.overtaken(row)));
    if (dropped) return outbox.ended(row.key, 'dropped');
    const delivery = fate ?? (await send(row, shownAs));
    fates.set(row.key, delivery);
    await settle(row, delivery);
    fates.delete(row.key);
  }

  async function send(row: OutboxRow, shownAs: string | null): Promise<Delivery> {
    const { reference, activity, attempts } = row;
    if (shownAs === null) return channel.send(reference, activity, attempts);
    const updated = await channel.update(reference, shownAs, activity, attempts);
    if (updated.outcome === 'sent') return { outcome: 'sent', id: shownAs };
    // The channel answered that this message cannot be changed, e.g. because it was deleted.
    const isNotThere = updated.outcome === 'refused' && updated.status !== 0;
    return isNotThere && !row.passing ? channel.send(reference, activity, attempts) : updated;
  }

  async function settle(row: OutboxRow, delivery: Delivery): Promise<void> {
    switch (delivery.outcome) {
      case 'sent':
        return outbox.sent(row.key, delivery.id);
      case 'again':
        return putOff(row, delivery);
      case 'unknown':
        return giveUp(row, 'unknown', 'it may have arrived and is not sent again');
      case 'refused':
        return giveUp(row, 'failed', `refused with ${delivery.status}`);
    }
  }

  async function putOff(row: OutboxRow, { afterMs, tried }: Delivery & { outcome: 'again' }): Promise<void> {
    if (tried && row.attempts + 1 >= mostAttempts) return giveUp(row, 'failed', 'tried too often');
    // A channel that says "at once" again and again is not asked in a tight loop.
    const waitMs = Math.max(afterMs, tried ? Math.min(1_000, 10 * 2 ** row.attempts) : 0);
    const at = Date.now() + waitMs;
    await outbox.later(row.key, at, tried);
    loop.wakeAt(at);
  }

  async function giveUp(row: OutboxRow, status: 'unknown' | 'failed', why: string): Promise<void> {
    log.warn({ message: row.key, conversation: row.conversationKey, why }, 'a message was not delivered');
    await outbox.ended(row.key, status);
  }

  function hold(row: OutboxRow, error: unknown): void {
    const faults = (held.get(row.conversationKey)?.faults ?? 0) + 1;
    held.set(row.conversationKey, { until: Date.now() + backOffMs(faults - 1), faults });
    log.error({ err: error, message: row.key, faults }, 'could not deliver a message');
  }

  function isFree({ conversationKey }: OutboxRow): boolean {
    const waits = (held.get(conversationKey)?.until ?? 0) > Date.now();
    return !waits && !busy.has(conversationKey);
  }

  async function look(): Promise<void> {
    if (busy.size >= atOnce) return;
    const waiting = await outbox.due(Date.now(), atOnce + busy.size + held.size);
    for (const row of waiting.filter(isFree).slice(0, atOnce - busy.size)) {
      const work = deliver(row)
        .then(() => void held.delete(row.conversationKey))
        .catch((error) => hold(row, error))
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
