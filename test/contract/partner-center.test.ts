import assert from 'node:assert/strict';
import { type Cloud, clouds, onSandbox, sandboxApplication } from '../../microsoft/clouds.ts';
import { served } from '../../sandbox/partner-center/routes.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import {
  cloudApplications,
  createDelegations,
  atOnce as delegatesAtOnce,
  relationships,
  rolesOf,
  wanted,
} from '../sandbox/delegation-world.ts';
import { startSandbox } from '../sandbox/visitor.ts';
import type { ContractAnswer, ContractRequest } from './operation.ts';
import { partnerOperations } from './partner-center-operations.ts';
import type { PartnerOperation, PartnerStage } from './partner-operation.ts';
import { compare } from './shape.ts';
import { signIn } from './sign-in.ts';
import { beyond, closingTable, type Verdict } from './verdict.ts';

type Asker = NonNullable<PartnerOperation['by']> | 'admin';

const companies = [
  { cloud: clouds.worldwide, admin: seedAccounts.globalAdmin },
  { cloud: clouds['21vianet'], admin: seedAccounts.chinaGlobalAdmin },
] as const;

describe('contract of Partner Center, over HTTP against the sandbox', () => {
  const verdicts = new Map<string, Verdict>();
  let sandbox: Sandbox;
  let end: () => Promise<void>;

  before(async () => {
    ({ sandbox, end } = await startSandbox());
  });
  after(async () => {
    await end();
    process.stdout.write(closingTable('Partner Center', [...verdicts.values()]));
  });

  for (const { cloud, admin } of companies) {
    describe(cloud.name, () => {
      const isChina = cloud.name === '21vianet';
      const called = new Set<string>();
      let tokens: Record<Asker, string>;
      let stage: PartnerStage;

      before(async () => {
        tokens = await tokensOf(sandbox, cloud, admin);
        const read = async (path: string) =>
          (await call({ method: 'GET', path })).body as Record<string, unknown>;
        const { mpnId } = await read('/profiles/mpn');
        await sandbox.world.put('shopSettings', 'shop', 'settings', atOnce);
        const customerId = isChina
          ? await chineseCustomer(sandbox, admin.tenantId)
          : seedTenants.adventureWorks;
        const send = (request: ContractRequest) => call(request);
        const delegatingId = isChina ? '' : await delegatingCustomer(sandbox);
        stage = { tenantId: admin.tenantId, partnerId: String(mpnId), customerId, delegatingId, read, send };
      });

      for (const operation of partnerOperations) {
        // A client company exists in the worldwide cloud only.
        if (isChina && operation.by === 'client') continue;
        it(operation.id, async () => {
          const request = await operation.request(stage);
          const answer = await call(request, operation.by);
          if (isChina && operation.china === false) {
            assert.ok([404, 405].includes(answer.status), String(answer.status));
            return;
          }
          called.add(routeOf(request));
          verdicts.set(operation.id, judge(operation, answer));
        });
      }

      it('any, throttled', async () => {
        sandbox.faults.add({
          kind: 'throttled',
          retryAfter: 10,
          match: { path: cloud.partnerCenter.slice(8) },
        });
        const { status, headers, body } = await call({ method: 'GET', path: '/profiles/mpn' });
        assert.deepEqual([status, headers.get('retry-after')], [429, '10']);
        assert.equal((body as { statusCode?: number }).statusCode, 429);
        assert.ok(!('code' in (body as object)));
        const sentence = 'Status code and message in place of code and description, with Retry-After.';
        verdicts.set('any, throttled', { id: 'any, throttled', verdict: 'documented', sentence });
      });

      it('covers every route of this cloud', () => {
        const routes = served.filter(({ china }) => china || !isChina).map(({ route }) => route);
        assert.deepEqual(
          routes.filter((route) => !called.has(route)),
          [],
        );
      });

      async function call(request: ContractRequest, by: Asker = 'admin'): Promise<ContractAnswer> {
        const { method, path, headers = {}, body } = request;
        const ids = { 'MS-RequestId': crypto.randomUUID(), 'MS-CorrelationId': crypto.randomUUID() };
        const response = await fetch(onSandbox(sandbox.url, `${cloud.partnerCenter}/v1${path}`), {
          method,
          headers: {
            ...(by === 'nobody' ? {} : { Authorization: `Bearer ${tokens[by]}` }),
            Accept: 'application/json',
            ...ids,
            ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        for (const [name, value] of Object.entries(ids))
          assert.equal(response.headers.get(name), value, name);
        const text = await response.text();
        const content: unknown = text === '' ? undefined : JSON.parse(text.replace(/^\uFEFF/, ''));
        return { status: response.status, headers: response.headers, body: content };
      }
    });
  }
});

/** Checks one answer against its operation; throws for what is neither documented nor declared. */
function judge(operation: PartnerOperation, answer: ContractAnswer): Verdict {
  const { id, basis, note, status, answer: shape } = operation;
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
  if (shape === undefined) {
    assert.equal(answer.body, undefined);
    return { id, verdict: basis, sentence: note };
  }
  const { wrong, missing, empty, extra } = compare(shape, answer.body, '');
  assert.deepEqual(wrong, []);
  assert.deepEqual([...empty], operation.empty ?? [], 'nothing to compare');
  assert.deepEqual([...missing], [], 'documented, yet missing');
  return { id, verdict: basis, sentence: note + beyond([...extra]) };
}

async function tokensOf(
  sandbox: Sandbox,
  cloud: Cloud,
  admin: { tenantId: string; objectId: string },
): Promise<Record<Asker, string>> {
  const { tenantId } = admin;
  const template = await sandbox.world.get('user', tenantId, admin.objectId);
  assert.ok(template !== undefined);
  const person = async (more: object) => {
    const id = crypto.randomUUID();
    await sandbox.world.put('user', tenantId, id, { ...template, id, ...more });
    return signIn(sandbox.url, cloud, { tenantId, objectId: id }, cloud.partnerCenter);
  };
  return {
    admin: await signIn(sandbox.url, cloud, admin, cloud.partnerCenter),
    'graph-token': await signIn(sandbox.url, cloud, admin),
    plain: await person({}),
    'without-second-factor': await person({ withoutSecondFactor: true }),
    client:
      cloud.name === 'worldwide'
        ? await signIn(sandbox.url, cloud, seedAccounts.fabrikamGlobalAdmin, cloud.partnerCenter)
        : '',
    application: await applicationToken(sandbox, cloud, tenantId),
    nobody: '',
  };
}

async function applicationToken(sandbox: Sandbox, cloud: Cloud, tenantId: string): Promise<string> {
  const answer = await fetch(onSandbox(sandbox.url, `${cloud.login}/${tenantId}/oauth2/v2.0/token`), {
    method: 'POST',
    body: new URLSearchParams({
      client_id: sandboxApplication.clientId,
      client_secret: sandboxApplication.clientSecret,
      grant_type: 'client_credentials',
      scope: `${cloud.partnerCenter}/.default`,
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** Orders come through before the next call. */
const atOnce = { by: 'real', visibleAfterMs: 0, completedAfterMs: 0 } as const;

/** Fabrikam delegates to the Admin agents what it takes to allow an application. */
async function delegatingCustomer(sandbox: Sandbox): Promise<string> {
  await sandbox.world.put('delegationSettings', 'delegation', 'settings', delegatesAtOnce);
  const { globalAdmin, fabrikamGlobalAdmin } = seedAccounts;
  const { create, request, answer, ask } = createDelegations(() => sandbox);
  const id = await create(globalAdmin, wanted('Contract'));
  await request(globalAdmin, id, 'lockForApproval');
  await answer(fabrikamGlobalAdmin, id, 'approve');
  const groups = await sandbox.world.all('group', seedTenants.contoso);
  const agents = groups.find(({ displayName }) => displayName === 'AdminAgents')?.id;
  const json = {
    accessContainer: { accessContainerId: agents, accessContainerType: 'securityGroup' },
    accessDetails: rolesOf(cloudApplications),
  };
  await ask(globalAdmin, `${relationships}/${id}/accessAssignments`, { method: 'POST', json });
  return seedTenants.fabrikam;
}

/** The seed has no clients in China. */
async function chineseCustomer({ world }: Sandbox, partnerId: string): Promise<string> {
  const id = crypto.randomUUID();
  const partner = await world.get('tenant', partnerId, partnerId);
  assert.ok(partner !== undefined);
  const displayName = 'Adatum 21Vianet';
  await world.put('tenant', id, id, { ...partner, id, displayName, role: 'client', partnerTenantType: null });
  const contract = {
    contractType: 'ResellerPartner',
    customerId: id,
    defaultDomainName: 'adatum.cn',
    displayName,
  };
  await world.put('contract', partnerId, id, { id, ...contract });
  return id;
}

/** The route that a request reaches: fixed words before names, as the sandbox looks. */
function routeOf({ method, path }: ContractRequest): string {
  const segments = (path.split('?')[0] ?? '').slice(1).toLowerCase().split('/');
  const fitting = served.find(({ route }) => {
    const [served, pattern = ''] = route.split(' ');
    const parts = pattern.split('/');
    const fits = parts.every((part, index) => part.startsWith(':') || part === segments[index]);
    return served === method && parts.length === segments.length && fits;
  });
  return fitting?.route ?? `${method} ${path}`;
}
