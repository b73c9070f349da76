import type { Knex } from 'knex';
import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import { type Acceptance, acceptanceStates, type OfferEventKind } from '../partner/offers.ts';
import { type AcceptanceWrite, ConflictError } from './changes.ts';
import type { Database } from './database.ts';
import { noteClient, recentClientsOf } from './recent-clients.ts';
import { accountRef, integer, jsonText, readFirst, readRow } from './rows.ts';
import type { Storage } from './storage.ts';
import { type Applies, insertNew } from './writes.ts';

const table = 'acceptances';
const licences = jsonText(z.array(z.number().int()));

const acceptanceRow = z
  .object({
    id: z.string(),
    offer_id: z.string(),
    company: z.string(),
    client_tenant_id: z.string(),
    client_name: z.string(),
    client_domain: z.string(),
    person: jsonText(z.object({ objectId: z.string(), name: z.string(), signInName: z.string() })),
    state: z.enum(acceptanceStates),
    version: integer,
    version_hash: z.string(),
    seats: licences,
    wish: licences,
    reason: z.string(),
    answered_at: integer.nullable(),
    confirmed_by: accountRef.nullable(),
    operation_id: z.string().nullable(),
    order_id: z.string().nullable(),
    created_at: integer,
    rev: integer,
  })
  .transform((row): Acceptance => {
    const { id, company, person, state, version, seats, wish, reason, rev } = row;
    return {
      ...{ id, company, person, state, version, seats, wish, reason, rev },
      offerId: row.offer_id,
      client: { tenantId: row.client_tenant_id, name: row.client_name, domain: row.client_domain },
      versionHash: row.version_hash,
      answeredAt: row.answered_at,
      confirmedBy: row.confirmed_by,
      operationId: row.operation_id,
      orderId: row.order_id,
      createdAt: row.created_at,
    };
  });

function rowFrom(acceptance: Acceptance) {
  const { id, company, state, version, reason, rev } = acceptance;
  return {
    ...{ id, company, state, version, reason, rev },
    offer_id: acceptance.offerId,
    client_tenant_id: acceptance.client.tenantId,
    client_name: acceptance.client.name,
    client_domain: acceptance.client.domain,
    person: JSON.stringify(acceptance.person),
    version_hash: acceptance.versionHash,
    seats: JSON.stringify(acceptance.seats),
    wish: JSON.stringify(acceptance.wish),
    answered_at: acceptance.answeredAt,
    confirmed_by: acceptance.confirmedBy && accountKey(acceptance.confirmedBy),
    operation_id: acceptance.operationId,
    order_id: acceptance.orderId,
    created_at: acceptance.createdAt,
  };
}

/** Where in the timeline this acceptance's company wished last. */
const lastWish = (knex: Knex) =>
  knex('offer_events as wished')
    .max('wished.seq')
    .whereRaw(`wished.offer_id = ${table}.offer_id and wished.client = ${table}.client_tenant_id`)
    .where({ 'wished.kind': 'wished' satisfies OfferEventKind });

/** What clients make of offers. A client's second acceptance of one offer is a conflict, as is a save of an old `rev`. */
export function createAcceptanceStore({ knex }: Database): Storage['acceptances'] & Applies<AcceptanceWrite> {
  return {
    async find(id) {
      return readFirst(acceptanceRow, table, id, await knex(table).where({ id }).first());
    },

    async ofOffer(offerId) {
      const rows = await knex(table).where({ offer_id: offerId }).orderBy(['created_at', 'id']);
      return rows.map((row) => readRow(acceptanceRow, table, row.id, row));
    },

    async ofClient(offerId, tenantId) {
      const row = await knex(table).where({ offer_id: offerId, client_tenant_id: tenantId }).first();
      return readFirst(acceptanceRow, table, `of ${tenantId} and offer ${offerId}`, row);
    },

    async ofCompany(company, states) {
      const rows = await knex(table)
        .where({ company })
        .whereIn('state', states)
        // The databases disagree on where a null comes.
        .orderByRaw('coalesce(answered_at, created_at), created_at, id');
      return rows.map((row) => readRow(acceptanceRow, table, row.id, row));
    },

    async wishing(company) {
      const rows = await knex(table)
        .where({ company })
        .whereNot({ wish: '[]' })
        .whereNotExists(
          knex('offer_events as published')
            .whereRaw(`published.offer_id = ${table}.offer_id`)
            .whereIn('published.kind', ['published', 'renewed'] satisfies OfferEventKind[])
            .whereRaw('published.seq > ?', [lastWish(knex)]),
        )
        .orderByRaw('coalesce(answered_at, created_at), created_at, id');
      return rows.map((row) => readRow(acceptanceRow, table, row.id, row));
    },

    recentClients: (company, limit) => recentClientsOf(knex, company, limit),

    async apply(trx, writes) {
      for (const write of writes) {
        const acceptance = 'add' in write ? write.add : write.save;
        const { client, answeredAt, createdAt } = acceptance;
        if ('add' in write) {
          const what = `acceptance of ${client.tenantId} and offer ${acceptance.offerId}`;
          const unique = ['offer_id', 'client_tenant_id'];
          await insertNew(trx, { table, unique, what }, [rowFrom(acceptance)]);
        } else {
          const { id, company, offer_id, client_tenant_id, created_at, rev, ...row } = rowFrom(acceptance);
          const updated = await trx(table)
            .where({ id, rev })
            .update({ ...row, rev: rev + 1 });
          if (updated !== 1) throw new ConflictError(`acceptance ${id} has changed since ${rev}`);
        }
        await noteClient(trx, acceptance.company, client, answeredAt ?? createdAt);
      }
    },
  };
}
