import type { Answer } from '../graph-answer.ts';
import type { Caller, SandboxClock, SandboxUser, World } from '../world.ts';
import { refuse } from './refusal.ts';

/** One request to the Graph host, its token already checked. */
export interface GraphRequest {
  method: string;
  /** What follows `/v1.0`, still percent-encoded. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  body: unknown;
  caller: Caller;
  /** What the token allows, as in `Mail.Send`. */
  permissions: readonly string[];
  clock: SandboxClock;
  /** Real time in ms: delegated administration may go by it. */
  real: () => number;
  world: World;
  /** For example `https://graph.microsoft.com`: what links in answers start with. */
  origin: string;
  /** True while a new or changed user has not reached lists, filters and searches yet. */
  hidden(userId: string): boolean;
}

/** A request that has found its route. */
export interface Call extends GraphRequest {
  /** Decoded values of the route's `:name` segments. */
  params: Record<string, string>;
  /** The user behind a delegated token. */
  me: SandboxUser | undefined;
}

export type Handler = (call: Call) => Promise<Answer>;

export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`route has no parameter ${name}`);
  return value;
}

/** The JSON object that was sent; 400 for anything else. */
export function bodyOf(call: Call): Record<string, unknown> {
  const { body } = call;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    refuse(400, 'BadRequest', 'Empty Payload. JSON content expected.');
  }
  return Object.fromEntries(Object.entries(body));
}

/** A moment as Graph writes it: seconds, no fraction. */
export function graphTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** `below`: some metadata is found below a segment, as in `tenantRelationships/`. */
export function context(call: GraphRequest, of: string, below = ''): string {
  return `${call.origin}/v1.0/${below}$metadata#${of}`;
}

const guidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isGuid(value: unknown): value is string {
  return typeof value === 'string' && guidShape.test(value);
}

/** For text that is something else when it is no GUID, such as a sign-in name. */
export function looksLikeGuid(text: string): boolean {
  return guidShape.test(text);
}
