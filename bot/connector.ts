import type { Activity, ConversationReference } from 'botframework-schema';
import type { Authentication } from './authentication.ts';
import { ServiceUrlRefused } from './connector-clients.ts';
import { outcomeOfFailure, type Sent } from './connector-outcome.ts';
import { createPacing, type Pacing } from './pacing.ts';

export type { Sent } from './connector-outcome.ts';

/** A message on its way out: everything but what the conversation reference says. */
export type Outgoing = Partial<Activity>;

/** The way out to the chats. One call is at most one request; it waits for nothing else and never throws. */
export interface Channel {
  /** A new message. `attempts`: tries before this one, for the length of the next pause. */
  send(reference: Partial<ConversationReference>, activity: Outgoing, attempts?: number): Promise<Sent>;
  /** Puts `activity` in the place of an earlier message. A 404 means that the message is gone. */
  update(
    reference: Partial<ConversationReference>,
    channelActivityId: string,
    activity: Outgoing,
    attempts?: number,
  ): Promise<Sent>;
  /** Whether the client shows updates; the Emulator answers 200 to one and goes on showing the old card. */
  canUpdate(reference: Partial<ConversationReference>): boolean;
}

interface Dependencies {
  authentication: Pick<Authentication, 'connectors' | 'allowed'>;
  /** Which addresses may be sent to; the authentication's own list unless told. */
  allowed?: (serviceUrl: unknown) => boolean;
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
  /** Of Teams conversations; other channels have no such limits. */
  pacing?: Pacing;
  /** Real time, ms. */
  now?: () => number;
  /** In [0, 1). */
  random?: () => number;
}

type Target = { serviceUrl: string; conversationId: string; channelId: string };

/**
 * Sends to the Bot Connector service of the conversation's channel.
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
 */
export function createConnector(dependencies: Dependencies): Channel {
  const { authentication, log } = dependencies;
  const allowed = dependencies.allowed ?? authentication.allowed;
  const pacing = dependencies.pacing ?? createPacing();
  const now = dependencies.now ?? Date.now;
  const random = dependencies.random ?? Math.random;

  async function attempt(
    kind: 'send' | 'update',
    reference: Partial<ConversationReference>,
    attempts: number,
    request: (target: Target) => Promise<{ id?: unknown }>,
  ): Promise<Sent> {
    const target = targetOf(reference);
    const about = { kind, channelId: target.channelId, conversationId: target.conversationId };
    // Here and in the connector factory: a stored reference may be older than the list.
    if (target.conversationId === '' || !allowed(target.serviceUrl)) {
      log.warn({ ...about, serviceUrl: target.serviceUrl }, 'message not sent: serviceUrl not on the list');
      return { outcome: 'refused', status: 0, reason: 'service-url' };
    }
    const isPaced = target.channelId === 'msteams';
    const wait = isPaced ? pacing.wait(target.conversationId, now()) : 0;
    if (wait > 0) return { outcome: 'again', afterMs: wait, tried: false, reason: 'pacing' };
    if (isPaced) pacing.sent(target.conversationId, now());
    try {
      const { id } = await request(target);
      return { outcome: 'sent', id: typeof id === 'string' && id !== '' ? id : null };
    } catch (error) {
      const outcome: Sent =
        error instanceof ServiceUrlRefused
          ? { outcome: 'refused', status: 0, reason: 'service-url' }
          : outcomeOfFailure(error, { kind, attempts, now: now(), random: random() });
      // The SDK's errors carry the request with its token: only what was made of them is logged.
      if (outcome.outcome === 'again') log.info({ ...about, ...outcome }, 'message to be sent again');
      else if (outcome.outcome !== 'sent') log.warn({ ...about, ...outcome }, 'message not sent');
      return outcome;
    }
  }

  return {
    send: (reference, activity, attempts = 0) =>
      attempt('send', reference, attempts, async ({ serviceUrl, conversationId }) => {
        const { conversations } = await authentication.connectors.create(serviceUrl);
        const body = addressed(activity, reference);
        return body.replyToId
          ? conversations.replyToActivity(conversationId, body.replyToId, body)
          : conversations.sendToConversation(conversationId, body);
      }),
    update: (reference, channelActivityId, activity, attempts = 0) =>
      attempt('update', reference, attempts, async ({ serviceUrl, conversationId }) => {
        const { conversations } = await authentication.connectors.create(serviceUrl);
        const body = { ...addressed(activity, reference), id: channelActivityId };
        const answer = await conversations.updateActivity(conversationId, channelActivityId, body);
        return { id: answer.id || channelActivityId };
      }),
    canUpdate: (reference) => reference.channelId === 'msteams',
  };
}

function targetOf(reference: Partial<ConversationReference>): Target {
  return {
    serviceUrl: reference.serviceUrl ?? '',
    conversationId: reference.conversation?.id ?? '',
    channelId: reference.channelId ?? '',
  };
}

/** The activity with sender, receiver and conversation of the reference; the id is the channel's to give. */
function addressed(activity: Outgoing, reference: Partial<ConversationReference>): Activity {
  const { id: _, ...rest } = activity;
  return {
    ...rest,
    ...(reference.channelId === undefined ? {} : { channelId: reference.channelId }),
    ...(reference.serviceUrl === undefined ? {} : { serviceUrl: reference.serviceUrl }),
    ...(reference.conversation === undefined ? {} : { conversation: reference.conversation }),
    ...(reference.bot === undefined ? {} : { from: reference.bot }),
    ...(reference.user === undefined ? {} : { recipient: reference.user }),
  } as Activity;
}
