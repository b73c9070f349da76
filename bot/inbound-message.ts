import { type Activity, TurnContext } from 'botbuilder';
import type { Input } from '../dialogs/turn.ts';
import type { JsonObject } from '../partner/operations.ts';
import { isUnreadablePress, toFormSubmit } from './inbound-form-submit.ts';
import { normalise } from './inbound-normalise.ts';

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
  isInvoke: boolean;
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
    personKey: `${activity.channelId}/${activity.from.id}`,
    personal: kind === 'personal',
    ...{ tooLong, heldKey },
    input: { text: submit === undefined ? text : '', submit },
    reference: plainReference(activity),
    isInvoke: activity.type === 'invoke',
    expectsReplies: activity.deliveryMode === 'expectReplies',
  };
}

/** Without the id of the activity: an answer in its thread is not wanted in a 1:1 chat. */
function plainReference(activity: Activity): JsonObject {
  const { activityId: _, ...reference } = TurnContext.getConversationReference(activity);
  return JSON.parse(JSON.stringify(reference)) as JsonObject;
}
