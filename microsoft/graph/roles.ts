import { z } from 'zod';
import type { Cloud } from '../clouds.ts';
import type { Graph } from './client.ts';
import { readAll } from './paging.ts';
import { eq } from './query.ts';
import { unlessThere } from './unless-there.ts';

const assignment = z.object({ roleDefinitionId: z.string(), directoryScopeId: z.string().nullish() });
const path = '/roleManagement/directory/roleAssignments';

/** The whole company; a role for an administrative unit only has another scope. */
const everywhere = '/';

interface From {
  graph: Graph;
  cloud: Cloud;
}

/**
 * Template ids of the directory roles given to this user for the whole company, without those through a group.
 * https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignments
 */
export async function rolesOf(from: From, userId: string): Promise<string[]> {
  const query = { $filter: eq('principalId', userId) };
  const assignments = await readAll(from, { path, query, item: assignment });
  return assignments
    .filter(({ directoryScopeId }) => (directoryScopeId ?? everywhere) === everywhere)
    .map(({ roleDefinitionId }) => roleDefinitionId.toLowerCase());
}

/**
 * Gives a role for the whole company; having it already is success. The caller must be Privileged Role Administrator.
 * https://learn.microsoft.com/graph/api/rbacapplication-post-roleassignments
 */
export async function grantRole(from: From, userId: string, roleTemplateId: string): Promise<void> {
  const body = {
    '@odata.type': '#microsoft.graph.unifiedRoleAssignment',
    principalId: userId,
    roleDefinitionId: roleTemplateId,
    directoryScopeId: everywhere,
  };
  await unlessThere(
    () => from.graph.tell({ method: 'POST', path, body }),
    async () => (await rolesOf(from, userId)).includes(roleTemplateId.toLowerCase()),
  );
}
