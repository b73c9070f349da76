import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import type { Approval } from '../partner/approvals.ts';
import { type ApprovalWrite, ConflictError } from './changes.ts';
import type { Database } from './database.ts';
import { accountRef, integer, readableRows, readFirst, readRow } from './rows.ts';
import type { Storage } from './storage.ts';
import { type Applies, insertNew } from './writes.ts';

const table = 'approvals';
const waiting = 'waiting' satisfies Approval['status'];

const approvalRow = z
  .object({
    id: z.string(),
    operation_id: z.string(),
    company: z.string(),
    requester_key: accountRef,
    requester_person_key: z.string(),
    capability: z.string(),
    verb: z.string(),
    object: z.string(),
    reason: z.string(),
    args_hash: z.string(),
    status: z.enum(['waiting', 'approved', 'declined', 'expired', 'withdrawn']),
    decided_by: accountRef.nullable(),
    answer: z.string(),
    created_at: integer,
    expires_at: integer,
    decided_at: integer.nullable(),
  })
  .transform((row): Approval => {
    const { id, company, capability, verb, object, reason, status, answer } = row;
    return {
      ...{ id, company, capability, verb, object, reason, status, answer },
      operationId: row.operation_id,
      requester: row.requester_key,
      requesterPersonKey: row.requester_person_key,
      argsHash: row.args_hash,
      decidedBy: row.decided_by,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      decidedAt: row.decided_at,
    };
  });

const askedFromRow = z.object({ key: z.string() });

function rowFrom(approval: Approval) {
  const { id, company, capability, verb, object, reason, status, answer } = approval;
  return {
    ...{ id, company, capability, verb, object, reason, status, answer },
    operation_id: approval.operationId,
    requester_key: accountKey(approval.requester),
    requester_person_key: approval.requesterPersonKey,
    args_hash: approval.argsHash,
    decided_by: approval.decidedBy && accountKey(approval.decidedBy),
    created_at: approval.createdAt,
    expires_at: approval.expiresAt,
    decided_at: approval.decidedAt,
  };
}

/** What second persons were asked. Of two decisions on one approval the second is a conflict. */
export function createApprovalStore({ knex, unreadable }: Database) {
  const store: Storage['approvals'] & Applies<ApprovalWrite> = {
    async find(id) {
      return readFirst(approvalRow, table, id, await knex(table).where({ id }).first());
    },

    async ofOperation(operationId) {
      const row = await knex(table).where({ operation_id: operationId }).orderBy('seq', 'desc').first();
      return readFirst(approvalRow, table, `of operation ${operationId}`, row);
    },

    async askedFrom(operationId) {
      const rows = await knex(table)
        .where({ operation_id: operationId })
        .distinct('requester_person_key as key');
      return rows.map((row) => readRow(askedFromRow, table, `of operation ${operationId}`, row).key);
    },

    async waiting(company) {
      const rows = await knex(table).where({ company, status: waiting }).orderBy(['created_at', 'seq']);
      return readableRows(approvalRow, table, rows, { unreadable });
    },

    async expired(now, limit) {
      const rows = await knex(table)
        .where({ status: waiting })
        .where('expires_at', '<=', now)
        .orderBy(['expires_at', 'seq'])
        .limit(limit);
      return readableRows(approvalRow, table, rows, { unreadable });
    },

    async apply(trx, writes) {
      for (const write of writes) {
        if ('add' in write) {
          const what = `approval ${write.add.id}`;
          await insertNew(trx, { table, unique: ['id'], what }, [rowFrom(write.add)]);
          continue;
        }
        const { id, status, by, answer = '', at } = write.decide;
        const decision = { status, decided_by: by && accountKey(by), decided_at: at, answer };
        const decided = await trx(table).where({ id, status: waiting }).update(decision);
        if (decided !== 1) throw new ConflictError(`approval ${id} is not waiting`);
      }
    },
  };
  return {
    ...store,
    /** Takes the typed words out of those that ended before this time (domain, ms). */
    async pruneReasons(before: number): Promise<void> {
      await knex(table)
        .whereNot({ status: waiting })
        .where((said) => said.whereNot({ reason: '' }).orWhereNot({ answer: '' }))
        .where('decided_at', '<', before)
        .update({ reason: '', answer: '' });
    },
  };
}
