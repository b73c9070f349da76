import type { Knex } from 'knex';

/**
 * From when on things are no longer needed, and whose words are whose. What was there before counts from this moment on;
 * lines of offers' timelines become the one colleague's who has the name that stands there.
 */
export async function whatIsKept(knex: Knex): Promise<void> {
  const now = Date.now();
  await knex.schema.alterTable('people', (table) => {
    table.bigInteger('seen_at').index();
  });
  await knex.schema.alterTable('accounts', (table) => {
    table.bigInteger('unbound_since').index();
  });
  await knex.schema.alterTable('state', (table) => {
    table.bigInteger('written_at').index();
  });
  await knex('state').update({ written_at: now });
  await knex.schema.alterTable('operations', (table) => {
    table.bigInteger('ended_at').index();
  });
  await knex('operations').whereIn('status', ['done', 'failed', 'cancelled']).update({ ended_at: now });
  await knex.schema.alterTable('offer_events', (table) => {
    table.text('by_key').index();
  });
  const namesake = `from accounts where accounts.key like offer_events.company || '/%'
    and accounts.display_name = offer_events.by_name`;
  await knex.raw(`update offer_events set by_key = (select accounts.key ${namesake})
    where client is null and by_name <> '' and (select count(*) ${namesake}) = 1`);
}
