import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexModule from 'knex';
import { createStorage } from '../../storage/create-storage.ts';
import { migrationSource } from '../../storage/migrations/source.ts';
import { pruneAll } from '../helpers/prune-all.ts';

describe('a database from before people could be forgotten', () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'partner-bot-storage-'));
    file = join(directory, 'bot.sqlite');
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('gives lines of timelines from before to the one colleague of that name, and begins to count', async () => {
    const knex = knexModule.knex({
      client: 'sqlite3',
      connection: { filename: file },
      useNullAsDefault: true,
    });
    const released = (await migrationSource.getMigrations([])).filter(({ name }) => name < '008');
    await knex.migrate.latest({
      migrationSource: { ...migrationSource, getMigrations: async () => released },
    });
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
