import assert from 'node:assert/strict';
import type { ConversationReference } from 'botframework-schema';
import { createAuthentication } from '../../bot/authentication.ts';
import { createConnector } from '../../bot/connector.ts';
import { createConnectorFactory } from '../../bot/connector-clients.ts';
import { createPacing, type Pacing, unpaced } from '../../bot/pacing.ts';
import { createFakeChannel, type FakeChannel, type Fault } from '../helpers/fake-channel.ts';

const message = { type: 'message', text: 'xin chào' };

describe('the connector', () => {
  let channel: FakeChannel;
  let logged: string[];

  const log = {
    info: (fields: object, text: string) => void logged.push(JSON.stringify({ ...fields, text })),
    warn: (fields: object, text: string) => void logged.push(JSON.stringify({ ...fields, text })),
  };

  beforeEach(async () => {
    channel = await createFakeChannel();
    logged = [];
  });
  afterEach(() => channel.close());

  function connector(more: { timeoutMs?: number; now?: () => number; pacing?: Pacing } = {}) {
    const { now, pacing = createPacing(), ...settings } = more;
    const authentication = createAuthentication({ mode: 'local', ...settings });
    return createConnector({
      authentication,
      log,
      random: () => 0.5,
      pacing,
      ...(now === undefined ? {} : { now }),
    });
  }

  function reference(more: Partial<ConversationReference> = {}): Partial<ConversationReference> {
    return {
      channelId: 'emulator',
      serviceUrl: channel.serviceUrl,
      conversation: { id: 'a b|livechat' } as ConversationReference['conversation'],
      bot: { id: 'bot', name: 'Bot' },
      user: { id: 'lan', name: 'Lan' },
      ...more,
    };
  }

  it('sends a message with sender, receiver and conversation, and gives its id', async () => {
    const sent = await connector().send(reference(), { ...message, id: 'ours' });
    const [got] = channel.requests;
    assert.ok(got);
    assert.deepEqual(sent, { outcome: 'sent', id: got.activityId });
    assert.equal(got.conversationId, 'a b|livechat');
    assert.equal(got.activity.text, 'xin chào');
    assert.equal(got.activity.from?.id, 'bot');
    assert.equal(got.activity.recipient?.id, 'lan');
    assert.equal(got.activity.id, undefined);
    assert.equal(got.authorization, undefined);
  });

  it('keeps cards and channel data whole', async () => {
    const content = {
      type: 'AdaptiveCard',
      body: [{ type: 'TextBlock', text: 'đ', unknownProperty: [1, { a: null }] }],
    };
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
    await connector().send(reference(), { type: 'message', attachments, channelData: { a: { b: 1 } } });
    assert.deepEqual(channel.requests[0]?.activity.attachments, attachments);
    assert.deepEqual(channel.requests[0]?.activity.channelData, { a: { b: 1 } });
  });

  it('answers a message where one is named', async () => {
    await connector().send(reference(), { ...message, replyToId: 'm/1' });
    assert.equal(channel.requests[0]?.replyTo, 'm/1');
  });

  it('updates in place', async () => {
    const out = connector();
    const first = await out.send(reference(), message);
    assert.ok(first.outcome === 'sent' && first.id !== null);
    const second = await out.update(reference(), first.id, { type: 'message', text: 'khác' });
    assert.deepEqual(second, first);
    assert.deepEqual(
      channel.shown().map((one) => one.text),
      ['khác'],
    );
  });

  it('knows which clients show updates', () => {
    const { canUpdate } = connector();
    assert.equal(canUpdate({ channelId: 'msteams' }), true);
    for (const channelId of ['emulator', 'webchat', 'directline', 'else'])
      assert.equal(canUpdate({ channelId }), false);
    assert.equal(canUpdate({}), false);
  });

  it('keeps connections open from one message to the next', async () => {
    const out = connector();
    for (let i = 0; i < 20; i += 1) await out.send(reference(), message);
    assert.equal(channel.requests.length, 20);
    // Not always exactly one: the next message may go before the last connection is back in the pool.
    assert.ok(channel.connections < 5, `${channel.connections} connections`);
  });

  it('sends the bot’s token, and tries again when there is none to be had', async () => {
    let isDown = false;
    const connectors = createConnectorFactory({
      allowed: () => true,
      timeoutMs: 5_000,
      credentials: async () => ({
        async signRequest(request) {
          if (isDown) throw new Error('the sign-in service is closed; secret-of-test');
          request.headers.set('authorization', 'Bearer token-of-test');
          return request;
        },
      }),
    });
    const out = createConnector({ authentication: { connectors, allowed: () => true }, log });
    await out.send(reference(), message);
    assert.equal(channel.requests[0]?.authorization, 'Bearer token-of-test');
    isDown = true;
    const got = await out.send(reference(), message);
    assert.equal(got.outcome === 'again' && got.reason, 'NO_TOKEN');
    channel.failNext({ kind: 'status', status: 500 });
    isDown = false;
    await out.send(reference(), message);
    assert.equal(channel.requests.length, 2);
    assert.doesNotMatch(logged.join(''), /token-of-test|secret-of-test/);
  });

  it('fetches no token for an address off the list', async () => {
    let asked = 0;
    const connectors = createConnectorFactory({
      allowed: (url) => url === channel.serviceUrl,
      timeoutMs: 5_000,
      credentials: async () => {
        asked += 1;
        return { signRequest: async (request) => request };
      },
    });
    // The channel's own check is left open: the factory has one too.
    const out = createConnector({ authentication: { connectors, allowed: () => true }, log });
    const got = await out.send(reference({ serviceUrl: 'https://evil.trafficmanager.net/' }), message);
    assert.deepEqual(got, { outcome: 'refused', status: 0, reason: 'service-url' });
    assert.equal(asked, 0);
  });

  const once: [string, Fault, string][] = [
    ['a 500', { kind: 'status', status: 500, taken: true }, 'unknown'],
    ['a 502', { kind: 'status', status: 502 }, 'unknown'],
    ['a 504', { kind: 'status', status: 504 }, 'unknown'],
    ['a 408', { kind: 'status', status: 408 }, 'unknown'],
    ['a reset after the message was taken', { kind: 'reset-after' }, 'unknown'],
    ['a reset before the message was taken', { kind: 'reset-before' }, 'unknown'],
    ['a 429', { kind: 'status', status: 429, retryAfter: '3' }, 'again'],
    ['a 503', { kind: 'status', status: 503 }, 'again'],
    ['a 404', { kind: 'status', status: 404 }, 'refused'],
    [
      'a redirect',
      { kind: 'status', status: 307, location: '/v3/conversations/other/activities' },
      'refused',
    ],
  ];
  for (const [what, fault, expected] of once) {
    it(`posts once at ${what}: ${expected}`, async () => {
      channel.failNext(fault);
      const got = await connector().send(reference(), message);
      assert.equal(got.outcome, expected);
      assert.equal(channel.requests.length, 1);
    });
  }

  it('does not know what became of a message that nobody answers in time', async () => {
    channel.failNext({ kind: 'hang-after' });
    const got = await connector({ timeoutMs: 150 }).send(reference(), message);
    assert.deepEqual(got, { outcome: 'unknown', reason: 'TimeoutError' });
    assert.equal(channel.requests.length, 1);
  });

  it('tells how long to wait', async () => {
    const out = connector();
    channel.failNext({ kind: 'status', status: 429, retryAfter: '3' });
    channel.failNext({ kind: 'status', status: 429 }, 2);
    const told = await out.send(reference(), message);
    const first = await out.send(reference(), message, 0);
    const third = await out.send(reference(), message, 2);
    const waits = [told, first, third].map((one) => one.outcome === 'again' && one.afterMs);
    assert.deepEqual(waits, [3_000, 750, 3_000]);
  });

  it('tries again where nobody listens, and gets through later', async () => {
    const out = connector();
    await channel.down();
    const got = await out.send(reference(), message);
    assert.equal(got.outcome === 'again' && got.reason, 'ECONNREFUSED');
    await channel.up();
    assert.equal((await out.send(reference(), message)).outcome, 'sent');
  });

  it('repeats an update after any failure that leaves it open', async () => {
    const out = connector();
    for (const fault of [
      { kind: 'status', status: 500 },
      { kind: 'reset-after' },
      { kind: 'reset-before' },
    ] as const) {
      channel.failNext(fault);
      assert.equal((await out.update(reference(), 'x', message)).outcome, 'again');
    }
    channel.failNext({ kind: 'status', status: 404 });
    assert.deepEqual(await out.update(reference(), 'x', message), {
      outcome: 'refused',
      status: 404,
      reason: 'status-404',
    });
  });

  it('sends nothing to an address off the list, and says so in the log', async () => {
    for (const serviceUrl of ['https://evil.trafficmanager.net/', 'http://10.0.0.1/', ''])
      assert.equal((await connector().send(reference({ serviceUrl }), message)).outcome, 'refused');
    assert.equal(logged.length, 3);
    assert.match(logged[0] ?? '', /evil\.trafficmanager\.net/);
  });

  it('refuses what the SDK cannot write, without a throw', async () => {
    const broken = { type: 'message', text: { no: 'text' } } as unknown as typeof message;
    assert.deepEqual(await connector().send(reference(), broken), {
      outcome: 'refused',
      status: 0,
      reason: 'not-sendable',
    });
    assert.equal(channel.requests.length, 0);
  });

  it('logs no words of a message', async () => {
    channel.failNext({ kind: 'status', status: 500 });
    channel.failNext({ kind: 'status', status: 429 });
    const out = connector();
    await out.send(reference(), message);
    await out.send(reference(), message);
    assert.equal(logged.length, 2);
    assert.doesNotMatch(logged.join(''), /xin ch/);
  });

  it('keeps to the pace of Teams, per conversation, and not elsewhere', async () => {
    let now = 1_000_000;
    const out = connector({ now: () => now });
    const teams = reference({ channelId: 'msteams' });
    const other = { ...teams, conversation: { id: 'other' } as ConversationReference['conversation'] };
    for (let i = 0; i < 7; i += 1) assert.equal((await out.send(teams, message)).outcome, 'sent');
    const eighth = await out.send(teams, message);
    assert.deepEqual(eighth, { outcome: 'again', afterMs: 1_000, tried: false, reason: 'pacing' });
    assert.equal((await out.send(other, message)).outcome, 'sent');
    now += 1_000;
    assert.equal((await out.send(teams, message)).outcome, 'sent');
    for (let i = 0; i < 20; i += 1) assert.equal((await out.send(reference(), message)).outcome, 'sent');
    const local = connector({ now: () => now, pacing: unpaced });
    for (let i = 0; i < 20; i += 1) assert.equal((await local.send(teams, message)).outcome, 'sent');
  });
});
