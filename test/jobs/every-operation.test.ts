import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountKey } from '../../partner/accounts.ts';
import { operationKinds } from '../../partner/kinds.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { createStorage } from '../../storage/create-storage.ts';
import { examples } from '../helpers/operation-examples.ts';
import { startProcess } from '../helpers/process.ts';
import { connect, type OpenSandbox, openSandbox } from '../microsoft/signed-in.ts';

interface Ended {
  id: string;
  kind: string;
  status: string;
  steps: { status: string }[];
  audit: string[];
  args: { displayName: string; signInName: string };
}

describe('every operation, killed (kill -9) at every write', function () {
  this.timeout(120_000);
  let open: OpenSandbox;
  let folder: string;
  let file: string;
  const actor = seedAccounts.globalAdmin;

  before(async () => {
    open = await openSandbox();
    folder = await mkdtemp(join(tmpdir(), 'partner-bot-'));
    file = join(folder, 'bot.sqlite');
    const house = connect(open.sandbox);
    const account = await house.signInAs(actor);
    const storage = await createStorage({ file, vaultKey: Buffer.alloc(32, 7) });
    await storage.tokens.save(account, house.tokenStore.of(account) ?? assert.fail('no tokens'));
    await storage.close();
  });
  after(async () => {
    await open.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('has an example of every kind', () => {
    const known = examples.map(({ kind }) => kind).sort();
    assert.deepEqual(known, [...operationKinds.keys()].sort());
  });

  /** Starts the process of one mode; answers its last line and how it ended. */
  async function run(mode: 'begin' | 'finish') {
    const script = join(import.meta.dirname, '..', 'helpers', 'operation-process.ts');
    const args = ['--import', 'tsx', '--disable-warning=ExperimentalWarning', script];
    const child = startProcess(process.execPath, [...args, mode, file, open.sandbox.url, accountKey(actor)]);
    const { signal } = await child.exited;
    const line = child.output().trim().split('\n').at(-1) ?? '';
    assert.match(line, /^\[/, child.output());
    return { signal, said: JSON.parse(line) as unknown };
  }

  it('ends done, each of them once', async () => {
    const begun = await run('begin');
    assert.equal(begun.signal, 'SIGKILL');
    const killed = begun.said as string[];
    for (const { kind } of examples) {
      const around = kind === 'edit-company' ? ['1.after'] : ['0.before', '0.after'];
      const missed = around.filter((point) => !killed.includes(`${kind}.${point}`));
      assert.deepEqual(missed, [], `${kind} was not killed there`);
    }
    const ended = (await run('finish')).said as Ended[];
    assert.ok(ended.length >= killed.length);
    const users = await open.sandbox.world.all('user', actor.tenantId);
    for (const { id, kind, status, steps, audit, args } of ended) {
      assert.equal(status, 'done', `${id}: ${JSON.stringify(steps)}`);
      assert.deepEqual([...new Set(steps.map((step) => step.status))], ['done'], id);
      assert.deepEqual(audit, ['done'], id);
      const named = users.filter(
        (user) => user.displayName === args.displayName && user.userPrincipalName === args.signInName,
      );
      assert.equal(named.length, kind === 'delete-user' ? 0 : 1, `${id}: one person, not two`);
    }
  });
});
