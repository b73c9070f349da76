import type { IncomingHttpHeaders } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { type Activity, ActivityTypes, TurnContext } from 'botbuilder';
import { errorCard } from '../cards/error.ts';
import type { Conversation } from '../dialogs/conversation.ts';
import { putJudge } from '../dialogs/judgement.ts';
import { signInFinishedEvent } from '../dialogs/sign-in.ts';
import { putTurn } from '../dialogs/turn.ts';
import type { Words } from '../locales/words.ts';
import type { Clock } from '../partner/clock.ts';
import { type ErrorCode, PartnerError } from '../partner/errors.ts';
import type { Json, JsonObject } from '../partner/operations.ts';
import { type Changes, type ChatPerson, ConflictError } from '../storage/changes.ts';
import type { Authentication } from './authentication.ts';
import { checkInbound, maxTextLength } from './inbound.ts';
import { type InboundMessage, readInbound } from './inbound-message.ts';
import { createQueue } from './queue.ts';
import { loadState, putState } from './state.ts';
import { createTurn, type RunningTurn, type TurnDeps } from './turn.ts';
import { TurnAdapter } from './turn-adapter.ts';

export interface HttpAnswer {
  status: number;
  body: Json | object;
}

export interface Bot {
  /** One posted activity, checked, queued behind its conversation, answered after its commit. */
  receive(body: unknown, headers: IncomingHttpHeaders): Promise<HttpAnswer>;
  /** Puts something that happened elsewhere (a finished sign-in) into a person's conversation. */
  event(person: ChatPerson, name: string): Promise<void>;
  /** Waits for turns that are running. */
  idle(): Promise<void>;
}

interface BotDeps extends TurnDeps {
  authentication: Authentication;
  conversation: Conversation;
  clock: Clock;
}

/** A turn that has begun; `people` is what it changed about the person, who may be in other turns too. */
type Begun = RunningTurn & { people(): ChatPerson[] };

/** What its caller gets, and whether somebody signed in during it. */
interface TurnEnd {
  answer: HttpAnswer;
  signedIn: boolean;
}

/** All reads of a turn share this time; an invoke's caller waits less. */
const readMs = 8_000;
const invokeReadMs = 3_000;
/** After this the chat shows that the bot is busy. */
const typingAfterMs = 1_500;
const mostRuns = 3;
const dayMs = 24 * 60 * 60 * 1000;
const noAnswer: HttpAnswer = { status: 200, body: {} };

export function createBot(deps: BotDeps): Bot {
  const { storage, authentication, conversation, clock, log, newId } = deps;
  const adapter = new TurnAdapter();
  const queue = createQueue();
  const running = new Set<Promise<unknown>>();

  async function receive(body: unknown, headers: IncomingHttpHeaders): Promise<HttpAnswer> {
    const checked = checkInbound(body, headers);
    if (!checked.ok) return { status: checked.status, body: checked.body };
    const who = await authentication.authenticate(checked.activity, headers.authorization);
    if (!who.ok) return { status: who.status, body: who.body };
    const message = readInbound(checked.activity, checked);
    if (!isOurs(message)) return message.isInvoke ? { status: 501, body: {} } : noAnswer;
    return inTurn(message);
  }

  function inTurn(message: InboundMessage): Promise<HttpAnswer> {
    const turn = queue.run(message.conversationKey, () => process(message));
    running.add(turn);
    return turn.finally(() => running.delete(turn));
  }

  async function process(message: InboundMessage): Promise<HttpAnswer> {
    const { id } = message.activity;
    const answered = await answerFromBefore(message, id);
    if (answered !== undefined) return answered;
    const typing = setTimeout(() => void showTyping(message), typingAfterMs);
    try {
      const { answer, signedIn } = await runWithRetries(message, id);
      // What comes after a sign-in may fail; the sign-in itself has happened.
      if (signedIn) await process(eventIn(message.reference, signInFinishedEvent));
      return answer;
    } finally {
      clearTimeout(typing);
    }
  }

  /** What a redelivered activity got the first time; the replies to a message went through the outbox. */
  async function answerFromBefore(
    message: InboundMessage,
    id: string | undefined,
  ): Promise<HttpAnswer | undefined> {
    const stored = id === undefined ? undefined : await storage.inbound.find(message.conversationKey, id);
    return stored && (stored.answer ?? noAnswer);
  }

  async function runWithRetries(message: InboundMessage, id: string | undefined): Promise<TurnEnd> {
    try {
      return await onFreshState(message, id, () => runOnce(message, id));
    } catch (thrown) {
      const error = unwrapped(thrown);
      if (!needsSignIn(error)) return onFreshState(message, id, () => tellError(message, id, error));
      const reference = deps.newReference();
      const { code, requestId } = error;
      log.info(
        { reference, code, requestId, conversation: message.conversationKey },
        'a turn needs a sign-in first',
      );
      return onFreshState(message, id, () => runOnce(message, id, { reference, code })).catch((again) =>
        onFreshState(message, id, () => tellError(message, id, unwrapped(again))),
      );
    }
  }

  /** Runs again what lost a race, unless it lost against the same activity in another process. */
  async function onFreshState(
    message: InboundMessage,
    id: string | undefined,
    work: () => Promise<TurnEnd>,
  ): Promise<TurnEnd> {
    for (let run = 1; ; run++) {
      try {
        return await work();
      } catch (thrown) {
        if (!(unwrapped(thrown) instanceof ConflictError)) throw thrown;
        const answered = await answerFromBefore(message, id);
        if (answered !== undefined) return { answer: answered, signedIn: false };
        if (run >= mostRuns) throw thrown;
      }
    }
  }

  async function begin(message: InboundMessage): Promise<Begun> {
    const found = await storage.people.find(message.personKey);
    const person = found ?? newPerson(message);
    const account = person.account === null ? undefined : await storage.accounts.find(person.account);
    const signal = AbortSignal.timeout(message.isInvoke ? invokeReadMs : readMs);
    const reference = message.personal ? message.reference : person.reference;
    const now = clock.now();
    const seenAt = lastSeen(person, now);
    const zone = message.zone ?? person.zone;
    const running = createTurn(deps, message, {
      person: { ...person, reference, seenAt, zone },
      account,
      now,
      signal,
      zone: await deps.zones.ofReader(person.account, { zone }),
    });
    const isSame = () => isDeepStrictEqual(running.person(), found);
    // Who is forgotten in this turn is not written down by it again.
    const isGone = () => running.gathered.changes.forgotten.length > 0;
    const people = () => (isGone() || isSame() ? [] : [running.person()]);
    return { ...running, people };
  }

  async function runOnce(
    message: InboundMessage,
    id: string | undefined,
    signInFirst?: { reference: string; code: ErrorCode },
  ): Promise<TurnEnd> {
    if (message.heldKey) throw new PartnerError('product-key-typed');
    const state = loadState(message.conversationKey, await storage.state.find(message.conversationKey));
    const running = await begin(message);
    if (message.tooLong && message.personal)
      throw new PartnerError('input-too-long', { details: { limit: maxTextLength } });
    const context = new TurnContext(adapter, message.activity);
    putTurn(context, running.turn);
    putJudge(context, running.judge);
    putState(context, state);
    if (state.fromAnotherVersion) running.turn.say(running.turn.words('error.after-upgrade.what'));
    await (signInFirst === undefined
      ? conversation.run(context)
      : conversation.signInFirst(context, signInFirst));
    const answer = answerOf(message, running);
    await storage.commit({
      ...running.gathered.changes,
      state: [state.write()],
      people: running.people(),
      outbox: message.expectsReplies ? elsewhere(message, running) : running.gathered.outbox,
      ...received(message, id, answer),
    });
    return { answer, signedIn: running.gathered.signedIn };
  }

  function received(message: InboundMessage, activityId: string | undefined, answer: HttpAnswer): Changes {
    if (activityId === undefined) return {};
    const { conversationKey } = message;
    const kept =
      message.isInvoke || message.expectsReplies
        ? { status: answer.status, body: answer.body as Json }
        : null;
    return { inbound: [{ conversationKey, activityId, answer: kept, at: Date.now() }] };
  }

  /** The turn did not happen: nothing of it is kept but this sentence, and the open form stays answerable. */
  async function tellError(
    message: InboundMessage,
    id: string | undefined,
    thrown: unknown,
  ): Promise<TurnEnd> {
    const reference = deps.newReference();
    const error = thrown instanceof PartnerError ? thrown : new PartnerError('unexpected', { cause: thrown });
    const facts = {
      reference,
      code: error.code,
      requestId: error.requestId,
      conversation: message.conversationKey,
    };
    if (error.code === 'unexpected') log.error({ ...facts, err: error.cause ?? error }, 'a turn failed');
    else log.warn(facts, 'a turn was refused');
    const running = await begin(message);
    const { account, chat } = running.turn;
    const cloud = (account && deps.situations.companies.cloudOf(account.tenantId)) ?? 'worldwide';
    if (chat.personal) {
      const { words } = running.turn;
      running.turn.show(errorCard(words, chat.language, error, { account, cloud, reference }));
    } else running.turn.say(groupNote(running.turn.words, error));
    const answer = answerOf(message, running);
    await storage.commit({
      outbox: message.expectsReplies ? [] : running.gathered.outbox,
      people: running.people(),
      ...received(message, id, answer),
    });
    return { answer, signedIn: false };
  }

  async function showTyping({ conversationKey, reference, expectsReplies }: InboundMessage): Promise<void> {
    if (expectsReplies) return;
    const activity = { type: ActivityTypes.Typing };
    const row = {
      key: newId(),
      conversationKey,
      reference,
      activity,
      replaces: null,
      passing: false,
      forAccount: null,
    };
    await storage
      .commit({ outbox: [row] })
      .catch((error) => log.warn({ err: error }, 'could not show typing'));
  }

  return {
    receive,
    async event(person, name) {
      const { reference } = person;
      if (reference !== null) await inTurn(eventIn(reference, name));
    },
    async idle() {
      await Promise.allSettled(running);
    },
  };
}

/** Something that happened elsewhere, as if it had come from this conversation. */
function eventIn(reference: JsonObject, name: string): InboundMessage {
  const event = { type: ActivityTypes.Event, name };
  return readInbound(TurnContext.applyConversationReference(event, reference as object, true) as Activity);
}

/** What conversations know how to answer; reactions, receipts and foreign invokes are let pass. */
function isOurs({ activity, input, isInvoke, heldKey }: InboundMessage): boolean {
  if (heldKey && activity.type === ActivityTypes.Message) return true;
  if (isInvoke) return input.submit !== undefined;
  if (activity.type === ActivityTypes.Message) return input.submit !== undefined || input.text !== '';
  if (activity.type !== ActivityTypes.ConversationUpdate) return false;
  const { membersAdded = [], recipient } = activity;
  return membersAdded.some((member) => member.id !== recipient?.id);
}

/** Others read it too: what went wrong is told in the 1:1 chat, but a product key has to go from this very place. */
function groupNote(words: Words, { code }: PartnerError): string {
  if (code !== 'product-key-typed') return words('group.note');
  return `${words('error.product-key-typed.what')} ${words('error.product-key-typed.next')}`;
}

/** To the day, so that not every message writes it. */
function lastSeen({ seenAt }: ChatPerson, now: number): number {
  return seenAt === null || now - seenAt >= dayMs ? now : seenAt;
}

function newPerson({ personKey, personal, reference }: InboundMessage): ChatPerson {
  return {
    key: personKey,
    reference: personal ? reference : null,
    language: null,
    account: null,
    zone: null,
    welcomedAt: null,
    seenAt: null,
    version: 0,
  };
}

/** What goes to other people's chats: that never leaves in the answer to this one. */
function elsewhere({ conversationKey }: InboundMessage, { gathered }: RunningTurn) {
  return gathered.outbox.filter((row) => row.conversationKey !== conversationKey);
}

function answerOf(message: InboundMessage, running: RunningTurn): HttpAnswer {
  if (message.expectsReplies) {
    const others = elsewhere(message, running);
    const replies = running.gathered.outbox.filter((row) => !others.includes(row));
    return { status: 200, body: { activities: replies.map(({ activity }) => activity) } };
  }
  if (!message.isInvoke) return noAnswer;
  const value = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: '' };
  return { status: 200, body: value };
}

const signInCodes: readonly ErrorCode[] = ['sign-in-needed', 'sign-in-expired', 'sign-in-to-answer'];

function needsSignIn(error: unknown): error is PartnerError {
  return error instanceof PartnerError && signInCodes.includes(error.code);
}

/** The SDK wraps what dialogs throw, together with a dialog context that must not be logged. */
function unwrapped(error: unknown): unknown {
  let inner = error;
  while (inner instanceof Error && inner.name === 'DialogContextError' && 'error' in inner)
    inner = inner.error;
  return inner;
}
