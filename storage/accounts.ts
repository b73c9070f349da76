import { z } from 'zod';
import { type Account, accountKey } from '../partner/accounts.ts';
import type { DelegationState } from '../partner/delegations.ts';
import type { Database } from './database.ts';
import { accountRef, integer, jsonText, readFirst, readRow } from './rows.ts';
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
export function createAccountStore({ knex }: Database) {
  const store: Storage['accounts'] & Applies<Account> = {
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
          unbound_since: null,
        };
        await trx(table).insert(row).onConflict('key').merge();
      }
    },
  };

  /** Keys of accounts that are signed in to a chat, or that something names which is not over. */
  const needed = () =>
    knex('people')
      .select('account_key as key')
      .whereNotNull('account_key')
      .union([
        knex('operations').select('actor_key').whereNotIn('status', ['done', 'failed', 'cancelled']),
        knex('approvals').select('requester_key').where({ status: 'waiting' }),
        knex('offers').select('maker_key').whereIn('status', ['draft', 'published']),
        knex('delegations')
          .select('maker_key')
          .whereNotNull('maker_key')
          .whereNotIn('state', endedDelegations),
        knex('key_setups').select('created_by').where({ status: 'open' }),
        knex('colleagues').select('account_key'),
      ]);

  return {
    ...store,
    /**
     * Deletes those that nobody needs since before this time (domain, ms), and of who is no staff at once. How long nobody
     * needs them is counted here, from one look to the next.
     */
    async prune(before: number, now: number, isStaff: (tenantId: string) => boolean): Promise<void> {
      await knex(table)
        .whereNotNull('unbound_since')
        .whereIn('key', needed())
        .update({ unbound_since: null });
      await knex(table).whereNull('unbound_since').whereNotIn('key', needed()).update({ unbound_since: now });
      const rows = await knex(table).whereNotNull('unbound_since').select('key', 'unbound_since');
      const unbound = rows.map((row) => readRow(unboundRow, table, String(row.key), row));
      const keys = unbound
        .filter(({ key, unbound_since: since }) => since < before || !isStaff(key.tenantId))
        .map(({ key }) => accountKey(key));
      for (const key of keys) await knex(table).where({ key }).whereNotNull('unbound_since').del();
    },
  };
}

const unboundRow = z.object({ key: accountRef, unbound_since: integer });
const endedDelegations: DelegationState[] = ['expired', 'ended', 'unapproved', 'failed', 'declined'];
