import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clouds, onSandbox } from '../../microsoft/clouds.ts';
import { served } from '../../sandbox/graph/routes.ts';
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { atOnce, createDelegations } from '../sandbox/delegation-world.ts';
import type { ContractAnswer, ContractRequest, Operation, Stage } from './operation.ts';
import { operations } from './operations.ts';
import { compare } from './shape.ts';
import { signIn } from './sign-in.ts';
import { beyond, closingTable, type Verdict } from './verdict.ts';

const companies = [
  { cloud: clouds.worldwide, tenantId: seedTenants.contoso, admin: seedAccounts.globalAdmin },
  { cloud: clouds['21vianet'], tenantId: seedTenants.china, admin: seedAccounts.chinaGlobalAdmin },
] as const;

describe('contract of Microsoft Graph, over HTTP against the sandbox', () => {
  const verdicts = new Map<string, Verdict>();
  const called = new Set<string>();
  let folder: string;
  let sandbox: Sandbox;
  let made = 0;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contract-'));
    sandbox = await createSandbox({ file: join(folder, 'sandbox.sqlite'), port: 0 });
    await sandbox.listen();
    await sandbox.world.put('delegationSettings', 'delegation', 'settings', atOnce);
  });

  after(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
    process.stdout.write(closingTable('Microsoft Graph', [...verdicts.values()]));
  });

  for (const { cloud, tenantId, admin } of companies) {
    describe(cloud.name, () => {
      let stage: Stage;

      before(async () => {
        stage = await setTheStage();
      });

      const isChina = cloud.name === '21vianet';
      for (const operation of operations.filter(({ china = true }) => china || !isChina)) {
        it(operation.id, async () => {
          const request = await operation.request(stage);
          const answer = await stage.send(request);
          called.add(routeOf(request));
          verdicts.set(operation.id, judge(operation, answer, cloud.graph));
        });
      }

      async function setTheStage(): Promise<Stage> {
        const tokens = { admin: await signIn(sandbox.url, cloud, admin), plain: '' };
        const send = (request: ContractRequest) =>
          call(request, request.by === 'plain' ? tokens.plain : tokens.admin);
        const domains = await sandbox.world.all('domain', tenantId);
        const domain = domains.find((one) => one.isDefault)?.id ?? '';
        const sku = (await sandbox.world.all('sku', tenantId)).toSorted((a, b) => b.enabled - a.enabled)[0];
        const groups = await sandbox.world.all('group', tenantId);
        // The seed has clients in one cloud only.
        const contractId = crypto.randomUUID();
        await sandbox.world.put('contract', tenantId, contractId, {
          id: contractId,
          contractType: 'ResellerPartner',
          customerId: crypto.randomUUID(),
          defaultDomainName: 'khach.example',
          displayName: 'Khách Hợp Đồng',
        });
        const newUser = async () => {
          made += 1;
          const { status, body } = await send({
            method: 'POST',
            path: '/users',
            body: contractUser(made, domain),
          });
          assert.equal(status, 201, JSON.stringify(body));
          return String((body as { id: unknown }).id);
        };
        tokens.plain = await signIn(sandbox.url, cloud, { tenantId, objectId: await newUser() });
        return {
          tenantId,
          origin: cloud.graph,
          domain,
          skuId: sku?.skuId ?? '',
          groupId: groups.find((one) => one.displayName === 'SalesAgents')?.id ?? '',
          clientId: seedTenants.fabrikam,
          newUser,
          send,
          approve: async (id) => {
            const { answer } = createDelegations(() => sandbox);
            assert.equal(await answer(seedAccounts.fabrikamGlobalAdmin, id, 'approve'), 303);
          },
        };
      }

      async function call(request: ContractRequest, token: string): Promise<ContractAnswer> {
        const { method, path, headers = {}, body } = request;
        const response = await fetch(onSandbox(sandbox.url, `${cloud.graph}/v1.0${path}`), {
          method,
          headers: {
            Authorization: `Bearer ${token}`,
            ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        });
        const text = await response.text();
        return {
          status: response.status,
          headers: response.headers,
          body: text === '' ? undefined : JSON.parse(text),
        };
      }

      it('has delegated administration in one cloud only', async () => {
        const path = '/tenantRelationships/delegatedAdminRelationships';
        assert.equal((await stage.send({ method: 'GET', path })).status, isChina ? 400 : 200);
      });

      it('any, throttled', async () => {
        sandbox.faults.add({ kind: 'throttled', retryAfter: 10, match: { path: '/v1.0/me' } });
        const { status, headers, body } = await stage.send({ method: 'GET', path: '/me' });
        assert.deepEqual([status, headers.get('retry-after')], [429, '10']);
        assert.equal((body as { error?: { code?: string } }).error?.code, 'TooManyRequests');
        const sentence = 'Code and Retry-After as documented; innerError has no inner code.';
        verdicts.set('any, throttled', { id: 'any, throttled', verdict: 'documented', sentence });
      });
    });
  }

  // In a suite of its own: mocha runs the tests of a suite before the suites inside it.
  describe('all in all', () => {
    it('covers every route of the sandbox', () => {
      assert.deepEqual(
        served.filter((route) => !called.has(route)),
        [],
      );
    });
  });
});

function contractUser(number: number, domain: string): Record<string, unknown> {
  return {
    accountEnabled: true,
    displayName: `Người Hợp Đồng ${number}`,
    mailNickname: `hop.dong.${number}`,
    userPrincipalName: `hop.dong.${number}@${domain}`,
    usageLocation: 'VN',
    passwordProfile: { password: 'Ban-Dau-2026' },
  };
}

/** Checks one answer against its operation; throws for what is neither documented nor declared. */
function judge(operation: Operation, answer: ContractAnswer, origin: string): Verdict {
  const { id, basis, note, lacks = [], status, headers = {}, answer: shape } = operation;
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.ok(answer.headers.get('request-id'), 'request-id');
  for (const [name, value] of Object.entries(headers)) assert.equal(answer.headers.get(name), value);
  if (shape === undefined) {
    assert.equal(answer.body, undefined);
    return { id, verdict: basis, sentence: note };
  }
  const { wrong, missing, empty, extra } = compare(shape, answer.body, origin);
  assert.deepEqual(wrong, []);
  assert.deepEqual([...missing, ...empty].sort(), [...lacks].sort(), 'documented, yet missing or empty');
  const isError = status >= 400;
  const inner = (answer.body as { error?: { innerError?: Record<string, unknown> } }).error?.innerError;
  if (isError) assert.equal(inner?.['request-id'], answer.headers.get('request-id'));
  if (!isError && shape !== 'number')
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
  const sentence = isError ? note : note + beyond([...extra]);
  return { id, verdict: lacks.length > 0 ? 'deviating' : basis, sentence };
}

/** The route of the sandbox that a request reaches, `/me/…` being `/users/:user/…`. */
function routeOf({ method, path }: ContractRequest): string {
  const segments = (path.split('?')[0] ?? '').split('/').slice(1);
  const own = segments[0] === 'me' ? ['users', 'me', ...segments.slice(1)] : segments;
  const fits = (route: string) => {
    const [verb, pattern = ''] = route.split(' ');
    const parts = pattern.split('/');
    const isSame = (part: string, index: number) => {
      const segment = own[index] ?? '';
      const [before = '', after] = part.split(/:\w+/);
      if (after === undefined) return part === segment;
      const value = segment.slice(before.length, segment.length - after.length);
      return segment === before + value + after && value !== '' && !value.startsWith('$');
    };
    return verb === method && parts.length === own.length && parts.every(isSame);
  };
  return served.find(fits) ?? `${method} ${path}`;
}
