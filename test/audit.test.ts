import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createStorage } from '../storage/create-storage.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import { operation } from './storage/samples.ts';

const dayMs = 24 * 60 * 60 * 1000;

describe('npm run audit:verify and audit:export', () => {
  let folder: string;
  let log: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'partner-bot-audit-'));
    log = join(folder, 'bot.log');
    const vaultKey = randomBytes(32);
    await writeFile(join(folder, 'vault.key'), vaultKey);
    const lines: string[] = ['no JSON at all'];
    const info = (facts: object, msg: string) =>
      void lines.push(JSON.stringify({ level: 30, ...facts, msg }));
    const storage = await createStorage({
      ...{ file: join(folder, 'bot.sqlite'), vaultKey },
      log: { info, warn: () => undefined, error: () => undefined },
    });
    const asked = (id: string, day: number, company: string) => ({
      add: operation(id, {
        ...{ kind: 'block-user', company, createdAt: Date.parse('2026-01-01T12:00:00Z') + day * dayMs },
        args: { userId: 'u', signInName: `${id}@x`, displayName: id },
      }),
    });
    for (const day of [0, 1, 2]) await storage.commit({ operations: [asked(`o${day}`, day, 'tenant-1')] });
    await storage.commit({ operations: [asked('other', 1, 'tenant-2')] });
    await storage.close();
    await appendFile(log, `${lines.join('\n')}\n`);
  });
  after(() => rm(folder, { recursive: true }));

  /** As npm does, but for the build. */
  async function run(...args: string[]) {
    const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: folder };
    return promisify(execFile)(process.execPath, ['--import', 'tsx', 'audit.ts', ...args], { env }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
  }
  async function damage(change: (knex: Database['knex']) => Promise<unknown>): Promise<void> {
    const database = await openDatabase({ file: join(folder, 'bot.sqlite') });
    await database.knex.raw('drop trigger if exists audit_rows_no_update');
    await change(database.knex);
    await database.close();
  }

  it('tell of each company how far its history goes, and end with 0', async () => {
    const { code, stdout } = await run('verify', '--log', log);
    assert.match(stdout, /^tenant-1 {2}3 rows, head 3 [0-9a-f]{64}$/m);
    assert.match(stdout, /^tenant-2 {2}1 rows, head 1 [0-9a-f]{64}$/m);
    assert.match(stdout, /2 histories, no fault/);
    assert.equal(code, 0);
  });

  it('write out the rows of a company and of some days, one JSON text a line', async () => {
    const all = await run('export');
    assert.equal(all.stdout.trim().split('\n').length, 4);
    const { stdout } = await run(
      'export',
      '--company',
      'tenant-1',
      '--from',
      '2026-01-02',
      '--to',
      '2026-01-02',
    );
    const [line, ...others] = stdout
      .trim()
      .split('\n')
      .map((each) => JSON.parse(each));
    assert.deepEqual(others, []);
    const { previous, hash, commitment, id, ...row } = line;
    for (const hex of [previous, hash, commitment]) assert.match(hex, /^[0-9a-f]{64}$/);
    assert.ok(id);
    assert.deepEqual(row, {
      ...{
        company: 'tenant-1',
        number: 2,
        at: '2026-01-02T12:00:00.000Z',
        operationId: 'o1',
        actor: 'tenant-1/lan',
      },
      ...{ client: '', verb: 'block-user', object: '', outcome: 'intended', continues: false },
      ...{ details: { schema: 1, args: { userId: 'u' } } },
      personal: { object: 'o1@x', args: { signInName: 'o1@x', displayName: 'o1' } },
    });
    assert.doesNotMatch(all.stdout, /salt/);
  });

  it('refuse what they do not understand, with 2', async () => {
    for (const args of [
      [],
      ['verify', '--unknown'],
      ['export', '--from', 'yesterday'],
      ['verify', '--log', 'none'],
    ]) {
      const { code, stderr } = await run(...args);
      assert.equal(code, 2, args.join(' '));
      assert.doesNotMatch(stderr, /\n {4}at /, args.join(' '));
    }
  });

  it('name each fault, and end with 1', async () => {
    await damage((knex) => knex('audit_rows').where({ number: 2 }).update({ outcome: 'done' }));
    const { code, stdout } = await run('verify');
    assert.equal(code, 1);
    assert.match(stdout, /row 2: the row was changed \(changed\)\n/);
    assert.match(stdout, /faults: 1/);
  });
});
