import { z } from 'zod';
import type { Opinion } from '../partner/help.ts';
import type { Database } from './database.ts';
import { integer, readRow } from './rows.ts';
import type { Storage } from './storage.ts';
import type { Applies } from './writes.ts';

const table = 'opinions';
const countRow = z.object({ topic: z.string(), up: integer, down: integer });

/** How many thumbs each help topic got. The sums are all that is kept. */
export function createOpinionStore({ knex }: Database): Storage['opinions'] & Applies<Opinion> {
  return {
    async counts() {
      const rows = await knex(table).orderBy('topic');
      return rows.map((row) => readRow(countRow, table, row.topic, row));
    },

    async apply(trx, writes) {
      for (const { topic, thumb } of writes) {
        const first = { topic, up: 0, down: 0, [thumb]: 1 };
        const oneMore = { [thumb]: trx.raw('?? + 1', [`${table}.${thumb}`]) };
        await trx(table).insert(first).onConflict('topic').merge(oneMore);
      }
    },
  };
}
