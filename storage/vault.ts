import type { Knex } from 'knex';
import { z } from 'zod';
import type { VaultWrite } from './changes.ts';
import type { Database } from './database.ts';
import { integer, readFirst } from './rows.ts';
import type { Seal } from './seal.ts';
import type { Storage } from './storage.ts';
import { type Applies, deleteInSteps } from './writes.ts';

const table = 'vault';
const vaultRow = z
  .object({
    key_id: z.string(),
    nonce: z.instanceof(Buffer),
    sealed: z.instanceof(Buffer),
    expires_at: integer.nullable(),
  })
  .transform(({ key_id: keyId, nonce, sealed, expires_at: expiresAt }) => {
    return { keyId, nonce, sealed, expiresAt };
  });

/** Secrets, sealed before they reach the database. An entry is gone from the moment at which it expires. */
export function createVault({ knex, seal }: Pick<Database, 'knex'> & { seal: Seal }) {
  async function read(on: Knex, key: string, now: number) {
    const entry = readFirst(vaultRow, table, key, await on(table).where({ key }).first());
    const expired = entry !== undefined && entry.expiresAt !== null && entry.expiresAt <= now;
    return expired ? undefined : entry;
  }

  const store: Storage['vault'] & Applies<VaultWrite> = {
    async open(key, now) {
      const entry = await read(knex, key, now);
      return entry && seal.open(key, entry);
    },

    async take(key, now) {
      return knex.transaction(async (trx) => {
        const entry = await read(trx, key, now);
        if (!entry) return undefined;
        const secret = seal.open(key, entry);
        // The nonce names this very entry: whoever deletes it has it, and a newer one stays.
        const deleted = await trx(table).where({ key, nonce: entry.nonce }).del();
        return deleted === 1 ? secret : undefined;
      });
    },

    async apply(trx, writes) {
      for (const write of writes) {
        if ('remove' in write) {
          await trx(table).where({ key: write.remove }).del();
          continue;
        }
        const { key, secret, expiresAt } = write.put;
        const { keyId, nonce, sealed } = seal.seal(key, secret);
        const row = { key, key_id: keyId, nonce, sealed, expires_at: expiresAt };
        await trx(table).insert(row).onConflict('key').merge();
      }
    },
  };
  return {
    ...store,
    /** Deletes entries that have expired by this time (domain, ms). */
    prune: (now: number) =>
      deleteInSteps(knex, { table, primary: 'key' }, (rows) => rows.where('expires_at', '<=', now)),
  };
}
