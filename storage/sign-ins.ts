import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import { ConflictError, type SignInRequest, type SignInWrite } from './changes.ts';
import type { Database } from './database.ts';
import { accountRef, integer, readFirst } from './rows.ts';
import type { Storage } from './storage.ts';
import { type Applies, deleteInSteps, insertNew } from './writes.ts';

const table = 'sign_ins';
const signInRow = z
  .object({
    state: z.string(),
    person_key: z.string(),
    conversation_key: z.string(),
    expires_at: integer,
    status: z.enum(['open', 'waiting-for-code', 'finished', 'failed']),
    account_key: accountRef.nullable(),
    code_hash: z.string().nullable(),
  })
  .transform((row): SignInRequest => {
    return {
      state: row.state,
      personKey: row.person_key,
      conversationKey: row.conversation_key,
      expiresAt: row.expires_at,
      status: row.status,
      account: row.account_key,
      codeHash: row.code_hash,
    };
  });

function rowFrom(request: SignInRequest) {
  return {
    state: request.state,
    person_key: request.personKey,
    conversation_key: request.conversationKey,
    expires_at: request.expiresAt,
    status: request.status,
    account_key: request.account && accountKey(request.account),
    code_hash: request.codeHash,
  };
}

/** Sign-ins under way. An update counts only against the status that was read. */
export function createSignInStore({ knex }: Database) {
  const store: Storage['signIns'] & Applies<SignInWrite> = {
    async find(state) {
      return readFirst(signInRow, table, 'of this state', await knex(table).where({ state }).first());
    },

    async openFor(personKey, now) {
      const row = await knex(table)
        .where({ person_key: personKey })
        .whereIn('status', ['open', 'waiting-for-code'])
        .where('expires_at', '>', now)
        .orderBy('seq', 'desc')
        .first();
      return readFirst(signInRow, table, `of ${personKey}`, row);
    },

    async newestOf(personKey) {
      const row = await knex(table).where({ person_key: personKey }).orderBy('seq', 'desc').first();
      return readFirst(signInRow, table, `of ${personKey}`, row);
    },

    async apply(trx, writes) {
      for (const write of writes) {
        if ('add' in write) {
          await insertNew(trx, { table, unique: ['state'], what: 'this sign-in' }, [rowFrom(write.add)]);
          continue;
        }
        const { state, ...row } = rowFrom(write.update);
        const updated = await trx(table).where({ state, status: write.from }).update(row);
        if (updated !== 1) throw new ConflictError(`sign-in is no longer ${write.from}`);
      }
    },
  };
  return {
    ...store,
    /** Deletes requests that expired before this time (domain, ms). */
    prune: (before: number) =>
      deleteInSteps(knex, { table, primary: 'seq' }, (rows) => rows.where('expires_at', '<', before)),
  };
}
