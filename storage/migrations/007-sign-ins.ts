import type { Knex } from 'knex';

/**
 * A sign-in's tokens get a row of their own whose number says which sign-in it is; tries are counted apart from what
 * they are tries of. What lay in the vault is taken over as it is.
 */
export async function signInsAsRows(knex: Knex): Promise<void> {
  await knex.schema.createTable('tokens', (table) => {
    table.bigIncrements('generation');
    table.text('account_key').notNullable().unique();
    table.text('key_id').notNullable();
    table.binary('nonce').notNullable();
    table.binary('sealed').notNullable();
  });
  const stored: { key: string; key_id: string; nonce: Buffer; sealed: Buffer }[] = await knex('vault')
    .where('key', 'like', 'tokens:%')
    .orderBy('key');
  for (const { key, ...sealed } of stored) {
    await knex('tokens').insert({ account_key: key.slice('tokens:'.length), ...sealed });
  }
  await knex('vault').where('key', 'like', 'tokens:%').del();

  await knex.schema.createTable('attempts', (table) => {
    table.text('id').notNullable().primary();
    table.text('what').notNullable();
    table.text('who').notNullable();
    table.bigInteger('at').notNullable().index();
    table.index(['what', 'who', 'at']);
  });
  await knex.schema.alterTable('sign_ins', (table) => {
    table.dropColumn('tries');
    table.dropColumn('return_to');
  });
  await knex.schema.alterTable('operations', (table) => {
    table.bigInteger('refused_generation');
  });
  await knex.schema.alterTable('accounts', (table) => {
    table.text('cloud');
  });
  await knex.schema.createTable('sign_outs', (table) => {
    table.text('account_key').notNullable().primary();
    table.bigInteger('at').notNullable().index();
  });
}
