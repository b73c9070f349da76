import type { Knex } from 'knex';
import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import { type Delegation, type DelegationTerms, delegationStates } from '../partner/delegations.ts';
import { ConflictError, type DelegationWrite } from './changes.ts';
import type { Database } from './database.ts';
import { noteClient } from './recent-clients.ts';
import { accountRef, flag, integer, jsonObject, jsonText, readableRows, readFirst, readRow } from './rows.ts';
import type { Storage } from './storage.ts';
import type { Applies } from './writes.ts';

const table = 'delegations';

const delegationRow = z
  .object({
    id: z.string(),
    company: z.string(),
    client_tenant_id: z.string(),
    client_name: z.string(),
    client_domain: z.string(),
    offer_id: z.string().nullable(),
    terms: jsonText(z.custom<DelegationTerms>((value) => jsonObject.safeParse(value).success)),
    person: jsonText(z.object({ objectId: z.string(), name: z.string(), signInName: z.string() })).nullable(),
    maker_key: accountRef.nullable(),
    state: z.enum(delegationStates),
    status: z.string(),
    relationship_id: z.string().nullable(),
    operation_id: z.string().nullable(),
    answered_at: integer.nullable(),
    ends_at: integer.nullable(),
    was_usable: flag,
    reminded: jsonText(z.array(z.number().int())),
    reason: z.string(),
    created_at: integer,
    rev: integer,
  })
  .transform((row): Delegation => {
    const { id, company, terms, person, state, status, reminded, reason, rev } = row;
    return {
      ...{ id, company, terms, person, state, status, reminded, reason, rev },
      client: { tenantId: row.client_tenant_id, name: row.client_name, domain: row.client_domain },
      offerId: row.offer_id,
      maker: row.maker_key,
      relationshipId: row.relationship_id,
      operationId: row.operation_id,
      answeredAt: row.answered_at,
      endsAt: row.ends_at,
      wasUsable: row.was_usable,
      createdAt: row.created_at,
    };
  });

function rowFrom(delegation: Delegation) {
  const { id, company, state, status, reason, rev } = delegation;
  return {
    ...{ id, company, state, status, reason, rev },
    client_tenant_id: delegation.client.tenantId,
    client_name: delegation.client.name,
    client_domain: delegation.client.domain,
    offer_id: delegation.offerId,
    terms: JSON.stringify(delegation.terms),
    person: delegation.person && JSON.stringify(delegation.person),
    maker_key: delegation.maker && accountKey(delegation.maker),
    relationship_id: delegation.relationshipId,
    operation_id: delegation.operationId,
    answered_at: delegation.answeredAt,
    ends_at: delegation.endsAt,
    was_usable: Number(delegation.wasUsable),
    reminded: JSON.stringify(delegation.reminded),
    created_at: delegation.createdAt,
  };
}

/**
 * Delegated administration of clients. A second one of the same offer and client, or of the same relationship, is a
 * conflict, as is a save of an old `rev`.
 */
export function createDelegationStore({
  knex,
  unreadable,
}: Database): Storage['delegations'] & Applies<DelegationWrite> {
  return {
    async find(id) {
      return readFirst(delegationRow, table, id, await knex(table).where({ id }).first());
    },

    async ofOffer(offerId) {
      const rows = await knex(table).where({ offer_id: offerId }).orderBy(['created_at', 'id']);
      return rows.map((row) => readRow(delegationRow, table, row.id, row));
    },

    async ofClient(offerId, tenantId) {
      const row = await knex(table).where({ offer_id: offerId, client_tenant_id: tenantId }).first();
      return readFirst(delegationRow, table, `of ${tenantId} and offer ${offerId}`, row);
    },

    async byRelationship(company, relationshipId) {
      const row = await knex(table).where({ company, relationship_id: relationshipId }).first();
      return readFirst(delegationRow, table, `of relationship ${relationshipId}`, row);
    },

    async withClient(company, tenantId) {
      const rows = await knex(table)
        .where({ company, client_tenant_id: tenantId })
        .orderBy(['created_at', 'id']);
      return readableRows(delegationRow, table, rows, { unreadable });
    },

    async ofCompany(company, states) {
      const rows = await knex(table)
        .where({ company })
        .whereIn('state', states)
        // The databases disagree on where a null comes.
        .orderByRaw('ends_at is null, ends_at, created_at, id');
      return readableRows(delegationRow, table, rows, { unreadable });
    },

    async apply(trx, writes) {
      for (const write of writes) {
        const delegation = 'add' in write ? write.add : write.save;
        await ('add' in write ? add(trx, delegation) : save(trx, delegation));
        // Who never answered us is no recent client of ours.
        const { company, client, answeredAt } = delegation;
        if (answeredAt !== null) await noteClient(trx, company, client, answeredAt);
      }
    },
  };
}

async function add(trx: Knex.Transaction, delegation: Delegation): Promise<void> {
  // Ignoring and counting: a failed statement would end the whole transaction on PostgreSQL.
  const added: unknown[] = await trx(table).insert(rowFrom(delegation)).onConflict().ignore().returning('id');
  if (added.length !== 1) throw new ConflictError(`delegation ${delegation.id} is there already`);
}

async function save(trx: Knex.Transaction, delegation: Delegation): Promise<void> {
  // Whose it is, of which offer and since when stay whatever is saved.
  const { id, company, offer_id, client_tenant_id, created_at, rev, ...row } = rowFrom(delegation);
  const { relationship_id } = row;
  const others = trx(table).where({ company, relationship_id }).whereNot({ id });
  if (relationship_id !== null && (await others.first('id')) !== undefined) {
    throw new ConflictError(`relationship ${relationship_id} belongs to another delegation`);
  }
  const updated = await trx(table)
    .where({ id, rev })
    .update({ ...row, rev: rev + 1 });
  if (updated !== 1) throw new ConflictError(`delegation ${id} has changed since ${rev}`);
}
