import { z } from 'zod';
import type { GroupLicence, Page, User } from '../../partner/directory.ts';
import type { Cloud } from '../clouds.ts';
import type { Graph } from './client.ts';
import { matches } from './folded-match.ts';
import { pageFrom, pageOf, parseNext } from './page-token.ts';
import { readPage } from './paging.ts';
import { isOneOf, search, segment, withQuery } from './query.ts';
import { orUndefined } from './unless-there.ts';

/** Microsoft's largest page. */
export const largestPage = 999;
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
  licenseAssignmentStates: z
    .array(z.object({ skuId: z.string().nullish(), assignedByGroup: z.string().nullish() }))
    .nullish(),
  createdDateTime: z.string().nullish(),
});

/** https://learn.microsoft.com/graph/api/resources/licenseassignmentstate */
function groupLicencesOf({
  licenseAssignmentStates,
}: z.infer<typeof graphUser>): Pick<User, 'groupLicences'> {
  const states = (licenseAssignmentStates ?? []).map(({ skuId, assignedByGroup }) => ({
    ...{ skuId: skuId?.toLowerCase() ?? '', groupId: assignedByGroup ?? '' },
  }));
  const groupLicences = states.flatMap((state): GroupLicence[] => {
    const alsoDirect = states.some(({ skuId, groupId }) => skuId === state.skuId && groupId === '');
    return state.groupId === '' ? [] : [{ ...state, alsoDirect }];
  });
  return groupLicences.length === 0 ? {} : { groupLicences };
}

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
    ...groupLicencesOf(user),
    createdAt: user.createdDateTime ?? undefined,
  }),
);

/** A member of a mixed list: undefined for what is no user, such as a group, which has no sign-in name. */
export const userOrOther = z.union([userShape, z.object({ id: z.string() }).transform(() => undefined)]);

const collator = new Intl.Collator('vi');

/** Order of lists that are put together here. */
export function byName(a: User, b: User): number {
  return collator.compare(a.displayName, b.displayName);
}

/** Graph gives only a few properties unless asked. */
export const userProperties = Object.keys(graphUser.shape).join(',');
const $select = userProperties;
export const eventual = { ConsistencyLevel: 'eventual' };

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
  const path = '/users';
  const list = (top: number) => ({
    path,
    item: userShape,
    query: { $select, $orderby: 'displayName', $top: String(top) },
  });
  const next = parseNext(path, query.next);

  if (find === '') return pageOf(path, await readPage(from, list(size), next?.path));
  if (next?.path !== undefined) {
    return pageOf(path, await readPage(from, { ...list(size), headers: eventual }, next.path));
  }

  const whole = await readPage(from, list(Math.min(wholeUpTo, largestPage)));
  if (whole.next === undefined) {
    const found = whole.items.filter((user) => matches(find, [user.displayName, user.signInName]));
    return pageFrom(found, next, size);
  }
  const searching = { ...list(size), headers: eventual };
  const $search = searchFor(find);
  return pageOf(
    path,
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

/** By object id or by sign-in name; undefined where there is none. https://learn.microsoft.com/graph/api/user-get */
export async function findUser({ graph }: From, idOrSignInName: string): Promise<User | undefined> {
  return orUndefined(graph.read(withQuery(`/users/${segment(idOrSignInName)}`, { $select }), userShape));
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

/** The users with these ids; an id of something else, or of nobody, is left out. */
export async function usersById(from: From, ids: readonly string[]): Promise<User[]> {
  const users: User[] = [];
  for (let start = 0; start < ids.length; start += mostInOneFilter) {
    const query = { $select, $filter: isOneOf('id', ids.slice(start, start + mostInOneFilter)) };
    const { items } = await readPage(from, { path: '/users', query, item: userShape });
    users.push(...items);
  }
  return users;
}
