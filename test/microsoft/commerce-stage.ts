import assert from 'node:assert/strict';
import { type CloudName, clouds } from '../../microsoft/clouds.ts';
import { createCommerces } from '../../microsoft/partner-center/commerce.ts';
import { PartnerError } from '../../partner/errors.ts';
import { keptLog, type ScriptedAnswer, type ScriptedRequest, scriptedCloud } from './scripted-cloud.ts';

export const partner = { tenantId: 'partner-tenant', objectId: 'lan' };
export const client = '5f1c0f3e-1b1a-4c1c-9a55-2f1f3c0de0aa';

/** What a scripted Partner Center answers: undefined means 404 with Microsoft's own number. */
export type Script = (call: {
  method: string;
  /** After `/v1`, without the query. */
  path: string;
  query: URLSearchParams;
  request: ScriptedRequest;
  /** Calls so far to this path with this method, this one too. */
  count: number;
}) => ScriptedAnswer | Promise<ScriptedAnswer> | undefined;

/** Commerce before a scripted Partner Center, with a clock that the test moves. */
export async function openCommerce(script: Script, more: { cloud?: CloudName; timeoutMs?: number } = {}) {
  const counts = new Map<string, number>();
  const server = await scriptedCloud((request) => {
    const url = new URL(request.path, 'http://sandbox');
    const path = url.pathname.replace(/^\/[^/]+\/v1/, '');
    const key = `${request.method} ${path}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    const answer = script({ method: request.method, path, query: url.searchParams, request, count });
    return answer ?? refusal(404, 1000);
  });
  const log = keptLog();
  const clock = { time: Date.parse('2026-03-01T08:00:00Z'), now: () => clock.time };
  const commerces = createCommerces({
    cloud: clouds[more.cloud ?? 'worldwide'],
    tokens: { forAccount: async ({ objectId }) => `token-of-${objectId}`, forApp: async () => 'app' },
    sandboxOrigin: server.origin,
    timeoutMs: more.timeoutMs ?? 2_000,
    clock,
    log,
  });
  return {
    commerces,
    commerce: commerces.as(partner),
    clock,
    log,
    requests: server.requests,
    /** Calls as `GET /customers`, without query. */
    calls: () => [...counts].flatMap(([key, count]) => Array.from({ length: count }, () => key)),
    close: () => server.close(),
  };
}

export function refusal(status: number, code: number | string) {
  return { status, body: { code, description: 'not for people', data: [], source: 'PartnerFD' } };
}

/** A list as Partner Center writes it, with a byte order mark in front. */
export function listOf(items: unknown[] | null, next?: { uri: string; token?: string }): ScriptedAnswer {
  const headers = next?.token === undefined ? [] : [{ key: 'MS-ContinuationToken', value: next.token }];
  const links = next === undefined ? {} : { links: { next: { uri: next.uri, method: 'GET', headers } } };
  return { status: 200, body: `\uFEFF${JSON.stringify({ totalCount: 1, items, ...links })}` };
}

export async function failureOf(work: Promise<unknown>): Promise<PartnerError> {
  const failure = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(failure instanceof PartnerError, String(failure));
  return failure;
}
