import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import type { SignInRequest } from './changes.ts';
import type { Database } from './database.ts';
import { integer, readFirst } from './rows.ts';
import type { SignOut } from './sign-in-changes.ts';
import type { Storage } from './storage.ts';
import { type Applies, deleteInSteps } from './writes.ts';

const table = 'sign_outs';
const signOutRow = z.object({ at: integer });

/** Accounts that left every chat and page: their tokens go with them, and who is not staff leaves no name behind. */
export function createSignOutStore({ knex }: Database) {
  const store: Storage['signOuts'] & Applies<SignOut> = {
    async last(account) {
      const key = accountKey(account);
      const row = await knex(table).where({ account_key: key }).first();
      return readFirst(signOutRow, table, key, row)?.at;
    },

    async apply(trx, writes) {
      for (const { account, at, keepsName } of writes) {
        const key = accountKey(account);
        await trx(table).insert({ account_key: key, at }).onConflict('account_key').merge();
        const left = { account_key: null, version: trx.raw('version + 1') };
        await trx('people').where({ account_key: key }).update(left);
        await trx('tokens').where({ account_key: key }).del();
        // A code that a page shows at this moment is of no use any more.
        await trx('sign_ins')
          .where({ account_key: key, status: 'waiting-for-code' satisfies SignInRequest['status'] })
          .update({ status: 'failed' satisfies SignInRequest['status'], code_hash: null });
        if (!keepsName) await trx('accounts').where({ key }).del();
      }
    },
  };
  return {
    ...store,
    /** Deletes those of before this time (real, ms): no page knows anybody for so long. */
    prune: (before: number) =>
      deleteInSteps(knex, { table, primary: 'account_key' }, (rows) => rows.where('at', '<', before)),
  };
}
