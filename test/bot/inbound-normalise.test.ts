import assert from 'node:assert/strict';
import type { Activity } from 'botframework-schema';
import { normalise } from '../../bot/inbound-normalise.ts';

function activity(text: string | undefined, conversation: object, entities: object[] = []): Activity {
  return {
    type: 'message',
    text,
    conversation: { id: 'c', ...conversation },
    recipient: { id: '28:bot', name: 'Partner Bot' },
    entities,
  } as unknown as Activity;
}
const bot = { type: 'mention', text: '<at>Partner Bot</at>', mentioned: { id: '28:bot' } };
const lan = { type: 'mention', text: '<at>Lan</at>', mentioned: { id: '29:lan' } };

describe('normalise', () => {
  it('takes the bot’s name out of a channel message and keeps other people’s', () => {
    const got = normalise(
      activity('<at>Partner Bot</at>&nbsp;thêm <at>Lan</at>\n', { conversationType: 'channel' }, [bot, lan]),
    );
    assert.deepEqual(got, { text: 'thêm Lan', kind: 'group' });
  });

  it('leaves text alone that only looks like a mention', () => {
    assert.equal(normalise(activity('<at>x</at>', { conversationType: 'groupChat' })).text, '<at>x</at>');
  });

  it('survives entities of any shape', () => {
    const odd = [
      {},
      { type: 'mention' },
      { type: 'mention', text: '' },
      { type: 'mention', text: 'a', mentioned: 4 },
    ];
    assert.equal(normalise(activity(' bab ', {}, odd)).text, 'bab');
    assert.equal(normalise(activity(undefined, {})).text, '');
  });

  it('counts a chat without a type as personal, and any other type as a group', () => {
    const kind = (conversation: object) => normalise(activity('x', conversation)).kind;
    assert.equal(kind({}), 'personal');
    assert.equal(kind({ conversationType: '' }), 'personal');
    assert.equal(kind({ conversationType: 'personal' }), 'personal');
    assert.equal(kind({ isGroup: true }), 'group');
    assert.equal(kind({ conversationType: 'groupChat' }), 'group');
    assert.equal(kind({ conversationType: 'channel' }), 'group');
    assert.equal(kind({ conversationType: 'something-new' }), 'group');
  });
});
