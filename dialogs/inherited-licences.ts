import type { User } from '../partner/directory.ts';
import { inheritedLicences } from '../partner/group-licences.ts';
import type { JsonObject } from '../partner/operations.ts';
import type { Turn } from './turn.ts';

/** A licence that groups give; `groups`: their names, '' where nobody may read them. */
export interface InheritedLicence extends JsonObject {
  skuId: string;
  groups: string;
}

/** What this user has from groups alone, with the names of the groups as far as this person may read them. */
export async function inheritedOf(turn: Turn, user: User): Promise<InheritedLicence[]> {
  const inherited = inheritedLicences(user);
  if (inherited.length === 0) return [];
  const names = await turn.directory().groupNames(inherited.flatMap(({ groupIds }) => groupIds));
  return inherited.map(({ skuId, groupIds }) => ({
    skuId,
    groups: groupIds.flatMap((id) => names.get(id) ?? []).join(', '),
  }));
}
