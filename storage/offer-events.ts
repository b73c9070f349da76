import { createHash } from 'node:crypto';
import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import { type OfferEvent, offerEventKinds } from '../partner/offers.ts';
import type { Database } from './database.ts';
import { accountRef, integer, jsonObject, jsonText, readFirst, readRow } from './rows.ts';
import type { Storage } from './storage.ts';
import { type Applies, insertNew } from './writes.ts';

const table = 'offer_events';
const eventRow = z
  .object({
    id: z.string(),
    offer_id: z.string(),
    company: z.string(),
    client: z.string().nullable(),
    at: integer,
    kind: z.enum(offerEventKinds),
    by_key: accountRef.nullable(),
    by_name: z.string(),
    details: jsonText(jsonObject),
  })
  .transform((row): OfferEvent => {
    const { offer_id, by_key, by_name, ...same } = row;
    return { ...same, offerId: offer_id, by: by_key, byName: by_name };
  });

/** Timelines of offers: rows are added, and change only where somebody is forgotten. */
export function createOfferEventStore({ knex }: Database): Storage['offerEvents'] & Applies<OfferEvent> {
  return {
    async find(id) {
      return readFirst(eventRow, table, id, await knex(table).where({ id }).first());
    },

    async ofOffer(offerId, limit) {
      const rows = await knex(table).where({ offer_id: offerId }).orderBy('seq', 'desc').limit(limit);
      return rows.map((row) => readRow(eventRow, table, row.id, row));
    },

    async ofKinds(offerId, kinds, client) {
      const found = knex(table)
        .where({ offer_id: offerId, ...(client === undefined ? {} : { client }) })
        .whereIn('kind', [...kinds]);
      const rows = await found.orderBy('seq', 'desc');
      return rows.map((row) => readRow(eventRow, table, row.id, row));
    },

    async stoppedAt({ id, company }, mail) {
      const found = knex(table)
        .where({ company })
        .where((whose) => {
          whose.where((same) => same.where({ offer_id: id, kind: 'noted' }).whereNotNull('stop_of'));
          if (mail.trim() !== '') whose.orWhere({ stop_of: addressMark(mail) });
        });
      const row = await found.orderBy('at', 'desc').first('at');
      return row === undefined ? undefined : readRow(z.object({ at: integer }), table, id, row).at;
    },

    async ofCompany(company, kinds) {
      const found = knex(table)
        .where({ company })
        .whereIn('kind', [...kinds]);
      const rows = await found.orderBy('seq', 'desc');
      return rows.map((row) => readRow(eventRow, table, row.id, row));
    },

    async count(offerId, client, kinds) {
      const rows = knex(table)
        .where({ offer_id: offerId, client })
        .whereIn('kind', [...kinds]);
      const [counted] = await rows.count({ events: '*' });
      // PostgreSQL counts in text.
      return Number(counted?.events);
    },

    async apply(trx, writes) {
      const rows = writes.map(({ id, offerId, company, client, at, kind, by, byName, details }) => ({
        ...{ id, offer_id: offerId, company, client, at, kind, by_name: byName },
        by_key: by && accountKey(by),
        details: JSON.stringify(details),
        stop_of:
          kind === 'noted' && details['what'] === 'stop' ? addressMark(String(details['to'] ?? '')) : null,
      }));
      await insertNew(trx, { table, unique: ['id'], what: 'this event of an offer' }, rows);
    },
  };
}

/** By which an address is known again; it says nothing else of it, and holds when who has it is forgotten. '' of none. */
function addressMark(mail: string): string {
  const same = mail.trim().toLowerCase();
  return same === '' ? '' : createHash('sha256').update(same).digest('base64url');
}
