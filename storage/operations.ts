import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import { cardOf, type Operation, type OperationStatus, type Step } from '../partner/operations.ts';
import { ConflictError, type OperationWrite } from './changes.ts';
import type { Database } from './database.ts';
import { mailKind, withoutText } from './mail-texts.ts';
import { cardTable } from './operation-cards.ts';
import { accountRef, integer, jsonObject, jsonText, readableRows, readFirst } from './rows.ts';
import type { Storage } from './storage.ts';
import { type Applies, insertNew } from './writes.ts';

const table = 'operations';

/** Shapes stop at what every schema version has in common: a row of another version must reach the caller. */
const operationRow = z
  .object({
    id: z.string(),
    kind: z.string(),
    schema: integer,
    version: integer,
    status: z.custom<OperationStatus>((value) => typeof value === 'string'),
    actor_key: accountRef,
    approved_by: accountRef.nullable(),
    person_key: z.string(),
    company: z.string(),
    args: jsonText(jsonObject),
    steps: jsonText(z.array(z.custom<Step>((value) => jsonObject.safeParse(value).success))),
    card_key: z.string(),
    drawn: integer,
    created_at: integer,
    refused_generation: integer.nullable(),
  })
  .transform((row): Operation => {
    const { id, kind, schema, version, status, company, args, steps, drawn } = row;
    return {
      ...{ id, kind, schema, version, status, company, args, steps, drawn },
      actor: row.actor_key,
      approvedBy: row.approved_by,
      personKey: row.person_key,
      cardKey: row.card_key,
      createdAt: row.created_at,
      ...(row.refused_generation === null ? {} : { refusedGeneration: row.refused_generation }),
    };
  });

function rowFrom(operation: Operation) {
  const { id, kind, schema, version, status, company, drawn } = operation;
  return {
    ...{ id, kind, schema, version, status, company, drawn },
    actor_key: accountKey(operation.actor),
    approved_by: operation.approvedBy && accountKey(operation.approvedBy),
    args: JSON.stringify(operation.args),
    steps: JSON.stringify(operation.steps),
    created_at: operation.createdAt,
    refused_generation: operation.refusedGeneration ?? null,
  };
}

const over: readonly OperationStatus[] = ['done', 'failed', 'cancelled'];

/**
 * Recorded writes to Microsoft's clouds. `add` keeps the given version, each `save` stores the next one. `realNow` stamps
 * the end, for retention.
 */
export function createOperationStore({
  knex,
  unreadable,
  realNow,
}: Pick<Database, 'knex' | 'unreadable'> & { realNow: () => number }) {
  const endOf = ({ status }: Operation) =>
    over.includes(status) ? knex.raw('coalesce(ended_at, ?)', [realNow()]) : null;

  /** With the card of each. */
  const withCards = () =>
    knex(table)
      .join(cardTable, `${cardTable}.operation_id`, `${table}.id`)
      .select(`${table}.*`, `${cardTable}.person_key`, `${cardTable}.card_key`);

  const store: Storage['operations'] & Applies<OperationWrite> = {
    async find(id) {
      return readFirst(operationRow, table, id, await withCards().where({ id }).first());
    },

    async waitingForSignIn(account) {
      const rows = await withCards()
        .where({ actor_key: accountKey(account), status: 'waiting-sign-in' satisfies OperationStatus })
        .orderBy(['created_at', 'id']);
      return readableRows(operationRow, table, rows, { unreadable });
    },

    async signedInSince(limit) {
      const rows = await withCards()
        .join('tokens', 'tokens.account_key', `${table}.actor_key`)
        .where({ status: 'waiting-sign-in' satisfies OperationStatus })
        .whereRaw('tokens.generation > coalesce(refused_generation, 0)')
        .orderBy(['created_at', 'id'])
        .limit(limit);
      return readableRows(operationRow, table, rows, { unreadable });
    },

    async ofActor(account, statuses, limit) {
      const found = withCards()
        .where({ actor_key: accountKey(account) })
        .whereIn('status', statuses)
        .orderBy([
          { column: 'created_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ]);
      const rows = await (limit === undefined ? found : found.limit(limit));
      return readableRows(operationRow, table, rows, { unreadable });
    },

    async running(company, kinds) {
      const rows = await withCards()
        .where({ company, status: 'running' satisfies OperationStatus })
        .whereIn('kind', kinds)
        .orderBy(['created_at', 'id']);
      return readableRows(operationRow, table, rows, { unreadable });
    },

    async apply(trx, writes) {
      for (const write of writes) {
        if ('add' in write) {
          const what = `operation ${write.add.id}`;
          const added = {
            ...rowFrom(write.add),
            ended_at: over.includes(write.add.status) ? realNow() : null,
          };
          await insertNew(trx, { table, unique: ['id'], what }, [added]);
          const { operationId, personKey, cardKey } = cardOf(write.add);
          await trx(cardTable).insert({
            operation_id: operationId,
            person_key: personKey,
            card_key: cardKey,
          });
          continue;
        }
        if ('same' in write) {
          const { id, version } = write.same;
          // SQLite knows no such lock, and with its one connection needs none.
          const same = await trx(table).where({ id, version }).forShare().first('id');
          if (same === undefined)
            throw new ConflictError(`operation ${id} has changed since version ${version}`);
          continue;
        }
        const { id, version, ...row } = rowFrom(write.save);
        const updated = await trx(table)
          .where({ id, version })
          .update({ ...row, version: version + 1, ended_at: endOf(write.save) });
        if (updated !== 1) throw new ConflictError(`operation ${id} has changed since version ${version}`);
      }
    },
  };
  return {
    ...store,
    /** Takes what was written out of mails that ended before this time (real, ms); one that failed is not sent any more. */
    async pruneMails(before: number): Promise<void> {
      for (;;) {
        const rows: { id: string; version: number; status: string; args: string }[] = await knex(table)
          .select('id', 'version', 'status', 'args')
          .where({ kind: mailKind })
          .whereIn('status', over)
          .where('ended_at', '<', before)
          .limit(mailsAtOnce);
        for (const { id, version, status, args } of rows) {
          await knex(table)
            .where({ id, version })
            .update({
              ...{ args: withoutText(args), ended_at: null, version: knex.raw('version + 1') },
              status: status === 'failed' ? ('cancelled' satisfies OperationStatus) : status,
            });
        }
        if (rows.length < mailsAtOnce) return;
      }
    },
  };
}

const mailsAtOnce = 100;
