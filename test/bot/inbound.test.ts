import assert from 'node:assert/strict';
import { checkInbound, maxTextLength } from '../../bot/inbound.ts';

const json = { 'content-type': 'application/json; charset=utf-8' };

function message(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'message',
    channelId: 'emulator',
    serviceUrl: 'http://localhost:50000',
    conversation: { id: 'c1|livechat' },
    from: { id: 'u1', name: 'User' },
    text: 'xin chào',
    ...more,
  };
}

function accepted(body: unknown) {
  const check = checkInbound(body, json);
  assert.ok(check.ok, JSON.stringify(check));
  return check;
}

describe('checkInbound', () => {
  it('accepts what the Emulator sends, and keeps what it does not know', () => {
    const { activity, textWasCut } = accepted(message({ somethingNew: { a: 1 } }));
    assert.equal(activity.text, 'xin chào');
    assert.deepEqual((activity as unknown as Record<string, unknown>)['somethingNew'], { a: 1 });
    assert.equal(textWasCut, false);
  });

  for (const field of ['type', 'channelId', 'serviceUrl', 'conversation', 'from']) {
    it(`refuses an activity without ${field}`, () => {
      const { [field]: _, ...rest } = message();
      const check = checkInbound(rest, json);
      assert.equal(check.ok, false);
      assert.equal(!check.ok && check.status, 400);
    });
  }

  const wrong: [string, unknown][] = [
    ['nothing', undefined],
    ['null', null],
    ['text', 'hello'],
    ['a list', [message()]],
    ['an empty object', {}],
    ['a type that is a number', message({ type: 5 })],
    ['an empty channelId', message({ channelId: '' })],
    ['an empty serviceUrl', message({ serviceUrl: '' })],
    ['an empty conversation id', message({ conversation: { id: '' } })],
    ['a conversation id that leaves its path', message({ conversation: { id: '..' } })],
    ['an id with a line break', message({ id: 'a\r\nx-header: 1' })],
    ['a sender without an id', message({ from: {} })],
    ['a text that is an object', message({ text: {} })],
    ['attachments that are no list', message({ attachments: 'x' })],
    ['an invoke without a name', message({ type: 'invoke' })],
    ['a card action without an action', message({ type: 'invoke', name: 'adaptiveCard/action', value: {} })],
    ['a card action without a value', message({ type: 'invoke', name: 'adaptiveCard/action' })],
    [
      'a card action whose action is null',
      message({ type: 'invoke', name: 'adaptiveCard/action', value: { action: null } }),
    ],
  ];
  for (const [what, body] of wrong) {
    it(`refuses ${what} with a fixed body`, () => {
      assert.deepEqual(checkInbound(body, json), {
        ok: false,
        status: 400,
        body: { error: { code: 'BadActivity', message: 'The request is not a Bot Framework activity.' } },
      });
    });
  }

  it('refuses what is not declared as JSON, as a web page could send that unasked', () => {
    for (const headers of [{}, { 'content-type': 'text/plain' }, { 'content-type': 'application/jsonx' }]) {
      const check = checkInbound(message(), headers);
      assert.equal(!check.ok && check.status, 415);
    }
  });

  it('refuses nesting that would exhaust the stack', () => {
    let deep: unknown = 'x';
    for (let i = 0; i < 100_000; i += 1) deep = [deep];
    assert.equal(checkInbound(message({ value: deep }), json).ok, false);
  });

  it('drops keys that reach a prototype, at every level', () => {
    const body: unknown = JSON.parse(
      `{"type":"message","channelId":"emulator","serviceUrl":"http://localhost:1","conversation":{"id":"c"},
        "from":{"id":"u"},"__proto__":{"polluted":1},"value":{"a":{"__proto__":{"polluted":1},"constructor":{"x":1},"b":2}}}`,
    );
    const { activity } = accepted(body);
    assert.deepEqual(activity.value, { a: { b: 2 } });
    assert.equal((activity as unknown as Record<string, unknown>)['polluted'], undefined);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  it('keeps a text of 28,000 characters and cuts a longer one, saying so', () => {
    assert.equal(accepted(message({ text: 'a'.repeat(maxTextLength) })).textWasCut, false);
    const long = accepted(message({ text: 'a'.repeat(maxTextLength + 1) }));
    assert.equal(long.textWasCut, true);
    assert.equal(long.activity.text.length, maxTextLength);
  });

  it('treats null as absent and turns times into dates', () => {
    const { activity } = accepted(
      message({ text: null, locale: null, timestamp: '2025-01-02T03:04:05Z', localTimestamp: 'soon' }),
    );
    assert.equal('text' in activity, false);
    assert.equal(activity.timestamp?.toISOString(), '2025-01-02T03:04:05.000Z');
    assert.equal((activity as unknown as Record<string, unknown>)['rawTimestamp'], '2025-01-02T03:04:05Z');
    assert.equal(activity.localTimestamp, undefined);
  });
});
