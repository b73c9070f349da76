import { z } from 'zod';
import { type Account, accountKey } from '../partner/accounts.ts';
import type { Database } from './database.ts';
import { accountRef, jsonText, readFirst } from './rows.ts';
import type { Storage } from './storage.ts';
import type { Applies } from './writes.ts';

const table = 'accounts';
const accountRow = z
  .object({
    key: accountRef,
    display_name: z.string(),
    sign_in_name: z.string(),
    company_name: z.string(),
    wids: jsonText(z.array(z.string())).nullable(),
    cloud: z.enum(['worldwide', '21vianet']).nullable(),
  })
  .transform((row): Account => {
    return {
      ...row.key,
      displayName: row.display_name,
      signInName: row.sign_in_name,
      companyName: row.company_name,
      wids: row.wids ?? undefined,
      ...(row.cloud === null ? {} : { cloud: row.cloud }),
    };
  });

/** Accounts as they were at their last sign-in. */
export function createAccountStore({ knex }: Database): Storage['accounts'] & Applies<Account> {
  return {
    async find(account) {
      const key = accountKey(account);
      return readFirst(accountRow, table, key, await knex(table).where({ key }).first());
    },

    async apply(trx, writes) {
      for (const account of writes) {
        const row = {
          key: accountKey(account),
          display_name: account.displayName,
          sign_in_name: account.signInName,
          company_name: account.companyName,
          wids: account.wids ? JSON.stringify(account.wids) : null,
          cloud: account.cloud ?? null,
        };
        await trx(table).insert(row).onConflict('key').merge();
      }
    },
  };
}
