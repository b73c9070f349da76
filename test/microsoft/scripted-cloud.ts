import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../../microsoft/log.ts';

export interface ScriptedRequest {
  method: string;
  /** As on the sandbox: `/graph.microsoft.com/v1.0/…` with the query. */
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** `reset` breaks the connection after reading the request, `hang` never answers. */
export type ScriptedAnswer =
  | { status: number; headers?: Record<string, string>; body?: unknown }
  | 'reset'
  | 'hang';

/** A server in the sandbox's place for what no well-behaved cloud does. Answers as the script says; counts calls. */
export async function scriptedCloud(
  script: (request: ScriptedRequest, count: number) => ScriptedAnswer | Promise<ScriptedAnswer>,
) {
  const requests: ScriptedRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const request = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString(),
    };
    requests.push(request);
    const answer = await script(request, requests.length);
    if (answer === 'hang') return;
    if (answer === 'reset') return void incoming.socket.destroy();
    const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
    outgoing.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    outgoing.end(answer.status === 204 ? undefined : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A log that keeps its lines, to look for what must not be in them. */
export function keptLog(): Log & { lines: { values: object; message: string }[] } {
  const lines: { values: object; message: string }[] = [];
  const keep = (values: object, message: string) => void lines.push({ values, message });
  return { lines, info: keep, warn: keep, error: keep };
}
