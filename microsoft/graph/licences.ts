import { z } from 'zod';
import { PartnerError } from '../../partner/errors.ts';
import { directLicences } from '../../partner/group-licences.ts';
import type { Cloud } from '../clouds.ts';
import type { Graph } from './client.ts';
import { segment, withQuery } from './query.ts';
import { isRefusal } from './unless-there.ts';
import { findUser } from './users.ts';

interface From {
  graph: Graph;
  cloud: Cloud;
}

interface LicenceChange {
  add: readonly string[];
  remove: readonly string[];
}

/**
 * Gives and takes licences in one step that happens whole or not at all. One there already stays; one that the user
 * was not given (any more) is no failure, although Microsoft refuses the whole step for it.
 * https://learn.microsoft.com/graph/api/user-assignlicense
 */
export async function changeLicences(from: From, userId: string, change: LicenceChange): Promise<void> {
  try {
    await assign(from.graph, userId, change);
  } catch (error) {
    if (!isRefusal(error) || change.remove.length === 0) throw error;
    const user = await findUser(from, userId);
    if (user === undefined) throw new PartnerError('not-found', { cause: error });
    const own = directLicences(user);
    const held = change.remove.filter((skuId) => own.includes(skuId.toLowerCase()));
    if (held.length === change.remove.length) throw error;
    await assign(from.graph, userId, { add: change.add, remove: held });
  }
}

async function assign(graph: Graph, userId: string, { add, remove }: LicenceChange): Promise<void> {
  if (add.length === 0 && remove.length === 0) return;
  const addLicenses = add.map((skuId) => ({ skuId, disabledPlans: [] }));
  await graph.tell({
    method: 'POST',
    path: `/users/${segment(userId)}/assignLicense`,
    body: { addLicenses, removeLicenses: remove },
  });
}

const named = z.object({ displayName: z.string().nullish() });

/** Who may not read groups, or no longer finds one, sees the licences without the names. */
export async function groupNames({ graph }: From, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await Promise.all(
    [...new Set(ids)].map(async (id): Promise<[string, string][]> => {
      try {
        const path = withQuery(`/groups/${segment(id)}`, { $select: 'displayName' });
        const { displayName } = await graph.read(path, named);
        return displayName ? [[id, displayName]] : [];
      } catch (error) {
        if (error instanceof PartnerError) return [];
        throw error;
      }
    }),
  );
  return new Map(found.flat());
}
