import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { startTestBot, type TestBot } from '../helpers/app.ts';
import type { Person } from '../helpers/fake-channel-person.ts';

const badActivity = {
  error: { code: 'BadActivity', message: 'The request is not a Bot Framework activity.' },
};

describe('a request that is none of a channel’s', () => {
  let bot: TestBot;
  let person: Person;
  before(async () => {
    bot = await startTestBot();
    person = bot.channel.person({ as: 'emulator' });
  });
  after(() => bot.stop());

  it('without JSON is refused with a fixed body', async () => {
    for (const body of ['', '{', '{"type":', 'null', '[]', '"x"', '7', '\u0000', '{"type":"message"'])
      assert.deepEqual(await person.postRaw(body), { status: 400, body: badActivity });
    const asText = await person.postRaw('{}', { 'content-type': 'text/plain' });
    assert.equal(asText.status, 415);
  });

  it('without what every activity has is refused with the same body', async () => {
    const { channelId, serviceUrl, conversation, from } = person.common();
    const whole = { type: 'message', text: 'x', channelId, serviceUrl, conversation, from };
    for (const missing of ['type', 'channelId', 'serviceUrl', 'conversation', 'from']) {
      const { status, body } = await person.postRaw(JSON.stringify({ ...whole, [missing]: undefined }));
      assert.deepEqual([missing, status, body], [missing, 400, badActivity]);
    }
    for (const wrong of [{ type: 7 }, { from: {} }, { text: {} }, { conversation: { id: '' } }])
      assert.equal((await person.postRaw(JSON.stringify({ ...whole, ...wrong }))).status, 400);
    const nested = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    const deep = JSON.stringify(whole).replace('}', `,"value":${nested}}`);
    assert.equal((await person.postRaw(deep)).status, 400);
  });

  it('of more than 256 KB is refused, also where its length is not said', async () => {
    const { status, body } = await person.postRaw(JSON.stringify({ text: 'x'.repeat(256 * 1024) }));
    assert.equal(status, 413);
    assert.deepEqual(body, {
      error: { code: 'TooLarge', message: 'The activity is larger than 256 KB.' },
    });
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const head = 'POST /api/messages HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n';
    const answer = await rawAnswer(`${head}transfer-encoding: chunked\r\n\r\n${chunk.repeat(6)}`);
    assert.match(answer, /^HTTP\/1\.1 413 /);
  });

  it('of a kind that nobody answers is 501 as an invoke and let pass as anything else', async () => {
    for (const name of ['composeExtension/query', 'signin/failure', 'application/search', 'x'.repeat(400)]) {
      const { status, body } = await person.post({ type: 'invoke', name, value: {} });
      assert.deepEqual([name, status, body], [name, 501, {}]);
    }
    const nameless = await person.post({ type: 'invoke', value: {} });
    assert.deepEqual([nameless.status, nameless.body], [400, badActivity]);
    for (const type of [
      'typing',
      'messageReaction',
      'installationUpdate',
      'event',
      'nonsense',
      'endOfConversation',
    ])
      assert.deepEqual([(await person.post({ type })).status, type], [200, type]);
    assert.deepEqual(person.received(), []);
  });

  it('to an address or with a method that there is not tells nothing about the inside', async () => {
    const asked = [
      ['GET', '/api/messages'],
      ['DELETE', '/api/messages'],
      ['PUT', '/passwords/x'],
      ['GET', '/passwords/..%2f..%2fetc'],
      ['GET', '/%zz'],
      ['GET', '//'],
      ['GET', '/sign-in/%00'],
      ['POST', '/health'],
      ['OPTIONS', '/api/messages'],
    ];
    for (const [method, path] of asked) {
      const answer = await rawAnswer(
        `${method} ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`,
      );
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
      assert.ok(status >= 200 && status < 500, `${method} ${path}: ${answer.slice(0, 300)}`);
      assert.doesNotMatch(answer, /node_modules|\.ts:|\.js:| at .*\(|restify|x-powered-by/i);
    }
  });

  it('leaves the bot answering', async () => {
    await person.say('hello');
    await person.waitFor(({ activity }) => activity.type === 'message');
    assert.doesNotMatch(bot.logged(), /"level":"error"/);
  });

  /** Sends these bytes as they are and answers what came back until the bot closed or went quiet. */
  function rawAnswer(request: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(bot.url).port), '127.0.0.1');
      let answer = '';
      socket.on('data', (bytes) => {
        answer += bytes.toString('utf8');
        if (/^HTTP\/1\.1 413/.test(answer)) socket.destroy();
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(answer));
      socket.setTimeout(5_000, () => socket.destroy(new Error(`no answer to ${request.slice(0, 60)}`)));
      socket.write(request);
    });
  }
});
