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
    it(`greets once in both languages, and goes on in the one that is asked for (${device})`, async () => {
      assert.ok(playground);
      chat = await openChat(playground, { width, height });
      const welcome = await chat.waitForCard(/Chào bạn[\s\S]*Hello/);
      assert.deepEqual(await welcome.buttons(), ['Tiếng Việt', 'English']);

      const before = await chat.say('xin chào');
      const signIn = await chat.waitForCard(/Mã 6 chữ số/, { after: before });
      await chat.screenshot(`hello-${device}`);

      await chat.say('english');
      await chat.waitForCard(/6-digit code/);
      assert.doesNotMatch(await signIn.text(), /Mã 6 chữ số/, 'the open card changes in its place');
      const welcomes = (await chat.messages()).filter((text) => /Chào bạn/.test(text));
      assert.equal(welcomes.length, 1);
      assert.deepEqual(chat.blocked(), []);
      assert.deepEqual(chat.pageErrors(), []);
    });
  }
});
