import type { Knex } from 'knex';

/** Delegated administration of clients; an absent offer or relationship is equal to no other one. */
export async function delegations(knex: Knex): Promise<void> {
  await knex.schema.createTable('delegations', (table) => {
    table.text('id').notNullable().primary();
    table.text('company').notNullable();
    table.text('client_tenant_id').notNullable();
    table.text('client_name').notNullable();
    table.text('client_domain').notNullable();
    table.text('offer_id');
    table.text('terms').notNullable();
    table.text('person');
    table.text('maker_key');
    table.text('state').notNullable();
    table.text('status').notNullable();
    table.text('relationship_id');
    table.text('operation_id');
    table.bigInteger('answered_at');
    table.bigInteger('ends_at');
    table.integer('was_usable').notNullable();
    table.text('reminded').notNullable();
    table.text('reason').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('rev').notNullable();
    table.unique(['offer_id', 'client_tenant_id']);
    table.unique(['company', 'relationship_id']);
    table.index(['company', 'state', 'ends_at']);
  });
}
