import { z } from 'zod';
import type { Cloud } from '../clouds.ts';
import type { Graph } from './client.ts';
import { readAll } from './paging.ts';
import { eq, segment } from './query.ts';
import { unlessGone, unlessThere } from './unless-there.ts';

export const assignmentsPath = '/roleManagement/directory/roleAssignments';
const path = assignmentsPath;

/** The whole company; a role for an administrative unit only has another scope. */
const everywhere = '/';

/** What every role assignment has. */
export const assignmentShape = z.object({
  id: z.string(),
  roleDefinitionId: z.string().transform((id) => id.toLowerCase()),
  directoryScopeId: z.string().nullish(),
});

/** Whether a role was given for the whole company. */
export function isEverywhere({ directoryScopeId }: z.infer<typeof assignmentShape>): boolean {
  return (directoryScopeId ?? everywhere) === everywhere;
}

interface From {
  graph: Graph;
  cloud: Cloud;
}

/**
 * Template ids of the directory roles given to this user for the whole company, without those through a group.
 * https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignments
 */
export async function rolesOf(from: From, userId: string): Promise<string[]> {
  return (await assignmentsTo(from, userId)).map(({ roleDefinitionId }) => roleDefinitionId);
}

async function assignmentsTo(from: From, userId: string): Promise<z.infer<typeof assignmentShape>[]> {
  const query = { $filter: eq('principalId', userId) };
  const assignments = await readAll(from, { path, query, item: assignmentShape });
  return assignments.filter(isEverywhere);
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

/**
 * Takes back a role given for the whole company; not holding it is success. One held through a group, or for a part
 * of the company only, stays. The caller must be Privileged Role Administrator.
 * https://learn.microsoft.com/graph/api/unifiedroleassignment-delete
 */
export async function removeRole(from: From, userId: string, roleTemplateId: string): Promise<void> {
  const wanted = roleTemplateId.toLowerCase();
  for (const { id, roleDefinitionId } of await assignmentsTo(from, userId)) {
    if (roleDefinitionId !== wanted) continue;
    await unlessGone(() => from.graph.tell({ method: 'DELETE', path: `${path}/${segment(id)}` }));
  }
}
