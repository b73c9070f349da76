import { type Authenticate, type Authenticated, expiredToken } from './authenticate.ts';
import type { Faults, Strike } from './faults.ts';
import { answerGraph } from './graph/routes.ts';
import { type Answer, graphError } from './graph-answer.ts';
import type { HttpAnswer, SandboxAnswer, SandboxRequest } from './http.ts';
import { cloudOfGraph } from './sign-in/clouds.ts';
import type { SandboxClock, World } from './world.ts';

/** What every Graph call passes on its way to the routes: faults, token, body, and the ids on its answer. */
export function createGraphMount(dependencies: {
  world: World;
  clock: SandboxClock;
  /** Real time in ms. */
  real: () => number;
  faults: Faults;
  authenticate: Authenticate;
  /** Waits in real time, in ms; ends early when the sandbox closes. */
  sleep: (ms: number) => Promise<void>;
}): (request: SandboxRequest, requestId: string) => Promise<SandboxAnswer> {
  const { world, clock, real, faults, authenticate, sleep } = dependencies;

  async function checkedAnswer(request: SandboxRequest, strike: Strike): Promise<Answer> {
    const audience = cloudOfGraph(request.host)?.cloud.graph ?? '';
    if (strike.breaks?.kind === 'expired-token') return unauthorised(expiredToken);
    const authenticated = await authenticate(request.headers['authorization'], audience);
    if ('problem' in authenticated) return unauthorised(authenticated.problem);
    const version = request.path.split('/')[1] ?? '';
    if (version !== 'v1.0') return graphError(404, 'ResourceNotFound', `Invalid version: ${version}`);
    // A sign-in for `openid profile` alone reads nothing of the directory.
    if (!authenticated.permissions.some((permission) => permission.includes('.')))
      return graphError(
        403,
        'Authorization_RequestDenied',
        'Insufficient privileges to complete the operation.',
      );
    const body = readBody(request);
    if (body === malformed) return graphError(400, 'BadRequest', unreadableBody);
    return routed(request, body, authenticated, audience);
  }

  async function routed(
    request: SandboxRequest,
    body: unknown,
    { caller, permissions }: Exclude<Authenticated, { problem: string }>,
    origin: string,
  ): Promise<Answer> {
    const { method, query, headers } = request;
    const path = request.path.slice('/v1.0'.length) || '/';
    const answer = await answerGraph({
      method,
      path,
      query,
      headers,
      body,
      caller,
      permissions,
      clock,
      real,
      world,
      origin,
      hidden: faults.hidden,
    });
    const created = createdUserId(method, path, answer);
    if (created !== undefined) faults.userCreated(method, fullPath(request), created);
    return answer;
  }

  return async (request, requestId) => {
    const clientRequestId = request.headers['client-request-id'] ?? requestId;
    const ids = { requestId, clientRequestId, now: clock.now() };
    const strike = faults.strike(request.method, fullPath(request));
    const instead = insteadOfDoing(strike);
    const done = instead ?? (await checkedAnswer(request, strike));
    if (strike.slowMs > 0) await sleep(strike.slowMs);
    if (done === 'reset' || strike.breaks?.kind === 'reset-after-doing') return 'reset';
    const answer = strike.breaks?.kind === 'unavailable-after-doing' ? unavailable() : done;
    return withIds(answer, ids);
  };
}

const unreadableBody =
  'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.';
const malformed = Symbol('malformed');

function fullPath(request: SandboxRequest): string {
  return `/${request.host}${request.path}`;
}

function insteadOfDoing({ breaks }: Strike): Answer | 'reset' | undefined {
  switch (breaks?.kind) {
    case 'reset':
      return 'reset';
    case 'unavailable':
      return unavailable();
    case 'throttled':
      return graphError(429, 'TooManyRequests', 'Too many requests.', {
        ...(breaks.retryAfter === undefined ? {} : { headers: { 'retry-after': String(breaks.retryAfter) } }),
      });
    default:
      return undefined;
  }
}

function unavailable(): Answer {
  return graphError(
    503,
    'serviceNotAvailable',
    'The service is temporarily unavailable. Retry after some time.',
  );
}

function unauthorised(message: string): Answer {
  return graphError(401, 'InvalidAuthenticationToken', message, {
    headers: {
      'www-authenticate':
        'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
    },
  });
}

function readBody(request: SandboxRequest): unknown {
  if (request.body.length === 0) return undefined;
  const type = request.headers['content-type'] ?? '';
  // A mail may come as MIME: https://learn.microsoft.com/graph/outlook-send-mime-message
  if (/^text\/plain\b/i.test(type) && request.path.endsWith('/sendMail'))
    return request.body.toString('utf8');
  if (!/^application\/json\b/i.test(type)) return malformed;
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    return malformed;
  }
}

function createdUserId(method: string, path: string, { status, body }: Answer): string | undefined {
  const made = method === 'POST' && path === '/users' && status === 201;
  if (!made || typeof body !== 'object' || body === null || !('id' in body)) return undefined;
  return String(body.id);
}

/** https://learn.microsoft.com/graph/errors: every error names the request in `innerError`. */
function withIds(
  answer: Answer,
  ids: { requestId: string; clientRequestId: string; now: number },
): HttpAnswer {
  const date = new Date(ids.now).toISOString().slice(0, 19);
  const innerError = { date, 'request-id': ids.requestId, 'client-request-id': ids.clientRequestId };
  const body = hasError(answer.body)
    ? { ...answer.body, error: { ...answer.body.error, innerError } }
    : answer.body;
  return {
    status: answer.status,
    headers: {
      'cache-control': 'no-cache',
      'odata-version': '4.0',
      'request-id': ids.requestId,
      'client-request-id': ids.clientRequestId,
      ...(body === undefined
        ? {}
        : {
            'content-type':
              'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
          }),
      ...answer.headers,
    },
    body: body === undefined ? '' : JSON.stringify(body),
  };
}

function hasError(body: unknown): body is { error: object } {
  return typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'object';
}
