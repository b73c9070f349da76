import { companiesOf, type StoredRow, streamRows } from './audit-stream.ts';
import { atOneMoment, type DatabaseAddress, openToRead } from './database.ts';

/** Which rows are written out; domain times, ms, both included. */
interface ExportQuery {
  company?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
}

/** Hands each row of the history to `write`, as one JSON text a row, with its number and hashes. Nothing is changed. */
export async function exportHistory(
  address: DatabaseAddress,
  { company, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: ExportQuery,
  write: (line: string) => Promise<void>,
): Promise<void> {
  const knex = openToRead(address);
  try {
    await atOneMoment(knex, async (trx) => {
      for (const each of company === undefined ? await companiesOf(trx) : [company]) {
        for await (const row of streamRows(trx, each)) {
          if (row.at >= from && row.at <= to) await write(lineOf(row));
        }
      }
    });
  } finally {
    await knex.destroy();
  }
}

/** Times as ISO 8601 in UTC; `personal` is null where there is nothing, or where it was erased by request. */
function lineOf({ salt: _salt, folded: _folded, text, details, at, continues, ...row }: StoredRow): string {
  const { operation_id: operationId, actor_key: actor, object_folded: _name, ...same } = row;
  return JSON.stringify({
    ...{ ...same, at: new Date(at).toISOString(), operationId, actor, continues: continues === 1 },
    details: JSON.parse(details),
    personal: text === null ? null : JSON.parse(text),
  });
}
