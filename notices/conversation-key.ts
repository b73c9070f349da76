import type { JsonObject } from '../partner/operations.ts';

/** What orders the messages of the chat that a conversation reference names. */
export function conversationKeyOf(reference: JsonObject): string {
  const { channelId, conversation } = reference as { channelId: string; conversation: { id: string } };
  return `${channelId}/${conversation.id}`;
}
