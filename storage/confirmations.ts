import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import type { CompanyConfirmation } from '../partner/company-confirmation.ts';
import type { Database } from './database.ts';
import { accountRef, integer, readFirst } from './rows.ts';
import type { Storage } from './storage.ts';
import type { Applies } from './writes.ts';

const table = 'confirmations';
const confirmationRow = z
  .object({
    company: z.string(),
    hash: z.string(),
    by_key: accountRef,
    by_name: z.string(),
    at: integer,
  })
  .transform((row): CompanyConfirmation => {
    const { company, hash, at } = row;
    return { company, hash, by: row.by_key, byName: row.by_name, at };
  });

/** The last confirmation of each company's details. */
export function createConfirmationStore({
  knex,
}: Database): Storage['confirmations'] & Applies<CompanyConfirmation> {
  return {
    async find(company) {
      return readFirst(confirmationRow, table, company, await knex(table).where({ company }).first());
    },

    async apply(trx, writes) {
      for (const { company, hash, by, byName, at } of writes) {
        const row = { company, hash, by_key: accountKey(by), by_name: byName, at };
        await trx(table).insert(row).onConflict('company').merge();
      }
    },
  };
}
