import assert from 'node:assert/strict';
import { startTestBot, type TestBot } from '../helpers/app.ts';
import { waitUntil } from '../helpers/wait-until.ts';

describe('retention', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startTestBot();
  });
  after(() => bot.stop());

  it('deletes an expired secret at its next run', async () => {
    const { storage } = bot.app;
    await storage.commit({
      vault: [{ put: { key: 'password:old', secret: 'x', expiresAt: bot.sandbox.clock.now() - 1 } }],
    });
    await storage.commit({
      jobs: [{ key: 'retention', kind: 'retention', args: {}, dueAt: Date.now(), clock: 'real' }],
    });
    // Read as of a time at which it had not expired: only its deletion makes it disappear.
    const gone = async () => ((await storage.vault.open('password:old', 0)) === undefined ? true : undefined);
    assert.equal(await waitUntil(gone, { what: 'the secret to be deleted' }), true);
  });
});
