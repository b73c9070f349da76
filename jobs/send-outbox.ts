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
const usualLeaseMs = 60_000;

/**
 * Sends what waits in the outbox: one message at a time per conversation, in the order in which it was stored, however many
 * processes send. Each message is held under a lease while it leaves, which runs out only when its process is gone: then it
 * may be sent again. While the process lives it is not, even when its fate cannot be stored.
 */
export function createSender(deps: {
  storage: Pick<Storage, 'outbox'>;
  channel: Channel;
  /** Names this process in leases. */
  owner: string;
  leaseMs?: number;
  log: Log;
}): Loop {
  const { channel, owner, leaseMs = usualLeaseMs, log } = deps;
  const { outbox } = deps.storage;
  /** What is being delivered, by its conversation. */
  const busy = new Map<string, { key: string; work: Promise<void> }>();
  let renewAt = 0;
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
    if (dropped) return outbox.ended(row.key, owner, 'dropped');
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
        return outbox.sent(row.key, owner, delivery.id);
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
    await outbox.later(row.key, owner, at, tried);
    loop.wakeAt(at);
  }

  async function giveUp(row: OutboxRow, status: 'unknown' | 'failed', why: string): Promise<void> {
    log.warn({ message: row.key, conversation: row.conversationKey, why }, 'a message was not delivered');
    await outbox.ended(row.key, owner, status);
  }

  function hold(row: OutboxRow, error: unknown): void {
    const faults = (held.get(row.conversationKey)?.faults ?? 0) + 1;
    held.set(row.conversationKey, { until: Date.now() + backOffMs(faults - 1), faults });
    log.error({ err: error, message: row.key, faults }, 'could not deliver a message');
  }

  /** What is being delivered, and what has left without that being stored. */
  async function renew(now: number): Promise<void> {
    const keys = [...[...busy.values()].map(({ key }) => key), ...fates.keys()];
    if (keys.length === 0 || now < renewAt) return;
    await outbox.renew(keys, { owner, until: now + leaseMs });
    renewAt = now + leaseMs / 3;
  }

  /** Conversations that wait are taken up once more by whoever held their message, and left alone until then. */
  function waiting(now: number): string[] {
    return [...held].filter(([, { until }]) => until > now).map(([conversationKey]) => conversationKey);
  }

  async function look(): Promise<void> {
    const now = Date.now();
    await renew(now);
    const limit = atOnce - busy.size;
    if (limit <= 0) return;
    const except = [...busy.keys(), ...waiting(now)];
    for (const row of await outbox.claim(now, { owner, until: now + leaseMs }, { limit, except })) take(row);
  }

  function take(row: OutboxRow): void {
    const { key, conversationKey } = row;
    const work = deliver(row)
      .then(() => void held.delete(conversationKey))
      .catch((error) => hold(row, error))
      .finally(() => {
        busy.delete(conversationKey);
        loop.wake();
      });
    busy.set(conversationKey, { key, work });
  }

  return {
    ...loop,
    async stop() {
      await loop.stop();
      await Promise.all([...busy.values()].map(({ work }) => work));
    },
  };
}
