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
  /** Set-Cookie values. */
  cookies?: readonly string[];
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

export function seeOther(location: string, ...cookies: string[]): WebAnswer {
  return { status: 303, headers: { location, 'cache-control': 'no-store' }, cookies, body: '' };
}

/** A form on a page of another site; browsers that do not say so are held by the token. */
export function isFromElsewhere({ headers }: WebRequest): boolean {
  return headers['sec-fetch-site'] === 'cross-site';
}
