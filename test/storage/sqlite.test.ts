import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import knexModule from 'knex';
import { delegationStates } from '../../partner/delegations.ts';
import type { Log } from '../../partner/log.ts';
import { createStorage } from '../../storage/create-storage.ts';
import { openDatabase } from '../../storage/database.ts';
import { migrationSource } from '../../storage/migrations/source.ts';
import { memoryStorage } from '../helpers/storage.ts';
import {
  approval,
  cardAction,
  delegation,
  lan,
  lanAccount,
  message,
  offer,
  operation,
  person,
} from './samples.ts';
import { storageContract } from './storage-contract.ts';

storageContract('SQLite in memory', memoryStorage);

describe('storage in a SQLite file', () => {
  const vaultKey = randomBytes(32);
  let directory: string;
  let file: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'partner-bot-storage-'));
    file = join(directory, 'data', 'bot.sqlite');
  });

  afterEach(() => rm(directory, { recursive: true }));

  const open = (more: { vaultKey?: Buffer; formerVaultKeys?: Buffer[]; log?: Log } = {}) =>
    createStorage({ file, vaultKey, ...more });

  /** Everything that lies on the disk, -wal and -shm included. */
  const bytesOnDisk = async () => {
    const names = await readdir(join(directory, 'data'));
    const contents = names.map((name) => readFile(join(directory, 'data', name)));
    return { names, bytes: Buffer.concat(await Promise.all(contents)) };
  };

  /** Plain SQL beside the stores. */
  const damage = async (table: string, where: object, change: object) => {
    const database = await openDatabase({ file });
    assert.equal(await database.knex(table).where(where).update(change), 1);
    await database.close();
  };

  it('holds no secret in plain bytes', async () => {
    const storage = await open();
    const secrets = ['Pa55-put-in-the-vault', 'token-of-an-account', 'Pa55-taken-again'];
    await storage.commit({
      vault: [{ put: { key: 'password:1', secret: 'Pa55-put-in-the-vault', expiresAt: 5 } }],
    });
    await storage.commit({
      vault: [{ put: { key: 'password:2', secret: 'Pa55-taken-again', expiresAt: null } }],
    });
    await storage.commit({ tokens: [{ signedIn: lan, secret: 'token-of-an-account' }] });
    assert.equal(await storage.vault.take('password:2', 0), 'Pa55-taken-again');

    const whileOpen = await bytesOnDisk();
    await storage.close();
    const afterwards = await bytesOnDisk();

    assert.ok(whileOpen.names.includes('bot.sqlite-wal'));
    for (const { bytes } of [whileOpen, afterwards]) {
      assert.ok(bytes.includes('password:1'), 'the entry is not on the disk at all');
      for (const secret of secrets) {
        for (const encoding of ['utf8', 'utf16le', 'hex', 'base64'] as const) {
          const shown = Buffer.from(secret).toString(encoding === 'utf16le' ? 'utf8' : encoding);
          assert.ok(
            !bytes.includes(shown, 0, encoding === 'utf16le' ? encoding : 'utf8'),
            `${encoding} shows`,
          );
        }
      }
    }
  });

  it('is for this user only', async () => {
    const storage = await open();
    await storage.commit({ people: [person('p')] });
    for (const suffix of ['', '-wal']) assert.equal((await stat(file + suffix)).mode & 0o777, 0o600);
    await storage.close();
  });

  it('is there after a restart', async () => {
    const first = await open();
    await first.commit({ accounts: [lanAccount], operations: [{ add: operation('o') }] });
    await first.commit({ tokens: [{ signedIn: lan, secret: 'token' }] });
    await first.close();

    const second = await open();
    assert.deepEqual(await second.accounts.find(lan), lanAccount);
    assert.deepEqual(await second.operations.find('o'), operation('o'));
    assert.equal((await second.tokens.load(lan))?.tokens, 'token');
    await second.close();
  });

  it('keeps every commit that was reported before a kill, and no half of one', async () => {
    const script = fileURLToPath(new URL('../helpers/commit-until-killed.ts', import.meta.url));
    let reported = 0;
    for (const enough of [3, 40, 17]) {
      const child = spawn(process.execPath, ['--import', 'tsx', script, file, vaultKey.toString('hex')], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = once(child, 'exit');
      let lines = 0;
      for await (const line of createInterface(child.stdout)) {
        reported = Number(line);
        lines += 1;
        if (lines === enough) child.kill('SIGKILL');
      }
      assert.deepEqual(await exited, [null, 'SIGKILL']);

      const storage = await open();
      const version = (await storage.state.find('k'))?.version ?? 0;
      assert.ok(version >= reported, `${reported} were reported, ${version} are there`);
      assert.equal(await storage.vault.open('k', 0), `secret ${version - 1}`);
      await storage.close();
    }
  });

  it('opens after a kill in the middle of a migration', async () => {
    await (await open()).close();
    await damage('knex_migrations_lock', {}, { is_locked: 1 });
    const storage = await open();
    assert.equal(await storage.state.find('k'), undefined);
    await storage.close();
  });

  it('brings a file with the first tables up to date and keeps what is in it', async () => {
    await mkdir(join(directory, 'data'));
    const knex = knexModule.knex({
      client: 'sqlite3',
      connection: { filename: file },
      useNullAsDefault: true,
    });
    const [first] = await migrationSource.getMigrations([]);
    assert.ok(first);
    await knex.migrate.latest({
      migrationSource: { ...migrationSource, getMigrations: async () => [first] },
    });
    await knex('operations').insert({
      ...{
        id: 'o',
        kind: 'add-user',
        schema: 1,
        version: 0,
        status: 'running',
        company: 'tenant-1',
        args: '{}',
      },
      ...{ actor_key: 'tenant-1/lan', person_key: 'p', steps: '[]', card_key: 'c', drawn: 0, created_at: 1 },
    });
    for (let from = 0; from < 1100; from += 100) {
      const rows = Array.from({ length: 100 }, (_, index) => ({
        ...{
          id: `${from + index}`,
          at: 1,
          operation_id: 'o',
          actor_key: 'tenant-1/lan',
          company: 'tenant-1',
        },
        ...{ verb: 'add-user', object: 'ĐỨC', outcome: 'intended', details: '{}' },
      }));
      await knex('audit').insert(rows);
    }
    await knex.destroy();

    const storage = await open();
    const { args, steps, approvedBy } = (await storage.operations.find('o')) ?? {};
    assert.deepEqual({ args, steps, approvedBy }, { args: {}, steps: [], approvedBy: null });
    await storage.commit({
      approvals: [{ add: approval('a') }],
      operations: [{ add: operation('new', { args: { signInName: 'Đức' } }) }],
    });
    assert.ok(await storage.approvals.find('a'));
    const found = await storage.audit.ofCompany('tenant-1', { object: 'đức', limit: 2000 });
    assert.equal(found.length, 1101);
    assert.equal(found[0]?.operationId, 'new');
    await storage.close();
  });

  it('refuses tables of a newer version', async () => {
    await (await open()).close();
    await damage('knex_migrations', { id: 1 }, { name: '999-of-tomorrow' });
    await assert.rejects(open(), /999-of-tomorrow/);
  });

  const corrupted: [
    string,
    string,
    object,
    RegExp,
    (storage: Awaited<ReturnType<typeof open>>) => unknown,
  ][] = [
    [
      'broken JSON',
      'operations',
      { steps: '[{"secret' },
      /operations, key o: steps$/,
      (s) => s.operations.find('o'),
    ],
    [
      'another kind of JSON',
      'operations',
      { args: '[]' },
      /operations, key o: args$/,
      (s) => s.operations.find('o'),
    ],
    [
      'a text for a number',
      'people',
      { welcomed_at: 'x' },
      /people, key p: welcomed_at$/,
      (s) => s.people.find('p'),
    ],
    [
      'an unknown choice',
      'people',
      { language: 'secret' },
      /people, key p: language$/,
      (s) => s.people.find('p'),
    ],
    [
      'half an account',
      'people',
      { account_key: 't' },
      /people, key p: account_key$/,
      (s) => s.people.find('p'),
    ],
    ['no blob', 'vault', { sealed: 'secret' }, /vault, key v: sealed$/, (s) => s.vault.open('v', 0)],
  ];
  for (const [damageDone, table, change, message, read] of corrupted) {
    it(`names table, key and column of a row with ${damageDone}`, async () => {
      const storage = await open();
      await storage.commit({
        operations: [{ add: operation('o') }],
        people: [person('p')],
        vault: [{ put: { key: 'v', secret: 's', expiresAt: null } }],
      });
      await storage.close();
      await damage(table, {}, change);
      const reopened = await open();
      await assert.rejects(async () => read(reopened), { name: 'Error', message });
      await reopened.close();
    });
  }

  it('passes over rows that cannot be read where many are looked at, and tells of each once', async () => {
    const told: unknown[] = [];
    const log = { info() {}, warn() {}, error: ({ err }: { err?: unknown }) => void told.push(String(err)) };
    const storage = await open();
    const expired = { status: 'published', version: 1, publishedAt: 1, expiresAt: 2 } as const;
    const waiting = { status: 'waiting-sign-in' } as const;
    const ids = ['bad', 'good'];
    await storage.commit({
      outbox: [message('bad'), message('good'), message('other', { conversationKey: 'other' })],
      jobs: ids.map((key) => ({ key, kind: 'test', args: {}, dueAt: 1, clock: 'real' })),
      approvals: ids.map((id) => ({ add: approval(id, { expiresAt: 1 }) })),
      offers: ids.map((id) => ({ add: offer(id, { ...expired, code: id }) })),
      operations: ids.flatMap((id) => [
        { add: operation(id) },
        { add: operation(`${id} waits`, { ...waiting, actor: lan }) },
      ]),
      delegations: ids.map((id) => ({ add: delegation(id, { offerId: null, relationshipId: id }) })),
      people: ids.map((key) => person(key, { account: lan })),
    });
    await storage.close();
    const broken = { outbox: 'activity', people: 'reference', jobs: 'args' };
    for (const [table, column] of Object.entries(broken))
      await damage(table, { key: 'bad' }, { [column]: '{' });
    await damage('approvals', { id: 'bad' }, { requester_key: 'half an account' });
    await damage('offers', { id: 'bad' }, { maker_key: 'half an account' });
    await damage('operations', { id: 'bad' }, { steps: '{' });
    await damage('operations', { id: 'bad waits' }, { steps: '{' });
    await damage('delegations', { id: 'bad' }, { reminded: '{' });

    const reopened = await open({ log });
    const { kind } = operation('good');
    const sweeps = async () => ({
      outbox: (await reopened.outbox.claim(0, { owner: 'me', until: 0 }, { limit: 9 })).map(({ key }) => key),
      approvals: (await reopened.approvals.expired(5, 9)).map(({ id }) => id),
      offers: (await reopened.offers.expired(5, 9)).map(({ id }) => id),
      running: (await reopened.operations.running('tenant-1', [kind])).map(({ id }) => id),
      waiting: (await reopened.operations.waitingForSignIn(lan)).map(({ id }) => id),
      delegations: (await reopened.delegations.ofCompany('tenant-1', delegationStates)).map(({ id }) => id),
      people: (await reopened.people.signedInAs(lan)).map(({ key }) => key),
    });
    const others = {
      ...{ outbox: ['good', 'other'], approvals: ['good'], offers: ['good'] },
      ...{ running: ['good'], waiting: ['good waits'], delegations: ['good'], people: ['good'] },
    };
    assert.deepEqual(await sweeps(), others);
    assert.deepEqual(await sweeps(), others);
    // A card that is to be replaced is not read for that.
    assert.equal(await reopened.outbox.shownAs('bad'), null);
    const lease = { owner: 'this', until: 10 };
    const claimed = await reopened.jobs.claim({ real: 5, domain: 5 }, lease, 9);
    assert.deepEqual(
      claimed.map(({ key }) => key),
      ['good'],
    );
    await reopened.jobs.done('good', 'this');
    // Not even the place of another is taken by what cannot be read.
    await reopened.commit({ jobs: [{ key: 'later', kind: 'test', args: {}, dueAt: 50, clock: 'real' }] });
    const [later] = await reopened.jobs.claim({ real: 99, domain: 99 }, { ...lease, until: 500 }, 1);
    assert.equal(later?.key, 'later');
    assert.equal(told.length, 8, told.join('\n'));
    await reopened.close();
    const database = await openDatabase({ file });
    assert.equal((await database.knex('outbox').where({ key: 'bad' }).first()).status, 'failed');
    await database.close();
  });

  it('shows no values when a query fails', async () => {
    const storage = await open();
    const broken = { ...cardAction('n', { args: { note: 'private' } }), verb: null as unknown as string };
    await assert.rejects(storage.commit({ cardActions: [{ add: broken }] }), (error: Error) => {
      assert.match(error.message, /NOT NULL/);
      assert.doesNotMatch(error.message, /private|tenant-1/);
      return true;
    });
    await storage.close();
  });

  describe('vault', () => {
    const put = async (key: string) => {
      const storage = await open();
      await storage.commit({ vault: [{ put: { key, secret: 'a secret', expiresAt: null } }] });
      await storage.close();
    };

    it('opens with a key of before and seals with the present one', async () => {
      await put('k');
      const rotated = { vaultKey: randomBytes(32), formerVaultKeys: [vaultKey] };
      const storage = await open(rotated);
      assert.equal(await storage.vault.open('k', 0), 'a secret');
      await storage.commit({ vault: [{ put: { key: 'k2', secret: 'new', expiresAt: null } }] });
      await storage.close();

      const withoutOld = await open({ vaultKey: rotated.vaultKey });
      assert.equal(await withoutOld.vault.open('k2', 0), 'new');
      await assert.rejects(withoutOld.vault.open('k', 0), /vault entry k is sealed under an unknown key/);
      await withoutOld.close();
    });

    it('refuses an entry that was moved to another name, and keeps it', async () => {
      await put('of lan');
      await damage('vault', { key: 'of lan' }, { key: 'of minh' });
      const storage = await open();
      await assert.rejects(storage.vault.take('of minh', 0), /vault entry of minh does not open/);
      await storage.close();
      await damage('vault', { key: 'of minh' }, { key: 'of lan' });
      const repaired = await open();
      assert.equal(await repaired.vault.take('of lan', 0), 'a secret');
      await repaired.close();
    });

    it('refuses a key of another length', async () => {
      await assert.rejects(open({ vaultKey: randomBytes(16) }), /32 bytes/);
    });
  });
});
