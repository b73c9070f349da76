import type { Knex } from 'knex';
import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import type { CompanySignature, OfferTerms, OfferVersion } from '../partner/offers.ts';
import { noteClient } from './recent-clients.ts';
import { accountRef, integer, jsonObject, jsonText, readFirst } from './rows.ts';
import { type Applies, insertNew } from './writes.ts';

const table = 'offer_versions';

const isObject = (value: unknown) => jsonObject.safeParse(value).success;
const versionRow = z
  .object({
    offer_id: z.string(),
    number: integer,
    terms: jsonText(z.custom<OfferTerms>(isObject)),
    signature: jsonText(z.custom<CompanySignature>(isObject)),
    contact: jsonText(z.object({ name: z.string(), mail: z.string(), phone: z.string() })),
    hash: z.string(),
    by_key: accountRef,
    at: integer,
    expires_at: integer,
  })
  .transform((row): OfferVersion => {
    const { offer_id, by_key, expires_at, ...same } = row;
    return { ...same, offerId: offer_id, by: by_key, expiresAt: expires_at };
  });

/** A published version of an offer. */
export async function findVersion(
  knex: Knex,
  offerId: string,
  number: number,
): Promise<OfferVersion | undefined> {
  const row = await knex(table).where({ offer_id: offerId, number }).first();
  return readFirst(versionRow, table, `${offerId} ${number}`, row);
}

/** What was published: added once, and never changed. */
export function createOfferVersionStore(): Applies<OfferVersion> {
  return {
    async apply(trx, writes) {
      for (const { offerId, number, terms, signature, contact, hash, by, at, expiresAt } of writes) {
        const row = {
          ...{ offer_id: offerId, number, hash, by_key: accountKey(by), at, expires_at: expiresAt },
          terms: JSON.stringify(terms),
          signature: JSON.stringify(signature),
          contact: JSON.stringify(contact),
        };
        const what = `version ${number} of offer ${offerId}`;
        await insertNew(trx, { table, unique: ['offer_id', 'number'], what }, [row]);
        const { tenantId, name, domain } = terms.recipient;
        if (tenantId === null) continue;
        // Who publishes belongs to the partner.
        await noteClient(trx, by.tenantId, { tenantId, name, domain: domain ?? '' }, at);
      }
    },
  };
}
