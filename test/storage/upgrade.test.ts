import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexModule, { type Knex } from 'knex';
import type { SealedHead } from '../../storage/audit-chain.ts';
import { createHeadSeal } from '../../storage/audit-hash.ts';
import { loggedHead, verifyHistory } from '../../storage/audit-verification.ts';
import { createStorage } from '../../storage/create-storage.ts';
import { migrationSource } from '../../storage/migrations/source.ts';
import type { Storage } from '../../storage/storage.ts';
import { pruneAll } from '../helpers/prune-all.ts';
import { deed } from './samples.ts';

/** The tables as they were before this migration. */
async function databaseBefore(file: string, migration: string): Promise<Knex> {
  const knex = knexModule.knex({
    client: 'sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
  });
  const released = (await migrationSource.getMigrations([])).filter(({ name }) => name < migration);
  await knex.migrate.latest({ migrationSource: { ...migrationSource, getMigrations: async () => released } });
  return knex;
}

describe('a database from before the history was a chain', () => {
  const vaultKey = randomBytes(32);
  const seal = createHeadSeal(vaultKey);
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'partner-bot-storage-'));
    file = join(directory, 'bot.sqlite');
    const knex = await databaseBefore(file, '010');
    const row = (seq: number, more: object) => ({
      ...{ seq, id: `row-${seq}`, at: seq, operation_id: '', actor_key: 'tenant-1/lan', company: 'tenant-1' },
      ...{ verb: 'block-user', object: 'Đức@x', object_folded: 'đức@x', outcome: 'done', details: '{}' },
      ...more,
    });
    await knex('audit').insert([
      row(2, { operation_id: 'o', outcome: 'intended' }),
      row(3, { company: 'tenant-2', actor_key: 'tenant-2/ana', verb: 'reveal-password' }),
      row(5, { operation_id: 'o', verb: 'approve', actor_key: 'tenant-1/minh' }),
      row(9, { operation_id: 'o' }),
    ]);
    // More than are read at a time.
    for (let from = 10; from < 1_210; from += 50)
      await knex('audit').insert(Array.from({ length: 50 }, (_, index) => row(from + index, {})));
    await knex.destroy();
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('has its rows chained in their order, each act on one line, and says how many they were', async () => {
    const logged: SealedHead[] = [];
    const info = (facts: object) =>
      void logged.push(...[loggedHead(JSON.stringify(facts))].filter((each) => !!each));
    const storage = await createStorage({
      ...{ file, vaultKey },
      log: { info, warn: () => undefined, error: () => undefined },
    });
    const acts = await storage.audit.ofCompany('tenant-1', { limit: 2_000, object: 'đức' });
    assert.equal(acts.length, 1_202);
    assert.deepEqual(
      acts.slice(-2).map(({ verb, number, at, ofOperation }) => [verb, number, at, ofOperation.length]),
      [
        ['approve', 2, 5, 3],
        ['block-user', 1, 2, 3],
      ],
    );
    await storage.commit({ deeds: [deed(7)] });
    await storage.close();
    const verified = await verifyHistory({ file }, { seal, logged });
    assert.deepEqual(
      verified.map(({ rows, faults, head }) => [rows, faults, head?.chained_later]),
      [
        [1_204, [], 1_203],
        [1, [], 1],
      ],
    );
    // Two heads of the migration, and the one after it.
    assert.deepEqual(
      logged.map(({ company, count }) => [company, count]),
      [
        ['tenant-1', 1_203],
        ['tenant-2', 1],
        ['tenant-1', 1_204],
      ],
    );
  });

  it('is authenticated by the start that ran the migration, and by no later one', async () => {
    const knex = await databaseBefore(file, '011');
    await knex.destroy();
    // The process ended right after the migration: nobody can say any more that the heads are its own.
    await (await createStorage({ file, vaultKey })).close();
    const verified = await verifyHistory({ file }, { seal });
    assert.deepEqual(
      verified.flatMap(({ faults }) => faults.map(({ what }) => what)),
      ['head-unsealed', 'head-unsealed'],
    );
  });
});

describe('a database from before', () => {
  let directory: string;
  let file: string;
  let storage: Storage | undefined;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'partner-bot-storage-'));
    file = join(directory, 'bot.sqlite');
  });
  afterEach(async () => {
    await storage?.close();
    await rm(directory, { recursive: true });
  });

  /** As the version before this migration left it, brought up to date. */
  async function upgradedFrom(migration: string, fill: (knex: Knex) => Promise<void>): Promise<Storage> {
    const knex = await databaseBefore(file, migration);
    await fill(knex);
    await knex.destroy();
    storage = await createStorage({ file, vaultKey: randomBytes(32) });
    return storage;
  }

  it('has what clients allowed carried by the operation that was begun for it', async () => {
    const carrier = (id: string, delegationId: string) => ({
      ...{ id, kind: 'delegate', schema: 1, version: 1, status: 'waiting-sign-in', company: 'tenant-1' },
      ...{ actor_key: 'tenant-1/lan', person_key: 'p', args: JSON.stringify({ delegationId }), steps: '[]' },
      ...{ card_key: 'c', drawn: 0, created_at: 1 },
    });
    const row = (id: string, more: object = {}) => ({
      ...{ id, company: 'tenant-1', client_tenant_id: id, client_name: 'C', client_domain: 'c.example' },
      ...{ offer_id: 'offer', terms: '{}', state: 'requested', status: '', answered_at: 1, was_usable: 0 },
      ...{ reminded: '[]', reason: '', created_at: 1, rev: 4 },
      ...more,
    });
    const upgraded = await upgradedFrom('012', async (knex) => {
      await knex('operations').insert([carrier('o', 'd'), carrier('other', 'e'), carrier('late', 'f')]);
      await knex('delegations').insert([
        row('d'),
        row('e', { operation_id: 'first' }),
        row('f', { state: 'declined' }),
      ]);
    });
    const { personKey, cardKey } = (await upgraded.operations.find('o')) ?? {};
    assert.deepEqual([personKey, cardKey], ['p', 'c']);
    const kept = await Promise.all(['d', 'e', 'f'].map(upgraded.delegations.find));
    assert.deepEqual(
      kept.map((each) => [each?.operationId, each?.rev]),
      [
        ['o', 5],
        ['first', 4],
        [null, 4],
      ],
    );
  });

  it('keeps who asked for no more mails, with the address where it can only have been one', async () => {
    const line = { company: 'a', at: 1, by_name: '', client: null };
    const upgraded = await upgradedFrom('014', async (knex) => {
      const row = (id: string, offer_id: string, kind: string, details: object) => ({
        ...{ ...line, id, offer_id, kind, details: JSON.stringify(details) },
      });
      await knex('offer_events').insert([
        row('1', 'one', 'sent', { to: 'Hoa@fabrikam.vn' }),
        row('2', 'one', 'noted', { what: 'stop' }),
        row('3', 'two', 'sent', { to: 'an@fabrikam.vn' }),
        row('4', 'two', 'sent', { to: 'binh@fabrikam.vn' }),
        row('5', 'two', 'noted', { what: 'stop' }),
        row('6', 'three', 'sent', { to: 'chi@fabrikam.vn' }),
        row('7', 'three', 'noted', { what: 'something else' }),
      ]);
    });
    const at = (id: string, mail: string) => upgraded.offerEvents.stoppedAt({ id, company: 'a' }, mail);
    assert.deepEqual([await at('one', ''), await at('two', ''), await at('three', '')], [1, 1, undefined]);
    const mails = ['hoa@fabrikam.vn', 'an@fabrikam.vn', 'binh@fabrikam.vn', 'chi@fabrikam.vn'];
    const elsewhere = await Promise.all(mails.map((mail) => at('another', mail)));
    assert.deepEqual(elsewhere, [1, undefined, undefined, undefined]);
  });

  it('gives lines of timelines from before to the one colleague of that name, and begins to count', async () => {
    const account = { sign_in_name: 's', company_name: 'c' };
    const named = ['a/lan Lan', 'a/two Hoa', 'a/three Hoa', 'b/ana Ana'].map((each) => each.split(' '));
    const line = { offer_id: 'o', company: 'a', at: 1, kind: 'published', details: '{}' };
    const upgraded = await upgradedFrom('008', async (knex) => {
      await knex('accounts').insert(named.map(([key, display_name]) => ({ ...account, key, display_name })));
      await knex('offer_events').insert([
        { ...line, id: '1', by_name: 'Lan' },
        { ...line, id: '2', by_name: 'Hoa' },
        { ...line, id: '3', by_name: 'Ana' },
        { ...line, id: '4', by_name: '' },
        { ...line, id: '5', by_name: 'Lan', client: 'x' },
      ]);
      await knex('state').insert({ key: 'k', version: 1, schema: 1, body: '{}' });
    });
    const events = await upgraded.offerEvents.ofOffer('o', 9);
    assert.deepEqual(
      events.toReversed().map(({ by }) => by?.objectId),
      ['lan', undefined, undefined, undefined, undefined],
    );
    await pruneAll(upgraded, { real: Date.now(), domain: 0 });
    assert.ok(await upgraded.state.find('k'));
  });
});
