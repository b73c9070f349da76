import { type CloudName, clouds } from '../../microsoft/clouds.ts';
import { createRelationshipDesks } from '../../microsoft/graph/relationships.ts';
import type { NewRelationship } from '../../partner/relationships.ts';
import type { AccessTokens } from '../../partner/sign-in.ts';
import { keptLog, type ScriptedAnswer, type ScriptedRequest, scriptedCloud } from './scripted-cloud.ts';

export const partner = { tenantId: 'partner-tenant', objectId: 'lan' };
export const client = '5f1c0f3e-1b1a-4c1c-9a55-2f1f3c0de0aa';
export const clientId = '11111111-2222-4333-8444-555555555555';
export const consentReturn = 'https://bot.example/sign-in/callback';
export const support = 'f023fd81-a637-4b56-95fd-791ac0226033';
export const helpdesk = '729827e3-9c14-49f7-bb1b-9608f156bbb8';

/** What scripted Microsoft answers: undefined means 404. */
type Script = (call: {
  method: string;
  /** After the version, without the query: `/organization`; `/requests` for what follows the relationship's id. */
  path: string;
  query: URLSearchParams;
  /** Parsed where there is one. */
  body: unknown;
  request: ScriptedRequest;
  /** Calls so far to this path with this method, this one too. */
  count: number;
}) => ScriptedAnswer | Promise<ScriptedAnswer> | undefined;

const root = '/tenantRelationships/delegatedAdminRelationships';
/** As Microsoft makes them: two tenants' ids. */
export const relationshipId = '5d027261-d21f-4aa9-b7db-7fa1f56fb163-8777b240-c6f0-4469-9e98-a3205431b836';

/** Delegated administration before a scripted Graph and Partner Center. */
export async function openRelationships(
  script: Script,
  more: { cloud?: CloudName; timeoutMs?: number; tokens?: Partial<AccessTokens> } = {},
) {
  const counts = new Map<string, number>();
  const server = await scriptedCloud((request) => {
    const url = new URL(request.path, 'http://sandbox');
    const path = decodeURIComponent(url.pathname)
      .replace(/^\/[^/]+\/v1(\.0)?/, '')
      .replace(`${root}/${relationshipId}`, '/one')
      .replace(root, '/all');
    const { method } = request;
    const key = `${method} ${path}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    const body: unknown = request.body === '' ? undefined : JSON.parse(request.body);
    const answer = script({ method, path, query: url.searchParams, body, request, count });
    return answer ?? refusal(404, 'Request_ResourceNotFound');
  });
  const log = keptLog();
  const desks = createRelationshipDesks({
    cloud: clouds[more.cloud ?? 'worldwide'],
    tokens: {
      forAccount: async ({ objectId }, resource, options) =>
        `${objectId} ${resource} ${options?.tenantId ?? 'home'}`,
      forApp: async (tenantId) => `app ${tenantId}`,
      ...more.tokens,
    },
    sandboxOrigin: server.origin,
    timeoutMs: more.timeoutMs ?? 2_000,
    clientId,
    consentReturn,
    log,
  });
  return {
    desks,
    relationships: desks.as(partner),
    log,
    requests: server.requests,
    /** Calls as `GET /all`, in their order. */
    calls: () =>
      server.requests.map(({ method, path }) => {
        const { pathname } = new URL(path, 'http://sandbox');
        const short = decodeURIComponent(pathname).replace(/^\/[^/]+\/v1(\.0)?/, '');
        return `${method} ${short.replace(`${root}/${relationshipId}`, '/one').replace(root, '/all')}`;
      }),
    close: () => server.close(),
  };
}

export function refusal(status: number, code: string, message = 'not for people'): ScriptedAnswer {
  return { status, body: { error: { code, message, innerError: { 'request-id': 'r-1' } } } };
}

export const wanted: NewRelationship = {
  name: 'Contoso 42',
  clientTenantId: client,
  roles: [support, helpdesk],
  durationDays: 365,
  autoExtend: true,
};

/** A relationship as Microsoft writes one. */
export function written(more: Record<string, unknown> = {}) {
  return {
    '@odata.type': '#microsoft.graph.delegatedAdminRelationship',
    '@odata.etag': 'W/"JyIxIic="',
    id: relationshipId,
    displayName: 'Contoso 42',
    duration: 'P365D',
    customer: { tenantId: client.toUpperCase(), displayName: 'Fabrikam' },
    accessDetails: {
      unifiedRoles: [{ roleDefinitionId: support.toUpperCase() }, { roleDefinitionId: helpdesk }],
    },
    status: 'created',
    autoExtendDuration: 'P180D',
    createdDateTime: '2026-02-10T11:24:42.3148266Z',
    lastModifiedDateTime: '2026-02-10T11:24:42.3148266Z',
    activatedDateTime: '',
    endDateTime: '2027-02-10T11:24:42.3148266Z',
    ...more,
  };
}

export const list = (...items: object[]): ScriptedAnswer => ({ status: 200, body: { value: items } });
export const ok = (body: object = {}, status = 200): ScriptedAnswer => ({ status, body });

/** For a suite: what a test opens with `stage` is closed after it; `opened` is that, undefined before. */
export function relationshipsStage() {
  let open: Awaited<ReturnType<typeof openRelationships>> | undefined;
  afterEach(async () => {
    await open?.close();
    open = undefined;
  });
  return {
    async stage(...args: Parameters<typeof openRelationships>) {
      open = await openRelationships(...args);
      return open;
    },
    opened: () => open,
  };
}
