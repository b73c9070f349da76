import type { z } from 'zod';
import { PartnerError } from '../../partner/errors.ts';
import type { Cloud } from '../clouds.ts';
import { defaultTimeoutMs, type Http, requestIdOf } from '../http.ts';
import { orAborted, withPatience } from '../patience.ts';
import { secondsToWait, waited } from '../retry-wait.ts';
import { lacksSecondFactor, partnerCenterError } from './errors.ts';

interface PartnerCenterWrite {
  method: 'POST' | 'PUT' | 'PATCH';
  /** After the version: `/profiles/organization`. */
  path: string;
  /** Absent: the call has none. */
  body?: object | undefined;
  /** A GUID that the caller has stored; the same on a retry, so that Microsoft does it once. */
  requestId: string;
  /** The etag of what was read, without quotes. */
  ifMatch?: string | undefined;
}

/** Partner Center as one person sees it. Every method throws PartnerError only. */
export interface PartnerCenter {
  /** The answer's body, checked. `headers` on top of the usual ones, such as a continuation token. */
  read<T>(path: string, shape: z.ZodType<T>, headers?: Readonly<Record<string, string>>): Promise<T>;
  /** A write, sent once: after an unknown outcome only its caller may send it again. */
  write<T>(call: PartnerCenterWrite, shape: z.ZodType<T>): Promise<T>;
}

interface PartnerCenterDependencies {
  cloud: Cloud;
  http: Http;
  /** A token for this person; `fresh` when Microsoft did not take the last one. */
  token(fresh: boolean): Promise<string>;
  signal?: AbortSignal | undefined;
  /** For the whole call with its retries. */
  timeoutMs?: number | undefined;
}

interface Sent {
  method: 'GET' | PartnerCenterWrite['method'];
  path: string;
  headers: Record<string, string>;
  body?: string;
}

interface Answer {
  status: number;
  headers: Headers;
  /** Undefined where it is no JSON. */
  body: unknown;
}

/** https://learn.microsoft.com/partner-center/developer/headers: two ids on every call of one logical request. */
export function createPartnerCenter({
  cloud,
  http,
  token,
  signal,
  timeoutMs = defaultTimeoutMs,
}: PartnerCenterDependencies): PartnerCenter {
  const attempt = (call: Sent, fresh: boolean): Promise<Answer> =>
    withPatience(timeoutMs, signal, async (patience) => {
      const deadline = performance.now() + timeoutMs;
      const accessToken = await orAborted(token(fresh), patience);
      for (let retries = 0; ; retries += 1) {
        const response = await http.send({
          method: call.method,
          url: `${cloud.partnerCenter}/v1${call.path}`,
          headers: { ...call.headers, Authorization: `Bearer ${accessToken}` },
          signal: patience,
          ...(call.body === undefined ? {} : { body: call.body }),
        });
        const wait = secondsToWait(response, { isRead: call.method === 'GET', retries });
        const tooLate = wait === undefined || performance.now() + wait * 1000 >= deadline;
        if (tooLate || !(await waited(wait, patience)))
          return { status: response.status, headers: response.headers, body: jsonOf(await response.text()) };
      }
    });

  async function send<T>(call: Sent, shape: z.ZodType<T>): Promise<T> {
    let answer = await attempt(call, false);
    // Refused before anything was done; with a fresh token it may go through.
    if (answer.status === 401 && !lacksSecondFactor(answer.body)) answer = await attempt(call, true);
    const { status, headers, body } = answer;
    if (status < 200 || status > 299)
      throw partnerCenterError({ method: call.method, status, headers, body });
    const parsed = shape.safeParse(body);
    if (parsed.success) return parsed.data;
    // The write was done, only its answer makes no sense: the caller reads back.
    const code = call.method === 'GET' ? 'unexpected' : 'microsoft-unknown-outcome';
    throw new PartnerError(code, { requestId: requestIdOf(headers), cause: parsed.error });
  }

  return {
    read: (path, shape, more = {}) =>
      send({ method: 'GET', path, headers: { ...more, ...idsOf(crypto.randomUUID()) } }, shape),
    write: ({ method, path, body, requestId, ifMatch }, shape) => {
      const headers = {
        ...idsOf(requestId),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
      };
      const content = body === undefined ? {} : { body: JSON.stringify(body) };
      return send({ method, path, headers, ...content }, shape);
    },
  };
}

function idsOf(requestId: string): Record<string, string> {
  return {
    Accept: 'application/json',
    'MS-RequestId': requestId,
    'MS-CorrelationId': crypto.randomUUID(),
  };
}

/** Bodies may start with a byte order mark: reading them as text has dropped it. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
