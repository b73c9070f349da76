import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import type { AuthorisationStatement } from '../partner/company-authorisations.ts';
import type { Database } from './database.ts';
import { accountRef, integer, readRow } from './rows.ts';
import type { Storage } from './storage.ts';
import type { Applies } from './writes.ts';

const table = 'statements';
const statementRow = z
  .object({
    company: z.string(),
    authorisation: z.string(),
    value: z.enum(['on', 'off']),
    address: z.string().nullable(),
    by_key: accountRef,
    by_name: z.string(),
    at: integer,
  })
  .transform((row): AuthorisationStatement => {
    const { by_key, by_name, address, ...same } = row;
    return { ...same, ...(address === null ? {} : { address }), by: by_key, byName: by_name };
  });

/** The last statement on each authorisation of each company. */
export function createStatementStore({
  knex,
}: Database): Storage['statements'] & Applies<AuthorisationStatement> {
  return {
    async of(company) {
      const rows = await knex(table).where({ company }).orderBy('authorisation');
      return rows.map((row) => readRow(statementRow, table, `${company} ${row.authorisation}`, row));
    },

    async apply(trx, writes) {
      for (const { by, byName, address = null, ...same } of writes) {
        const row = { ...same, address, by_key: accountKey(by), by_name: byName };
        await trx(table).insert(row).onConflict(['company', 'authorisation']).merge();
      }
    },
  };
}
