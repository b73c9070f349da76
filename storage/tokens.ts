import { z } from 'zod';
import { type AccountRef, accountKey } from '../partner/accounts.ts';
import type { TokenStore } from '../partner/sign-in.ts';
import type { Database } from './database.ts';
import { integer, readFirst } from './rows.ts';
import type { Seal } from './seal.ts';
import type { TokensWrite } from './sign-in-changes.ts';
import { type Applies, deleteInSteps } from './writes.ts';

const table = 'tokens';
const tokensRow = z
  .object({
    generation: integer,
    key_id: z.string(),
    nonce: z.instanceof(Buffer),
    sealed: z.instanceof(Buffer),
  })
  .transform(({ generation, key_id: keyId, nonce, sealed }) => ({ generation, keyId, nonce, sealed }));

const sealedUnder = (account: AccountRef) => `tokens:${accountKey(account)}`;

/**
 * Tokens of signed-in accounts, sealed. Each sign-in is a row of its own, whose number is its generation and is never
 * given again; a renewal that comes after the end of its sign-in finds no row and stores nothing.
 */
export function createTokenStore({ knex, seal }: Pick<Database, 'knex'> & { seal: Seal }) {
  const columns = (account: AccountRef, tokens: string) => {
    const { keyId, nonce, sealed } = seal.seal(sealedUnder(account), tokens);
    return { key_id: keyId, nonce, sealed };
  };

  const store: TokenStore & Applies<TokensWrite> = {
    async load(account) {
      const key = accountKey(account);
      const row = readFirst(tokensRow, table, key, await knex(table).where({ account_key: key }).first());
      if (row === undefined) return undefined;
      return { generation: row.generation, tokens: seal.open(sealedUnder(account), row) };
    },

    async renew(account, { generation, tokens }) {
      const sameSignIn = knex(table).where({ account_key: accountKey(account), generation });
      return (await sameSignIn.update(columns(account, tokens))) === 1;
    },

    async apply(trx, writes) {
      for (const { signedIn: account, secret, inChat } of writes) {
        const key = accountKey(account);
        await trx(table).where({ account_key: key }).del();
        const isWanted = inChat !== true || (await trx('people').where({ account_key: key }).first('key'));
        if (isWanted) await trx(table).insert({ account_key: key, ...columns(account, secret) });
      }
    },
  };
  return {
    ...store,
    /** Deletes those of accounts that are signed in to no chat: there is nobody to work as them. */
    prune: () =>
      deleteInSteps(knex, { table, primary: 'generation' }, (rows) =>
        rows.whereNotIn('account_key', knex('people').select('account_key').whereNotNull('account_key')),
      ),
  };
}
