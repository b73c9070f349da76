import type { Knex } from 'knex';
import { z } from 'zod';
import { ConflictError, type StateWrite } from './changes.ts';
import type { Database } from './database.ts';
import { integer, jsonObject, jsonText, readFirst } from './rows.ts';
import type { Storage } from './storage.ts';
import { type Applies, deleteInSteps, insertNew } from './writes.ts';

const table = 'state';
const stateRow = z.object({
  key: z.string(),
  version: integer,
  schema: integer,
  body: jsonText(jsonObject),
});

/**
 * Bot state by conversation, compare-and-set on the version that was read; the stored one is one higher. `realNow` stamps
 * each write, for retention.
 */
export function createStateStore({ knex, realNow }: Pick<Database, 'knex'> & { realNow: () => number }) {
  const store: Storage['state'] & Applies<StateWrite> = {
    async find(key) {
      return readFirst(stateRow, table, key, await knex(table).where({ key }).first());
    },

    async apply(trx, writes) {
      for (const write of writes) await compareAndSet(trx, write, realNow());
    },
  };
  return {
    ...store,
    /** Deletes what was written last before this time (real, ms): what was open there is of no use any more. */
    prune: (before: number) =>
      deleteInSteps(knex, { table, primary: 'key' }, (rows) => rows.where('written_at', '<', before)),
  };
}

async function compareAndSet(
  trx: Knex.Transaction,
  { key, version, schema, body }: StateWrite,
  at: number,
): Promise<void> {
  const row = { key, version: version + 1, schema, body: JSON.stringify(body), written_at: at };
  const what = `state of ${key}`;
  if (version === 0) return insertNew(trx, { table, unique: ['key'], what }, [row]);
  const updated = await trx(table).where({ key, version }).update(row);
  if (updated !== 1) throw new ConflictError(`${what} has changed since version ${version}`);
}
