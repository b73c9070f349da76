import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import restify from 'restify';
import type { Log } from '../partner/log.ts';
import { json, readBody, type WebAnswer, type WebRequest } from './http.ts';
import { pageLanguage } from './page-language.ts';
import { revealScript, styleSheet } from './pages/assets.ts';
import { html } from './pages/html.ts';
import { page } from './pages/page.ts';

export interface WebServer {
  /** Starts on these addresses; answers the port. Throws Node's own error, e.g. EADDRINUSE. */
  listen(port: number, hosts: readonly string[]): Promise<number>;
  close(): Promise<void>;
}

type Page = (request: WebRequest) => Promise<WebAnswer>;

interface Deps {
  messages(body: unknown, headers: IncomingHttpHeaders): Promise<{ status: number; body: unknown }>;
  signIn: Page;
  passwords: Page;
  offers: Page;
  health(): Promise<boolean>;
  /** Host names that may be used, without port; undefined: any. Guards a tester's bot against DNS rebinding. */
  hostNames: readonly string[] | undefined;
  log: Log;
}

/** The Bot Connector's own limit is about 256 KB. */
const messageLimit = 256 * 1024;
const formLimit = 16 * 1024;
const bad = (status: number, code: string, message: string) => json(status, { error: { code, message } });

/** `/api/messages` for channels, and the pages that people open. Builds; only main.ts listens. */
export function createWebServer(deps: Deps): WebServer {
  const server = restify.createServer({ name: '', ignoreTrailingSlash: true });
  // Whoever listens is told by its own promise; restify would throw the event a second time.
  server.on('error', () => undefined);
  // One more listener per further address hands its requests to the same server.
  const others: ReturnType<typeof createHttpServer>[] = [];

  async function messages(request: IncomingMessage): Promise<WebAnswer> {
    const body = await readBody(request, messageLimit);
    if (body === undefined) return bad(413, 'TooLarge', 'The activity is larger than 256 KB.');
    let activity: unknown;
    try {
      activity = JSON.parse(body);
    } catch {
      return bad(400, 'BadActivity', 'The request is not a Bot Framework activity.');
    }
    const answer = await deps.messages(activity, request.headers);
    return json(answer.status, answer.body);
  }

  function isOurHost(request: IncomingMessage): boolean {
    const name = (request.headers.host ?? '').replace(/:\d+$/, '');
    return deps.hostNames === undefined || deps.hostNames.includes(name);
  }

  function pages(show: Page) {
    return async (incoming: IncomingMessage): Promise<WebAnswer> => {
      const body = await readBody(incoming, formLimit);
      if (body === undefined) return bad(413, 'TooLarge', 'The form is larger than 16 KB.');
      return show(toWebRequest(incoming, body));
    };
  }

  function respond(answerOf: (request: IncomingMessage) => Promise<WebAnswer>) {
    return async (request: restify.Request, response: restify.Response): Promise<void> => {
      let answer: WebAnswer;
      try {
        answer = isOurHost(request)
          ? await answerOf(request)
          : bad(421, 'WrongHost', 'Not a name of this bot.');
      } catch (error) {
        // Whoever has the address of an offer or a password can open it, so the log gets only its pattern.
        deps.log.error({ err: error, route: request.getRoute().path }, 'a request failed');
        answer = bad(500, 'InternalError', 'The bot failed. The reason is in its log.');
      }
      end(request, response, answer);
    };
  }

  server.post('/api/messages', respond(messages));
  server.get('/sign-in/:state', respond(pages(deps.signIn)));
  for (const path of ['/passwords/:id', '/passwords/:id/sign-in']) {
    server.get(path, respond(pages(deps.passwords)));
    server.post(path, respond(pages(deps.passwords)));
  }
  for (const path of ['/offers/:code', '/offers/:code/:what']) {
    server.get(path, respond(pages(deps.offers)));
    server.head(path, respond(pages(deps.offers)));
    server.post(path, respond(pages(deps.offers)));
  }
  server.get(
    '/health',
    respond(async () => ((await deps.health()) ? json(200, { ok: true }) : json(503, { ok: false }))),
  );
  server.get('/pages/style.css', respond(asset('text/css', styleSheet)));
  server.get('/pages/reveal.js', respond(asset('text/javascript', revealScript)));
  // Every refusal of restify's own passes here. `sendRaw` notes that the answer is out: without it restify
  // would answer a second time and throw.
  server.on(
    'restifyError',
    (request: restify.Request, response: restify.Response, error: unknown, done: () => void) => {
      const { status, headers = {}, body } = refusal(request, error);
      response.sendRaw(status, body, headers);
      done();
    },
  );

  return {
    async listen(port, hosts) {
      const [first = '127.0.0.1', ...rest] = hosts;
      const listening = await listenOn(server.server as ReturnType<typeof createHttpServer>, port, first);
      for (const host of rest) {
        const other = createHttpServer((request, response) =>
          server.server.emit('request', request, response),
        );
        others.push(other);
        await listenOn(other, listening, host);
      }
      return listening;
    },
    async close() {
      const all = [server.server as ReturnType<typeof createHttpServer>, ...others];
      await Promise.all(
        all.map(async (one) => {
          if (!one.listening) return;
          await new Promise<void>((resolve) => {
            one.close(() => resolve());
            one.closeIdleConnections();
          });
        }),
      );
    },
  };
}

/** `//` is a path that a client may send and no address; it counts as the root. */
function addressOf({ url = '/' }: IncomingMessage): URL {
  const base = 'http://localhost';
  return URL.canParse(url, base) ? new URL(url, base) : new URL(base);
}

function toWebRequest(request: IncomingMessage, body: string): WebRequest {
  const url = addressOf(request);
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body,
  };
}

/** An address or a method that there is not. People get a page, programs fixed words. */
function refusal(request: IncomingMessage, error: unknown): WebAnswer {
  const { statusCode = 500 } = error as { statusCode?: number };
  if (statusCode === 404) {
    const { language, words } = pageLanguage(toWebRequest(request, ''));
    return page({ language, title: words('page.not-found'), body: html``, status: 404 });
  }
  if (statusCode === 405) return bad(405, 'MethodNotAllowed', 'This address does not take that method.');
  return statusCode < 500
    ? bad(statusCode, 'BadRequest', 'The request cannot be read.')
    : bad(500, 'InternalError', 'The bot failed. The reason is in its log.');
}

function asset(type: string, body: string) {
  return async (): Promise<WebAnswer> => ({
    status: 200,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'max-age=300',
      'x-content-type-options': 'nosniff',
    },
    body,
  });
}

function end(request: IncomingMessage, response: ServerResponse, answer: WebAnswer): void {
  // What was not read of a request that is too large must not be taken for the next one.
  if (!request.complete) response.setHeader('connection', 'close');
  if (answer.cookies?.length) response.setHeader('set-cookie', [...answer.cookies]);
  response.writeHead(answer.status, answer.headers);
  response.end(request.method === 'HEAD' ? '' : answer.body);
}

async function listenOn(
  server: ReturnType<typeof createHttpServer>,
  port: number,
  host: string,
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}
