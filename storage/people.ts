import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import { type ChatPerson, ConflictError } from './changes.ts';
import type { Database } from './database.ts';
import { isLike, likeLiteral } from './like.ts';
import { accountRef, integer, jsonObject, jsonText, readableRows, readFirst } from './rows.ts';
import type { Storage } from './storage.ts';
import { type Applies, deleteInSteps, insertNew } from './writes.ts';

const table = 'people';
const personRow = z
  .object({
    key: z.string(),
    reference: jsonText(jsonObject).nullable(),
    language: z.enum(['vi', 'en']).nullable(),
    account_key: accountRef.nullable(),
    zone: z.string().nullable(),
    welcomed_at: integer.nullable(),
    seen_at: integer.nullable(),
    version: integer,
  })
  .transform((row): ChatPerson => {
    const { key, reference, language, zone, version } = row;
    return {
      ...{ key, reference, language, zone, version, account: row.account_key },
      ...{ welcomedAt: row.welcomed_at, seenAt: row.seen_at },
    };
  });

/** People in channels, compare-and-set on the version that was read; the stored one is one higher. */
export function createPeopleStore({ knex, unreadable }: Database) {
  const store: Storage['people'] & Applies<ChatPerson> = {
    async find(key) {
      return readFirst(personRow, table, key, await knex(table).where({ key }).first());
    },

    async signedInAs(account) {
      const rows = await knex(table)
        .where({ account_key: accountKey(account) })
        .orderBy('key');
      return readableRows(personRow, table, rows, { key: 'key', unreadable });
    },

    async inCompany(tenantId) {
      const ofTenant = likeLiteral(accountKey({ tenantId, objectId: '' }));
      const rows = await knex(table)
        .whereRaw(isLike, ['account_key', `${ofTenant}%`])
        .orderBy('key');
      return readableRows(personRow, table, rows, { key: 'key', unreadable });
    },

    async apply(trx, writes) {
      for (const person of writes) {
        const row = {
          key: person.key,
          version: person.version + 1,
          reference: person.reference && JSON.stringify(person.reference),
          language: person.language,
          account_key: person.account && accountKey(person.account),
          zone: person.zone,
          welcomed_at: person.welcomedAt,
          seen_at: person.seenAt,
        };
        const what = `person ${person.key}`;
        if (person.version === 0) {
          await insertNew(trx, { table, unique: ['key'], what }, [row]);
          continue;
        }
        const { key, version } = person;
        const updated = await trx(table).where({ key, version }).update(row);
        if (updated !== 1) throw new ConflictError(`${what} has changed since version ${version}`);
      }
    },
  };
  return {
    ...store,
    /** Deletes those who were silent since before this time (domain, ms); of whom that is not known, it counts from now on. */
    async prune(before: number, now: number): Promise<number> {
      await knex(table).whereNull('seen_at').update({ seen_at: now });
      return deleteInSteps(knex, { table, primary: 'key' }, (rows) => rows.where('seen_at', '<', before));
    },
  };
}
