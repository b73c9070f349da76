import { randomUUID } from 'node:crypto';
import type { Activity } from 'botframework-schema';
import type { Received } from './fake-channel.ts';
import { type Identity, type Inbound, identityOf, type PersonOptions } from './fake-channel-activities.ts';

/** The bot's HTTP answer: `body` is the parsed JSON, or the text where it is none. */
export interface Answer {
  status: number;
  body: unknown;
  /** What was posted, to post it again. */
  sent: Inbound;
}

/** Somebody in a chat with the bot. Each verb posts one activity and waits for the bot's HTTP answer. */
export interface Person extends Identity {
  say(text: string, more?: Inbound): Promise<Answer>;
  /** Action.Submit: a message with a value and no text. */
  submit(data: unknown, more?: Inbound): Promise<Answer>;
  /** Action.Execute: an invoke named adaptiveCard/action. */
  execute(verb: string, data: unknown, more?: Inbound): Promise<Answer>;
  /** Whatever a button of a card would post in this client: submit in the Emulator, its own kind in Teams. */
  press(action: CardButton, inputs?: Record<string, unknown>, more?: Inbound): Promise<Answer>;
  /** What a client posts when the chat is opened: bot and person were added. */
  join(more?: Inbound): Promise<Answer>;
  /** Posts anything, with the common part filled in where it is missing. */
  post(activity: Inbound): Promise<Answer>;
  /** Posts these bytes exactly as they are. */
  postRaw(body: string, headers?: Record<string, string>): Promise<{ status: number; body: unknown }>;
  /** Taken messages of this conversation. */
  received(): Received[];
  /** The first taken message of this conversation, past or to come, that fits. */
  waitFor(fits: (received: Received) => boolean, limitMs?: number): Promise<Received>;
}

/** The part of an Action.Submit or Action.Execute that a client looks at. */
export interface CardButton {
  type: string;
  verb?: string;
  data?: unknown;
}

export interface PersonWorld {
  serviceUrl: string;
  botUrl(): string | undefined;
  received(conversationId?: string): Received[];
  waitFor<T>(find: () => T | undefined, what: string, limitMs: number): Promise<T>;
}

/** A person of the fake channel; use `channel.person(…)`. */
export function createPerson(world: PersonWorld, options: PersonOptions): Person {
  const identity = identityOf(world.serviceUrl, options);

  async function postRaw(body: string, headers: Record<string, string> = {}) {
    const url = world.botUrl();
    if (url === undefined)
      throw new Error('The fake channel was not told the address of the bot: talkTo(url).');
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, body: parsed(await response.text()) };
  }

  async function post(activity: Inbound): Promise<Answer> {
    const sent: Inbound = { ...identity.common(), ...activity };
    return { ...(await postRaw(JSON.stringify(sent))), sent };
  }

  const person: Person = {
    ...identity,
    post,
    postRaw,
    say: (text, more = {}) => post({ type: 'message', text, textFormat: 'plain', ...more }),
    submit: (data, more = {}) =>
      post({ type: 'message', value: data, channelData: channelDataOfSubmit(identity), ...more }),
    execute: (verb, data, more = {}) =>
      post({
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', id: randomUUID(), verb, data }, trigger: 'manual' },
        ...more,
      }),
    press(action, inputs = {}, more = {}) {
      const data = { ...(action.data as object | undefined), ...inputs };
      const executes = action.type === 'Action.Execute';
      if (executes && identity.kind === 'emulator')
        throw new Error('Action.Execute does nothing in the Emulator.');
      return executes ? person.execute(action.verb ?? '', data, more) : person.submit(data, more);
    },
    join: (more = {}) =>
      post({
        type: 'conversationUpdate',
        membersAdded: [
          { id: identity.botId, name: 'Bot' },
          { id: identity.userId, name: options.name ?? 'User' },
        ],
        ...more,
      }),
    received: () => world.received(identity.conversationId),
    waitFor: (fits, limitMs = 5000) =>
      world.waitFor(() => world.received(identity.conversationId).find(fits), 'a message that fits', limitMs),
  };
  return person;
}

function channelDataOfSubmit(identity: Identity): unknown {
  const own = identity.common().channelData as object | undefined;
  return identity.kind === 'emulator' ? { postBack: true } : { ...own, source: { name: 'message' } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The card of a message, as plain JSON; fails the test when there is none. */
export function cardOf(received: { activity: Partial<Activity> }): Record<string, unknown> {
  const card = received.activity.attachments?.find(
    (one) => one.contentType === 'application/vnd.microsoft.card.adaptive',
  );
  if (card === undefined) throw new Error(`No card in: ${JSON.stringify(received.activity)}`);
  return card.content as Record<string, unknown>;
}

/** Every button of a card, also those in ActionSets, ShowCards and selectActions, in reading order. */
export function buttonsOf(card: unknown): (CardButton & { title?: string; url?: string })[] {
  if (Array.isArray(card)) return card.flatMap(buttonsOf);
  if (typeof card !== 'object' || card === null) return [];
  const node = card as Record<string, unknown>;
  const own =
    typeof node['type'] === 'string' && node['type'].startsWith('Action.')
      ? [node as unknown as CardButton]
      : [];
  const below = Object.entries(node)
    .filter(([key]) => key !== 'data')
    .flatMap(([, value]) => buttonsOf(value));
  return [...own, ...below];
}
