import type { Knex } from 'knex';

/** Set-ups with product keys; there is no column for a key. */
export async function keySetups(knex: Knex): Promise<void> {
  await knex.schema.createTable('key_setups', (table) => {
    table.text('id').notNullable().primary();
    table.text('company').notNullable();
    table.text('client').notNullable();
    table.text('redeemer').notNullable();
    table.text('product').notNullable();
    table.text('partner_id').notNullable();
    table.text('done').notNullable();
    table.text('reported');
    table.text('status').notNullable();
    table.text('created_by').notNullable();
    table.text('created_by_name').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('rev').notNullable();
    table.index(['company', 'status', 'created_at']);
  });
}
