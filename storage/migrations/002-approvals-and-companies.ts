import type { Knex } from 'knex';

/** Second persons, what a company says about itself, opinions on help, and the audit as its company searches it. */
export async function approvalsAndCompanies(knex: Knex): Promise<void> {
  await knex.schema.alterTable('operations', (table) => {
    table.text('approved_by');
  });

  await knex.schema.createTable('approvals', (table) => {
    table.bigIncrements('seq');
    table.text('id').notNullable().unique();
    table.text('operation_id').notNullable().index();
    table.text('company').notNullable();
    table.text('requester_key').notNullable();
    table.text('requester_person_key').notNullable();
    table.text('capability').notNullable();
    table.text('verb').notNullable();
    table.text('object').notNullable();
    table.text('reason').notNullable();
    table.text('args_hash').notNullable();
    table.text('status').notNullable();
    table.text('decided_by');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at').notNullable();
    table.bigInteger('decided_at');
    table.index(['status', 'expires_at']);
    table.index(['company', 'status']);
  });

  await knex.schema.createTable('confirmations', (table) => {
    table.text('company').notNullable().primary();
    table.text('hash').notNullable();
    table.text('by_key').notNullable();
    table.text('by_name').notNullable();
    table.bigInteger('at').notNullable();
  });

  await knex.schema.createTable('statements', (table) => {
    table.text('company').notNullable();
    table.text('authorisation').notNullable();
    table.text('value').notNullable();
    table.text('by_key').notNullable();
    table.text('by_name').notNullable();
    table.bigInteger('at').notNullable();
    table.primary(['company', 'authorisation']);
  });

  await knex.schema.createTable('colleagues', (table) => {
    table.text('company').notNullable().primary();
    table.text('account_key').notNullable();
    table.text('name').notNullable();
    table.text('set_by').notNullable();
    table.bigInteger('at').notNullable();
  });

  await knex.schema.createTable('opinions', (table) => {
    table.text('topic').notNullable().primary();
    table.bigInteger('up').notNullable();
    table.bigInteger('down').notNullable();
  });

  await knex.schema.alterTable('audit', (table) => {
    table.text('object_folded');
    table.index(['company', 'seq']);
  });
  await foldAuditObjects(knex);
}

const rowsAtOnce = 500;

/** In JavaScript and as it was when this was released: the databases cannot, and rows must not change meaning. */
async function foldAuditObjects(knex: Knex): Promise<void> {
  for (;;) {
    const rows: { id: string; object: string }[] = await knex('audit')
      .select('id', 'object')
      .whereNull('object_folded')
      .limit(rowsAtOnce);
    for (const { id, object } of rows) {
      await knex('audit')
        .where({ id })
        .update({ object_folded: object.normalize('NFC').toLowerCase() });
    }
    if (rows.length < rowsAtOnce) return;
  }
}
