import type { Knex } from 'knex';

/**
 * The first tables. Times are milliseconds since 1970 in 64-bit integers, JSON is text (PostgreSQL's own JSON
 * types reorder keys), yes/no is 0 or 1: both databases hand the same values back.
 */
export async function firstTables(knex: Knex): Promise<void> {
  await knex.schema.createTable('state', (table) => {
    table.text('key').notNullable().primary();
    table.bigInteger('version').notNullable();
    table.integer('schema').notNullable();
    table.text('body').notNullable();
  });

  await knex.schema.createTable('inbound', (table) => {
    table.bigIncrements('seq');
    table.text('conversation_key').notNullable();
    table.text('activity_id').notNullable();
    table.text('answer').notNullable();
    table.bigInteger('at').notNullable().index();
    table.unique(['conversation_key', 'activity_id']);
  });

  await knex.schema.createTable('people', (table) => {
    table.text('key').notNullable().primary();
    table.text('reference');
    table.text('language');
    table.text('account_key').index();
    table.bigInteger('welcomed_at');
    table.bigInteger('version').notNullable();
  });

  await knex.schema.createTable('accounts', (table) => {
    table.text('key').notNullable().primary();
    table.text('display_name').notNullable();
    table.text('sign_in_name').notNullable();
    table.text('company_name').notNullable();
    table.text('wids');
  });

  await knex.schema.createTable('sign_ins', (table) => {
    table.bigIncrements('seq');
    table.text('state').notNullable().unique();
    table.text('person_key').notNullable().index();
    table.text('conversation_key').notNullable();
    table.text('return_to');
    table.bigInteger('expires_at').notNullable().index();
    table.text('status').notNullable();
    table.text('account_key');
    table.text('code_hash');
    table.integer('tries').notNullable();
  });

  await knex.schema.createTable('outbox', (table) => {
    table.bigIncrements('seq');
    table.text('key').notNullable().unique();
    table.text('conversation_key').notNullable();
    table.text('reference').notNullable();
    table.text('activity').notNullable();
    table.text('replaces');
    table.integer('passing').notNullable();
    table.text('for_account');
    table.text('status').notNullable();
    table.integer('attempts').notNullable();
    table.text('channel_activity_id');
    table.bigInteger('not_before').notNullable();
    table.bigInteger('ended_at').index();
    table.index(['status', 'for_account', 'conversation_key', 'seq']);
  });

  await knex.schema.createTable('card_actions', (table) => {
    table.text('nonce').notNullable().primary();
    table.text('verb').notNullable();
    table.integer('schema').notNullable();
    table.text('person_key').notNullable();
    table.text('account_key');
    table.text('company');
    table.text('args').notNullable();
    table.bigInteger('expires_at').notNullable().index();
    table.bigInteger('used_at');
  });

  await knex.schema.createTable('operations', (table) => {
    table.text('id').notNullable().primary();
    table.text('kind').notNullable();
    table.integer('schema').notNullable();
    table.bigInteger('version').notNullable();
    table.text('status').notNullable();
    table.text('actor_key').notNullable();
    table.text('person_key').notNullable();
    table.text('company').notNullable();
    table.text('args').notNullable();
    table.text('steps').notNullable();
    table.text('card_key').notNullable();
    table.integer('drawn').notNullable();
    table.bigInteger('created_at').notNullable();
    table.index(['actor_key', 'status']);
  });

  await knex.schema.createTable('audit', (table) => {
    table.bigIncrements('seq');
    table.text('id').notNullable().unique();
    table.bigInteger('at').notNullable();
    table.text('operation_id').notNullable().index();
    table.text('actor_key').notNullable();
    table.text('company').notNullable();
    table.text('verb').notNullable();
    table.text('object').notNullable();
    table.text('outcome').notNullable();
    table.text('details').notNullable();
  });

  await knex.schema.createTable('jobs', (table) => {
    table.text('key').notNullable().primary();
    table.text('kind').notNullable();
    table.text('args').notNullable();
    table.bigInteger('due_real').index();
    table.bigInteger('due_domain').index();
    table.integer('attempts').notNullable();
    table.text('lease_owner');
    table.bigInteger('lease_until');
  });

  await knex.schema.createTable('vault', (table) => {
    table.text('key').notNullable().primary();
    table.text('key_id').notNullable();
    table.binary('nonce').notNullable();
    table.binary('sealed').notNullable();
    table.bigInteger('expires_at').index();
  });
}
