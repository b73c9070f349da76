import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from 'botframework-schema';
import type { PersonOptions } from './fake-channel-activities.ts';
import { createPerson, type Person } from './fake-channel-person.ts';

/** One request of the bot to the connector. `taken` is false when the channel refused or lost it. */
export interface Received {
  method: 'POST' | 'PUT' | 'DELETE';
  path: string;
  conversationId: string;
  /** The id that the channel gave (POST) or that the bot named (PUT, DELETE). */
  activityId: string;
  /** Set when the bot answered with replyToActivity. */
  replyTo: string | undefined;
  activity: Partial<Activity>;
  authorization: string | undefined;
  taken: boolean;
}

/**
 * What happens to a request instead of 200. `reset-before`: the connection ends and the message is lost;
 * `reset-after`: the message arrived, the answer did not; `hang-…`: no answer until the channel closes.
 */
export type Fault =
  | { kind: 'status'; status: number; retryAfter?: string; taken?: boolean; location?: string }
  | { kind: 'reset-before' }
  | { kind: 'reset-after' }
  | { kind: 'hang-before' }
  | { kind: 'hang-after' };

export interface FakeChannel {
  /** `http://127.0.0.1:<port>`: what activities name as serviceUrl. */
  readonly serviceUrl: string;
  /** Every request in order, the failed ones too. */
  readonly requests: readonly Received[];
  /** Number of TCP connections that were opened, to see keep-alive at work. */
  readonly connections: number;
  /** What arrived, in order: POST, PUT and DELETE that were taken. */
  received(conversationId?: string): Received[];
  /** Texts of the messages that arrived by POST. */
  texts(conversationId?: string): string[];
  /** The chat as a client that can update shows it: PUT replaces in place, DELETE removes. */
  shown(conversationId?: string): Partial<Activity>[];
  /** From now on it takes so long to answer what it has received, ms. */
  slowDown(ms: number): void;
  /** The next `times` requests meet this fault; faults queue up in the order given. */
  failNext(fault: Fault, times?: number): void;
  /** The first taken request, past or to come, that fits. Rejects with what did arrive after `limitMs` (5000). */
  waitFor(fits: (received: Received) => boolean, limitMs?: number): Promise<Received>;
  /** Waits until so many messages were taken, and gives all of them. */
  waitForCount(count: number, conversationId?: string, limitMs?: number): Promise<Received[]>;
  /** A person in a chat with the bot: says, submits, presses. Each call is another person and conversation. */
  person(options?: PersonOptions): Person;
  /** The bot's messaging address, for people made afterwards and before. */
  talkTo(botUrl: string): void;
  /** Refuses connections until `up()`, on the same port. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

interface Waiter {
  look(): boolean;
}

const pathOf = /^(?:\/.*)?\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/;

/**
 * An HTTP server on loopback that plays the Bot Connector service of a channel.
 * Follows https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
 */
export async function createFakeChannel(options: { botUrl?: string } = {}): Promise<FakeChannel> {
  const requests: Received[] = [];
  const faults: Fault[] = [];
  const waiters = new Set<Waiter>();
  let connections = 0;
  let botUrl = options.botUrl;
  let slowMs = 0;

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => request.socket.destroy());
  });
  server.on('connection', () => {
    connections += 1;
  });
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  const serviceUrl = `http://127.0.0.1:${port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', serviceUrl).pathname;
    const body = await readJson(request);
    const [, conversation, named] = pathOf.exec(path) ?? [];
    const method = request.method;
    if (conversation === undefined || (method !== 'POST' && method !== 'PUT' && method !== 'DELETE')) {
      return send(response, 404, { error: { code: 'NotFound' } });
    }
    const target = named === undefined ? undefined : decodeURIComponent(named);
    const fault = faults.shift();
    const received: Received = {
      method,
      path,
      conversationId: decodeURIComponent(conversation),
      activityId: method === 'POST' ? randomUUID() : (target ?? ''),
      replyTo: method === 'POST' ? target : undefined,
      activity: body,
      authorization: request.headers.authorization,
      taken: isTaken(fault),
    };
    requests.push(received);
    for (const waiter of [...waiters]) if (waiter.look()) waiters.delete(waiter);
    if (slowMs > 0) await new Promise((answered) => setTimeout(answered, slowMs));
    if (fault === undefined) return send(response, 200, { id: received.activityId });
    if (fault.kind === 'status') {
      return send(
        response,
        fault.status,
        { error: { code: 'FaultOfTest', message: 'as told' } },
        {
          ...(fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }),
          ...(fault.location === undefined ? {} : { location: fault.location }),
        },
      );
    }
    if (fault.kind === 'reset-before' || fault.kind === 'reset-after') request.socket.destroy();
  }

  const received = (conversationId?: string): Received[] =>
    requests.filter(
      (one) => one.taken && (conversationId === undefined || one.conversationId === conversationId),
    );
  const posted = (conversationId?: string): Received[] =>
    received(conversationId).filter((one) => one.method === 'POST' && one.activity.type === 'message');

  function eventually<T>(find: () => T | undefined, what: string, limitMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => {
        waiters.delete(waiter);
        const seen = requests.map((one) => `${one.taken ? '' : '(lost) '}${one.method} ${summary(one)}`);
        reject(new Error(`${what}: not within ${limitMs} ms. Arrived so far:\n${seen.join('\n')}`));
      }, limitMs);
      const waiter: Waiter = {
        look() {
          const found = find();
          if (found === undefined) return false;
          clearTimeout(limit);
          resolve(found);
          return true;
        },
      };
      if (!waiter.look()) waiters.add(waiter);
    });
  }

  return {
    serviceUrl,
    requests,
    get connections() {
      return connections;
    },
    received,
    texts: (conversationId) => posted(conversationId).map((one) => one.activity.text ?? ''),
    shown(conversationId) {
      const chat = new Map<string, Partial<Activity>>();
      for (const one of received(conversationId)) {
        if (one.method === 'DELETE') chat.delete(one.activityId);
        else if (one.method === 'POST' ? one.activity.type === 'message' : chat.has(one.activityId)) {
          chat.set(one.activityId, one.activity);
        }
      }
      return [...chat.values()];
    },
    slowDown(ms) {
      slowMs = ms;
    },
    failNext(fault, times = 1) {
      for (let i = 0; i < times; i += 1) faults.push(fault);
    },
    waitFor: (fits, limitMs = 5000) =>
      eventually(() => requests.find((one) => one.taken && fits(one)), 'a message that fits', limitMs),
    waitForCount: (count, conversationId, limitMs = 5000) =>
      eventually(
        () => (posted(conversationId).length >= count ? posted(conversationId) : undefined),
        `${count} messages`,
        limitMs,
      ),
    person: (more = {}) =>
      createPerson({ serviceUrl, botUrl: () => botUrl, received, waitFor: eventually }, more),
    talkTo(url) {
      botUrl = url;
    },
    down: () => shut(server),
    up: () => listen(server, port),
    close: () => shut(server),
  };
}

function isTaken(fault: Fault | undefined): boolean {
  if (fault === undefined) return true;
  if (fault.kind === 'status') return fault.taken ?? fault.status < 300;
  return fault.kind === 'reset-after' || fault.kind === 'hang-after';
}

function summary(one: Received): string {
  const cards = one.activity.attachments?.length ?? 0;
  const texts = [...JSON.stringify(one.activity.attachments ?? []).matchAll(/"text":"([^"]{1,80})/g)];
  const words = texts.slice(0, 4).map(([, text]) => text);
  const shown = cards ? ` + ${cards} card(s): ${words.join(' · ')}` : '';
  return `${one.activity.type ?? '?'} ${JSON.stringify(one.activity.text ?? '')}${shown}`;
}

async function readJson(request: IncomingMessage): Promise<Partial<Activity>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Partial<Activity>);
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
