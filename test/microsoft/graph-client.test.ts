import assert from 'node:assert/strict';
import { z } from 'zod';
import { clouds } from '../../microsoft/clouds.ts';
import { createGraph } from '../../microsoft/graph/client.ts';
import { readAll, readPage } from '../../microsoft/graph/paging.ts';
import { findAgentGroups } from '../../microsoft/graph/support-groups.ts';
import { createHttp } from '../../microsoft/http.ts';
import type { Log } from '../../microsoft/log.ts';
import { PartnerError } from '../../partner/errors.ts';
import { keptLog, type ScriptedAnswer, type ScriptedRequest, scriptedCloud } from './scripted-cloud.ts';

const cloud = clouds.worldwide;
const anything = z.looseObject({});
const list = { path: '/users', query: { $top: '1' }, item: z.object({ id: z.string() }) };
const throttled = (headers: Record<string, string>): ScriptedAnswer => ({ status: 429, headers });

describe('the Graph client', () => {
  const opened: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const server of opened.splice(0)) await server.close();
  });

  /** `answers` in their order; the last one for all calls after it. */
  async function graphTo(
    answers: (ScriptedAnswer | ((request: ScriptedRequest) => ScriptedAnswer))[],
    more: {
      timeoutMs?: number;
      signal?: AbortSignal;
      log?: Log;
      token?: (fresh: boolean) => Promise<string>;
    } = {},
  ) {
    const server = await scriptedCloud((request, count) => {
      const answer = answers[Math.min(count, answers.length) - 1] ?? 'reset';
      return typeof answer === 'function' ? answer(request) : answer;
    });
    opened.push(server);
    const http = createHttp({ cloud, sandboxOrigin: server.origin, log: more.log ?? keptLog() });
    const token = more.token ?? (async (fresh: boolean) => (fresh ? 'fresh-token' : 'old-token'));
    return { graph: createGraph({ cloud, http, ...more, token }), requests: server.requests };
  }

  it("sends the person's token to the cloud's own host", async () => {
    const { graph, requests } = await graphTo([{ status: 200 }]);
    await graph.read('/me', anything);
    assert.equal(requests[0]?.headers.authorization, 'Bearer old-token');
    assert.equal(requests[0]?.headers['prefer'], 'include-unknown-enum-members');
  });

  it('asks for one fresh token on 401, also for a write, then wants the person', async () => {
    const once = await graphTo([{ status: 401 }, { status: 204 }]);
    await once.graph.tell({ method: 'POST', path: '/users', body: { a: 1 } });
    assert.deepEqual(
      once.requests.map(({ headers, body }) => [headers.authorization, body]),
      [
        ['Bearer old-token', '{"a":1}'],
        ['Bearer fresh-token', '{"a":1}'],
      ],
    );
    const always = await graphTo([{ status: 401 }]);
    await assert.rejects(always.graph.read('/me', anything), { code: 'sign-in-needed' });
    assert.equal(always.requests.length, 2);
  });

  it('repeats reads on 429, 503 and 504, with and without Retry-After', async () => {
    const { graph, requests } = await graphTo([
      throttled({ 'Retry-After': '0' }),
      throttled({}),
      { status: 503, headers: { 'Retry-After': '0' } },
      { status: 200, body: { id: 'x' } },
    ]);
    assert.deepEqual(await graph.read('/me', anything), { id: 'x' });
    assert.equal(requests.length, 4);
  });

  it('does not wait longer than a moment, nor past its own time', async () => {
    const long = await graphTo([throttled({ 'Retry-After': '30' })]);
    await assert.rejects(long.graph.read('/me', anything), { code: 'microsoft-busy', retryAfterSeconds: 30 });
    assert.equal(long.requests.length, 1);
    const short = await graphTo([throttled({ 'Retry-After': '3' })], { timeoutMs: 1000 });
    await assert.rejects(short.graph.read('/me', anything), { code: 'microsoft-busy', retryAfterSeconds: 3 });
    assert.equal(short.requests.length, 1);
  });

  it('ends a wait when the asker gives up, and says what it waited for', async () => {
    const asker = new AbortController();
    // The answer is noted when it has been read: from then on the client waits.
    const log = { ...keptLog(), info: () => asker.abort() };
    const busy = throttled({ 'Retry-After': '4' });
    const { graph, requests } = await graphTo([busy], { signal: asker.signal, log });
    await assert.rejects(graph.read('/me', anything), { code: 'microsoft-busy', retryAfterSeconds: 4 });
    assert.equal(requests.length, 1);
  });

  it('repeats a write on 429 only, which was refused', async () => {
    const refused = await graphTo([throttled({ 'Retry-After': '0' }), { status: 204 }]);
    await refused.graph.tell({ method: 'POST', path: '/users' });
    assert.equal(refused.requests.length, 2);
    for (const answer of [
      { status: 503, headers: { 'Retry-After': '0' } },
      { status: 500 },
      { status: 504 },
      'reset',
    ] as const) {
      for (const method of ['POST', 'PATCH', 'DELETE'] as const) {
        const { graph, requests } = await graphTo([answer]);
        await assert.rejects(graph.tell({ method, path: '/users' }), { code: 'microsoft-unknown-outcome' });
        assert.equal(requests.length, 1, `${method} ${JSON.stringify(answer)}`);
      }
    }
  });

  it('gives failures of token and transport on as they are', async () => {
    const token = async () => {
      throw new PartnerError('consent-missing');
    };
    const { graph, requests } = await graphTo([{ status: 200 }], { token });
    await assert.rejects(graph.read('/me', anything), { code: 'consent-missing' });
    assert.equal(requests.length, 0);
    const slow = await graphTo(['hang'], { timeoutMs: 50 });
    await assert.rejects(slow.graph.read('/me', anything), { code: 'microsoft-timeout' });
  });

  it('does not wait for a token longer than its time; a write then has not happened', async () => {
    const { graph, requests } = await graphTo([{ status: 204 }], {
      timeoutMs: 50,
      token: () => new Promise(() => {}),
    });
    await assert.rejects(graph.tell({ method: 'POST', path: '/users' }), { code: 'microsoft-timeout' });
    assert.equal(requests.length, 0);
  });

  it('refuses an answer that makes no sense; after a write the outcome is to be read', async () => {
    const { graph } = await graphTo([{ status: 200, body: '<html>' }]);
    await assert.rejects(graph.read('/me', z.object({ id: z.string() })), { code: 'unexpected' });
    const call = { method: 'POST', path: '/users' } as const;
    await assert.rejects(graph.write(call, z.object({ id: z.string() })), {
      code: 'microsoft-unknown-outcome',
    });
  });

  it('follows no redirect out of the cloud, and none for a write', async () => {
    const away = await graphTo([{ status: 302, headers: { Location: 'https://evil.example/v1.0/me' } }]);
    await assert.rejects(away.graph.read('/me', anything), { code: 'unexpected' });
    assert.equal(away.requests.length, 1);
    const write = await graphTo([{ status: 307, headers: { Location: `${cloud.graph}/v1.0/groups` } }]);
    await assert.rejects(write.graph.tell({ method: 'POST', path: '/users' }), { code: 'unexpected' });
    assert.equal(write.requests.length, 1);
  });

  it('reads lists page by page', async () => {
    const link = `${cloud.graph}/v1.0/users?$top=1&$skiptoken=a%26b`;
    const { graph, requests } = await graphTo([
      { status: 200, body: { value: [{ id: '1' }], '@odata.nextLink': link } },
      { status: 200, body: { value: [{ id: '2' }] } },
    ]);
    assert.deepEqual(await readAll({ graph, cloud }, list), [{ id: '1' }, { id: '2' }]);
    assert.equal(requests[1]?.path, '/graph.microsoft.com/v1.0/users?$top=1&$skiptoken=a%26b');
  });

  it('refuses a next link to anywhere else', async () => {
    const foreign = [
      'https://evil.example/v1.0/users?$skiptoken=x',
      'http://graph.microsoft.com/v1.0/users?$skiptoken=x',
      'https://graph.microsoft.com@evil.example/v1.0/users?$skiptoken=x',
      'https://me@graph.microsoft.com/v1.0/users?$skiptoken=x',
      `${clouds['21vianet'].graph}/v1.0/users?$skiptoken=x`,
      `${cloud.graph}/beta/users?$skiptoken=x`,
      '/v1.0/users?$skiptoken=x',
    ];
    for (const link of foreign) {
      const { graph, requests } = await graphTo([
        { status: 200, body: { value: [], '@odata.nextLink': link } },
      ]);
      await assert.rejects(readPage({ graph, cloud }, list), { code: 'unexpected' }, link);
      assert.equal(requests.length, 1);
    }
  });

  it('refuses a token for the next page that is an address, and a list without end', async () => {
    const link = `${cloud.graph}/v1.0/users?$skiptoken=again`;
    const { graph } = await graphTo([{ status: 200, body: { value: [], '@odata.nextLink': link } }]);
    for (const next of [
      '/users?x=https://evil.example/',
      '/users?a#b',
      '/users?a b',
      'https://evil.example/',
      '',
    ]) {
      await assert.rejects(readPage({ graph, cloud }, list, next), { code: 'unexpected' }, next);
    }
    await assert.rejects(readAll({ graph, cloud }, list), { code: 'unexpected' });
  });

  it('takes the oldest of several groups with the name of a support group', async () => {
    const group = (id: string, createdDateTime: string, more: object = {}) => {
      return { id, displayName: 'AdminAgents', securityEnabled: true, createdDateTime, ...more };
    };
    const value = [
      group('later', '2026-05-01T00:00:00Z'),
      group('first', '2020-01-01T00:00:00Z'),
      group('mail', '2019-01-01T00:00:00Z', { securityEnabled: false }),
      group('other', '2018-01-01T00:00:00Z', { displayName: 'AdminAgents2' }),
    ];
    const { graph } = await graphTo([{ status: 200, body: { value } }]);
    assert.deepEqual([...(await findAgentGroups({ graph, cloud }))], [['full', 'first']]);
  });
});
