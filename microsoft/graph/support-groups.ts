import { z } from 'zod';
import type { SupportGroup, User } from '../../partner/directory.ts';
import { PartnerError } from '../../partner/errors.ts';
import type { Cloud } from '../clouds.ts';
import type { Graph } from './client.ts';
import { readAll } from './paging.ts';
import { isOneOf, segment } from './query.ts';
import { unlessGone, unlessThere } from './unless-there.ts';
import { byName, largestPage, userOrOther, userProperties } from './users.ts';

/** Names that Microsoft gave the groups of a partner's tenant. */
const groupNames: Readonly<Record<SupportGroup, string>> = {
  full: 'AdminAgents',
  limited: 'HelpdeskAgents',
  sales: 'SalesAgents',
};
const kinds = ['full', 'limited', 'sales'] as const satisfies readonly SupportGroup[];

/** Ids of the groups that this tenant has. */
export type AgentGroups = ReadonlyMap<SupportGroup, string>;

interface From {
  graph: Graph;
  cloud: Cloud;
}

const groupShape = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  securityEnabled: z.boolean().nullish(),
  createdDateTime: z.string().nullish(),
});

/**
 * The agent groups of the tenant, by name. Names are not unique: of several security groups the oldest counts,
 * since Microsoft made its own when the partner enrolled, so that a later namesake gives nobody a right.
 * https://learn.microsoft.com/graph/api/group-list
 */
export async function findAgentGroups(from: From): Promise<AgentGroups> {
  const $filter = isOneOf('displayName', Object.values(groupNames));
  const query = { $filter, $select: 'id,displayName,securityEnabled,createdDateTime' };
  const groups = await readAll(from, { path: '/groups', query, item: groupShape });
  const found = new Map<SupportGroup, string>();
  for (const kind of kinds) {
    const namesakes = groups.filter(
      (group) => group.securityEnabled === true && group.displayName === groupNames[kind],
    );
    const oldest = namesakes.toSorted((a, b) =>
      (a.createdDateTime ?? '').localeCompare(b.createdDateTime ?? ''),
    )[0];
    if (oldest !== undefined) found.set(kind, oldest.id);
  }
  return found;
}

/** Which support access a user has as a direct member. https://learn.microsoft.com/graph/api/user-list-memberof */
export async function supportOf(from: From, groups: AgentGroups, userId: string): Promise<SupportGroup[]> {
  const item = z.object({ id: z.string() });
  const path = `/users/${segment(userId)}/memberOf`;
  const memberships = await readAll(from, { path, query: {}, item });
  return supportIn(groups, new Set(memberships.map(({ id }) => id)));
}

/** The agent groups among these groups. */
export function supportIn(groups: AgentGroups, memberOf: ReadonlySet<string>): SupportGroup[] {
  return kinds.filter((kind) => {
    const id = groups.get(kind);
    return id !== undefined && memberOf.has(id);
  });
}

/**
 * Makes a user a member; being one already is success. Throws `not-found` where the tenant has no such group.
 * https://learn.microsoft.com/graph/api/group-post-members
 */
export async function addToSupportGroup(
  from: From,
  groups: AgentGroups,
  userId: string,
  kind: SupportGroup,
): Promise<void> {
  const groupId = groups.get(kind);
  if (groupId === undefined) throw new PartnerError('not-found', { details: { group: groupNames[kind] } });
  const body = { '@odata.id': `${from.cloud.graph}/v1.0/directoryObjects/${segment(userId)}` };
  await unlessThere(
    () => from.graph.tell({ method: 'POST', path: `/groups/${segment(groupId)}/members/$ref`, body }),
    async () => (await supportOf(from, groups, userId)).includes(kind),
  );
}

/**
 * The path whose DELETE takes a member out of a group. Built nowhere else: without its last part the same call
 * deletes the *user*. https://learn.microsoft.com/graph/api/group-delete-members
 */
export function memberRemovalPath(groupId: string, memberId: string): string {
  return `/groups/${segment(groupId)}/members/${segment(memberId)}/$ref`;
}

/**
 * Takes a user out of the group; not being in it is success, also where the tenant has no such group.
 * https://learn.microsoft.com/graph/api/group-delete-members
 */
export async function removeFromSupportGroup(
  from: From,
  groups: AgentGroups,
  userId: string,
  kind: SupportGroup,
): Promise<void> {
  const groupId = groups.get(kind);
  if (groupId === undefined) return;
  await unlessGone(
    () => from.graph.tell({ method: 'DELETE', path: memberRemovalPath(groupId, userId) }),
    async () => !(await supportOf(from, groups, userId)).includes(kind),
  );
}

/** The people who are direct members, by name. https://learn.microsoft.com/graph/api/group-list-members */
export async function membersOf(from: From, groups: AgentGroups, kind: SupportGroup): Promise<User[]> {
  const groupId = groups.get(kind);
  if (groupId === undefined) return [];
  const path = `/groups/${segment(groupId)}/members`;
  const query = { $select: userProperties, $top: String(largestPage) };
  const members = await readAll(from, { path, query, item: userOrOther });
  return members.filter((member) => member !== undefined).toSorted(byName);
}
