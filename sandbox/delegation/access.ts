import type { SandboxAccessAssignment, SandboxRelationship } from '../delegation-kinds.ts';
import { statusOf } from './life.ts';
import { isPast, type Times } from './times.ts';

/** pending, active, deleting or deleted. */
export function assignmentStatus(times: Times, { active, deleted }: SandboxAccessAssignment): string {
  if (deleted !== null) return isPast(times, deleted) ? 'deleted' : 'deleting';
  return isPast(times, active) ? 'active' : 'pending';
}

/** Roles that a person of a partner holds in a client's directory now, by delegation and group. */
export async function delegatedRolesOf(
  times: Times,
  { partnerId, userId, clientId }: { partnerId: string; userId: string; clientId: string },
): Promise<string[]> {
  const { world } = times;
  const relationships = await world.all('relationship', partnerId);
  const working = new Map(
    relationships
      .filter(({ customer }) => customer?.tenantId === clientId)
      .filter((one) => isWorking(times, one))
      .map((one) => [one.id, one]),
  );
  if (working.size === 0) return [];
  const held = new Set<string>();
  for (const assignment of await world.all('accessAssignment', partnerId)) {
    const relationship = working.get(assignment.relationshipId);
    if (relationship === undefined || assignmentStatus(times, assignment) !== 'active') continue;
    const membership = await world.get('membership', partnerId, `${assignment.groupId}_${userId}`);
    if (membership === undefined) continue;
    for (const id of assignment.roles) if (relationship.roles.includes(id)) held.add(id);
  }
  return [...held];
}

/** Active, and known in the client's directory. */
function isWorking(times: Times, relationship: SandboxRelationship): boolean {
  const { approval } = relationship;
  const isActive = statusOf(times, relationship) === (relationship.strangeStatus ?? 'active');
  return isActive && approval !== null && isPast(times, approval.works);
}
