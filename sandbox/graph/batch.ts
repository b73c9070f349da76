import { randomUUID } from 'node:crypto';
import type { Answer } from '../graph-answer.ts';
import { graphError } from '../graph-answer.ts';
import { bodyOf, type Call, type GraphRequest, graphTime } from './call.ts';
import { refuse } from './refusal.ts';

const most = 20;

interface Part {
  id: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: unknown;
  dependsOn: string[];
}

interface PartAnswer {
  id: string;
  status: number;
  headers: Record<string, string>;
  body?: unknown;
}

/**
 * Up to 20 requests in one, each with an answer of its own; one whose predecessor failed gets 424.
 * https://learn.microsoft.com/graph/json-batching
 */
export async function answerBatch(
  call: Call,
  answer: (request: GraphRequest) => Promise<Answer>,
): Promise<Answer> {
  const parts = readParts(bodyOf(call)['requests']);
  const responses: PartAnswer[] = [];
  for (const part of parts) {
    const waitsForFailed = part.dependsOn.some((id) => {
      const earlier = responses.find((one) => one.id === id);
      return earlier === undefined || earlier.status >= 400;
    });
    const given = waitsForFailed
      ? graphError(424, 'FailedDependency', 'A request that this one depends on has failed.')
      : await answer(asRequest(call, part));
    responses.push(asPartAnswer(call, part.id, given));
  }
  return { status: 200, body: { responses } };
}

function asRequest(call: Call, part: Part): GraphRequest {
  const url = part.url.startsWith('/') ? part.url : `/${part.url}`;
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
  const { caller, permissions, clock, real, world, origin } = call;
  const hidden = (userId: string) => call.hidden(userId);
  return {
    method: part.method,
    path,
    query,
    headers: part.headers,
    body: part.body,
    caller,
    permissions,
    clock,
    real,
    world,
    origin,
    hidden,
  };
}

/** The server adds request ids to the outer answer only, so the inner errors get theirs here. */
function asPartAnswer(call: Call, id: string, { status, headers, body }: Answer): PartAnswer {
  const given = { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers };
  if (body === undefined) return { id, status, headers: given };
  const error = (body as { error?: object }).error;
  if (error === undefined) return { id, status, headers: given, body };
  const requestId = randomUUID();
  const date = graphTime(call.clock.now()).replace('Z', '');
  const innerError = { date, 'request-id': requestId, 'client-request-id': requestId };
  return { id, status, headers: given, body: { error: { ...error, innerError } } };
}

function readParts(requests: unknown): Part[] {
  if (!Array.isArray(requests) || requests.length === 0) return malformed("'requests' is missing or empty");
  if (requests.length > most) return malformed(`at most ${most} requests are allowed`);
  const parts = requests.map(readPart);
  const ids = parts.map((part) => part.id.toLowerCase());
  if (new Set(ids).size < ids.length) malformed('ids must be unique');
  parts.forEach((part, index) => {
    const isEarlier = (id: string) => ids.slice(0, index).includes(id.toLowerCase());
    if (!part.dependsOn.every(isEarlier))
      malformed(`'${part.id}' depends on a request that does not come before it`);
  });
  return parts;
}

function readPart(value: unknown): Part {
  if (typeof value !== 'object' || value === null) return malformed('a request must be an object');
  const { id, method, url, headers = {}, body, dependsOn = [] } = value as Record<string, unknown>;
  if (typeof id !== 'string' || id === '') return malformed("'id' is missing");
  if (typeof method !== 'string') return malformed("'method' is missing");
  if (typeof url !== 'string' || /^\/?(?:v1\.0|beta|https?:)/.test(url))
    return malformed("'url' must be relative");
  if (typeof headers !== 'object' || headers === null) return malformed("'headers' must be an object");
  if (!Array.isArray(dependsOn)) return malformed("'dependsOn' must be an array");
  const lower = Object.entries(headers).map(([name, text]) => [name.toLowerCase(), String(text)]);
  const given: Record<string, string> = Object.fromEntries(lower);
  if (body !== undefined && given['content-type'] === undefined)
    malformed("'Content-Type' is needed with a body");
  return { id, method: method.toUpperCase(), url, headers: given, body, dependsOn: dependsOn.map(String) };
}

function malformed(why: string): never {
  refuse(400, 'BadRequest', `Invalid batch payload: ${why}.`);
}
