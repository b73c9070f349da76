import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexModule, { type Knex } from 'knex';
import { createStorage } from '../../storage/create-storage.ts';
import { migrationSource } from '../../storage/migrations/source.ts';
import { pruneAll } from '../helpers/prune-all.ts';

describe('a database from before', () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'partner-bot-storage-'));
    file = join(directory, 'bot.sqlite');
  });
  afterEach(() => rm(directory, { recursive: true }));

  /** As the migrations before this one left it. */
  async function released(before: string): Promise<Knex> {
    const knex = knexModule.knex({
      client: 'sqlite3',
      connection: { filename: file },
      useNullAsDefault: true,
    });
    const earlier = (await migrationSource.getMigrations([])).filter(({ name }) => name < before);
    await knex.migrate.latest({
      migrationSource: { ...migrationSource, getMigrations: async () => earlier },
    });
    return knex;
  }

  it('has what clients allowed carried by the operation that was begun for it', async () => {
    const knex = await released('012');
    const carrier = (id: string, delegationId: string) => ({
      ...{ id, kind: 'delegate', schema: 1, version: 1, status: 'waiting-sign-in', company: 'tenant-1' },
      ...{ actor_key: 'tenant-1/lan', person_key: 'p', args: JSON.stringify({ delegationId }), steps: '[]' },
      ...{ card_key: 'c', drawn: 0, created_at: 1 },
    });
    await knex('operations').insert([carrier('o', 'd'), carrier('other', 'e'), carrier('late', 'f')]);
    const row = (id: string, more: object = {}) => ({
      ...{ id, company: 'tenant-1', client_tenant_id: id, client_name: 'C', client_domain: 'c.example' },
      ...{ offer_id: 'offer', terms: '{}', state: 'requested', status: '', answered_at: 1, was_usable: 0 },
      ...{ reminded: '[]', reason: '', created_at: 1, rev: 4 },
      ...more,
    });
    await knex('delegations').insert([
      row('d'),
      row('e', { operation_id: 'first' }),
      row('f', { state: 'declined' }),
    ]);
    await knex.destroy();
    const storage = await createStorage({ file, vaultKey: randomBytes(32) });
    const { personKey, cardKey } = (await storage.operations.find('o')) ?? {};
    assert.deepEqual([personKey, cardKey], ['p', 'c']);
    const kept = await Promise.all(['d', 'e', 'f'].map(storage.delegations.find));
    assert.deepEqual(
      kept.map((each) => [each?.operationId, each?.rev]),
      [
        ['o', 5],
        ['first', 4],
        [null, 4],
      ],
    );
    await storage.close();
  });

  it('gives lines of timelines from before to the one colleague of that name, and begins to count', async () => {
    const knex = await released('008');
    const account = { sign_in_name: 's', company_name: 'c' };
    const named = ['a/lan Lan', 'a/two Hoa', 'a/three Hoa', 'b/ana Ana'].map((each) => each.split(' '));
    await knex('accounts').insert(named.map(([key, display_name]) => ({ ...account, key, display_name })));
    const line = { offer_id: 'o', company: 'a', at: 1, kind: 'published', details: '{}' };
    await knex('offer_events').insert([
      { ...line, id: '1', by_name: 'Lan' },
      { ...line, id: '2', by_name: 'Hoa' },
      { ...line, id: '3', by_name: 'Ana' },
      { ...line, id: '4', by_name: '' },
      { ...line, id: '5', by_name: 'Lan', client: 'x' },
    ]);
    await knex('state').insert({ key: 'k', version: 1, schema: 1, body: '{}' });
    await knex.destroy();
    const storage = await createStorage({ file, vaultKey: randomBytes(32) });
    const events = await storage.offerEvents.ofOffer('o', 9);
    assert.deepEqual(
      events.toReversed().map(({ by }) => by?.objectId),
      ['lan', undefined, undefined, undefined, undefined],
    );
    await pruneAll(storage, { real: Date.now(), domain: 0 });
    assert.ok(await storage.state.find('k'));
    await storage.close();
  });
});
