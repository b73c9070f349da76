import { z } from 'zod';

export type SecretKind =
  | 'password'
  | 'access token'
  | 'refresh token'
  | 'ID token'
  | 'authorization code'
  | 'PKCE verifier'
  | 'nonce'
  | '6-digit code'
  | 'session cookie'
  | 'client secret';

export interface Secret {
  kind: SecretKind;
  value: string;
}

/** One HTTP call with its answer, as far as it can hold a secret. */
export interface Exchange {
  url: string;
  requestBody: string;
  location: string;
  setCookie: string;
  responseBody: string;
}

const seen = new Map<string, SecretKind>();
const chatAnswers: string[] = [];
const reading = new Set<Promise<void>>();

/** Secrets that were on their way since `from` (0: since the start), in the order in which they were first seen. */
export async function secretsSeen(from = 0): Promise<Secret[]> {
  await Promise.all(reading);
  return [...seen].slice(from).map(([value, kind]) => ({ kind, value }));
}

export function countSeen(): { secrets: number; answers: number } {
  return { secrets: seen.size, answers: chatAnswers.length };
}

/** HTTP answers of bots to their channels since `from`: replies may travel in them. */
export function answersSeen(from: number): string {
  return chatAnswers.slice(from).join('\n');
}

const inTokenRequest = {
  code: 'authorization code',
  code_verifier: 'PKCE verifier',
  refresh_token: 'refresh token',
  client_secret: 'client secret',
} as const satisfies Record<string, SecretKind>;
const inTokenAnswer = {
  access_token: 'access token',
  refresh_token: 'refresh token',
  id_token: 'ID token',
} as const satisfies Record<string, SecretKind>;
const writtenUser = z.object({ passwordProfile: z.object({ password: z.string() }) });

/** Notes the secrets of a call where they must pass: addresses, token calls, written users and our own pages. */
export function notice(exchange: Exchange): void {
  for (const address of [exchange.url, exchange.location]) {
    if (!URL.canParse(address)) continue;
    const { searchParams: query } = new URL(address);
    note('authorization code', query.get('code'));
    note('nonce', query.get('nonce'));
  }
  if (exchange.url.includes('/oauth2/v2.0/token')) {
    const asked = new URLSearchParams(exchange.requestBody);
    for (const [name, kind] of Object.entries(inTokenRequest)) note(kind, asked.get(name));
    const given = z.record(z.string(), z.unknown()).safeParse(parsed(exchange.responseBody)).data ?? {};
    for (const [name, kind] of Object.entries(inTokenAnswer)) note(kind, given[name]);
  }
  if (exchange.requestBody.includes('passwordProfile'))
    note('password', writtenUser.safeParse(parsed(exchange.requestBody)).data?.passwordProfile.password);
  note('password', /id="secret"[^>]*>([^<]+)</.exec(exchange.responseBody)?.[1]);
  note('6-digit code', /class="code"[^>]*>([\d ]+)</.exec(exchange.responseBody)?.[1]?.replaceAll(' ', ''));
  note('session cookie', /partner_bot_session=([^;]+)/.exec(exchange.setCookie)?.[1]);
  if (exchange.url.endsWith('/api/messages')) chatAnswers.push(exchange.responseBody);
}

function note(kind: SecretKind, value: unknown): void {
  // Shorter ones are made up by tests, and would be found by chance.
  const isSecret = typeof value === 'string' && (kind === '6-digit code' || value.length >= 12);
  if (isSecret && !seen.has(value)) seen.set(value, kind);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const fetchOfNode = globalThis.fetch;

/** Bots of tests live in this process and call Microsoft with this function, as tests do as people's browsers. */
globalThis.fetch = async (input, init) => {
  const answer = await fetchOfNode(input, init);
  const url = input instanceof Request ? input.url : String(input);
  const read = bodyOf(url, answer)
    .then((responseBody) =>
      notice({
        url,
        requestBody: bodyText(init?.body),
        location: answer.headers.get('location') ?? '',
        setCookie: answer.headers.get('set-cookie') ?? '',
        responseBody,
      }),
    )
    .finally(() => reading.delete(read));
  reading.add(read);
  return answer;
};

/** Where an answer can hold a secret, its text, read on the side: the caller's own reading stays as it is. */
async function bodyOf(url: string, answer: Response): Promise<string> {
  const isPage = answer.headers.get('content-type')?.includes('html') ?? false;
  const isOfInterest = isPage || url.includes('/oauth2/v2.0/token') || url.endsWith('/api/messages');
  return isOfInterest
    ? answer
        .clone()
        .text()
        .catch(() => '')
    : '';
}

function bodyText(body: unknown): string {
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  return typeof body === 'string' || body instanceof URLSearchParams ? String(body) : '';
}
