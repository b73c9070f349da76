import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import type { ChatPerson } from './changes.ts';
import type { Database } from './database.ts';
import { accountRef, integer, jsonObject, jsonText, readFirst, readRow } from './rows.ts';
import type { Storage } from './storage.ts';
import type { Applies } from './writes.ts';

const table = 'people';
const personRow = z
  .object({
    key: z.string(),
    reference: jsonText(jsonObject).nullable(),
    language: z.enum(['vi', 'en']).nullable(),
    account_key: accountRef.nullable(),
    welcomed_at: integer.nullable(),
  })
  .transform((row): ChatPerson => {
    const { key, reference, language } = row;
    return { key, reference, language, account: row.account_key, welcomedAt: row.welcomed_at };
  });

/** People in channels. A write stores the whole person; the last one wins. */
export function createPeopleStore({ knex }: Database): Storage['people'] & Applies<ChatPerson> {
  return {
    async find(key) {
      return readFirst(personRow, table, key, await knex(table).where({ key }).first());
    },

    async signedInAs(account) {
      const rows = await knex(table)
        .where({ account_key: accountKey(account) })
        .orderBy('key');
      return rows.map((row) => readRow(personRow, table, row.key, row));
    },

    async apply(trx, writes) {
      for (const person of writes) {
        const row = {
          key: person.key,
          reference: person.reference && JSON.stringify(person.reference),
          language: person.language,
          account_key: person.account && accountKey(person.account),
          welcomed_at: person.welcomedAt,
        };
        await trx(table).insert(row).onConflict('key').merge();
      }
    },
  };
}
