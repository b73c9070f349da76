import type { Knex } from 'knex';

/** What whoever has the duty is to be told. What waited for one account before goes on waiting in the outbox. */
export async function notices(knex: Knex): Promise<void> {
  await knex.schema.createTable('notices', (table) => {
    table.increments('seq');
    table.text('id').notNullable().unique();
    table.text('company').notNullable();
    table.text('subject').notNullable();
    table.text('kind').notNullable();
    table.text('event_id');
    table.text('details').notNullable();
    table.text('by_key').index();
    table.bigInteger('at').notNullable();
    table.text('told_to').notNullable();
    table.bigInteger('told_at');
    table.bigInteger('everyone_at');
    table.text('status').notNullable();
    table.integer('rev').notNullable();
    table.index(['subject', 'status']);
    table.index(['company', 'status', 'kind']);
  });
  await knex.schema.alterTable('approvals', (table) => {
    table.text('answer').notNullable().defaultTo('');
  });
}
