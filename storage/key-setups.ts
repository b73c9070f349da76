import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import { type KeySetup, keySteps } from '../partner/key-setups.ts';
import { ConflictError, type KeySetupWrite } from './changes.ts';
import type { Database } from './database.ts';
import { accountRef, integer, jsonText, readFirst, readRow } from './rows.ts';
import type { Storage } from './storage.ts';
import { type Applies, insertNew } from './writes.ts';

const table = 'key_setups';

const stepDone = z.object({
  by: z.object({ tenantId: z.string(), objectId: z.string() }),
  byName: z.string(),
  at: z.number(),
});
const keySetupRow = z
  .object({
    id: z.string(),
    company: z.string(),
    client: jsonText(
      z.object({ tenantId: z.string().nullable(), name: z.string(), domain: z.string().nullable() }),
    ),
    redeemer: z.enum(['client', 'partner']),
    product: z.string(),
    partner_id: z.string(),
    done: jsonText(z.partialRecord(z.enum(keySteps), stepDone)),
    reported: jsonText(
      z.object({ partnerId: z.string(), reportedBy: z.string(), on: z.string(), noted: stepDone }),
    ).nullable(),
    status: z.enum(['open', 'finished', 'dropped']),
    created_by: accountRef,
    created_by_name: z.string(),
    created_at: integer,
    rev: integer,
  })
  .transform((row): KeySetup => {
    const { partner_id, created_by, created_by_name, created_at, ...same } = row;
    return {
      ...same,
      partnerId: partner_id,
      createdBy: created_by,
      createdByName: created_by_name,
      createdAt: created_at,
    };
  });

function rowFrom(setup: KeySetup) {
  const { id, company, redeemer, product, status, rev } = setup;
  return {
    ...{ id, company, redeemer, product, status, rev },
    client: JSON.stringify(setup.client),
    partner_id: setup.partnerId,
    done: JSON.stringify(setup.done),
    reported: setup.reported && JSON.stringify(setup.reported),
    created_by: accountKey(setup.createdBy),
    created_by_name: setup.createdByName,
    created_at: setup.createdAt,
  };
}

/** Set-ups with product keys; of two saves from the same `rev` the second is a conflict. */
export function createKeySetupStore({ knex }: Database): Storage['keySetups'] & Applies<KeySetupWrite> {
  return {
    async find(id) {
      return readFirst(keySetupRow, table, id, await knex(table).where({ id }).first());
    },

    async open(company) {
      const rows = await knex(table)
        .where({ company, status: 'open' satisfies KeySetup['status'] })
        .orderBy(['created_at', 'id']);
      return rows.map((row) => readRow(keySetupRow, table, row.id, row));
    },

    async over(company) {
      const rows = await knex(table)
        .where({ company })
        .whereNot({ status: 'open' satisfies KeySetup['status'] })
        .orderBy([
          { column: 'created_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ]);
      return rows.map((row) => readRow(keySetupRow, table, row.id, row));
    },

    async apply(trx, writes) {
      for (const write of writes) {
        if ('add' in write) {
          const what = `key set-up ${write.add.id}`;
          await insertNew(trx, { table, unique: ['id'], what }, [rowFrom(write.add)]);
          continue;
        }
        // Whose it is, by whom and since when stay whatever is saved.
        const { id, company, created_by, created_by_name, created_at, rev, ...row } = rowFrom(write.save);
        const updated = await trx(table)
          .where({ id, rev })
          .update({ ...row, rev: rev + 1 });
        if (updated !== 1) throw new ConflictError(`key set-up ${id} has changed since ${rev}`);
      }
    },
  };
}
