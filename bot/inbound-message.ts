import { type Activity, TurnContext } from 'botbuilder';
import { signInFinishedEvent } from '../dialogs/sign-in.ts';
import type { Input } from '../dialogs/turn.ts';
import { zoneNamed } from '../partner/days.ts';
import type { JsonObject } from '../partner/operations.ts';
import { isUnreadablePress, toFormSubmit } from './inbound-form-submit.ts';
import { normalise } from './inbound-normalise.ts';
import { teams } from './teams-account.ts';

/** An accepted activity with what the pipeline needs of it. */
export interface InboundMessage {
  activity: Activity;
  conversationKey: string;
  personKey: string;
  personal: boolean;
  input: Input;
  /** More was typed than the bot carries on. */
  tooLong: boolean;
  /** A product key was typed; what is left here holds it no more, and is not carried out. */
  heldKey: boolean;
  reference: JsonObject;
  /** Of whoever wrote, where their client says so; an IANA name that Intl knows. */
  zone: string | undefined;
  isInvoke: boolean;
  /** Our own event after a sign-in; no channel can send it. */
  isSignInFinished: boolean;
  /** The caller wants the replies in the answer. */
  expectsReplies: boolean;
}

/** No form has this verb: the person is told that the card can no longer be used. */
const nothingReadable = { verb: '', nonce: undefined, inputs: {} };

export function readInbound(
  activity: Activity,
  { textWasCut: tooLong = false, heldKey = false }: { textWasCut?: boolean; heldKey?: boolean } = {},
): InboundMessage {
  const { text, kind } = normalise(activity);
  const submit = toFormSubmit(activity) ?? (isUnreadablePress(activity) ? nothingReadable : undefined);
  return {
    activity,
    conversationKey: `${activity.channelId}/${activity.conversation.id}`,
    personKey: personKeyOf(activity),
    personal: kind === 'personal',
    ...{ tooLong, heldKey },
    input: { text: submit === undefined ? text : '', submit },
    reference: plainReference(activity),
    zone: zoneNamed(activity.localTimezone),
    isInvoke: activity.type === 'invoke',
    isSignInFinished: activity.type === 'event' && activity.name === signInFinishedEvent,
    expectsReplies: activity.deliveryMode === 'expectReplies',
  };
}

/**
 * Teams vouches for who writes, in every conversation. Elsewhere the client chooses that id, so that it says who somebody
 * is in one conversation only. https://learn.microsoft.com/azure/bot-service/bot-builder-security-enhanced
 */
function personKeyOf({ channelId, from, conversation }: Activity): string {
  if (channelId === teams) return `${channelId}/${from.id}`;
  // No choice of one id runs into the other.
  return `${channelId}/${encodeURIComponent(from.id)}/${encodeURIComponent(conversation.id)}`;
}

/** Without the id of the activity: an answer in its thread is not wanted in a 1:1 chat. */
function plainReference(activity: Activity): JsonObject {
  const { activityId: _, ...reference } = TurnContext.getConversationReference(activity);
  return JSON.parse(JSON.stringify(reference)) as JsonObject;
}
