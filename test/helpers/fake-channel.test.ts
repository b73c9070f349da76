import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFakeChannel, type FakeChannel } from './fake-channel.ts';
import { buttonsOf } from './fake-channel-person.ts';

describe('the fake channel', () => {
  let channel: FakeChannel;
  let bot: Server;
  let posted: Record<string, unknown>[];

  beforeEach(async () => {
    channel = await createFakeChannel();
    posted = [];
    bot = createServer(async (request, response) => {
      let text = '';
      for await (const part of request) text += String(part);
      posted.push(JSON.parse(text) as Record<string, unknown>);
      response.end('{"ok":true}');
    });
    await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
    channel.talkTo(`http://127.0.0.1:${(bot.address() as AddressInfo).port}/api/messages`);
  });
  afterEach(async () => {
    await channel.close();
    bot.close();
    bot.closeAllConnections();
  });

  const send = (method: string, path: string, body: object) =>
    fetch(`${channel.serviceUrl}/v3/conversations/${path}`, { method, body: JSON.stringify(body) });

  it('speaks like the Emulator', async () => {
    const person = channel.person();
    assert.match(person.conversationId, /\|livechat$/);
    assert.deepEqual((await person.say('xin chào')).body, { ok: true });
    await person.submit({ verb: 'x' });
    const [said, submitted] = posted;
    assert.equal(said?.['channelId'], 'emulator');
    assert.equal(said?.['channelData'], undefined);
    assert.deepEqual(submitted?.['value'], { verb: 'x' });
    assert.equal(submitted?.['text'], undefined);
    await assert.rejects(async () => person.press({ type: 'Action.Execute', verb: 'x' }));
  });

  it('speaks like Teams, each person in a conversation of their own', async () => {
    const lan = channel.person({ as: 'teams', locale: 'vi-VN' });
    const minh = channel.person({ as: 'teams', conversationType: 'channel' });
    await lan.press({ type: 'Action.Execute', verb: 'x', data: { nonce: 'n' } }, { a: '1' });
    await minh.join();
    assert.notEqual(lan.conversationId, minh.conversationId);
    const [pressed, joined] = posted;
    assert.ok(pressed && joined);
    assert.equal(pressed['name'], 'adaptiveCard/action');
    const { action } = pressed['value'] as { action: object };
    assert.deepEqual(
      { ...action, id: '' },
      { type: 'Action.Execute', id: '', verb: 'x', data: { nonce: 'n', a: '1' } },
    );
    assert.equal((joined['conversation'] as { conversationType: string }).conversationType, 'channel');
  });

  it('waits for messages to come, and says what came instead', async () => {
    const waiting = channel.waitFor((one) => one.activity.text === 'b');
    await send('POST', 'c/activities', { type: 'message', text: 'a' });
    await send('POST', 'c/activities', { type: 'message', text: 'b' });
    assert.equal((await waiting).conversationId, 'c');
    assert.equal((await channel.waitForCount(2)).length, 2);
    await assert.rejects(
      channel.waitFor(() => false, 20),
      /POST message "b"/,
    );
  });

  it('loses, keeps and refuses messages as told', async () => {
    channel.failNext({ kind: 'status', status: 429, retryAfter: '2' });
    channel.failNext({ kind: 'reset-before' });
    channel.failNext({ kind: 'reset-after' });
    const first = await send('POST', 'c/activities', { type: 'message', text: '1' });
    assert.equal(first.status, 429);
    assert.equal(first.headers.get('retry-after'), '2');
    await assert.rejects(send('POST', 'c/activities', { type: 'message', text: '2' }));
    await assert.rejects(send('POST', 'c/activities', { type: 'message', text: '3' }));
    await send('POST', 'c/activities', { type: 'message', text: '4' });
    assert.deepEqual(channel.texts(), ['3', '4']);
    assert.equal(channel.requests.length, 4);
  });

  it('shows updates in place', async () => {
    const { id } = (await (await send('POST', 'c/activities', { type: 'message', text: 'a' })).json()) as {
      id: string;
    };
    await send('PUT', `c/activities/${id}`, { type: 'message', text: 'b' });
    await send('PUT', 'c/activities/unknown', { type: 'message', text: 'c' });
    assert.deepEqual(
      channel.shown('c').map((one) => one.text),
      ['b'],
    );
  });

  it('finds every button of a card', () => {
    const card = {
      body: [{ type: 'Container', selectAction: { type: 'Action.Submit', title: 'a' } }],
      actions: [
        {
          type: 'Action.ShowCard',
          title: 'b',
          card: { actions: [{ type: 'Action.Submit', title: 'c', data: { type: 'Action.x' } }] },
        },
      ],
    };
    assert.deepEqual(
      buttonsOf(card).map((one) => one.title),
      ['a', 'b', 'c'],
    );
  });
});
