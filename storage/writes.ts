import type { Knex } from 'knex';
import { ConflictError } from './changes.ts';

/** A store's share of a commit: plain SQL inside the given transaction. Throws ConflictError when a guard fails. */
export interface Applies<Write> {
  apply(trx: Knex.Transaction, writes: readonly Write[]): Promise<void>;
}

/** Rows per statement; SQLite takes 500 terms in the kind of insert that is built for many rows. */
const insertSize = 100;

/** Inserts rows that must not be there yet; one that is throws ConflictError naming `what`. */
export async function insertNew(
  trx: Knex.Transaction,
  target: { table: string; unique: string[]; what: string },
  rows: readonly object[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += insertSize) {
    const part = rows.slice(from, from + insertSize);
    // Ignoring and counting: a failed statement would end the whole transaction on PostgreSQL.
    const inserted: unknown[] = await trx(target.table)
      .insert(part)
      .onConflict(target.unique)
      .ignore()
      .returning(target.unique);
    if (inserted.length !== part.length) throw new ConflictError(`${target.what} is there already`);
  }
}

/** Rows per delete, so that commits get their turn in between. */
const deleteSize = 500;

/** Deletes what `condition` selects, in small steps of their own; answers how many rows went. */
export async function deleteInSteps(
  knex: Knex,
  target: { table: string; primary: string },
  condition: (rows: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<number> {
  let total = 0;
  for (;;) {
    const doomed = condition(knex(target.table).select(target.primary)).limit(deleteSize);
    const deleted = await knex(target.table).whereIn(target.primary, doomed).del();
    total += deleted;
    if (deleted < deleteSize) return total;
  }
}
