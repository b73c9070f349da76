import type { Knex } from 'knex';

/**
 * What a client allowed names the operation that carries it on from the first moment, also where it stands still. Messages
 * are sent under a lease.
 */
export async function carrying(knex: Knex): Promise<void> {
  await knex.schema.alterTable('outbox', (table) => {
    table.text('lease_owner');
    table.bigInteger('lease_until');
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
