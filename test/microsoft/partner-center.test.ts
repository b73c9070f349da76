import assert from 'node:assert/strict';
import { z } from 'zod';
import { clouds } from '../../microsoft/clouds.ts';
import { createHttp } from '../../microsoft/http.ts';
import { createPartnerCenter } from '../../microsoft/partner-center/client.ts';
import { PartnerError } from '../../partner/errors.ts';
import { keptLog, type ScriptedAnswer, type ScriptedRequest, scriptedCloud } from './scripted-cloud.ts';

const anything = z.looseObject({});

describe('Partner Center client', () => {
  const opened: { close(): Promise<void> }[] = [];
  after(() => Promise.all(opened.map((one) => one.close())));

  async function scripted(
    script: (request: ScriptedRequest, count: number) => ScriptedAnswer,
    timeoutMs = 5_000,
  ) {
    const server = await scriptedCloud(script);
    opened.push(server);
    const log = keptLog();
    const cloud = clouds.worldwide;
    const http = createHttp({ cloud, sandboxOrigin: server.origin, timeoutMs, log });
    const tokens: boolean[] = [];
    const token = async (fresh: boolean) => {
      tokens.push(fresh);
      return fresh ? 'fresh-token' : 'kept-token';
    };
    const client = createPartnerCenter({ cloud, http, token, timeoutMs });
    return { client, requests: server.requests, tokens, log };
  }

  const put = (requestId: string, ifMatch?: string) =>
    ({ method: 'PUT', path: '/profiles/support', body: { a: 1 }, requestId, ifMatch }) as const;
  const failureOf = async (work: Promise<unknown>) => {
    const failure = await work.then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(failure instanceof PartnerError, String(failure));
    return failure;
  };
  const refusal = (status: number, code: number | string, description = '', data: unknown[] = []) => ({
    status,
    body: { code, description, data, source: 'PartnerFD' },
  });

  it('reads a body that starts with a byte order mark', async () => {
    const { client, requests } = await scripted(() => ({ status: 200, body: '\uFEFF{"mpnId":"1"}' }));
    assert.deepEqual(await client.read('/profiles/mpn', z.object({ mpnId: z.string() })), { mpnId: '1' });
    assert.equal(requests[0]?.path, '/api.partnercenter.microsoft.com/v1/profiles/mpn');
    assert.equal(requests[0]?.headers.authorization, 'Bearer kept-token');
  });

  it("sends the caller's request id with a write, and one correlation id with every try of a call", async () => {
    const { client, requests } = await scripted((_request, count) =>
      count === 1
        ? { status: 429, headers: { 'retry-after': '0' }, body: { statusCode: 429, message: 'wait' } }
        : { status: 200 },
    );
    const requestId = crypto.randomUUID();
    await client.write(put(requestId, 'ab=='), anything);
    await client.read('/profiles/mpn', anything);
    const [first, second, read] = requests.map(({ headers }) => headers);
    assert.deepEqual([first?.['ms-requestid'], second?.['ms-requestid']], [requestId, requestId]);
    assert.equal(first?.['ms-correlationid'], second?.['ms-correlationid']);
    assert.equal(first?.['if-match'], '"ab=="');
    assert.notEqual(read?.['ms-correlationid'], first?.['ms-correlationid']);
    assert.match(String(read?.['ms-requestid']), /^[0-9a-f-]{36}$/);
    assert.equal(read?.['if-match'], undefined);
  });

  it('fetches a fresh token once when the kept one is not taken', async () => {
    const { client, requests, tokens } = await scripted(({ headers }) =>
      headers.authorization === 'Bearer fresh-token' ? { status: 200 } : refusal(401, 400, 'Access denied'),
    );
    await client.write(put(crypto.randomUUID()), anything);
    assert.deepEqual([requests.length, tokens], [2, [false, true]]);
    assert.equal(requests[0]?.headers['ms-requestid'], requests[1]?.headers['ms-requestid']);
  });

  it('says at once that the second factor is missing', async () => {
    const { client, requests } = await scripted(() => refusal(401, 900421));
    assert.equal((await failureOf(client.read('/profiles/mpn', anything))).code, 'mfa-needed');
    assert.equal(requests.length, 1);
  });

  it('waits for a short Retry-After, and tells of a long one', async () => {
    const long = await scripted(() => ({ status: 429, headers: { 'retry-after': '60' }, body: {} }));
    const failure = await failureOf(long.client.write(put(crypto.randomUUID()), anything));
    assert.deepEqual([failure.code, failure.retryAfterSeconds], ['microsoft-busy', 60]);
    assert.equal(long.requests.length, 1);
    const short = await scripted((_request, count) =>
      count < 3 ? { status: 503, headers: { 'retry-after': '0' }, body: {} } : { status: 200 },
    );
    await short.client.read('/profiles/mpn', anything);
    assert.equal(short.requests.length, 3);
  });

  it('never sends a write again whose outcome is unknown', async () => {
    const answers: ScriptedAnswer[] = [
      'reset',
      refusal(503, 800003),
      refusal(500, 800003),
      { status: 200, body: 'no json' },
    ];
    for (const answer of answers) {
      const { client, requests } = await scripted(() => answer);
      const failure = await failureOf(client.write(put(crypto.randomUUID()), anything));
      assert.equal(failure.code, 'microsoft-unknown-outcome', JSON.stringify(answer));
      assert.equal(requests.length, 1);
    }
    const hanging = await scripted(() => 'hang', 50);
    const failure = await failureOf(hanging.client.write(put(crypto.randomUUID()), anything));
    assert.equal(failure.code, 'microsoft-unknown-outcome');
    assert.equal(hanging.requests.length, 1);
  });

  it('words refusals by code, with the number, the field and the request id', async () => {
    const cases: [ScriptedAnswer, string][] = [
      [refusal(412, 2055), 'changed-meanwhile'],
      [refusal(400, 2055), 'changed-meanwhile'],
      [refusal(400, '2055'), 'changed-meanwhile'],
      [refusal(409, 800082), 'changed-meanwhile'],
      [refusal(403, 900150), 'not-allowed'],
      [refusal(403, 900309), 'conditional-access'],
      [refusal(404, 1000), 'not-found'],
      [refusal(400, 2000), 'microsoft-refused'],
      [{ status: 405, body: 'plain' }, 'microsoft-refused'],
      [{ status: 302, headers: { location: 'https://evil.example/' } }, 'unexpected'],
    ];
    for (const [answer, code] of cases) {
      const { client } = await scripted(() => answer);
      assert.equal((await failureOf(client.write(put(crypto.randomUUID()), anything))).code, code);
    }
    const { client, log } = await scripted(() => ({
      ...refusal(400, 3000, 'Invalid property: DefaultAddress.PhoneNumber of secret-name'),
      headers: { 'ms-requestid': 'theirs' },
    }));
    const failure = await failureOf(client.read('/profiles/mpn', anything));
    assert.deepEqual(failure.details, { status: 400, microsoftCode: '3000', property: 'phoneNumber' });
    assert.equal(failure.requestId, 'theirs');
    const noted = JSON.stringify([failure, failure.message, log.lines]);
    assert.doesNotMatch(noted, /secret-name|kept-token|Bearer/);
  });
});
