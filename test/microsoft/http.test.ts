import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { clouds } from '../../microsoft/clouds.ts';
import { createHttp } from '../../microsoft/http.ts';
import { keptLog, type ScriptedAnswer, scriptedCloud } from './scripted-cloud.ts';

const graph = `${clouds.worldwide.graph}/v1.0`;

describe('calls to Microsoft', () => {
  const opened: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const server of opened.splice(0)) await server.close();
  });

  async function httpTo(answer: ScriptedAnswer, more: { timeoutMs?: number } = {}) {
    const cloud = await scriptedCloud(() => answer);
    opened.push(cloud);
    const log = keptLog();
    const http = createHttp({ cloud: clouds.worldwide, sandboxOrigin: cloud.origin, log, ...more });
    return { http, log, cloud };
  }

  it('find the cloud on the sandbox', async () => {
    const { http, cloud } = await httpTo({ status: 200, body: { ok: true } });
    const answer = await http.send({ method: 'GET', url: `${graph}/users?$top=1` });
    assert.deepEqual(await answer.json(), { ok: true });
    assert.equal(cloud.requests[0]?.path, '/graph.microsoft.com/v1.0/users?$top=1');
  });

  it('go to no other host, with or without a sandbox', async () => {
    const { http, cloud } = await httpTo({ status: 200 });
    for (const url of [
      'https://evil.example/v1.0/me',
      'http://graph.microsoft.com/v1.0/me',
      'https://graph.microsoft.com.evil.example/',
      'nonsense',
    ]) {
      await assert.rejects(http.send({ method: 'GET', url }), { code: 'unexpected' });
    }
    const direct = createHttp({ cloud: clouds['21vianet'], log: keptLog() });
    await assert.rejects(direct.send({ method: 'GET', url: `${graph}/me` }), { code: 'unexpected' });
    assert.equal(cloud.requests.length, 0);
  });

  it('tell nobody there: nothing happened, even for a write', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await new Promise((resolve) => server.close(resolve));
    const http = createHttp({
      cloud: clouds.worldwide,
      sandboxOrigin: `http://127.0.0.1:${port}`,
      log: keptLog(),
    });
    for (const method of ['GET', 'POST']) {
      await assert.rejects(http.send({ method, url: `${graph}/users` }), {
        code: 'microsoft-unreachable',
        details: { reason: 'ECONNREFUSED' },
      });
    }
  });

  it('tell a lost connection: a read can be repeated, a write may have happened', async () => {
    const { http, cloud } = await httpTo('reset');
    await assert.rejects(http.send({ method: 'GET', url: `${graph}/users` }), {
      code: 'microsoft-unreachable',
    });
    for (const method of ['POST', 'PATCH', 'PUT', 'DELETE']) {
      await assert.rejects(http.send({ method, url: `${graph}/users` }), {
        code: 'microsoft-unknown-outcome',
      });
    }
    await assert.rejects(http.send({ method: 'POST', url: `${graph}/users`, changesSomething: false }), {
      code: 'microsoft-unreachable',
    });
    assert.equal(cloud.requests.length, 6);
  });

  it('end when their time is up', async () => {
    const { http } = await httpTo('hang', { timeoutMs: 50 });
    await assert.rejects(http.send({ method: 'GET', url: `${graph}/users` }), { code: 'microsoft-timeout' });
    await assert.rejects(http.send({ method: 'POST', url: `${graph}/users` }), {
      code: 'microsoft-unknown-outcome',
      details: { reason: 'timeout' },
    });
  });

  it('end when the asker gives up', async () => {
    const asker = new AbortController();
    const cloud = await scriptedCloud(() => {
      asker.abort();
      return 'hang';
    });
    opened.push(cloud);
    const http = createHttp({ cloud: clouds.worldwide, sandboxOrigin: cloud.origin, log: keptLog() });
    const { signal } = asker;
    await assert.rejects(http.send({ method: 'GET', url: `${graph}/me`, signal }), {
      code: 'microsoft-timeout',
    });
    // Given up before it left: nothing can have happened.
    await assert.rejects(http.send({ method: 'POST', url: `${graph}/users`, signal }), {
      code: 'microsoft-timeout',
    });
    assert.equal(cloud.requests.length, 1);
  });

  it('hand redirects back', async () => {
    const { http, cloud } = await httpTo({ status: 302, headers: { Location: 'https://evil.example/' } });
    assert.equal((await http.send({ method: 'GET', url: `${graph}/me` })).status, 302);
    assert.equal(cloud.requests.length, 1);
  });

  it('are noted without query, header or body', async () => {
    const { http, log } = await httpTo({ status: 201, headers: { 'request-id': 'r-1' } });
    await http.send({
      method: 'POST',
      url: `${graph}/users?$filter=hidden-query`,
      headers: { Authorization: 'Bearer hidden-token' },
      body: 'hidden-body',
    });
    const noted = JSON.stringify(log.lines);
    assert.match(
      noted,
      /"method":"POST","host":"graph.microsoft.com","path":"\/v1.0\/users","status":201,"requestId":"r-1"/,
    );
    assert.ok(!noted.includes('hidden'));
  });
});
