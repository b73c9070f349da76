import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { type ChainedRow, commitmentTo, hashOf, newSalt, noRow } from '../audit-hash.ts';
import { folded } from '../like.ts';

/** Read and written at a time: a history of years does not fit into memory. */
const batch = 500;

/** Acts of a second person, or of a colleague: each is an act of its own. */
const ownActs = ['approve', 'decline', 'withdraw', 'stop-order', 'take-over', 'reveal-password'];

/**
 * The history becomes one chain of rows for each company, with what of a person may be erased beside it. Rows from before
 * are chained in their order, and the head says how many they were: nothing tells whether they were touched earlier. A
 * migration has no key, so the heads are authenticated by the start that ran it (`storage/audit-chain.ts`).
 */
export async function historyChain(knex: Knex): Promise<void> {
  await knex.schema.createTable('audit_rows', (table) => {
    table.text('company').notNullable();
    table.bigInteger('number').notNullable();
    table.text('id').notNullable().unique();
    table.bigInteger('at').notNullable();
    table.text('operation_id').notNullable().index();
    table.text('actor_key').notNullable().index();
    table.text('client').notNullable();
    table.text('verb').notNullable();
    table.text('object').notNullable();
    table.text('object_folded').notNullable();
    table.text('outcome').notNullable();
    table.integer('continues').notNullable();
    table.text('details').notNullable();
    table.text('commitment').notNullable();
    table.text('previous').notNullable();
    table.text('hash').notNullable();
    table.primary(['company', 'number']);
    table.index(['company', 'continues', 'number']);
  });
  await knex.schema.createTable('audit_texts', (table) => {
    table.text('id').notNullable().primary();
    table.text('salt');
    table.text('text');
    table.text('folded').notNullable().index();
  });
  await knex.schema.createTable('audit_heads', (table) => {
    table.text('company').notNullable().primary();
    table.bigInteger('count').notNullable();
    table.text('hash').notNullable();
    table.bigInteger('chained_later').notNullable();
    table.text('mac').notNullable();
  });
  await chainAll(knex);
  await knex.schema.dropTable('audit');
  await guard(knex);
}

interface OldRow {
  seq: number | string;
  id: string;
  at: number | string;
  operation_id: string;
  actor_key: string;
  company: string;
  verb: string;
  object: string;
  outcome: string;
  details: string;
}

interface Chain {
  heads: Map<string, { count: number; hash: string }>;
  /** Operations that have a line; what else is of them belongs to it. */
  begun: Set<string>;
}

async function chainAll(knex: Knex): Promise<void> {
  const chain: Chain = { heads: new Map(), begun: new Set() };
  let after = -1;
  for (;;) {
    const old: OldRow[] = await knex('audit').where('seq', '>', after).orderBy('seq').limit(batch);
    const rows = old.map((row) => chained(row, chain));
    for (let from = 0; from < rows.length; from += 50) {
      const part = rows.slice(from, from + 50);
      await knex('audit_rows').insert(part.map(({ row }) => row));
      await knex('audit_texts').insert(part.map(({ text }) => text));
    }
    const last = old.at(-1);
    if (last === undefined) break;
    after = Number(last.seq);
  }
  for (const [company, { count, hash }] of chain.heads) {
    await knex('audit_heads').insert({ company, count, hash, chained_later: count, mac: '' });
  }
}

/** All objects of before are taken for persons: some are, and nothing is lost by it. */
function chained(old: OldRow, { heads, begun }: Chain) {
  const { company, operation_id, verb, outcome } = old;
  const { count, hash: previous } = heads.get(company) ?? { count: 0, hash: noRow };
  const salt = newSalt();
  const text = JSON.stringify({ object: old.object });
  const isResult = begun.has(operation_id) && outcome !== 'intended' && !ownActs.includes(verb);
  if (operation_id !== '' && !ownActs.includes(verb)) begun.add(operation_id);
  const row: Omit<ChainedRow, 'hash'> = {
    ...{ company, number: count + 1, id: old.id || randomUUID(), at: Number(old.at), operation_id },
    ...{ actor_key: old.actor_key, client: '', verb, object: '', object_folded: '', outcome },
    ...{ continues: isResult ? 1 : 0, details: old.details, commitment: commitmentTo(text, salt), previous },
  };
  const hash = hashOf(row);
  heads.set(company, { count: count + 1, hash });
  return { row: { ...row, hash }, text: { id: row.id, salt, text, folded: folded(old.object) } };
}

/**
 * Rows are added and never changed; heads only go forward; personal texts are only erased. Whoever may drop the triggers
 * can do otherwise, and is found by `npm run audit:verify`.
 */
async function guard(knex: Knex): Promise<void> {
  const isPostgres = knex.client.config.client === 'pg';
  const rules: { table: string; on: 'update' | 'delete'; when?: string }[] = [
    { table: 'audit_rows', on: 'update' },
    { table: 'audit_rows', on: 'delete' },
    { table: 'audit_heads', on: 'update', when: "new.count <= old.count and old.mac <> ''" },
    { table: 'audit_heads', on: 'delete' },
    { table: 'audit_texts', on: 'update', when: 'new.text is not null or new.salt is not null' },
    { table: 'audit_texts', on: 'delete' },
  ];
  if (isPostgres) {
    await knex.raw(`create function refuse_audit_change() returns trigger language plpgsql as $$
      begin raise exception 'the history is only added to'; end $$`);
  }
  for (const { table, on, when } of rules) {
    const name = `${table}_no_${on}`;
    const condition = when === undefined ? '' : `when (${when})`;
    await knex.raw(
      isPostgres
        ? `create trigger ${name} before ${on} on ${table} for each row ${condition}
           execute function refuse_audit_change()`
        : `create trigger ${name} before ${on} on ${table} for each row ${condition}
           begin select raise(abort, 'the history is only added to'); end`,
    );
  }
  if (!isPostgres) return;
  for (const table of ['audit_rows', 'audit_heads', 'audit_texts']) {
    await knex.raw(`create trigger ${table}_no_truncate before truncate on ${table}
      for each statement execute function refuse_audit_change()`);
  }
}
