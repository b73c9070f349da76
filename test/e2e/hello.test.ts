import assert from 'node:assert/strict';
import { type Chat, describeWithBrowser, openChat } from '../helpers/browser.ts';
import { type Playground, startPlayground } from '../helpers/playground.ts';
import { type RunningBot, startBot } from './start-bot.ts';

describeWithBrowser('hello in the Playground', function () {
  this.timeout(60_000);
  let bot: RunningBot | undefined;
  let playground: Playground | undefined;
  let chat: Chat | undefined;

  beforeEach(async () => {
    bot = await startBot();
    playground = await startPlayground({ botUrl: bot.url });
  });
  afterEach(async () => {
    await chat?.close();
    await playground?.stop();
    await bot?.stop();
  });

  for (const { device, width, height } of [
    { device: 'desktop', width: 1280, height: 900 },
    { device: 'phone', width: 360, height: 740 },
  ]) {
    it(`answers xin chào with one bilingual card (${device})`, async () => {
      assert.ok(playground);
      chat = await openChat(playground, { width, height });
      const before = await chat.say('xin chào');
      const card = await chat.waitForCard(/English/, { after: before });
      assert.deepEqual((await card.buttons()).slice(0, 2), ['Tiếng Việt', 'English']);
      await chat.screenshot(`hello-${device}`);
      assert.deepEqual(chat.blocked(), []);
      assert.deepEqual(chat.pageErrors(), []);
    });
  }
});
