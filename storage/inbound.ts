import { z } from 'zod';
import type { InboundAnswer } from './changes.ts';
import type { Database } from './database.ts';
import { integer, json, jsonText, readFirst } from './rows.ts';
import type { Storage } from './storage.ts';
import { type Applies, deleteInSteps, insertNew } from './writes.ts';

const table = 'inbound';
const inboundRow = z
  .object({
    conversation_key: z.string(),
    activity_id: z.string(),
    answer: jsonText(z.object({ status: z.number(), body: json }).nullable()),
    at: integer,
  })
  .transform((row): InboundAnswer => {
    return {
      conversationKey: row.conversation_key,
      activityId: row.activity_id,
      answer: row.answer,
      at: row.at,
    };
  });

/** Answered activities. Of two commits for one activity the second is a conflict, so a turn happens once. */
export function createInboundStore({ knex }: Database) {
  const store: Storage['inbound'] & Applies<InboundAnswer> = {
    async find(conversationKey, activityId) {
      const row = await knex(table)
        .where({ conversation_key: conversationKey, activity_id: activityId })
        .first();
      return readFirst(inboundRow, table, `${conversationKey} ${activityId}`, row);
    },

    async lastAt(conversationKey) {
      const [last] = await knex(table).where({ conversation_key: conversationKey }).max('at as at');
      return integer.nullable().parse(last?.['at'] ?? null) ?? undefined;
    },

    async apply(trx, writes) {
      const rows = writes.map((write) => ({
        conversation_key: write.conversationKey,
        activity_id: write.activityId,
        answer: JSON.stringify(write.answer),
        at: write.at,
      }));
      const unique = ['conversation_key', 'activity_id'];
      await insertNew(trx, { table, unique, what: 'the answer to this activity' }, rows);
    },
  };
  return {
    ...store,
    /** Deletes answers from before this time (real, ms). */
    prune: (before: number) =>
      deleteInSteps(knex, { table, primary: 'seq' }, (rows) => rows.where('at', '<', before)),
  };
}
