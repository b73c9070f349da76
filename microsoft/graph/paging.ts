import { z } from 'zod';
import { PartnerError } from '../../partner/errors.ts';
import type { Cloud } from '../clouds.ts';
import type { Graph } from './client.ts';
import { withQuery } from './query.ts';

/** A list to read: the path without query, and either the first query or a later page's own. */
export interface ListOf<T> {
  path: string;
  query: Record<string, string>;
  item: z.ZodType<T>;
  headers?: Record<string, string>;
}

/** A page, and the path with query of the one after it. */
export interface GraphPage<T> {
  items: T[];
  next: string | undefined;
}

/** More pages than any list read whole has; a link that leads in a circle ends here. */
const mostPages = 50;

/**
 * One page of a list. Of Microsoft's nextLink only path and query are kept, after its host was found to be the
 * cloud's own: nobody's link can lead a token elsewhere. https://learn.microsoft.com/graph/paging
 */
export async function readPage<T>(
  { graph, cloud }: { graph: Graph; cloud: Cloud },
  list: ListOf<T>,
  next?: string,
): Promise<GraphPage<T>> {
  if (next !== undefined && !isPlainPath(next)) throw new PartnerError('unexpected');
  const shape = z.object({ value: z.array(list.item), '@odata.nextLink': z.string().optional() });
  const path = next ?? withQuery(list.path, list.query);
  const { value, '@odata.nextLink': link } = await graph.read(path, shape, list.headers);
  return { items: value, next: link === undefined ? undefined : pathOf(link, cloud) };
}

/** Every item of a list, page by page. */
export async function readAll<T>(from: { graph: Graph; cloud: Cloud }, list: ListOf<T>): Promise<T[]> {
  const items: T[] = [];
  let next: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await readPage(from, list, next);
    items.push(...page.items);
    if (page.next === undefined) return items;
    next = page.next;
  }
  throw new PartnerError('unexpected');
}

const version = '/v1.0';

/** Microsoft may name the same list otherwise in its link (`/me/…` as `/users/{id}/…`), so the path is its own. */
function pathOf(link: string, cloud: Cloud): string {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  const isOurs = url?.origin === cloud.graph && url.username === '' && url.pathname.startsWith(`${version}/`);
  if (url === undefined || !isOurs) throw new PartnerError('unexpected');
  return url.pathname.slice(version.length) + url.search;
}

/** The client library reads an address inside a path as a change of host; a fragment would cut the query. */
function isPlainPath(path: string): boolean {
  return /^\/[!-~]+$/.test(path) && !path.includes('://') && !path.includes('#');
}
