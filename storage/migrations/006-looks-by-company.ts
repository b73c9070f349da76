import type { Knex } from 'knex';

/** What the daily look asks of a whole company: its running operations, and all delegations with one client. */
export async function looksByCompany(knex: Knex): Promise<void> {
  await knex.schema.alterTable('operations', (table) => {
    table.index(['company', 'status']);
  });
  await knex.schema.alterTable('delegations', (table) => {
    table.index(['company', 'client_tenant_id']);
  });
}
