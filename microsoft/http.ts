import { PartnerError } from '../partner/errors.ts';
import { type Cloud, onSandbox } from './clouds.ts';
import type { Log } from './log.ts';
import { withPatience } from './patience.ts';

/** How long one call may take, its answer read to the end; milliseconds. */
export const defaultTimeoutMs = 10_000;

interface HttpRequest {
  method: string;
  /** Address in Microsoft's cloud, `https://…`; the sandbox's address is made here. */
  url: string;
  headers?: Record<string, string>;
  body?: string;
  /** The asker's patience, on top of the time-out. */
  signal?: AbortSignal | undefined;
  /** False where sending it twice does no harm; otherwise it follows from the method. */
  changesSomething?: boolean;
}

/** The one way out to Microsoft's clouds. Answers are read completely, whatever their status. */
export interface Http {
  /** Throws PartnerError `microsoft-unreachable`, `-timeout`, `-unknown-outcome`; `unexpected` for a foreign address. */
  send(request: HttpRequest): Promise<Response>;
}

interface HttpDependencies {
  cloud: Cloud;
  /** `http://127.0.0.1:3979`; absent = Microsoft itself. */
  sandboxOrigin?: string | undefined;
  timeoutMs?: number | undefined;
  log: Log;
}

/**
 * HTTP to the hosts of one cloud and to nowhere else: a token can not leave by a redirect or a link.
 * Redirects are handed back. Connections are kept alive by Node's own fetch.
 */
export function createHttp({
  cloud,
  sandboxOrigin,
  timeoutMs = defaultTimeoutMs,
  log,
}: HttpDependencies): Http {
  const origins = new Set([cloud.login, cloud.graph, cloud.partnerCenter]);

  return {
    async send({
      method,
      url,
      headers = {},
      body,
      signal,
      changesSomething = method !== 'GET' && method !== 'HEAD',
    }) {
      const target = parse(url);
      if (target === undefined || !origins.has(target.origin)) {
        log.error({ method, host: target?.host }, 'call to a host outside the cloud refused');
        throw new PartnerError('unexpected');
      }
      const noted = { method, host: target.host, path: target.pathname };
      // Nothing has left yet, so even a write is known not to have happened.
      if (signal?.aborted) throw new PartnerError('microsoft-timeout');

      const startedAt = performance.now();
      return withPatience(timeoutMs, signal, async (patience) => {
        try {
          const address = sandboxOrigin === undefined ? url : onSandbox(sandboxOrigin, url);
          const content = body === undefined ? {} : { body };
          const answer = await fetch(address, {
            method,
            headers,
            redirect: 'manual',
            signal: patience,
            ...content,
          });
          const bytes = await answer.arrayBuffer();
          const { status } = answer;
          const ms = Math.round(performance.now() - startedAt);
          log.info({ ...noted, status, requestId: requestIdOf(answer.headers), ms }, 'call to Microsoft');
          return new Response(bytes.byteLength === 0 ? null : bytes, { status, headers: answer.headers });
        } catch (error) {
          const ms = Math.round(performance.now() - startedAt);
          const failure = failureOf(error, { changesSomething, gaveUp: patience.aborted });
          const { reason } = failure.details;
          log.warn({ ...noted, failure: failure.code, reason, ms }, 'call to Microsoft failed');
          throw failure;
        }
      });
    },
  };
}

/** Microsoft's id of a call, for the log and for people who ask Microsoft. */
export function requestIdOf(headers: Headers): string | undefined {
  return (
    headers.get('request-id') ?? headers.get('x-ms-request-id') ?? headers.get('ms-requestid') ?? undefined
  );
}

/** Errors that come before the request left: the other side has seen nothing. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

function failureOf(error: unknown, call: { changesSomething: boolean; gaveUp: boolean }): PartnerError {
  const reason = call.gaveUp ? 'timeout' : connectionCode(error);
  const details = { reason };
  if (neverLeft.has(reason)) return new PartnerError('microsoft-unreachable', { details, cause: error });
  if (call.changesSomething) return new PartnerError('microsoft-unknown-outcome', { details, cause: error });
  const code = call.gaveUp ? 'microsoft-timeout' : 'microsoft-unreachable';
  return new PartnerError(code, { details, cause: error });
}

/** Node's fetch says "fetch failed"; the reason is the code of its cause. */
function connectionCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause !== null && typeof cause === 'object' && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'connection-lost';
}

function parse(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}
