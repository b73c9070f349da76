import assert from 'node:assert/strict';
import { startProcess } from './process.ts';

const node = (script: string, env: Record<string, string> = {}) =>
  startProcess(process.execPath, ['-e', script], env);

describe('a process started by a test', () => {
  it('is known by what it prints, and gone after kill -9', async () => {
    const child = node(`console.log('ready on', 41 + 1); setInterval(() => {}, 1000)`);
    const [, port] = await child.waitForOutput(/ready on (\d+)/);
    assert.equal(port, '42');
    assert.deepEqual(await child.kill('SIGKILL'), { code: null, signal: 'SIGKILL' });
    assert.throws(() => process.kill(child.pid, 0), { code: 'ESRCH' });
  });

  it('ends a wait with its output when it ends first', async () => {
    const child = node(`console.error('no such setting'); process.exit(3)`);
    await assert.rejects(child.waitForOutput(/ready/), /ended early \(3\)[\s\S]*no such setting/);
    await assert.rejects(child.waitForUrl('http://localhost:9/'), /ended early/);
  });

  it('is forced when it does not end when asked', async () => {
    const child = node(`process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)`);
    await child.waitForOutput(/up/);
    assert.equal((await child.stop(100)).signal, 'SIGKILL');
  });

  it('does not inherit settings of the one who runs the tests', async () => {
    process.env['MicrosoftAppId'] = 'a developer has this';
    try {
      const child = node(`console.log([process.env.MicrosoftAppId, process.env.GIVEN].join())`, {
        GIVEN: 'yes',
      });
      await child.waitForOutput(/^,yes$/m);
      await child.exited;
    } finally {
      delete process.env['MicrosoftAppId'];
    }
  });

  it('that cannot be started says so', async () => {
    await assert.rejects(
      startProcess('/no/such/program', []).waitForOutput(/ready/),
      /ended early[\s\S]*ENOENT/,
    );
  });
});
