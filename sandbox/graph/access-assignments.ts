import { randomUUID } from 'node:crypto';
import { assignmentStatus } from '../delegation/access.ts';
import { dueIn, settingsOf } from '../delegation/times.ts';
import type { SandboxAccessAssignment, SandboxRelationship } from '../delegation-kinds.ts';
import type { Answer } from '../graph-answer.ts';
import { bodyOf, type Call, context, isGuid, param } from './call.ts';
import { collection, type Resource } from './collection.ts';
import { demandRelationshipReader, demandRelationshipWriter } from './delegation-rights.ts';
import type { Item } from './filter.ts';
import { findRelationship, refuseStatus, relationshipIn } from './found-relationship.ts';
import { refuse, refuseAsMissing } from './refusal.ts';
import { readRoles } from './relationship-body.ts';
import { startOperation } from './relationship-operations.ts';
import { accessDetails, demandMatch, etag, preciseTime, shownValue } from './relationship-shape.ts';

const properties = [
  'id',
  'status',
  'createdDateTime',
  'lastModifiedDateTime',
  'accessContainer',
  'accessDetails',
] as const;

const assignmentResource: Resource = {
  set: 'accessAssignments',
  below: 'tenantRelationships/',
  type: 'DelegatedAdminAccessAssignment',
  properties,
  defaults: properties,
  strings: ['id', 'status'],
  booleans: [],
  endsWith: [],
  searchable: [],
  orderable: ['createdDateTime'],
  options: ['$filter', '$orderby', '$top', '$skiptoken'],
  mostPerPage: 300,
};

const knownStatuses = ['pending', 'active', 'deleting', 'deleted', 'error'];

async function assignmentsOf(call: Call, { id }: SandboxRelationship): Promise<SandboxAccessAssignment[]> {
  const all = await call.world.all('accessAssignment', call.caller.tenantId);
  return all.filter(({ relationshipId }) => relationshipId === id);
}

function assignmentItem(call: Call, assignment: SandboxAccessAssignment): Item {
  const { id, groupId, roles, createdAt, modifiedAt } = assignment;
  return {
    '@odata.type': '#microsoft.graph.delegatedAdminAccessAssignment',
    '@odata.etag': etagOf(call, assignment),
    id,
    status: shownValue(call, assignmentStatus(call, assignment), knownStatuses),
    createdDateTime: preciseTime(createdAt),
    lastModifiedDateTime: preciseTime(modifiedAt),
    accessContainer: { accessContainerId: groupId, accessContainerType: 'securityGroup' },
    accessDetails: accessDetails(roles),
  };
}

function etagOf(call: Call, assignment: SandboxAccessAssignment): string {
  return etag(assignment.id, assignment.version, assignmentStatus(call, assignment));
}

/** https://learn.microsoft.com/graph/api/delegatedadminrelationship-list-accessassignments */
export async function listAssignments(call: Call): Promise<Answer> {
  await demandRelationshipReader(call);
  const { relationship } = await findRelationship(call);
  const items = (await assignmentsOf(call, relationship)).map((one) => assignmentItem(call, one));
  return collection(call, assignmentResource, items, call.path);
}

/** https://learn.microsoft.com/graph/api/delegatedadminrelationship-post-accessassignments */
export async function createAssignment(call: Call): Promise<Answer> {
  await demandRelationshipWriter(call);
  const found = await relationshipIn(call);
  if (found === undefined || found.status !== 'active')
    return refuse(400, 'BadRequest', 'The passed in delegatedAdminRelationshipId is invalid.');
  const { relationship } = found;
  const { accessContainer, accessDetails: details } = bodyOf(call);
  const groupId = await readGroup(call, accessContainer);
  const roles = readRoles(details);
  demandWithin(relationship, roles);
  const others = await assignmentsOf(call, relationship);
  if (others.some((one) => one.groupId === groupId && one.deleted === null))
    refuse(409, 'Conflict', 'An access assignment for the access container exists already.');
  const settings = await settingsOf(call);
  const createdAt = call.clock.now();
  const assignment: SandboxAccessAssignment = {
    id: randomUUID(),
    relationshipId: relationship.id,
    groupId,
    roles,
    createdAt,
    modifiedAt: createdAt,
    version: 1,
    active: dueIn(call, settings, settings.assignedAfterMs),
    deleted: null,
  };
  await put(call, assignment);
  const { '@odata.type': type, ...item } = assignmentItem(call, assignment);
  return {
    status: 201,
    headers: { location: `${call.origin}/v1.0${call.path}/${assignment.id}` },
    body: {
      '@odata.type': type,
      '@odata.context': context(call, assignmentResource.set, assignmentResource.below),
      ...item,
      status: 'pending',
    },
  };
}

/** 200 when nothing changes; else 202, pending until it is through. https://learn.microsoft.com/graph/api/delegatedadminaccessassignment-update */
export async function updateAssignment(call: Call): Promise<Answer> {
  await demandRelationshipWriter(call);
  const { relationship, status } = await findRelationship(call);
  const assignment = await findAssignment(call, relationship);
  demandMatch(call, etagOf(call, assignment));
  if (status !== 'active') refuseStatus(status);
  const roles = readRoles(bodyOf(call)['accessDetails']);
  demandWithin(relationship, roles);
  if (roles.toSorted().join() === assignment.roles.toSorted().join())
    return { status: 200, body: assignmentItem(call, assignment) };
  const settings = await settingsOf(call);
  const written = {
    ...changedNow(call, assignment),
    roles,
    active: dueIn(call, settings, settings.assignedAfterMs),
  };
  await put(call, written);
  const { id, accessContainer } = assignmentItem(call, written);
  const data = { id, accessContainer, accessDetails: accessDetails(roles), status: 'active' };
  return startOperation(call, 'delegatedAdminAccessAssignmentUpdate', data);
}

/** https://learn.microsoft.com/graph/api/delegatedadminaccessassignment-delete */
export async function deleteAssignment(call: Call): Promise<Answer> {
  await demandRelationshipWriter(call);
  const { relationship } = await findRelationship(call);
  const assignment = await findAssignment(call, relationship);
  demandMatch(call, etagOf(call, assignment));
  const settings = await settingsOf(call);
  const deleted = dueIn(call, settings, settings.assignedAfterMs);
  await put(call, { ...changedNow(call, assignment), deleted });
  return { status: 204 };
}

async function findAssignment(
  call: Call,
  relationship: SandboxRelationship,
): Promise<SandboxAccessAssignment> {
  const id = param(call, 'assignment');
  const found = (await assignmentsOf(call, relationship)).find((one) => one.id === id.toLowerCase());
  return found === undefined || found.deleted !== null ? refuseAsMissing(id) : found;
}

function changedNow(call: Call, assignment: SandboxAccessAssignment): SandboxAccessAssignment {
  return { ...assignment, modifiedAt: call.clock.now(), version: assignment.version + 1 };
}

function put(call: Call, assignment: SandboxAccessAssignment): Promise<void> {
  return call.world.put('accessAssignment', call.caller.tenantId, assignment.id, assignment);
}

/** A security group of the partner's own. */
async function readGroup(call: Call, value: unknown): Promise<string> {
  const { accessContainerId: id, accessContainerType: type } = Object(value) as Record<string, unknown>;
  if (type !== 'securityGroup' || !isGuid(id))
    return refuse(400, 'BadRequest', "The value of the property 'accessContainer' is invalid.");
  const group = await call.world.get('group', call.caller.tenantId, id.toLowerCase());
  if (group === undefined || !group.securityEnabled)
    return refuse(400, 'BadRequest', 'The access container does not exist.');
  return group.id;
}

function demandWithin({ roles: allowed }: SandboxRelationship, roles: readonly string[]): void {
  if (roles.every((id) => allowed.includes(id))) return;
  refuse(400, 'BadRequest', 'A role of the access assignment is not among the roles of the relationship.');
}
