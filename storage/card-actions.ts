import { z } from 'zod';
import { type CardAction, type CardActionWrite, ConflictError } from './changes.ts';
import type { Database } from './database.ts';
import { integer, jsonObject, jsonText, readFirst } from './rows.ts';
import type { Storage } from './storage.ts';
import { type Applies, deleteInSteps, insertNew } from './writes.ts';

const table = 'card_actions';
const cardActionRow = z
  .object({
    nonce: z.string(),
    verb: z.string(),
    schema: integer,
    person_key: z.string(),
    account_key: z.string().nullable(),
    company: z.string().nullable(),
    args: jsonText(jsonObject),
    expires_at: integer,
    used_at: integer.nullable(),
  })
  .transform((row): CardAction => {
    const { nonce, verb, schema, company, args } = row;
    return {
      nonce,
      verb,
      schema,
      personKey: row.person_key,
      accountKey: row.account_key,
      company,
      args,
      expiresAt: row.expires_at,
      usedAt: row.used_at,
    };
  });

/** What the buttons of sent cards stand for. A nonce is used once: the second commit that uses it is a conflict. */
export function createCardActionStore({ knex }: Database) {
  const store: Storage['cardActions'] & Applies<CardActionWrite> = {
    async find(nonce) {
      return readFirst(cardActionRow, table, 'of this nonce', await knex(table).where({ nonce }).first());
    },

    async apply(trx, writes) {
      const added = writes.flatMap((write) => ('add' in write ? [rowFrom(write.add)] : []));
      await insertNew(trx, { table, unique: ['nonce'], what: 'this card action' }, added);
      for (const write of writes) {
        if (!('use' in write)) continue;
        const unused = trx(table).where({ nonce: write.use }).whereNull('used_at');
        const used = await unused.update({ used_at: write.at });
        if (used !== 1) throw new ConflictError('the card action is used already');
      }
    },
  };
  return {
    ...store,
    /** Deletes actions that expired before this time (domain, ms). */
    prune: (before: number) =>
      deleteInSteps(knex, { table, primary: 'nonce' }, (rows) => rows.where('expires_at', '<', before)),
  };
}

function rowFrom(action: CardAction) {
  return {
    nonce: action.nonce,
    verb: action.verb,
    schema: action.schema,
    person_key: action.personKey,
    account_key: action.accountKey,
    company: action.company,
    args: JSON.stringify(action.args),
    expires_at: action.expiresAt,
    used_at: action.usedAt,
  };
}
