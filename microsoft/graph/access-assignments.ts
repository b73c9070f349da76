import { z } from 'zod';
import type { AccessAssignment } from '../../partner/relationships.ts';
import { readAll } from './paging.ts';
import { largestPage, type RelationshipsOf, relationshipPath, rolesShape } from './relationship-reads.ts';
import { accessDetails, isRefused, refusal } from './relationship-writes.ts';

const assignment = z.object({
  id: z.string(),
  status: z.string().nullish(),
  accessContainer: z.object({ accessContainerId: z.string() }),
  accessDetails: rolesShape,
});

/** What was taken away stays in the list, and says so. */
const gone = ['deleting', 'deleted', 'error'];

/** https://learn.microsoft.com/graph/api/delegatedadminrelationship-list-accessassignments */
export async function readAssignments(from: RelationshipsOf, id: string): Promise<AccessAssignment[]> {
  const path = relationshipPath(id, 'accessAssignments');
  const found = await readAll(from, { path, query: { $top: largestPage }, item: assignment });
  return found.map(({ id, status, accessContainer, accessDetails }) => ({
    id,
    groupId: accessContainer.accessContainerId.toLowerCase(),
    roles: accessDetails,
    status: status ?? '',
  }));
}

/**
 * Gives a security group these roles at the client; a group that has them already is left as it is.
 * https://learn.microsoft.com/graph/api/delegatedadminrelationship-post-accessassignments
 */
export async function assignAccess(
  from: RelationshipsOf,
  id: string,
  wanted: { groupId: string; roles: readonly string[] },
): Promise<void> {
  if (await isAssigned(from, id, wanted)) return;
  const body = {
    accessContainer: { accessContainerId: wanted.groupId, accessContainerType: 'securityGroup' },
    accessDetails: accessDetails(wanted.roles),
  };
  try {
    await from.graph.tell({ method: 'POST', path: relationshipPath(id, 'accessAssignments'), body });
  } catch (error) {
    if (!isRefused(error)) throw error;
    if (!(await isAssigned(from, id, wanted))) throw refusal(error, 'relationship-refused');
  }
}

async function isAssigned(
  from: RelationshipsOf,
  id: string,
  wanted: { groupId: string; roles: readonly string[] },
): Promise<boolean> {
  const assignments = await readAssignments(from, id);
  return assignments.some(
    ({ groupId, roles, status }) =>
      groupId === wanted.groupId.toLowerCase() &&
      !gone.includes(status) &&
      wanted.roles.every((role) => roles.includes(role.toLowerCase())),
  );
}
