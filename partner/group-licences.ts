import type { User } from './directory.ts';

/** SKU ids that this very user was given, and that can be taken from them. */
export function directLicences({ licences, groupLicences = [] }: User): string[] {
  const fromGroups = groupLicences.filter(({ alsoDirect }) => !alsoDirect);
  return licences.filter((sku) => !fromGroups.some(({ skuId }) => skuId === sku));
}

/** What leaves the user with the group alone, each with the groups that give it. */
export function inheritedLicences({
  licences,
  groupLicences = [],
}: User): { skuId: string; groupIds: string[] }[] {
  return licences.flatMap((skuId) => {
    const givers = groupLicences.filter((each) => each.skuId === skuId && !each.alsoDirect);
    return givers.length === 0 ? [] : [{ skuId, groupIds: givers.map(({ groupId }) => groupId) }];
  });
}
