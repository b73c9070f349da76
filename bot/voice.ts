import type { Reachable, Turn } from '../dialogs/turn.ts';
import { conversationKeyOf } from '../notices/conversation-key.ts';
import { cardActivity } from '../notices/message.ts';
import type { JsonObject } from '../partner/operations.ts';
import type { OutboxMessage } from '../storage/changes.ts';
import type { Gathered } from './gathered.ts';
import type { InboundMessage } from './inbound-message.ts';

/** What a turn says, in its own chat and in those of colleagues: gathered, and sent after the commit. */
export function createVoice(deps: {
  message: InboundMessage;
  gathered: Gathered;
  newId(): string;
  referenceOf(to: Reachable): JsonObject;
}): Pick<Turn, 'say' | 'show' | 'tell'> {
  const { message, gathered, newId } = deps;

  function put(
    row: Pick<OutboxMessage, 'activity' | 'key' | 'replaces' | 'conversationKey' | 'reference'>,
  ): string {
    gathered.outbox.push({ ...row, passing: false, forAccount: null });
    return row.key;
  }

  const { conversationKey, reference } = message;
  return {
    say: (text) =>
      void put({ activity: textActivity(text), key: newId(), replaces: null, conversationKey, reference }),
    show(card, place = {}) {
      const key = place.key ?? newId();
      return put({
        activity: cardActivity(card),
        key,
        replaces: place.replaces ?? null,
        conversationKey,
        reference,
      });
    },
    tell(to, card, place = {}) {
      const theirs = deps.referenceOf(to);
      put({
        activity: cardActivity(card),
        key: place.key ?? newId(),
        replaces: place.replaces ?? null,
        conversationKey: conversationKeyOf(theirs),
        reference: theirs,
      });
    },
  };
}

function textActivity(text: string): JsonObject {
  return { type: 'message', text, textFormat: 'plain' };
}
