import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import { isNoticeSubject, type Notice, type NoticeSubject, noticeKinds } from '../partner/notices.ts';
import { ConflictError, type NoticeWrite } from './changes.ts';
import type { Database } from './database.ts';
import { accountRef, integer, jsonObject, jsonText, readableRows, readFirst } from './rows.ts';
import type { Storage } from './storage.ts';
import { type Applies, deleteInSteps, insertNew } from './writes.ts';

const table = 'notices';
const isOpen = { status: 'open' satisfies Notice['status'] };

const subject = z.custom<NoticeSubject>(isNoticeSubject);
const noticeRow = z
  .object({
    id: z.string(),
    company: z.string(),
    subject,
    kind: z.enum(noticeKinds),
    event_id: z.string().nullable(),
    details: jsonText(jsonObject),
    by_key: accountRef.nullable(),
    at: integer,
    told_to: jsonText(z.array(z.string())),
    told_at: integer.nullable(),
    everyone_at: integer.nullable(),
    status: z.enum(['open', 'over']),
    rev: integer,
  })
  .transform((row): Notice => {
    const { event_id, by_key, told_to, told_at, everyone_at, ...same } = row;
    return {
      ...{ ...same, eventId: event_id, by: by_key },
      ...{ toldTo: told_to, toldAt: told_at, everyoneAt: everyone_at },
    };
  });

/** What is to be told to whoever has the duty; of two saves from the same `rev` the second is a conflict. */
export function createNoticeStore({ knex, unreadable }: Database) {
  const store: Storage['notices'] & Applies<NoticeWrite> = {
    async find(id) {
      return readFirst(noticeRow, table, id, await knex(table).where({ id }).first());
    },

    async open(about) {
      const rows = await knex(table)
        .where({ subject: about, ...isOpen })
        .orderBy('seq');
      return readableRows(noticeRow, table, rows, { unreadable });
    },

    async ofKind(company, kind) {
      const rows = await knex(table)
        .where({ company, kind, ...isOpen })
        .orderBy('seq');
      return readableRows(noticeRow, table, rows, { unreadable });
    },

    async lastTold(about, kind) {
      const [last] = await knex(table).where({ subject: about, kind }).max('told_at as at');
      return integer.nullable().parse(last?.['at'] ?? null) ?? undefined;
    },

    async seeking(company) {
      const rows = await knex(table)
        .where({ company, ...isOpen })
        .where((some) => some.whereNull('told_at').orWhereNotNull('everyone_at'))
        .distinct('subject');
      return rows.map((row) => subject.parse(row.subject));
    },

    async apply(trx, writes) {
      for (const write of writes) {
        if ('add' in write) {
          await insertNew(trx, { table, unique: ['id'], what: 'this notice' }, [rowFrom(write.add)]);
          continue;
        }
        const { id, toldAt, everyoneAt, status, rev } = write.save;
        const told = { told_to: JSON.stringify(write.save.toldTo), told_at: toldAt, everyone_at: everyoneAt };
        const updated = await trx(table)
          .where({ id, rev })
          .update({ ...told, status, rev: rev + 1 });
        if (updated !== 1) throw new ConflictError(`notice ${id} has changed since ${rev}`);
      }
    },
  };
  return {
    ...store,
    /** Deletes those that are over and from before this time (domain, ms). */
    prune: (before: number) =>
      deleteInSteps(knex, { table, primary: 'seq' }, (rows) =>
        rows.where({ status: 'over' satisfies Notice['status'] }).where('at', '<', before),
      ),
  };
}

function rowFrom(notice: Notice) {
  const { id, company, kind, at, status, rev } = notice;
  return {
    ...{ id, company, subject: notice.subject, kind, at, status, rev },
    event_id: notice.eventId,
    details: JSON.stringify(notice.details),
    by_key: notice.by && accountKey(notice.by),
    told_to: JSON.stringify(notice.toldTo),
    told_at: notice.toldAt,
    everyone_at: notice.everyoneAt,
  };
}
