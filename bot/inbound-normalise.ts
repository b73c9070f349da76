import type { Activity } from 'botframework-schema';

/** `group`: others read along, so nothing personal is said there. */
export type ConversationKind = 'personal' | 'group';

export interface Normalised {
  /** What the person typed, without the bot's own @mention and without space around it; '' when nothing. */
  text: string;
  kind: ConversationKind;
}

interface Mention {
  text: string;
  id: string | undefined;
}

/** Text and kind of conversation of an activity, whatever the channel. Changes nothing, throws nothing. */
export function normalise(activity: Activity): Normalised {
  return { text: textWithoutMention(activity), kind: conversationKind(activity) };
}

/** The Emulator and Web Chat name no type; those chats are personal. */
function conversationKind(activity: Activity): ConversationKind {
  const { conversationType, isGroup } = activity.conversation;
  const isNamed = typeof conversationType === 'string' && conversationType !== '';
  if (isNamed) return conversationType === 'personal' ? 'personal' : 'group';
  return isGroup === true ? 'group' : 'personal';
}

/**
 * In group chats and channels the bot is only reached by naming it, so its name is part of the text. Other
 * people's mentions lose their tags and keep their names.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations
 */
function textWithoutMention(activity: Activity): string {
  let text = activity.text ?? '';
  for (const mention of mentionsOf(activity)) {
    const isBot = mention.id !== undefined && mention.id === activity.recipient?.id;
    text = text.replaceAll(mention.text, isBot ? ' ' : mention.text.replaceAll(/<\/?at(?: [^>]*)?>/g, ''));
  }
  return text.replaceAll('&nbsp;', ' ').trim();
}

function mentionsOf(activity: Activity): Mention[] {
  return (activity.entities ?? []).flatMap((entity: Record<string, unknown>) => {
    const { type, text, mentioned } = entity;
    if (type !== 'mention' || typeof text !== 'string' || text === '') return [];
    const id =
      typeof mentioned === 'object' && mentioned !== null && 'id' in mentioned ? mentioned.id : undefined;
    return [{ text, id: typeof id === 'string' ? id : undefined }];
  });
}
