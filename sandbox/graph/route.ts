import { clouds } from '../../microsoft/clouds.ts';
import type { GraphRequest, Handler } from './call.ts';
import { refuse } from './refusal.ts';

export interface Route {
  method: string;
  pattern: string[];
  handle: Handler;
  /** False: the cloud operated by 21Vianet has no such thing. */
  china: boolean;
}

export function route(method: string, path: string, handle: Handler, more: { china?: boolean } = {}): Route {
  return { method, pattern: path.split('/'), handle, china: more.china ?? true };
}

/** The path's segments, decoded; 400 for what cannot be. */
export function decoded(path: string): string[] {
  try {
    return path
      .replace(/^\/+|\/+$/g, '')
      .split('/')
      .map(decodeURIComponent);
  } catch {
    return refuse(400, 'BadRequest', 'Malformed percent-encoding in the path.');
  }
}

/** The route that a request means in its cloud. 405 for another method, 400 for a segment that nobody serves. */
export function findRoute(
  all: readonly Route[],
  { method, origin }: GraphRequest,
  segments: string[],
): { route: Route; params: Record<string, string> } {
  const isChina = origin === clouds['21vianet'].graph;
  const routes = isChina ? all.filter(({ china }) => china) : all;
  const fitting = routes.filter(
    (one) => one.pattern.length === segments.length && reach(one, segments) === segments.length,
  );
  const found = fitting.find((one) => one.method === method);
  if (found !== undefined) return { route: found, params: paramsOf(found, segments) };
  if (fitting.length > 0) {
    refuse(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
  }
  const deepest = Math.max(...routes.map((one) => reach(one, segments)));
  const strange = segments[Math.min(deepest, segments.length - 1)] ?? '';
  return refuse(400, 'BadRequest', `Resource not found for the segment '${strange}'.`);
}

/** How many leading segments of the request the route agrees with. */
function reach({ pattern }: Route, segments: string[]): number {
  const parting = segments.findIndex((segment, index) => {
    const part = pattern[index];
    return part === undefined || valueIn(segment, part) === undefined;
  });
  return parting < 0 ? segments.length : parting;
}

/** What stands for the part's `:name`; '' when it has none; undefined when the two do not agree. */
function valueIn(segment: string, part: string): string | undefined {
  const [before = '', after] = part.split(/:\w+/);
  if (after === undefined) return part === segment ? '' : undefined;
  const value = segment.slice(before.length, segment.length - after.length);
  const agrees = segment === before + value + after && value !== '' && !value.startsWith('$');
  return agrees ? value : undefined;
}

function paramsOf({ pattern }: Route, segments: string[]): Record<string, string> {
  const named = pattern.flatMap((part, index) => {
    const name = /:(\w+)/.exec(part)?.[1];
    return name === undefined ? [] : [[name, valueIn(segments[index] ?? '', part) ?? '']];
  });
  return Object.fromEntries(named);
}
