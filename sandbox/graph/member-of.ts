import type { Answer } from '../graph-answer.ts';
import { type Call, param } from './call.ts';
import { collection, count, type Resource } from './collection.ts';
import type { Item } from './filter.ts';
import { groupItems } from './groups.ts';
import { refuse } from './refusal.ts';
import {
  directoryObjectResource,
  directoryRoleItem,
  directoryRoleResource,
  groupResource,
  typed,
} from './resources.ts';
import { rolesOf } from './rights.ts';
import { findUser } from './users.ts';

interface Belongings {
  groups: Item[];
  roles: Item[];
}

/** The sandbox has no groups in groups, so what a user belongs to is the same directly and transitively. */
async function belongings(call: Call): Promise<{ userId: string } & Belongings> {
  const user = await findUser(call);
  const memberships = await call.world.all('membership', call.caller.tenantId);
  const ids = new Set(memberships.filter((one) => one.userId === user.id).map((one) => one.groupId));
  const groups = (await call.world.all('group', call.caller.tenantId)).filter((group) => ids.has(group.id));
  const roleIds = await rolesOf(call, user.id);
  return {
    userId: user.id,
    groups: await groupItems(call, groups),
    roles: roleIds.map((id) => directoryRoleItem(call.caller.tenantId, id)),
  };
}

function cast(call: Call, { groups, roles }: Belongings): { items: Item[]; resource: Resource } {
  const type = param(call, 'type');
  if (type === 'microsoft.graph.group') return { items: groups, resource: groupResource };
  if (type === 'microsoft.graph.directoryRole') return { items: roles, resource: directoryRoleResource };
  return refuse(400, 'BadRequest', `Resource not found for the segment '${type}'.`);
}

function mixed({ groups, roles }: Belongings): Item[] {
  return [
    ...groups.map((item) => typed('#microsoft.graph.group', item)),
    ...roles.map((item) => typed('#microsoft.graph.directoryRole', item)),
  ];
}

/** Groups and directory roles of a user. https://learn.microsoft.com/graph/api/user-list-memberof */
export async function listMemberOf(call: Call): Promise<Answer> {
  const found = await belongings(call);
  return collection(
    call,
    directoryObjectResource,
    mixed(found),
    `/users/${found.userId}/${param(call, 'relation')}`,
  );
}

export async function countMemberOf(call: Call): Promise<Answer> {
  return count(call, directoryObjectResource, mixed(await belongings(call)));
}

/** The same, cut down to one type by a cast such as `/microsoft.graph.group`. */
export async function listMemberOfType(call: Call): Promise<Answer> {
  const found = await belongings(call);
  const { items, resource } = cast(call, found);
  const path = `/users/${found.userId}/${param(call, 'relation')}/${param(call, 'type')}`;
  return collection(call, resource, items, path);
}

export async function countMemberOfType(call: Call): Promise<Answer> {
  const { items, resource } = cast(call, await belongings(call));
  return count(call, resource, items);
}
