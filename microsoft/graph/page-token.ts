import type { Page } from '../../partner/directory.ts';
import { PartnerError } from '../../partner/errors.ts';
import type { GraphPage } from './paging.ts';

/** Where a list goes on: at a page of Microsoft's, or at a place in our own matches. */
interface Continuation {
  /** Path with query of Microsoft's page. */
  path?: string;
  offset?: number;
}

/** A page of Microsoft's for the caller; its token keeps only the query, so it cannot lead to another list. */
export function pageOf<T>(listPath: string, page: GraphPage<T>): Page<T> {
  if (page.next === undefined) return { items: page.items, next: undefined };
  const start = `${listPath}?`;
  if (!page.next.startsWith(start)) throw new PartnerError('unexpected');
  return { items: page.items, next: `q:${page.next.slice(start.length)}` };
}

/** A page of items that were all read. */
export function pageFrom<T>(found: readonly T[], from: Continuation | undefined, size: number): Page<T> {
  const start = from?.offset ?? 0;
  const end = start + size;
  return { items: found.slice(start, end), next: end < found.length ? `n:${end}` : undefined };
}

/** Reads a token that `pageOf` or `pageFrom` gave; throws `unexpected` for anything else. */
export function parseNext(listPath: string, next: string | undefined): Continuation | undefined {
  if (next === undefined) return undefined;
  if (next.startsWith('q:')) return { path: `${listPath}?${next.slice(2)}` };
  if (/^n:\d{1,6}$/.test(next)) return { offset: Number(next.slice(2)) };
  throw new PartnerError('unexpected');
}
