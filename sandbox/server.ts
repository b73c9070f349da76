import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import restify from 'restify';
import type { SandboxAnswer, SandboxRequest } from './http.ts';

export interface SandboxServer {
  /** Starts on `host` (127.0.0.1) and on ::1 where the machine has it. Throws PortTaken. */
  listen(): Promise<{ port: number }>;
  close(): Promise<void>;
}

/** Somebody else listens on the port already. */
export class PortTaken extends Error {
  readonly port: number;
  constructor(port: number) {
    super(`Port ${port} is taken`);
    this.port = port;
  }
}

const bodyLimit = 1024 * 1024;
const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/** Reads requests, asks `answer`, writes what it says. Knows nothing of Microsoft. */
export function createSandboxServer(options: {
  host: string;
  port: number;
  answer: (request: SandboxRequest) => Promise<SandboxAnswer>;
}): SandboxServer {
  const { host, answer } = options;
  const names = [...loopbackNames, host];
  const server = restify.createServer({ name: '', ignoreTrailingSlash: false });
  // Whoever listens is told by its own promise; restify would throw the event a second time.
  server.on('error', () => undefined);
  // A second listener for IPv6 hands its requests to the same server.
  const second = createHttpServer((request, response) => server.server.emit('request', request, response));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const authority = request.headers.host ?? '';
    // A name of somebody else that resolves to this machine must not reach the sandbox (DNS rebinding).
    if (!names.includes(authority.replace(/:\d+$/, '')))
      return end(response, 421, 'Not a name of the sandbox');
    const body = await readBody(request);
    if (body === undefined) {
      response.setHeader('connection', 'close');
      return end(response, 413, 'The request is larger than 1 MB');
    }
    const answered = await answer(toSandboxRequest(request, `http://${authority}`, body));
    if (answered === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    response.writeHead(answered.status, answered.headers);
    response.end(request.method === 'HEAD' ? '' : answered.body);
  }

  async function handle(request: restify.Request, response: restify.Response): Promise<void> {
    try {
      await serve(request, response);
    } catch {
      // `answer` catches its own errors; what is left is a caller that went away or an unreadable address.
      if (response.headersSent) request.socket.destroy();
      else end(response, 400, 'The sandbox could not read the request');
    }
  }

  for (const method of ['get', 'head', 'post', 'put', 'patch', 'del', 'opts'] as const)
    server[method]('/*', handle);

  return {
    async listen() {
      const port = await listenOn(server.server, options.port, host);
      if (host === '127.0.0.1') await listenOnIpv6(second, port);
      return { port };
    },
    async close() {
      await Promise.all(
        [server.server, second].map(async (one) => {
          if (!one.listening) return;
          await new Promise<void>((resolve) => {
            one.close(() => resolve());
            if ('closeAllConnections' in one) one.closeAllConnections();
          });
        }),
      );
    },
  };
}

function toSandboxRequest(request: IncomingMessage, origin: string, body: Buffer): SandboxRequest {
  const url = new URL(request.url ?? '/', origin);
  const [, first = '', ...rest] = url.pathname.split('/');
  const isHost = first.includes('.') && rest.length > 0;
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
  return {
    method: request.method ?? 'GET',
    host: isHost ? first.toLowerCase() : '',
    path: isHost ? `/${rest.join('/')}` : url.pathname,
    query: url.searchParams,
    headers,
    body,
    origin,
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > bodyLimit) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}

type Listener = Pick<ReturnType<typeof createHttpServer>, 'listen' | 'once' | 'off' | 'address'>;

function listenOn(server: Listener, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error);
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Machines without IPv6 do without. */
async function listenOnIpv6(server: Listener, port: number): Promise<void> {
  try {
    await listenOn(server, port, '::1');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EADDRNOTAVAIL' && code !== 'EAFNOSUPPORT') throw error;
  }
}
