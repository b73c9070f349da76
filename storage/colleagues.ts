import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import type { Colleague } from '../partner/help.ts';
import type { Database } from './database.ts';
import { accountRef, integer, readFirst } from './rows.ts';
import type { Storage } from './storage.ts';
import type { Applies } from './writes.ts';

const table = 'colleagues';
const colleagueRow = z
  .object({
    company: z.string(),
    account_key: accountRef,
    name: z.string(),
    set_by: accountRef,
    at: integer,
  })
  .transform((row): Colleague => {
    const { company, name, at } = row;
    return { company, account: row.account_key, name, setBy: row.set_by, at };
  });

/** The colleague of each company who helps the others. */
export function createColleagueStore({ knex }: Database): Storage['colleagues'] & Applies<Colleague> {
  return {
    async find(company) {
      return readFirst(colleagueRow, table, company, await knex(table).where({ company }).first());
    },

    async apply(trx, writes) {
      for (const { company, account, name, setBy, at } of writes) {
        const row = { company, account_key: accountKey(account), name, set_by: accountKey(setBy), at };
        await trx(table).insert(row).onConflict('company').merge();
      }
    },
  };
}
