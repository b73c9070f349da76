import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import type { AuditRow } from './changes.ts';
import type { Database } from './database.ts';
import { folded, isLike, likeLiteral } from './like.ts';
import { accountRef, integer, jsonObject, jsonText, readRow } from './rows.ts';
import type { Storage } from './storage.ts';
import { type Applies, insertNew } from './writes.ts';

const table = 'audit';
const auditRow = z
  .object({
    id: z.string(),
    at: integer,
    operation_id: z.string(),
    actor_key: accountRef,
    company: z.string(),
    verb: z.string(),
    object: z.string(),
    outcome: z.enum(['intended', 'done', 'failed', 'unknown', 'obsolete']),
    details: jsonText(jsonObject),
  })
  .transform((row): AuditRow => {
    const { operation_id, actor_key, ...same } = row;
    return { ...same, operationId: operation_id, actor: actor_key };
  });

/** Who did what to whom: rows are added and never changed. */
export function createAuditStore({ knex }: Database): Storage['audit'] & Applies<AuditRow> {
  return {
    async ofOperation(operationId) {
      const rows = await knex(table).where({ operation_id: operationId }).orderBy('seq');
      return rows.map((row) => readRow(auditRow, table, row.id, row));
    },

    async ofCompany(company, query) {
      const { actor, object, or, beforeSeq, limit } = query;
      const found = knex(table).where({ company }).orderBy('seq', 'desc').limit(limit);
      if (actor !== undefined) found.where({ actor_key: accountKey(actor) });
      if (object !== undefined)
        found.where((rows) => {
          rows.whereRaw(isLike, ['object_folded', `%${likeLiteral(folded(object))}%`]);
          if (or?.objects.length) rows.orWhereIn('object_folded', or.objects.map(folded));
          if (or?.actors.length) rows.orWhereIn('actor_key', or.actors.map(accountKey));
        });
      if (beforeSeq !== undefined) found.where('seq', '<', beforeSeq);
      const rows = await found;
      return rows.map((row) => ({
        ...readRow(auditRow, table, row.id, row),
        seq: readRow(integer, table, row.id, row.seq),
      }));
    },

    async apply(trx, writes) {
      const rows = writes.map(({ operationId, actor, details, ...same }) => ({
        ...same,
        operation_id: operationId,
        object_folded: folded(same.object),
        actor_key: accountKey(actor),
        details: JSON.stringify(details),
      }));
      await insertNew(trx, { table, unique: ['id'], what: 'this audit row' }, rows);
    },
  };
}
