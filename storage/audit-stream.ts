import type { Knex } from 'knex';
import type { ChainedRow } from './audit-hash.ts';

/** A row as it lies in the database, with what is kept beside it; whether it holds is not said. */
export interface StoredRow extends ChainedRow {
  /** Null: erased, or never there. */
  salt: string | null;
  text: string | null;
  folded: string | null;
}

/** Rows per query: years of history do not fit into memory. */
const batch = 1_000;

/** A company's rows in the order of their numbers; two of one number both come, should somebody have managed that. */
export async function* streamRows(knex: Knex, company: string): AsyncGenerator<StoredRow> {
  let after: { number: unknown; id: string } | undefined;
  for (;;) {
    const query = knex('audit_rows')
      .leftJoin('audit_texts', 'audit_texts.id', 'audit_rows.id')
      .where({ company })
      .orderBy(['audit_rows.number', 'audit_rows.id'])
      .limit(batch)
      .select('audit_rows.*', 'audit_texts.salt', 'audit_texts.text', 'audit_texts.folded');
    if (after !== undefined)
      query.whereRaw('(audit_rows.number > ? or (audit_rows.number = ? and audit_rows.id > ?))', [
        ...([after.number, after.number, after.id] as Knex.RawBinding[]),
      ]);
    const rows: StoredRow[] = await query;
    for (const row of rows) {
      // PostgreSQL gives 64-bit numbers as text.
      yield { ...row, number: Number(row.number), at: Number(row.at), continues: Number(row.continues) };
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = { number: last.number, id: last.id };
  }
}

/** Every company of which there is a row or a head. */
export async function companiesOf(knex: Knex): Promise<string[]> {
  const found: { company: string }[] = await knex('audit_rows')
    .distinct('company')
    .union(knex('audit_heads').select('company'));
  return found.map(({ company }) => company).toSorted();
}
