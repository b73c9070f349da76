import { type Authenticate, expiredToken } from './authenticate.ts';
import type { Faults, Strike } from './faults.ts';
import type { SandboxAnswer, SandboxRequest } from './http.ts';
import { type PartnerAnswer, partnerError } from './partner-center/answer.ts';
import { answerPartnerCenter } from './partner-center/routes.ts';
import { cloudOfPartnerCenter } from './sign-in/clouds.ts';
import type { SandboxClock, World } from './world.ts';

/** What every call of Partner Center passes on its way to the routes: faults, token, second factor, body, ids. */
export function createPartnerCenterMount(dependencies: {
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
  const done = createDoneWrites(world);

  async function checkedAnswer(request: SandboxRequest, strike: Strike): Promise<PartnerAnswer> {
    const { method, query, headers } = request;
    const cloud = cloudOfPartnerCenter(request.host)?.cloud;
    const audience = cloud?.partnerCenter ?? '';
    const adminCenter = cloud?.adminCenter ?? '';
    if (strike.breaks?.kind === 'expired-token') return unauthorised(400, expiredToken);
    if (headers['authorization'] === undefined)
      return unauthorised(800001, 'Partner Token missing in request context');
    const authenticated = await authenticate(headers['authorization'], audience);
    if ('problem' in authenticated) return unauthorised(400, authenticated.problem);
    const { caller, multiFactor } = authenticated;
    if (caller.objectId !== undefined && !multiFactor)
      return unauthorised(900421, 'The token of the user has no multifactor claim.');
    if (!/^\/v1(\/|$)/i.test(request.path)) return partnerError(404, 1000, 'Not found');
    const body = readBody(request);
    if (body === malformed) return partnerError(400, 800002, 'Invalid request input.');
    const path = request.path.slice('/v1'.length) || '/';
    const asked = { method, path, query, headers, body, caller, clock, real, adminCenter, world };
    const answer = () => answerPartnerCenter(asked);
    const isRead = method === 'GET' || method === 'HEAD';
    return isRead ? answer() : done.once(caller.tenantId, `${method} ${path}`, headers, answer);
  }

  return async (request, requestId) => {
    const ids = { requestId, correlationId: request.headers['ms-correlationid'] ?? crypto.randomUUID() };
    const strike = faults.strike(request.method, `/${request.host}${request.path}`);
    const instead = insteadOfDoing(strike);
    const answered = instead ?? (await checkedAnswer(request, strike));
    if (strike.slowMs > 0) await sleep(strike.slowMs);
    if (answered === 'reset' || strike.breaks?.kind === 'reset-after-doing') return 'reset';
    const answer = strike.breaks?.kind === 'unavailable-after-doing' ? unavailable() : answered;
    return withIds(answer, ids);
  };
}

/**
 * MS-RequestId makes a write happen once: a second call with the same one gets the first one's answer, also after
 * a restart. Refused writes are not remembered. https://learn.microsoft.com/partner-center/developer/headers
 */
function createDoneWrites(world: World) {
  const underWay = new Map<string, Promise<PartnerAnswer>>();

  async function kept(
    tenantId: string,
    key: string,
    answer: () => Promise<PartnerAnswer>,
  ): Promise<PartnerAnswer> {
    const known = await world.get('doneWrite', tenantId, key);
    if (known !== undefined) return known;
    const given = await answer();
    const { status, body } = given;
    if (status < 300) await world.put('doneWrite', tenantId, key, { status, body });
    return given;
  }

  return {
    async once(
      tenantId: string,
      what: string,
      headers: Record<string, string | undefined>,
      answer: () => Promise<PartnerAnswer>,
    ): Promise<PartnerAnswer> {
      const id = headers['ms-requestid'];
      if (id === undefined) return answer();
      const key = `${what.toLowerCase()} ${id}`;
      const place = `${tenantId} ${key}`;
      const started = underWay.get(place) ?? kept(tenantId, key, answer);
      underWay.set(place, started);
      return started.finally(() => underWay.delete(place));
    },
  };
}

const malformed = Symbol('malformed');

function readBody(request: SandboxRequest): unknown {
  if (request.body.length === 0) return undefined;
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    return malformed;
  }
}

function insteadOfDoing({ breaks }: Strike): PartnerAnswer | 'reset' | undefined {
  switch (breaks?.kind) {
    case 'reset':
      return 'reset';
    case 'unavailable':
      return unavailable();
    case 'throttled':
      return {
        status: 429,
        ...(breaks.retryAfter === undefined ? {} : { headers: { 'retry-after': String(breaks.retryAfter) } }),
        body: { statusCode: 429, message: 'Rate limit is exceeded. Try again later.' },
      };
    default:
      return undefined;
  }
}

function unavailable(): PartnerAnswer {
  return partnerError(503, 800003, 'Unexpected service error');
}

function unauthorised(code: number, description: string): PartnerAnswer {
  return partnerError(401, code, description, { source: 'PartnerCenterAuthentication' });
}

function withIds(
  { status, headers, body, bom }: PartnerAnswer,
  ids: { requestId: string; correlationId: string },
): SandboxAnswer {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'ms-requestid': ids.requestId,
      'ms-correlationid': ids.correlationId,
      'ms-serverid': 'sandbox',
      ...headers,
    },
    body: `${bom === true ? '\uFEFF' : ''}${JSON.stringify(body)}`,
  };
}
