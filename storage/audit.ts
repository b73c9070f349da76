import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import type { AuditRow, Personal } from '../partner/audit-row.ts';
import type { Database } from './database.ts';
import { folded, isLike, likeLiteral } from './like.ts';
import { mailKind } from './mail-texts.ts';
import { accountRef, flag, integer, jsonObject, jsonText, readRow } from './rows.ts';
import type { Storage } from './storage.ts';

const table = 'audit_rows';
const texts = 'audit_texts';

const auditRow = z
  .object({
    number: integer,
    id: z.string(),
    at: integer,
    operation_id: z.string(),
    actor_key: z.union([z.literal('').transform(() => null), accountRef]),
    company: z.string(),
    client: z.string(),
    verb: z.string(),
    object: z.string(),
    outcome: z.enum(['intended', 'done', 'failed', 'unknown', 'obsolete']),
    continues: flag,
    details: jsonText(jsonObject),
    text: jsonText(z.custom<Personal>((value) => jsonObject.safeParse(value).success)).nullable(),
  })
  .transform((row): AuditRow & { number: number } => {
    const { operation_id, actor_key, text, ...same } = row;
    return { ...same, operationId: operation_id, actor: actor_key, personal: text };
  });

/** Who did what to whom, as people look for it; `createAuditChain` writes it. */
export function createAuditStore({ knex }: Pick<Database, 'knex'>): Storage['audit'] {
  const rows = () =>
    knex(table).leftJoin(texts, `${texts}.id`, `${table}.id`).select(`${table}.*`, `${texts}.text`);
  const read = (found: readonly Record<string, unknown>[]) =>
    found.map((row) => readRow(auditRow, table, String(row['id']), row));

  async function ofOperations(ids: readonly string[]) {
    return read(
      await rows()
        .whereIn('operation_id', ids)
        .orderBy([`${table}.company`, `${table}.number`]),
    );
  }

  return {
    ofOperation: (operationId) => ofOperations([operationId]),

    async ofCompany(company, query) {
      const { actor, object, or, beforeNumber, withoutMails, limit } = query;
      const found = rows().where({ company, continues: 0 }).orderBy('number', 'desc').limit(limit);
      if (actor !== undefined) found.where({ actor_key: accountKey(actor) });
      if (withoutMails === true) found.whereNot({ verb: mailKind });
      if (object !== undefined) {
        const part = `%${likeLiteral(folded(object))}%`;
        found.where((naming) => {
          naming.whereRaw(isLike, ['object_folded', part]).orWhereRaw(isLike, ['folded', part]);
          // A name is the first line of what is searched, or all of it.
          for (const name of (or?.objects ?? []).map(folded))
            naming.orWhere({ folded: name }).orWhereRaw(isLike, ['folded', `${likeLiteral(name)}\n%`]);
          if (or?.actors.length) naming.orWhereIn('actor_key', or.actors.map(accountKey));
        });
      }
      if (beforeNumber !== undefined) found.where('number', '<', beforeNumber);
      const acts = read(await found);
      const operationIds = [...new Set(acts.map(({ operationId }) => operationId).filter(Boolean))];
      const whole = operationIds.length === 0 ? [] : await ofOperations(operationIds);
      return acts.map((act) => ({
        ...act,
        ofOperation:
          act.operationId === '' ? [] : whole.filter(({ operationId }) => operationId === act.operationId),
      }));
    },
  };
}
