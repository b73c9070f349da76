import type { Answer } from '../graph-answer.ts';
import type { Kinds, SandboxUser } from '../world.ts';
import { bodyOf, type Call, context, isGuid, param } from './call.ts';
import { collection, entity, type Resource } from './collection.ts';
import type { Item } from './filter.ts';
import { refuse, refuseAsMissing, refuseProperty } from './refusal.ts';
import { typed, userItem } from './resources.ts';
import { demand, role } from './rights.ts';
import { roleDefinitions } from './role-definitions.ts';

type RoleAssignment = Kinds['roleAssignment'];

const definitionProperties = [
  'id',
  'description',
  'displayName',
  'isBuiltIn',
  'isEnabled',
  'templateId',
  'version',
  'rolePermissions',
  'inheritsPermissionsFrom',
] as const;

const definitionResource: Resource = {
  set: 'roleManagement/directory/roleDefinitions',
  type: 'UnifiedRoleDefinition',
  properties: definitionProperties,
  defaults: definitionProperties,
  strings: ['id', 'displayName', 'templateId'],
  booleans: ['isBuiltIn'],
  endsWith: [],
  searchable: [],
  orderable: [],
  options: ['$filter', '$top', '$skiptoken'],
};

const assignmentProperties = [
  'id',
  'principalId',
  'resourceScope',
  'directoryScopeId',
  'roleDefinitionId',
] as const;

const assignmentResource: Resource = {
  set: 'roleManagement/directory/roleAssignments',
  type: 'UnifiedRoleAssignment',
  properties: [...assignmentProperties, 'principal'],
  defaults: assignmentProperties,
  strings: ['principalId', 'roleDefinitionId'],
  booleans: [],
  endsWith: [],
  searchable: [],
  orderable: [],
  options: ['$filter', '$expand', '$top', '$skiptoken'],
};

const definitionItems: readonly Item[] = roleDefinitions.map((one) => ({
  id: one.templateId,
  description: one.description,
  displayName: one.displayName,
  isBuiltIn: true,
  isEnabled: true,
  templateId: one.templateId,
  version: '1',
  rolePermissions: [{ allowedResourceActions: [], condition: null }],
  inheritsPermissionsFrom: [{ id: role.directoryReaders }],
}));

/** The built-in roles; a built-in role's id is its template id. */
export async function listRoleDefinitions(call: Call): Promise<Answer> {
  return collection(call, definitionResource, definitionItems, `/${definitionResource.set}`);
}

export async function getRoleDefinition(call: Call): Promise<Answer> {
  const id = param(call, 'id');
  const item = definitionItems.find((one) => one['id'] === id.toLowerCase()) ?? refuseAsMissing(id);
  return entity(call, definitionResource, item);
}

/** Assignments to users who are there; those of deleted users wait with them. */
async function assignments(call: Call): Promise<{ assignment: RoleAssignment; user: SandboxUser }[]> {
  const all = await call.world.all('roleAssignment', call.caller.tenantId);
  const users = await call.world.all('user', call.caller.tenantId);
  return all.flatMap((assignment) => {
    const user = users.find((one) => one.id === assignment.principalId);
    return user === undefined ? [] : [{ assignment, user }];
  });
}

function assignmentItem(assignment: RoleAssignment): Item {
  return {
    id: assignment.id,
    principalId: assignment.principalId,
    resourceScope: '/',
    directoryScopeId: '/',
    roleDefinitionId: assignment.roleDefinitionId,
  };
}

/** https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignments */
export async function listRoleAssignments(call: Call): Promise<Answer> {
  const expand = call.query.get('$expand');
  if (expand !== null && expand !== 'principal') {
    refuse(400, 'Request_UnsupportedQuery', `Expanding '${expand}' is not supported.`);
  }
  const items = (await assignments(call)).map(({ assignment, user }): Item => {
    const principal = typed('#microsoft.graph.user', userItem(user));
    return { ...assignmentItem(assignment), ...(expand === null ? {} : { principal }) };
  });
  const path = `/${assignmentResource.set}`;
  if (expand === null) return collection(call, assignmentResource, items, path);
  const expanded = { ...assignmentResource, defaults: [...assignmentProperties, 'principal'] };
  return collection(call, expanded, items, path, '(principal())');
}

export async function getRoleAssignment(call: Call): Promise<Answer> {
  const id = param(call, 'id');
  const found =
    (await assignments(call)).find(({ assignment }) => assignment.id === id) ?? refuseAsMissing(id);
  return entity(call, assignmentResource, assignmentItem(found.assignment));
}

/** https://learn.microsoft.com/graph/api/rbacapplication-post-roleassignments */
export async function createRoleAssignment(call: Call): Promise<Answer> {
  demand(call, role.privilegedRole, role.global);
  const { roleDefinitionId, principalId, directoryScopeId } = bodyOf(call);
  if (!isGuid(roleDefinitionId)) return refuseProperty('RoleAssignment', 'roleDefinitionId');
  if (!isGuid(principalId)) return refuseProperty('RoleAssignment', 'principalId');
  if (directoryScopeId !== '/') return refuseProperty('RoleAssignment', 'directoryScopeId');
  const definition = roleDefinitions.find((one) => one.templateId === roleDefinitionId.toLowerCase());
  if (definition === undefined) return refuseAsMissing(roleDefinitionId);
  const user = await call.world.get('user', call.caller.tenantId, principalId.toLowerCase());
  if (user === undefined) return refuseAsMissing(principalId);
  const held = await assignments(call);
  const isHeld = held.some(
    (one) => one.user.id === user.id && one.assignment.roleDefinitionId === definition.templateId,
  );
  if (isHeld) {
    const message =
      'A conflicting object with one or more of the specified property values is present in the directory.';
    refuse(400, 'Request_BadRequest', message, { details: [{ code: 'ConflictingObjects', message }] });
  }
  const assignment: RoleAssignment = {
    id: assignmentId(definition.templateId, user.id),
    roleDefinitionId: definition.templateId,
    principalId: user.id,
    createdAt: call.clock.now(),
  };
  await call.world.put('roleAssignment', call.caller.tenantId, assignment.id, assignment);
  const { resourceScope: _scope, ...item } = assignmentItem(assignment);
  return {
    status: 201,
    body: { '@odata.context': context(call, `${assignmentResource.set}/$entity`), ...item },
  };
}

/** https://learn.microsoft.com/graph/api/unifiedroleassignment-delete */
export async function deleteRoleAssignment(call: Call): Promise<Answer> {
  demand(call, role.privilegedRole, role.global);
  const id = param(call, 'id');
  const found =
    (await assignments(call)).find(({ assignment }) => assignment.id === id) ?? refuseAsMissing(id);
  await call.world.remove('roleAssignment', call.caller.tenantId, found.assignment.id);
  return { status: 204 };
}

/** Opaque, of one piece, and the same for the same role and person, as Microsoft's are. */
function assignmentId(roleId: string, userId: string): string {
  const bytes = Buffer.from((roleId + userId).replaceAll('-', ''), 'hex');
  return `${bytes.toString('base64url')}-1`;
}
