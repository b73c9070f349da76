import type { Knex } from 'knex';
import { z } from 'zod';
import type { OutboxMessage, OutboxRow } from './changes.ts';
import type { Database } from './database.ts';
import { isLike, likeLiteral } from './like.ts';
import { flag, integer, jsonObject, jsonText, readableRows, readFirst, readRow } from './rows.ts';
import type { OutboxStore } from './storage.ts';
import { type Applies, deleteInSteps, insertNew } from './writes.ts';

const table = 'outbox';
const outboxRow = z
  .object({
    seq: integer,
    key: z.string(),
    conversation_key: z.string(),
    reference: jsonText(jsonObject),
    activity: jsonText(jsonObject),
    replaces: z.string().nullable(),
    passing: flag,
    for_account: z.string().nullable(),
    status: z.enum(['waiting', 'sent', 'dropped', 'unknown', 'failed']),
    attempts: integer,
    channel_activity_id: z.string().nullable(),
    not_before: integer,
  })
  .transform((row): OutboxRow => {
    const { seq, key, reference, activity, replaces, passing, status, attempts } = row;
    return {
      ...{ seq, key, reference, activity, replaces, passing, status, attempts },
      conversationKey: row.conversation_key,
      forAccount: row.for_account,
      channelActivityId: row.channel_activity_id,
      notBefore: row.not_before,
    };
  });

/** Waiting rows that have somewhere to go. */
const ready = { status: 'waiting', for_account: null };
const failed = 'failed' satisfies OutboxRow['status'];
const free = { lease_owner: null, lease_until: null };

/**
 * Messages on their way. A row waits until it is sent, dropped, failed or of unknown fate, and stays so then, without what it
 * said. `realNow` stamps the end of a row, for retention.
 */
export function createOutboxStore({
  knex,
  passOverLocked,
  unreadable,
  realNow,
}: Pick<Database, 'knex' | 'passOverLocked' | 'unreadable'> & { realNow: () => number }) {
  const end = () => ({ ...free, ended_at: realNow(), activity: '{}', reference: '{}' });

  /** The oldest ready row of each conversation: a later one never passes it, even while it backs off. */
  const heads = () =>
    knex(table).whereIn('seq', knex(table).min('seq').where(ready).groupBy('conversation_key'));

  /** Whether it is still this owner's. Another one took it, or it was deleted on its way: whose chat it was is forgotten. */
  async function changeHeld(on: Knex, key: string, owner: string, change: object): Promise<boolean> {
    return (await on(table).where({ key, status: 'waiting', lease_owner: owner }).update(change)) === 1;
  }

  /** Heads that nobody else holds, of conversations in which nobody else holds another row. */
  function claimable(
    now: number,
    owner: string,
    { limit, except = [] }: { limit: number; except?: readonly string[] },
  ) {
    const isHeld = knex(`${table} as held`)
      .whereRaw('held.conversation_key = outbox.conversation_key')
      .where({ 'held.status': 'waiting' })
      .where('held.lease_until', '>', now)
      .whereNot('held.lease_owner', owner);
    return passOverLocked(
      heads()
        // Asked of the row itself once more: what another claim has just changed is looked at anew.
        .where(ready)
        .where('not_before', '<=', now)
        .where((rows) => {
          rows.whereNull('lease_until').orWhere('lease_until', '<=', now).orWhere({ lease_owner: owner });
        })
        .whereNotExists(isHeld)
        .whereNotIn('conversation_key', [...except])
        .orderBy('seq')
        .limit(limit)
        .select('seq'),
    );
  }

  const store: OutboxStore & Applies<OutboxMessage> = {
    async claim(now, lease, which) {
      const claimed: Record<string, unknown>[] = await knex(table)
        .whereIn('seq', claimable(now, lease.owner, which))
        .update({ lease_owner: lease.owner, lease_until: lease.until })
        .returning('*');
      const corrupted: string[] = [];
      const due = readableRows(outboxRow, table, claimed, {
        key: 'key',
        unreadable(error, key) {
          unreadable(error);
          corrupted.push(key);
        },
      });
      const inOrder = (rows: OutboxRow[]) => rows.toSorted((one, other) => one.seq - other.seq);
      if (corrupted.length === 0) return inOrder(due);
      // What waits behind it in its conversation is due instead.
      await knex(table)
        .whereIn('key', corrupted)
        .update({ status: failed, ...end() });
      const except = [...(which.except ?? []), ...due.map(({ conversationKey }) => conversationKey)];
      const behind = await store.claim(now, lease, { limit: corrupted.length, except });
      return inOrder([...due, ...behind]);
    },

    async renew(keys, { owner, until }) {
      await knex(table)
        .whereIn('key', [...keys])
        .where({ status: 'waiting', lease_owner: owner })
        .update({ lease_until: until });
    },

    async releaseAll() {
      await knex(table).whereNotNull('lease_owner').update(free);
    },

    async nextDue() {
      const [first] = await heads().min('not_before as at');
      return integer.nullable().parse(first?.['at'] ?? null) ?? undefined;
    },

    async find(key) {
      return readFirst(outboxRow, table, key, await knex(table).where({ key }).first());
    },

    async shownAs(key) {
      const row = await knex(table).where({ key }).first('channel_activity_id as id');
      return z
        .string()
        .nullable()
        .parse(row?.id ?? null);
    },

    async under(stem) {
      const rows = await knex(table)
        .whereRaw(isLike, ['key', `${likeLiteral(stem)}%`])
        .orderBy('seq');
      return rows.map((row) => readRow(outboxRow, table, row.key, row));
    },

    async overtaken({ key, replaces, conversationKey, seq }) {
      const card = replaces === null ? [key] : [key, replaces];
      const later = await knex(table)
        .where({ ...ready, conversation_key: conversationKey })
        .where('seq', '>', seq)
        .whereIn('replaces', card)
        .first('seq');
      return later !== undefined;
    },

    async sent(key, owner, channelActivityId) {
      await knex.transaction(async (trx) => {
        const isOurs = await changeHeld(trx, key, owner, {
          ...{ status: 'sent', channel_activity_id: channelActivityId },
          ...end(),
        });
        if (!isOurs || channelActivityId === null) return;
        // Where the card was dropped on the way or sent anew, the next row that replaces it finds it here.
        const replaced = trx(table).select('replaces').where({ key }).whereNotNull('replaces');
        await trx(table).whereIn('key', replaced).update({ channel_activity_id: channelActivityId });
      });
    },

    async later(key, owner, notBefore, counted) {
      const attempts = counted ? { attempts: knex.raw('attempts + 1') } : {};
      await changeHeld(knex, key, owner, { ...free, not_before: notBefore, ...attempts });
    },

    async ended(key, owner, status) {
      await changeHeld(knex, key, owner, { status, ...end() });
    },

    async waitingForAccounts() {
      const rows = await knex(table)
        .where({ status: 'waiting' })
        .whereNotNull('for_account')
        .groupBy('for_account')
        .orderBy('for_account')
        .select('for_account as account')
        .count('* as count');
      return rows.map((row) => readRow(waitingRow, table, String(row['account']), row));
    },

    async release(accountKey, to) {
      const waiting = knex(table).where({ status: 'waiting', for_account: accountKey });
      return waiting.update({
        for_account: null,
        conversation_key: to.conversationKey,
        reference: JSON.stringify(to.reference),
      });
    },

    async apply(trx, writes) {
      await insertNew(trx, { table, unique: ['key'], what: 'a message of this key' }, writes.map(rowFrom));
    },
  };
  return {
    ...store,
    /** Deletes rows that ended before this time (real, ms), and those that wait for an account that nobody knows any more. */
    prune: (before: number) =>
      deleteInSteps(knex, { table, primary: 'seq' }, (rows) =>
        rows
          .where('ended_at', '<', before)
          .orWhere((waiting) =>
            waiting
              .where({ status: 'waiting' })
              .whereNotNull('for_account')
              .whereNotIn('for_account', knex('accounts').select('key')),
          ),
      ),
  };
}

const waitingRow = z.object({ account: z.string(), count: integer });

function rowFrom(message: OutboxMessage) {
  return {
    key: message.key,
    conversation_key: message.conversationKey,
    reference: JSON.stringify(message.reference),
    activity: JSON.stringify(message.activity),
    replaces: message.replaces,
    passing: message.passing ? 1 : 0,
    for_account: message.forAccount,
    status: 'waiting' satisfies OutboxRow['status'],
    attempts: 0,
    not_before: 0,
  };
}
