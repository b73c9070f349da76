import { z } from 'zod';
import type { Database } from './database.ts';
import { integer, readRow } from './rows.ts';
import type { AttemptWrite } from './sign-in-changes.ts';
import type { Storage } from './storage.ts';
import { type Applies, deleteInSteps } from './writes.ts';

const table = 'attempts';
const countRow = z.object({ count: integer });

/** What may be tried only so often. Stored before the try is judged, so that tries at the same moment see each other. */
export function createAttemptStore({ knex }: Database) {
  const store: Storage['attempts'] & Applies<AttemptWrite> = {
    async count({ what, who }, since) {
      const [row] = await knex(table).where({ what, who }).where('at', '>=', since).count('* as count');
      return readRow(countRow, table, what, row).count;
    },

    async apply(trx, writes) {
      for (const write of writes) {
        if ('add' in write) await trx(table).insert(write.add).onConflict('id').ignore();
        else
          await trx(table)
            .where('forgive' in write ? { id: write.forgive } : write.forgiveAll)
            .del();
      }
    },
  };
  return {
    ...store,
    /** Deletes tries of before this time (domain, ms). */
    prune: (before: number) =>
      deleteInSteps(knex, { table, primary: 'id' }, (rows) => rows.where('at', '<', before)),
  };
}
