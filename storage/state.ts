import type { Knex } from 'knex';
import { z } from 'zod';
import { ConflictError, type StateWrite } from './changes.ts';
import type { Database } from './database.ts';
import { integer, jsonObject, jsonText, readFirst } from './rows.ts';
import type { Storage } from './storage.ts';
import { type Applies, insertNew } from './writes.ts';

const table = 'state';
const stateRow = z.object({
  key: z.string(),
  version: integer,
  schema: integer,
  body: jsonText(jsonObject),
});

/** Bot state by conversation, compare-and-set on the version that was read; the stored one is one higher. */
export function createStateStore({ knex }: Database): Storage['state'] & Applies<StateWrite> {
  return {
    async find(key) {
      return readFirst(stateRow, table, key, await knex(table).where({ key }).first());
    },

    async apply(trx, writes) {
      for (const write of writes) await compareAndSet(trx, write);
    },
  };
}

async function compareAndSet(
  trx: Knex.Transaction,
  { key, version, schema, body }: StateWrite,
): Promise<void> {
  const row = { key, version: version + 1, schema, body: JSON.stringify(body) };
  const what = `state of ${key}`;
  if (version === 0) return insertNew(trx, { table, unique: ['key'], what }, [row]);
  const updated = await trx(table).where({ key, version }).update(row);
  if (updated !== 1) throw new ConflictError(`${what} has changed since version ${version}`);
}
