import type { Answer } from '../graph-answer.ts';
import type { SandboxGroup, SandboxUser } from '../world.ts';
import { bodyOf, type Call, param } from './call.ts';
import { collection, count, entity } from './collection.ts';
import type { Item } from './filter.ts';
import { refuse, refuseAsMissing } from './refusal.ts';
import {
  directoryObjectResource,
  groupItem,
  groupResource,
  typed,
  userItem,
  userResource,
} from './resources.ts';
import { demand, role } from './rights.ts';
import { deleteUser } from './users.ts';

async function findGroup(call: Call): Promise<SandboxGroup> {
  const id = param(call, 'group');
  return (await call.world.get('group', call.caller.tenantId, id.toLowerCase())) ?? refuseAsMissing(id);
}

async function membersOf(call: Call, groupId: string): Promise<SandboxUser[]> {
  const memberships = await call.world.all('membership', call.caller.tenantId);
  const ids = new Set(memberships.filter((one) => one.groupId === groupId).map((one) => one.userId));
  return (await call.world.all('user', call.caller.tenantId)).filter((user) => ids.has(user.id));
}

export async function groupItems(call: Call, groups: readonly SandboxGroup[]): Promise<Item[]> {
  const company = (await call.world.tenants()).find((one) => one.id === call.caller.tenantId);
  return groups.map((group) => groupItem(group, company?.createdDateTime ?? null));
}

/** https://learn.microsoft.com/graph/api/group-list */
export async function listGroups(call: Call): Promise<Answer> {
  const groups = await call.world.all('group', call.caller.tenantId);
  return collection(call, groupResource, await groupItems(call, groups), '/groups');
}

export async function getGroup(call: Call): Promise<Answer> {
  const [item = {}] = await groupItems(call, [await findGroup(call)]);
  return entity(call, groupResource, item);
}

/** https://learn.microsoft.com/graph/api/group-list-members */
export async function listMembers(call: Call): Promise<Answer> {
  const group = await findGroup(call);
  const items = (await membersOf(call, group.id)).map(
    (user): Item => typed('#microsoft.graph.user', userItem(user)),
  );
  return collection(call, directoryObjectResource, items, `/groups/${group.id}/members`);
}

export async function listUserMembers(call: Call): Promise<Answer> {
  const group = await findGroup(call);
  const items = (await membersOf(call, group.id)).map(userItem);
  return collection(call, userResource, items, `/groups/${group.id}/members/microsoft.graph.user`);
}

export async function countMembers(call: Call): Promise<Answer> {
  const group = await findGroup(call);
  return count(call, userResource, (await membersOf(call, group.id)).map(userItem));
}

/**
 * Membership of ordinary security groups: Groups, User or Global Administrator, Directory Writers. AdminAgents
 * opens every client, so there the sandbox asks for as much as for a privileged role (a rule of its own).
 */
function demandMembershipRight(call: Call, group: SandboxGroup): void {
  if (group.displayName === 'AdminAgents') demand(call, role.global, role.privilegedRole);
  else demand(call, role.groups, role.user, role.global, role.directoryWriters);
}

/** https://learn.microsoft.com/graph/api/group-post-members */
export async function addMember(call: Call): Promise<Answer> {
  const group = await findGroup(call);
  demandMembershipRight(call, group);
  const reference = bodyOf(call)['@odata.id'];
  const id = typeof reference === 'string' ? readReference(call, reference) : undefined;
  if (id === undefined) {
    return refuse(400, 'Request_BadRequest', "Invalid URL format specified in @odata.id for 'members'.");
  }
  const user = (await call.world.get('user', call.caller.tenantId, id)) ?? refuseAsMissing(id);
  const key = `${group.id}_${user.id}`;
  if ((await call.world.get('membership', call.caller.tenantId, key)) !== undefined) {
    const message =
      "One or more added object references already exist for the following modified properties: 'members'.";
    refuse(400, 'Request_BadRequest', message);
  }
  await call.world.put('membership', call.caller.tenantId, key, { groupId: group.id, userId: user.id });
  const groupLicences = [...(user.groupLicences ?? []), ...licencesOf(group)];
  await call.world.put('user', call.caller.tenantId, user.id, { ...user, groupLicences });
  return { status: 204 };
}

/** What a member has because of this group; Microsoft gives it some moments later. */
function licencesOf({ id, licences = [] }: SandboxGroup): { skuId: string; groupId: string }[] {
  return licences.map((skuId) => ({ skuId, groupId: id }));
}

/** Full address of a directory object on this very host, as `@odata.id` wants it. */
function readReference(call: Call, reference: string): string | undefined {
  const start = `${call.origin}/`;
  if (!reference.startsWith(start)) return undefined;
  const shape = /^(?:v1\.0|beta)\/(?:directoryObjects|users)\/([0-9a-f-]{36})$/i;
  return shape.exec(reference.slice(start.length))?.[1]?.toLowerCase();
}

/** https://learn.microsoft.com/graph/api/group-delete-members */
export async function removeMember(call: Call): Promise<Answer> {
  const group = await findGroup(call);
  demandMembershipRight(call, group);
  const key = `${group.id}_${param(call, 'user').toLowerCase()}`;
  if ((await call.world.get('membership', call.caller.tenantId, key)) === undefined) {
    refuseAsMissing(param(call, 'user'));
  }
  await call.world.remove('membership', call.caller.tenantId, key);
  const user = await call.world.get('user', call.caller.tenantId, param(call, 'user').toLowerCase());
  if (user === undefined) return { status: 204 };
  const groupLicences = (user.groupLicences ?? []).filter(({ groupId }) => groupId !== group.id);
  await call.world.put('user', call.caller.tenantId, user.id, { ...user, groupLicences });
  return { status: 204 };
}

/** The same path without `/$ref` names the user, not the membership: it deletes the user, as Microsoft's does. */
export async function deleteMemberItself(call: Call): Promise<Answer> {
  const group = await findGroup(call);
  const id = param(call, 'user').toLowerCase();
  if (!(await membersOf(call, group.id)).some((user) => user.id === id)) refuseAsMissing(id);
  return deleteUser(call);
}
