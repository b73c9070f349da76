/** A call on the sandbox after the server read it, and what a route answers. */
export interface SandboxRequest {
  method: string;
  /** First part of the path: the host that the caller meant, or '' for the sandbox's own pages. */
  host: string;
  /** The rest of the path, still percent-encoded, starting with `/`. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  body: Buffer;
  /** Where the sandbox is reached, as this caller wrote it: `http://127.0.0.1:3979`. */
  origin: string;
}

/** `'reset'` breaks the connection instead of answering. */
export type SandboxAnswer = 'reset' | HttpAnswer;

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export function page(html: string, status = 200): HttpAnswer {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
    body: html,
  };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

export function redirect(location: string, status: 302 | 303 = 303, cookie?: string): HttpAnswer {
  return {
    status,
    headers: {
      location,
      'cache-control': 'no-store',
      ...(cookie === undefined ? {} : { 'set-cookie': cookie }),
    },
    body: '',
  };
}

export function form(request: SandboxRequest): URLSearchParams {
  return new URLSearchParams(request.body.toString('utf8'));
}

/**
 * Whether a page of another site is driving this request. A browser names the origin of every POST; programs
 * (tests, the bot) name none and are let through.
 */
export function fromAnotherSite(request: SandboxRequest): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin !== undefined) return origin !== request.origin;
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
