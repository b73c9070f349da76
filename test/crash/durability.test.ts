import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { type RunningProcess, startProcess } from '../helpers/process.ts';
import { createVisitor, newUser } from '../sandbox/visitor.ts';

describe('sandbox: a process of its own', () => {
  let folder: string;
  const running: RunningProcess[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  });
  after(async () => {
    await Promise.all(running.map((one) => one.stop()));
    await rm(folder, { recursive: true });
  });

  async function start(): Promise<{ child: RunningProcess; url: string }> {
    const child = startProcess(process.execPath, ['--import', 'tsx', 'sandbox/main.ts'], {
      SANDBOX_PORT: '0',
      SANDBOX_FILE: join(folder, 'sandbox.sqlite'),
    });
    running.push(child);
    const [, url = ''] = await child.waitForOutput(/Console: (http:\S+?)\/\s/);
    return { child, url };
  }

  it('keeps whatever it answered for, through three kills; sign-ins, clock and keys too', async () => {
    let { child, url } = await start();
    const tokens = await createVisitor(url).signIn(seedAccounts.globalAdmin);
    await fetch(`${url}/sandbox/clock`, {
      method: 'POST',
      body: new URLSearchParams({ advanceMs: '86400000' }),
    });
    const made: string[] = [];
    for (const localPart of ['ben.mot', 'ben.hai', 'ben.ba']) {
      const visitor = createVisitor(url);
      const answer = await visitor.graph(tokens.access_token, '/users', {
        method: 'POST',
        json: newUser(localPart),
      });
      await child.kill('SIGKILL');
      assert.equal(answer.status, 201);
      made.push(localPart);
      ({ child, url } = await start());
      for (const one of made) {
        const read = await createVisitor(url).graph(tokens.access_token, `/users/${one}@contosopartner.vn`);
        assert.equal(read.status, 200, one);
      }
    }
    const { now } = (await (await fetch(`${url}/sandbox/clock`)).json()) as { now: number };
    assert.ok(now > Date.now() + 86_000_000);
    const { refresh_token } = tokens;
    const refreshed = await createVisitor(url).token({ grant_type: 'refresh_token', refresh_token });
    assert.equal(refreshed.status, 200);
    await child.stop();
    const file = (await readFile(join(folder, 'sandbox.sqlite'))).toString('latin1');
    for (const secret of [refresh_token, 'Kh0ng-doan-duoc!']) assert.ok(!file.includes(secret));
  });
});
