import type { Knex } from 'knex';

/** Whose day it is: the zone that a person's chat told last, and where a partner company lives. */
export async function zones(knex: Knex): Promise<void> {
  await knex.schema.alterTable('people', (table) => {
    table.text('zone');
  });
  await knex.schema.createTable('company_zones', (table) => {
    table.text('company').notNullable().primary();
    table.text('country');
    table.bigInteger('read_at');
    table.text('zone');
    table.text('by_key');
    table.text('by_name');
    table.bigInteger('at');
  });
}
