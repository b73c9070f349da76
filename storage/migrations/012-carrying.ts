import type { Knex } from 'knex';

/**
 * What a client allowed names the operation that carries it on from the first moment, also where it stands still. Messages
 * are sent under a lease. Where a progress card stands is kept apart from the operation that it shows.
 */
export async function carrying(knex: Knex): Promise<void> {
  await knex.schema.alterTable('outbox', (table) => {
    table.text('lease_owner');
    table.bigInteger('lease_until');
  });
  await knex.schema.createTable('operation_cards', (table) => {
    table.text('operation_id').notNullable().primary();
    table.text('person_key').notNullable().index();
    table.text('card_key').notNullable();
  });
  await knex.raw(`insert into operation_cards (operation_id, person_key, card_key)
    select id, person_key, card_key from operations`);
  await knex.schema.alterTable('operations', (table) => {
    table.dropColumn('person_key');
    table.dropColumn('card_key');
  });
  const carriers: { id: string; company: string; args: string }[] = await knex('operations')
    .select('id', 'company', 'args')
    .where({ kind: 'delegate' });
  for (const { id, company, args } of carriers) {
    const { delegationId } = JSON.parse(args) as { delegationId?: string };
    await knex('delegations')
      .where({ id: delegationId ?? '', company })
      .whereNull('operation_id')
      .whereNotNull('answered_at')
      .whereNot({ state: 'declined' })
      .update({ operation_id: id, rev: knex.raw('rev + 1') });
  }
}
