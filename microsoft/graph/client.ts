import {
  AuthenticationHandler,
  Client,
  type Context,
  type Middleware,
  RedirectHandler,
  RedirectHandlerOptions,
  ResponseType,
  TelemetryHandler,
} from '@microsoft/microsoft-graph-client';
import type { z } from 'zod';
import { PartnerError } from '../../partner/errors.ts';
import type { Cloud } from '../clouds.ts';
import { defaultTimeoutMs, type Http, requestIdOf } from '../http.ts';
import { orAborted, withPatience } from '../patience.ts';
import { graphError } from './errors.ts';
import { patientRetry } from './patient-retry.ts';

interface GraphCall {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** After the version, encoded: `/users?$top=5` (see `withQuery`, `segment`). */
  path: string;
  /** A text goes out as it is; its type is told in the headers. */
  body?: object | string;
  headers?: Record<string, string>;
}

/** Graph as one person sees it. Every method throws PartnerError only. */
export interface Graph {
  /** The answer's body, checked. */
  read<T>(path: string, shape: z.ZodType<T>, headers?: Record<string, string>): Promise<T>;
  /** A write whose answer matters. */
  write<T>(call: GraphCall, shape: z.ZodType<T>): Promise<T>;
  /** A write answered without a body, or whose body is not needed. */
  tell(call: GraphCall): Promise<void>;
}

interface GraphDependencies {
  cloud: Cloud;
  http: Http;
  /** A token for this person; `fresh` when Microsoft did not take the last one. */
  token(fresh: boolean): Promise<string>;
  signal?: AbortSignal | undefined;
  /** For the whole call with its retries. */
  timeoutMs?: number | undefined;
}

/**
 * Microsoft's client library over our own transport. Each call gets its own chain, so that a failure of the
 * transport comes out as it is (the library keeps only its text), and a deadline for all its attempts.
 * https://learn.microsoft.com/graph/sdks/customize-client
 */
export function createGraph({
  cloud,
  http,
  token,
  signal,
  timeoutMs = defaultTimeoutMs,
}: GraphDependencies): Graph {
  const attempt = (call: GraphCall, fresh: boolean): Promise<Response> =>
    withPatience(timeoutMs, signal, async (patience) => {
      const deadline = performance.now() + timeoutMs;
      const accessToken = await orAborted(token(fresh), patience);

      let failure: unknown;
      const transport: Middleware = {
        async execute(context) {
          try {
            context.response = await http.send(requestOf(context, patience));
          } catch (error) {
            failure = error;
            throw error;
          }
        },
      };
      const client = Client.initWithMiddleware({
        baseUrl: cloud.graph,
        defaultVersion: 'v1.0',
        middleware: [
          new AuthenticationHandler({ getAccessToken: async () => accessToken }),
          patientRetry({ deadline, signal: patience }),
          // A write is never repeated on another address.
          new RedirectHandler(new RedirectHandlerOptions(3, () => call.method === 'GET')),
          new TelemetryHandler(),
          transport,
        ],
      });
      return execute(client, call).catch((error: unknown) => {
        throw failure ?? error;
      });
    });

  async function send(call: GraphCall): Promise<{ response: Response; body: string }> {
    let response = await attempt(call, false);
    // Refused before anything was done; with a fresh token it may go through.
    if (response.status === 401) response = await attempt(call, true);
    const body = await response.text();
    if (!response.ok) throw graphError({ ...call, status: response.status, headers: response.headers, body });
    return { response, body };
  }

  async function sendAndParse<T>(call: GraphCall, shape: z.ZodType<T>): Promise<T> {
    const { response, body } = await send(call);
    const parsed = shape.safeParse(jsonOf(body));
    if (parsed.success) return parsed.data;
    // The write was done, only its answer makes no sense: the caller reads back.
    const code = call.method === 'GET' ? 'unexpected' : 'microsoft-unknown-outcome';
    throw new PartnerError(code, { requestId: requestIdOf(response.headers), cause: parsed.error });
  }

  return {
    read: (path, shape, headers = {}) => sendAndParse({ method: 'GET', path, headers }, shape),
    write: sendAndParse,
    tell: async (call) => {
      await send(call);
    },
  };
}

/** The raw answer, whatever its status: the library keeps neither headers nor our own kinds of failure. */
async function execute(client: Client, { method, path, headers, body }: GraphCall): Promise<Response> {
  const request = client
    .api(path)
    .responseType(ResponseType.RAW)
    // Without it new values of Microsoft's lists arrive as `unknownFutureValue`.
    .headers({ Prefer: 'include-unknown-enum-members', ...headers });
  if (method === 'GET') return request.get();
  if (method === 'DELETE') return request.delete();
  return method === 'POST' ? request.post(body ?? {}) : request.patch(body ?? {});
}

function requestOf(context: Context, signal: AbortSignal) {
  const { method = 'GET', headers, body } = context.options ?? {};
  if (typeof context.request !== 'string') throw new PartnerError('unexpected');
  return {
    method,
    url: context.request,
    headers: Object.fromEntries(new Headers(headers)),
    signal,
    ...(typeof body === 'string' ? { body } : {}),
  };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
