import type { Knex } from 'knex';

/** Offers with their published versions, what clients make of them, the timeline, and who clients were last. */
export async function offers(knex: Knex): Promise<void> {
  await knex.schema.createTable('offers', (table) => {
    table.text('id').notNullable().primary();
    table.text('company').notNullable();
    table.text('code').notNullable().unique();
    table.text('maker_key').notNullable();
    table.text('maker_name').notNullable();
    table.text('status').notNullable();
    table.integer('version').notNullable();
    table.text('draft');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('published_at');
    table.bigInteger('expires_at');
    table.bigInteger('rev').notNullable();
    table.index(['company', 'created_at', 'id']);
    table.index(['status', 'expires_at']);
  });

  await knex.schema.createTable('offer_versions', (table) => {
    table.text('offer_id').notNullable();
    table.integer('number').notNullable();
    table.text('terms').notNullable();
    table.text('signature').notNullable();
    table.text('contact').notNullable();
    table.text('hash').notNullable();
    table.text('by_key').notNullable();
    table.bigInteger('at').notNullable();
    table.bigInteger('expires_at').notNullable();
    table.primary(['offer_id', 'number']);
  });

  await knex.schema.createTable('acceptances', (table) => {
    table.text('id').notNullable().primary();
    table.text('offer_id').notNullable();
    table.text('company').notNullable();
    table.text('client_tenant_id').notNullable();
    table.text('client_name').notNullable();
    table.text('client_domain').notNullable();
    table.text('person').notNullable();
    table.text('state').notNullable();
    table.integer('version').notNullable();
    table.text('version_hash').notNullable();
    table.text('seats').notNullable();
    table.text('wish').notNullable();
    table.text('reason').notNullable();
    table.bigInteger('answered_at');
    table.text('confirmed_by');
    table.text('operation_id');
    table.text('order_id');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('rev').notNullable();
    table.unique(['offer_id', 'client_tenant_id']);
    table.index(['company', 'state']);
  });

  await knex.schema.createTable('offer_events', (table) => {
    table.bigIncrements('seq');
    table.text('id').notNullable().unique();
    table.text('offer_id').notNullable();
    table.text('company').notNullable();
    table.text('client');
    table.bigInteger('at').notNullable();
    table.text('kind').notNullable();
    table.text('by_name').notNullable();
    table.text('details').notNullable();
    table.index(['offer_id', 'seq']);
    table.index(['company', 'seq']);
  });

  await knex.schema.createTable('recent_clients', (table) => {
    table.text('company').notNullable();
    table.text('tenant_id').notNullable();
    table.text('name').notNullable();
    table.text('domain').notNullable();
    table.bigInteger('at').notNullable();
    table.primary(['company', 'tenant_id']);
    table.index(['company', 'at']);
  });
}
