import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type App, createApp } from '../../app.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { readPartners } from '../../sandbox-link.ts';
import { createStorage } from '../../storage/create-storage.ts';
import { sandboxSurroundings } from '../../surroundings.ts';
import { startTestBot, type TestBot, testVaultKey, wordsOf } from '../helpers/app.ts';
import { sitDown, usersNamed } from '../helpers/desk.ts';
import { waitUntil } from '../helpers/wait-until.ts';

/** Longer than the pause between two looks of a sender. */
const slowMs = 1_300;

describe('two processes on one database', () => {
  let bot: TestBot;
  let second: App;
  before(async () => {
    bot = await startTestBot();
    const storage = await createStorage({ file: join(bot.folder, 'bot.sqlite'), vaultKey: testVaultKey });
    const sandbox = sandboxSurroundings(bot.sandbox.url, await readPartners(bot.sandbox.url));
    second = createApp({
      surroundings: { ...sandbox, onlyProcess: false },
      ...{ storage, clock: bot.sandbox.clock, vaultKey: testVaultKey, publicUrl: bot.url },
      log: { info() {}, warn() {}, error() {} },
    });
    await second.start();
  });
  after(async () => {
    await second.stop();
    await bot.stop();
  });

  it('say everything once in the order in which it was said, however slow the channel is', async () => {
    const hung = await sitDown(bot, seedAccounts.globalAdmin);
    bot.channel.slowDown(slowMs);
    await hung.confirm('Lê Một');
    await hung.see(/Done: add a user/);
    await waitUntil(async () => ((await bot.app.storage.outbox.nextDue()) === undefined ? true : undefined), {
      what: 'an empty outbox',
    });
    const said = hung.person.received().filter(({ activity }) => activity.type === 'message');
    const ended = said.filter((each) => /Done: add a user/.test(wordsOf(each)));
    assert.equal(ended.length, 1);
    const posted = said
      .filter(({ method }) => method === 'POST')
      .map(({ activity }) => JSON.stringify(activity));
    assert.equal(new Set(posted).size, posted.length);
    assert.equal(said.at(-1), ended[0]);
    assert.equal((await usersNamed(bot, 'Lê Một')).length, 1);
  });
});
