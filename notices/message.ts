import type { Card } from '../cards/render.ts';
import { type AccountRef, accountKey } from '../partner/accounts.ts';
import type { JsonObject } from '../partner/operations.ts';
import type { OutboxMessage } from '../storage/changes.ts';
import type { Chat } from './chats.ts';

/** A card for this account: into its chat, or kept until it signs in to one. `key`: our own, once for each message. */
export function messageFor(
  account: AccountRef,
  chat: Chat | undefined,
  { key, card, replaces = null }: { key: string; card: Card; replaces?: string | null },
): OutboxMessage {
  return {
    key,
    conversationKey: chat?.conversationKey ?? '',
    reference: chat?.reference ?? {},
    activity: cardActivity(card),
    replaces,
    passing: false,
    forAccount: chat === undefined ? accountKey(account) : null,
  };
}

export function cardActivity(card: Card): JsonObject {
  const content = JSON.parse(JSON.stringify(card)) as JsonObject;
  return {
    type: 'message',
    attachmentLayout: 'list',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  };
}
