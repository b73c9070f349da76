import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { notice } from './secrets-seen.ts';

/** One call that passed the gate. `answer` is there once the other side has answered. */
export interface Call {
  method: string;
  /** With its query. */
  path: string;
  body: string;
  answer: { status: number; location: string; body: string } | undefined;
}

/** Stands between the bot and the sandbox: sees every call, and can stop one for good. */
export interface Gate {
  readonly url: string;
  readonly calls: readonly Call[];
  /**
   * Stops the next call that fits: `before` the sandbox sees it, or `after` the sandbox has done it and before
   * the bot hears of it. Resolves once it stands there; it never gets on. Rejects after 15 s.
   */
  hold(when: 'before' | 'after', fits: (call: Call) => boolean): Promise<Call>;
  close(): Promise<void>;
}

interface Hold {
  when: 'before' | 'after';
  fits(call: Call): boolean;
  reached(call: Call): void;
}

/** `target`: origin of what stands behind, `http://127.0.0.1:3979`. */
export async function createGate(target: string): Promise<Gate> {
  const calls: Call[] = [];
  let holds: Hold[] = [];

  const server = createServer((request, response) => {
    void pass(request, response).catch(() => request.socket.destroy());
  });

  const seen = () =>
    calls.map((call) => `${call.method} ${call.path} ${call.answer?.status ?? '-'}`).join('\n');

  function take(call: Call): Hold | undefined {
    const hold = holds.find((each) => each.fits(call));
    holds = holds.filter((each) => each !== hold);
    return hold;
  }

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/' } = request;
    const bytes = await bodyOf(request);
    const call: Call = { method, path, body: bytes.toString('utf8'), answer: undefined };
    calls.push(call);
    const hold = take(call);
    if (hold?.when === 'before') return hold.reached(call);
    const answer = await fetch(`${target}${path}`, {
      method,
      redirect: 'manual',
      headers: passedOn(Object.entries(request.headers)),
      ...(bytes.length === 0 ? {} : { body: new Uint8Array(bytes) }),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    const location = answer.headers.get('location') ?? '';
    call.answer = { status: answer.status, location, body: body.toString('utf8') };
    const responseBody = call.answer.body;
    notice({ url: `${target}${path}`, requestBody: call.body, location, setCookie: '', responseBody });
    if (hold !== undefined) return hold.reached(call);
    response.writeHead(answer.status, passedOn([...answer.headers]));
    response.end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    hold(when, fits) {
      let reached: (call: Call) => void = () => undefined;
      const limitMs = 15_000;
      const held = new Promise<Call>((resolve, reject) => {
        const late = () => reject(new Error(`No call to hold within ${limitMs} ms. Seen:\n${seen()}`));
        const limit = setTimeout(late, limitMs);
        reached = (call) => {
          clearTimeout(limit);
          resolve(call);
        };
      });
      holds.push({ when, fits, reached });
      return held;
    },
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** What belongs to one connection or was undone by reading the body. */
const notPassedOn = [
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'content-encoding',
  'transfer-encoding',
];

function passedOn(headers: [string, string | string[] | undefined][]): Record<string, string> {
  return Object.fromEntries(
    headers
      .filter(([name]) => !notPassedOn.includes(name))
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
