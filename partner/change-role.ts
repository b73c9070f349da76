import type { CapabilityId } from './capabilities.ts';
import { visibleStep } from './one-step.ts';
import { type OperationKind, requireText, type Work } from './operation-kinds.ts';
import { type JsonObject, newStep } from './operations.ts';
import { roleIds } from './role-ids.ts';
import { roleById } from './roles.ts';
import { refuseLastGlobalAdministrator, targetId, targetName } from './targets.ts';

const roleOf = (args: JsonObject) => requireText(args['role'], 'role');
const holds = async (work: Work) =>
  (await work.directory.rolesOf(targetId(work))).includes(roleOf(work.operation.args));

/** An unknown role counts as privileged: Microsoft adds roles, and the bot does not guess what they can do. */
export function needsForRole(templateId: string): CapabilityId {
  return roleById(templateId)?.privileged === false ? 'grant-role' : 'grant-privileged-role';
}

export const grantRoleKind: OperationKind = {
  kind: 'grant-role',
  schema: 1,
  needs: (args) => [needsForRole(roleOf(args))],
  plan: () => [newStep('grant-role')],
  steps: {
    'grant-role': visibleStep({
      id: 'grant-role',
      isDone: holds,
      write: (work) => work.directory.grantRole(targetId(work), roleOf(work.operation.args)),
    }),
  },
  object: targetName,
  undo: (args) => ({ kind: 'remove-role', args }),
};

/** Taking a role away makes nobody mightier, so it needs no second person, whatever the role. */
export const removeRoleKind: OperationKind = {
  kind: 'remove-role',
  schema: 1,
  needs: () => ['grant-role'],
  plan: () => [newStep('remove-role')],
  steps: {
    'remove-role': visibleStep({
      id: 'remove-role',
      isDone: async (work) => !(await holds(work)),
      write: (work) => work.directory.removeRole(targetId(work), roleOf(work.operation.args)),
    }),
  },
  object: targetName,
  async guard(work) {
    if (roleOf(work.operation.args) === roleIds.globalAdministrator)
      await refuseLastGlobalAdministrator(work);
  },
};
