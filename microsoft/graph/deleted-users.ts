import { z } from 'zod';
import type { DeletedUser, Page } from '../../partner/directory.ts';
import { PartnerError } from '../../partner/errors.ts';
import type { Cloud } from '../clouds.ts';
import type { Graph } from './client.ts';
import { matches } from './folded-match.ts';
import { pageFrom, pageOf, parseNext } from './page-token.ts';
import { readAll, readPage } from './paging.ts';
import { segment } from './query.ts';
import { eventual, findUser, largestPage } from './users.ts';

interface From {
  graph: Graph;
  cloud: Cloud;
}

const path = '/directory/deletedItems/microsoft.graph.user';

const deletedUser = z
  .object({
    id: z.string(),
    displayName: z.string().nullish(),
    userPrincipalName: z.string(),
    deletedDateTime: z.string(),
    accountEnabled: z.boolean().nullish(),
  })
  .transform(
    ({ id, displayName, userPrincipalName, deletedDateTime, accountEnabled }): DeletedUser => ({
      id,
      displayName: displayName ?? '',
      signInName: formerName(id, userPrincipalName),
      // Where Microsoft does not say so, nobody is let in.
      accountEnabled: accountEnabled === true,
      deletedAt: deletedDateTime,
    }),
  );

/** Microsoft frees the name of a deleted user by putting the object id, without dashes, in front of it. */
function formerName(id: string, signInName: string): string {
  const prefix = id.replaceAll('-', '').toLowerCase();
  return signInName.toLowerCase().startsWith(prefix) ? signInName.slice(prefix.length) : signInName;
}

function listOf(top: number) {
  return {
    path,
    item: deletedUser,
    // Sorting by this property is an advanced query.
    headers: eventual,
    query: {
      $select: 'id,displayName,userPrincipalName,deletedDateTime,accountEnabled',
      $orderby: 'deletedDateTime desc',
      $count: 'true',
      $top: String(top),
    },
  };
}

/**
 * A page of the users deleted in the last 30 days, the latest first. With `find` all of them are read and matched
 * here, without regard to marks and by the former sign-in name.
 * https://learn.microsoft.com/graph/api/directory-deleteditems-list
 */
export async function listDeletedUsers(
  from: From,
  query: { find?: string | undefined; next?: string | undefined; size: number },
): Promise<Page<DeletedUser>> {
  const size = Math.min(Math.max(1, query.size), largestPage);
  const find = query.find?.trim() ?? '';
  const next = parseNext(path, query.next);
  if (find === '') return pageOf(path, await readPage(from, listOf(size), next?.path));
  const all = await readAll(from, listOf(largestPage));
  return pageFrom(
    all.filter((user) => matches(find, [user.displayName, user.signInName])),
    next,
    size,
  );
}

/**
 * Brings a deleted user back; back already is success. Throws `sign-in-name-taken` when somebody else has the name
 * meanwhile, `not-found` when the 30 days are over.
 * https://learn.microsoft.com/graph/api/directory-deleteditems-restore
 */
export async function restoreUser(from: From, userId: string): Promise<void> {
  try {
    await from.graph.tell({ method: 'POST', path: `/directory/deletedItems/${segment(userId)}/restore` });
  } catch (error) {
    if (!(error instanceof PartnerError)) throw error;
    if (error.code === 'not-found' && (await findUser(from, userId)) !== undefined) return;
    if (mayMeanTaken.has(error.code) && (await isNameTaken(from, userId))) {
      const { requestId, details } = error;
      throw new PartnerError('sign-in-name-taken', { requestId, details, cause: error });
    }
    throw error;
  }
}

/** Microsoft documents no words for a conflict here, so the name itself is looked up. */
const mayMeanTaken: ReadonlySet<string> = new Set([
  'microsoft-refused',
  'changed-meanwhile',
  'sign-in-name-invalid',
]);

async function isNameTaken(from: From, deletedId: string): Promise<boolean> {
  const deleted = (await readAll(from, listOf(largestPage))).find(({ id }) => id === deletedId);
  return deleted !== undefined && (await findUser(from, deleted.signInName)) !== undefined;
}
