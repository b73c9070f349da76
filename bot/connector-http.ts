import type { ConnectorClientOptions } from 'botframework-connector';

/** The SDK's idea of something that sends one HTTP request. */
export type HttpClient = NonNullable<ConnectorClientOptions['httpClient']>;

/**
 * No HTTP answer. `sent: false`: the request certainly never reached the channel; `sent: true`: nobody knows.
 */
export class NoAnswer extends Error {
  readonly sent: boolean;
  readonly code: string;
  constructor(sent: boolean, code: string, cause: unknown) {
    super(`No answer from the channel: ${code}`, { cause });
    this.name = 'NoAnswer';
    this.sent = sent;
    this.code = code;
  }
}

/** Failures before a connection stood, so no byte of the request was on its way. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/**
 * One request, one try, over Node's fetch: its pool keeps connections alive and closes idle ones before the
 * server does. Follows no redirect, as that could carry the token to another host. Throws NoAnswer.
 */
export function createHttpClient(timeoutMs: number): HttpClient {
  return {
    async sendRequest(request) {
      const { url, method } = request;
      const headers = request.headers.rawHeaders();
      const body: unknown = request.body;
      if (body !== undefined && typeof body !== 'string') throw new TypeError('Only text can be sent.');
      const response = await answerOf(url, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const answerHeaders = request.headers.clone();
      for (const name of answerHeaders.headerNames()) answerHeaders.remove(name);
      response.headers.forEach((value, name) => {
        answerHeaders.set(name, value);
      });
      // The status has settled what became of the message; a body that breaks off takes nothing back.
      const bodyAsText = await response.text().catch(() => '');
      return { request, status: response.status, headers: answerHeaders, bodyAsText };
    },
  };
}

async function answerOf(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const code = codeOf(error);
    throw new NoAnswer(!neverConnected.has(code), code, error);
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.cause instanceof Error) return codeOf(error.cause);
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : error.name;
}
