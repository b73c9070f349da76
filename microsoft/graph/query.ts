import { PartnerError } from '../../partner/errors.ts';

/**
 * Clauses of a Graph query. Values are data: quotes are doubled or escaped here, and the whole query is
 * percent-encoded in `withQuery`, because the client library encodes nothing (`&`, `#`, `+` would end a value).
 * https://learn.microsoft.com/graph/query-parameters
 */
export function eq(field: string, value: string): string {
  return `${field} eq ${quoted(value)}`;
}

/** `field in ('a','b')`; Microsoft takes at most 15 values. */
export function isOneOf(field: string, values: readonly string[]): string {
  return `${field} in (${values.map(quoted).join(',')})`;
}

/** One clause of `$search`: words of `field` that begin with `value`. Needs ConsistencyLevel: eventual. */
export function search(field: string, value: string): string {
  return `"${field}:${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** Path with its query, ready for the wire. */
export function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

/**
 * A value as one segment of a path: an id or a sign-in name. Throws `unexpected` for what would drop out of the
 * path and make it another one, such as the list instead of the item.
 */
export function segment(value: string): string {
  if (value === '' || value === '.' || value === '..') throw new PartnerError('unexpected');
  return encodeURIComponent(value).replaceAll("'", '%27');
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
