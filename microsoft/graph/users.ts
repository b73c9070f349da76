import { z } from 'zod';
import type { Page, User } from '../../partner/directory.ts';
import { PartnerError } from '../../partner/errors.ts';
import type { Cloud } from '../clouds.ts';
import type { Graph } from './client.ts';
import { matches } from './folded-match.ts';
import { type GraphPage, readPage } from './paging.ts';
import { isOneOf, search, segment, withQuery } from './query.ts';

/** Microsoft's largest page. */
const largestPage = 999;
/** Values that one `in` may have. */
const mostInOneFilter = 15;

const graphUser = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  userPrincipalName: z.string(),
  mailNickname: z.string().nullish(),
  givenName: z.string().nullish(),
  surname: z.string().nullish(),
  usageLocation: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
  assignedLicenses: z.array(z.object({ skuId: z.string() })).nullish(),
  createdDateTime: z.string().nullish(),
});

/** A user as Graph gives it; properties that were not asked for or not set become undefined. */
export const userShape = graphUser.transform(
  (user): User => ({
    id: user.id,
    displayName: user.displayName ?? '',
    signInName: user.userPrincipalName,
    mailNickname: user.mailNickname ?? undefined,
    givenName: user.givenName ?? undefined,
    surname: user.surname ?? undefined,
    usageLocation: user.usageLocation ?? undefined,
    accountEnabled: user.accountEnabled ?? true,
    licences: (user.assignedLicenses ?? []).map((licence) => licence.skuId.toLowerCase()),
    createdAt: user.createdDateTime ?? undefined,
  }),
);

/** Graph gives only a few properties unless asked. */
const $select = Object.keys(graphUser.shape).join(',');
const eventual = { ConsistencyLevel: 'eventual' };

interface From {
  graph: Graph;
  cloud: Cloud;
}

/**
 * A page of users by display name, optionally those that `find` begins a word of.
 * Microsoft's own search minds Vietnamese marks, so a directory of up to `wholeUpTo` (at most 999) users is read
 * in one page and matched here without them; in a larger one Microsoft searches, and the marks must be typed.
 * https://learn.microsoft.com/graph/api/user-list
 */
export async function listUsers(
  from: From,
  query: { find?: string | undefined; next?: string | undefined; size: number },
  wholeUpTo = largestPage,
): Promise<Page<User>> {
  const size = Math.min(Math.max(1, query.size), largestPage);
  const find = query.find?.trim() ?? '';
  const list = (top: number) => ({
    path: '/users',
    item: userShape,
    query: { $select, $orderby: 'displayName', $top: String(top) },
  });
  const next = parseNext(query.next);

  if (find === '') return pageOf(await readPage(from, list(size), next?.path));
  if (next?.path !== undefined) {
    return pageOf(await readPage(from, { ...list(size), headers: eventual }, next.path));
  }

  const whole = await readPage(from, list(Math.min(wholeUpTo, largestPage)));
  if (whole.next === undefined) {
    const found = whole.items.filter((user) => matches(find, [user.displayName, user.signInName]));
    const start = next?.offset ?? 0;
    const end = start + size;
    return { items: found.slice(start, end), next: end < found.length ? `n:${end}` : undefined };
  }
  const searching = { ...list(size), headers: eventual };
  const $search = searchFor(find);
  return pageOf(
    await readPage(from, { ...searching, query: { ...searching.query, $search, $count: 'true' } }),
  );
}

/** All words in the display name, or all in the sign-in name. */
function searchFor(find: string): string {
  const words = find.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const clause = (field: string) => words.map((word) => search(field, word)).join(' AND ');
  // Only signs: nothing begins with them, and an empty search is an error.
  if (words.length === 0) return search('displayName', find);
  const [name, signIn] = [clause('displayName'), clause('userPrincipalName')];
  return words.length === 1 ? `${name} OR ${signIn}` : `(${name}) OR (${signIn})`;
}

const nextUsers = '/users?';

function pageOf(page: GraphPage<User>): Page<User> {
  if (page.next === undefined) return { items: page.items, next: undefined };
  if (!page.next.startsWith(nextUsers)) throw new PartnerError('unexpected');
  return { items: page.items, next: `q:${page.next.slice(nextUsers.length)}` };
}

/** `q:` the query of Microsoft's next page, `n:` a place in our own matches. Nothing else is a token of ours. */
function parseNext(next: string | undefined): { path?: string; offset?: number } | undefined {
  if (next === undefined) return undefined;
  if (next.startsWith('q:')) return { path: nextUsers + next.slice(2) };
  if (/^n:\d{1,6}$/.test(next)) return { offset: Number(next.slice(2)) };
  throw new PartnerError('unexpected');
}

/** By object id or by sign-in name; undefined where there is none. https://learn.microsoft.com/graph/api/user-get */
export async function findUser({ graph }: From, idOrSignInName: string): Promise<User | undefined> {
  try {
    return await graph.read(withQuery(`/users/${segment(idOrSignInName)}`, { $select }), userShape);
  } catch (error) {
    if (error instanceof PartnerError && error.code === 'not-found') return undefined;
    throw error;
  }
}

/** Which of these sign-in names users have, as they were given. Deleted users' names count as free. */
export async function takenSignInNames(from: From, candidates: readonly string[]): Promise<string[]> {
  const item = z.object({ userPrincipalName: z.string() });
  const taken = new Set<string>();
  for (let start = 0; start < candidates.length; start += mostInOneFilter) {
    const some = candidates.slice(start, start + mostInOneFilter);
    const query = { $select: 'userPrincipalName', $filter: isOneOf('userPrincipalName', some) };
    const { items } = await readPage(from, { path: '/users', query, item });
    for (const { userPrincipalName } of items) taken.add(userPrincipalName.toLowerCase());
  }
  return candidates.filter((candidate) => taken.has(candidate.toLowerCase()));
}
