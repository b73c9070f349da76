import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request as our pages see it. */
export interface WebRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface WebAnswer {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

/** The body as text; undefined when it is longer than `limit` bytes. Stops reading there. */
export async function readBody(request: IncomingMessage, limit: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function json(status: number, body: unknown): WebAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  };
}

export function seeOther(location: string, headers: Record<string, string> = {}): WebAnswer {
  return { status: 303, headers: { ...headers, location, 'cache-control': 'no-store' }, body: '' };
}
