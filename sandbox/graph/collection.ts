import type { Answer } from '../graph-answer.ts';
import { type Call, context } from './call.ts';
import { type Filterable, type Item, readFilter } from './filter.ts';
import { refuse } from './refusal.ts';
import { readSearch } from './search.ts';

/** How one kind of resource may be listed and read. */
export interface Resource extends Filterable {
  /** As `@odata.context` spells the collection, for example `users`. */
  set: string;
  /** Where its metadata is found below a segment: `tenantRelationships/`. */
  below?: string;
  /** Properties that `$select` may name, and those given when it is absent. */
  properties: readonly string[];
  defaults: readonly string[];
  /** Where a collection holds several types: what is given of each when `$select` is absent. */
  defaultsByType?: Readonly<Record<string, readonly string[]>>;
  searchable: readonly string[];
  orderable: readonly string[];
  /** Query options served beside `$select`. */
  options: readonly string[];
  /** Largest `$top`; 999 unless told. */
  mostPerPage?: number;
}

const pageDefault = 100;
const pageMost = 999;
const collator = new Intl.Collator('en', { sensitivity: 'accent', numeric: true });

/** One object: `$select` obeyed, `@odata.context` given. */
export function entity(call: Call, resource: Resource, item: Item, status = 200): Answer {
  refuseUnknownOptions(call, ['$select']);
  const selected = selectOf(call, resource);
  const of = selected === undefined ? resource.set : `${resource.set}(${selected.join(',')})`;
  return {
    status,
    body: {
      '@odata.context': context(call, `${of}/$entity`, resource.below),
      ...pick(item, selected ?? defaultsOf(resource, item)),
    },
  };
}

/** A page of a collection. `path` is what follows `/v1.0` and is where `@odata.nextLink` leads. */
export function collection(
  call: Call,
  resource: Resource,
  items: readonly Item[],
  path: string,
  suffix = '',
): Answer {
  refuseUnknownOptions(call, ['$select', ...resource.options]);
  const selected = selectOf(call, resource);
  const found = narrowed(call, resource, items);
  const order = orderOf(call, resource);
  const sorted = [...found].sort((a, b) => order(keyOf(a), keyOf(b)));
  const after = skipTokenOf(call);
  const rest = after === undefined ? sorted : sorted.filter((item) => order(keyOf(item), after) > 0);
  const page = rest.slice(0, topOf(call, resource));
  const last = page.at(-1);
  const of = selected === undefined ? resource.set : `${resource.set}(${selected.join(',')})`;
  return {
    status: 200,
    body: {
      '@odata.context': context(call, of + suffix, resource.below),
      ...(isCounted(call) ? { '@odata.count': found.length } : {}),
      ...(last !== undefined && page.length < rest.length
        ? { '@odata.nextLink': nextLink(call, path, last) }
        : {}),
      value: page.map((item) => pick(item, selected ?? defaultsOf(resource, item))),
    },
  };

  function keyOf(item: Item): [string, string] {
    const by = (call.query.get('$orderby') ?? 'id').trim().split(/\s+/)[0] ?? 'id';
    return [String(item[by] ?? ''), String(item['id'] ?? '')];
  }

  function nextLink(of: Call, to: string, item: Item): string {
    const token = Buffer.from(JSON.stringify(keyOf(item))).toString('base64url');
    const kept = [...of.query].filter(([name]) => name !== '$skiptoken');
    const query = [...kept, ['$skiptoken', token] as const].map(
      ([name, value]) => `${name}=${encodeURIComponent(value)}`,
    );
    return `${of.origin}/v1.0${to}?${query.join('&')}`;
  }
}

/** `/$count` after a collection: a number as text; needs `ConsistencyLevel: eventual`. */
export function count(call: Call, resource: Resource, items: readonly Item[]): Answer {
  if (!isEventual(call)) refuse(400, 'Request_BadRequest', '$count is not currently supported.');
  const number = narrowed(call, resource, items).length;
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: number };
}

function narrowed(call: Call, resource: Resource, items: readonly Item[]): Item[] {
  const filterText = call.query.get('$filter');
  const searchText = call.query.get('$search');
  const advancedCall = isEventual(call) && (isCounted(call) || call.path.endsWith('/$count'));
  if (call.query.get('$count') === 'true' && !isEventual(call)) {
    refuse(400, 'Request_BadRequest', '$count is not currently supported.');
  }
  if (searchText !== null && !isEventual(call)) {
    const message =
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'";
    refuse(400, 'Request_UnsupportedQuery', message);
  }
  const filter = filterText === null ? undefined : readFilter(filterText, resource);
  if (filter?.advanced && !advancedCall) refuse(400, 'Request_UnsupportedQuery', 'Unsupported Query.');
  if (filter !== undefined && call.query.has('$orderby') && !advancedCall) {
    refuse(400, 'Request_UnsupportedQuery', 'Sorting not supported for current query.');
  }
  const search = searchText === null ? undefined : readSearch(searchText, resource.searchable);
  return items.filter((item) => (filter?.matches(item) ?? true) && (search?.(item) ?? true));
}

function isEventual(call: Call): boolean {
  return call.headers['consistencylevel']?.toLowerCase() === 'eventual';
}

function isCounted(call: Call): boolean {
  return call.query.get('$count') === 'true';
}

function selectOf(call: Call, resource: Resource): string[] | undefined {
  const text = call.query.get('$select');
  if (text === null || text.trim() === '') return undefined;
  return text.split(',').map((part) => {
    const wanted = part.trim();
    const known = resource.properties.find((name) => name.toLowerCase() === wanted.toLowerCase());
    if (known !== undefined) return known;
    const type = `microsoft.graph.${resource.type.charAt(0).toLowerCase()}${resource.type.slice(1)}`;
    const message = `Parsing OData Select and Expand failed: Could not find a property named '${wanted}' on type '${type}'.`;
    return refuse(400, 'BadRequest', message);
  });
}

function topOf(call: Call, { mostPerPage = pageMost }: Resource): number {
  const text = call.query.get('$top');
  if (text === null) return pageDefault;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= mostPerPage) return size;
  const message = `Invalid page size specified: '${text}'. Must be between 1 and ${mostPerPage} inclusive.`;
  return refuse(400, 'Request_UnsupportedQuery', message);
}

function orderOf(call: Call, resource: Resource): (a: [string, string], b: [string, string]) => number {
  const text = call.query.get('$orderby');
  const [by = 'id', direction = 'asc', ...more] = (text ?? 'id').trim().split(/\s+/);
  const isKnown = text === null || resource.orderable.includes(by);
  if (!isKnown || more.length > 0 || !['asc', 'desc'].includes(direction)) {
    refuse(400, 'Request_UnsupportedQuery', `Unsupported sort property '${by}' for '${resource.type}'.`);
  }
  const sign = direction === 'desc' ? -1 : 1;
  return (a, b) => sign * collator.compare(a[0], b[0]) || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0);
}

function skipTokenOf(call: Call): [string, string] | undefined {
  const text = call.query.get('$skiptoken');
  if (text === null) return undefined;
  try {
    const read: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(read) && typeof read[0] === 'string' && typeof read[1] === 'string')
      return [read[0], read[1]];
  } catch {
    // Not a token of ours: told below like one that is too old.
  }
  const message = 'The specified page token value has expired and can no longer be included in your request.';
  return refuse(400, 'Directory_ExpiredPageToken', message);
}

function refuseUnknownOptions(call: Call, known: readonly string[]): void {
  const strange = [...call.query.keys()].find((name) => name.startsWith('$') && !known.includes(name));
  if (strange !== undefined) {
    refuse(400, 'Request_UnsupportedQuery', `'${strange}' is not supported by the service.`);
  }
}

function defaultsOf(resource: Resource, item: Item): readonly string[] {
  return resource.defaultsByType?.[String(item['@odata.type'])] ?? resource.defaults;
}

/** The named properties in their order; `@odata.type` and `@odata.etag` are always kept. */
function pick(item: Item, names: readonly string[]): Item {
  const marks = ['@odata.type', '@odata.etag'].filter((name) => name in item);
  const named = names.filter((name) => name in item);
  return Object.fromEntries([...marks, ...named].map((name) => [name, item[name]]));
}
