import { z } from 'zod';
import type { Me } from '../../partner/directory.ts';
import type { Cloud } from '../clouds.ts';
import type { Graph } from './client.ts';
import { readAll } from './paging.ts';
import { segment } from './query.ts';
import { rolesOf } from './roles.ts';
import { type AgentGroups, supportIn } from './support-groups.ts';

interface From {
  graph: Graph;
  cloud: Cloud;
}

type Rights = Pick<Me, 'roles' | 'support'>;

const membership = z.object({
  id: z.string(),
  roleTemplateId: z.string().nullish(),
});

/**
 * Roles and support access of the user at this path, also through nested groups.
 * https://learn.microsoft.com/graph/api/user-list-transitivememberof
 */
export async function readRights(
  from: From,
  path: string,
  agentGroups: () => Promise<AgentGroups>,
): Promise<Rights> {
  const [memberships, groups] = await Promise.all([
    readAll(from, { path: `${path}/transitiveMemberOf`, query: {}, item: membership }),
    agentGroups(),
  ]);
  return {
    roles: memberships.flatMap(({ roleTemplateId }) => roleTemplateId?.toLowerCase() ?? []),
    support: supportIn(groups, new Set(memberships.map(({ id }) => id))),
  };
}

/** The same of any user, with roles that Microsoft shows only as an assignment, e.g. those a company made itself. */
export async function rightsOf(
  from: From,
  userId: string,
  agentGroups: () => Promise<AgentGroups>,
): Promise<Rights> {
  const [{ roles, support }, given] = await Promise.all([
    readRights(from, `/users/${segment(userId)}`, agentGroups),
    rolesOf(from, userId),
  ]);
  return { roles: [...new Set([...roles, ...given])], support };
}
