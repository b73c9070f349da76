import type { Knex } from 'knex';

/** A statement may name a mailbox: the one of the company from which mails leave that nobody presses. */
export async function companyMailboxes(knex: Knex): Promise<void> {
  await knex.schema.alterTable('statements', (table) => {
    table.text('address');
  });
}
