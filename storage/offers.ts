import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import type { Offer, OfferTerms } from '../partner/offers.ts';
import { ConflictError, type OfferWrite } from './changes.ts';
import type { Database } from './database.ts';
import { findVersion } from './offer-versions.ts';
import { accountRef, integer, jsonObject, jsonText, readableRows, readFirst, readRow } from './rows.ts';
import type { Storage } from './storage.ts';
import { type Applies, insertNew } from './writes.ts';

const table = 'offers';
const published = 'published' satisfies Offer['status'];

const offerRow = z
  .object({
    id: z.string(),
    company: z.string(),
    code: z.string(),
    maker_key: accountRef,
    maker_name: z.string(),
    status: z.enum(['draft', 'published', 'withdrawn', 'expired']),
    version: integer,
    draft: jsonText(z.custom<OfferTerms>((value) => jsonObject.safeParse(value).success)).nullable(),
    created_at: integer,
    published_at: integer.nullable(),
    expires_at: integer.nullable(),
    rev: integer,
  })
  .transform((row): Offer => {
    const { id, company, code, status, version, draft, rev } = row;
    return {
      ...{ id, company, code, status, version, draft, rev },
      maker: row.maker_key,
      makerName: row.maker_name,
      createdAt: row.created_at,
      publishedAt: row.published_at,
      expiresAt: row.expires_at,
    };
  });

function rowFrom(offer: Offer) {
  const { id, company, code, status, version, rev } = offer;
  return {
    ...{ id, company, code, status, version, rev },
    maker_key: accountKey(offer.maker),
    maker_name: offer.makerName,
    draft: offer.draft && JSON.stringify(offer.draft),
    created_at: offer.createdAt,
    published_at: offer.publishedAt,
    expires_at: offer.expiresAt,
  };
}

/** Offers; of two saves from the same `rev` the second is a conflict, as is a code that another offer has. */
export function createOfferStore({ knex, unreadable }: Database): Storage['offers'] & Applies<OfferWrite> {
  return {
    async find(id) {
      return readFirst(offerRow, table, id, await knex(table).where({ id }).first());
    },

    // A code opens the offer to whoever has it, so none appears in an error.
    async byCode(code) {
      return readFirst(offerRow, table, 'by code', await knex(table).where({ code }).first());
    },

    async ofCompany(company, { maker, withDraft, statuses, before, limit }) {
      const found = knex(table)
        .where({ company })
        .orderBy([
          { column: 'created_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(limit);
      if (maker !== undefined) found.where({ maker_key: accountKey(maker) });
      if (withDraft) found.whereNotNull('draft');
      if (statuses !== undefined) found.whereIn('status', statuses);
      if (before !== undefined)
        found.where((rows) => {
          const { createdAt, id } = before;
          rows.where('created_at', '<', createdAt);
          rows.orWhere((same) => same.where({ created_at: createdAt }).where('id', '<', id));
        });
      const rows = await found;
      return rows.map((row) => readRow(offerRow, table, row.id, row));
    },

    version: (offerId, number) => findVersion(knex, offerId, number),

    async expired(now, limit) {
      const rows = await knex(table)
        .where({ status: published })
        .where('expires_at', '<=', now)
        .orderBy(['expires_at', 'id'])
        .limit(limit);
      return readableRows(offerRow, table, rows, { unreadable });
    },

    async apply(trx, writes) {
      for (const write of writes) {
        if ('add' in write) {
          const what = `offer ${write.add.id}`;
          await insertNew(trx, { table, unique: ['code'], what }, [rowFrom(write.add)]);
          continue;
        }
        // Who owns an offer, its link and its beginning stay whatever is saved.
        const { id, company, code, created_at, rev, ...row } = rowFrom(write.save);
        const updated = await trx(table)
          .where({ id, rev })
          .update({ ...row, rev: rev + 1 });
        if (updated !== 1) throw new ConflictError(`offer ${id} has changed since ${rev}`);
      }
    },
  };
}
