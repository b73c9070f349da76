import type { Answer } from '../graph-answer.ts';
import type { Kinds } from '../world.ts';
import { type Call, context, param } from './call.ts';
import { collection } from './collection.ts';
import { refuseAsForbidden, refuseAsMissing } from './refusal.ts';
import { deletedUserResource, typed, userItem, userResource } from './resources.ts';
import { demand, demandSensitiveRight, holdsAny, role, rolesOf } from './rights.ts';
import { checkSignInName } from './user-rules.ts';

const keptMs = 30 * 24 * 60 * 60 * 1000;

/** Deleted users of the last 30 days; older ones are gone for good, though the sandbox leaves the record. */
async function restorable(call: Call): Promise<Kinds['deletedUser'][]> {
  const deleted = await call.world.all('deletedUser', call.caller.tenantId);
  return deleted.filter((user) => Date.parse(user.deletedDateTime) + keptMs > call.clock.now());
}

/** https://learn.microsoft.com/graph/api/directory-deleteditems-list */
export async function listDeletedUsers(call: Call): Promise<Answer> {
  const readers = [role.user, role.global, role.globalReader, role.directoryReaders, role.directoryWriters];
  if (call.me !== undefined && !holdsAny(call, readers)) refuseAsForbidden();
  const items = (await restorable(call)).map(userItem);
  return collection(call, deletedUserResource, items, '/directory/deletedItems/microsoft.graph.user');
}

/**
 * Brings a user back with its sign-in name, groups (https://learn.microsoft.com/graph/api/user-delete) and roles, and
 * with those licences that are still free. An administrator takes an equal; groups are not asked about.
 * https://learn.microsoft.com/graph/api/directory-deleteditems-restore
 */
export async function restoreUser(call: Call): Promise<Answer> {
  demand(call, role.user, role.global);
  const id = param(call, 'id');
  const found = (await restorable(call)).find((user) => user.id === id.toLowerCase()) ?? refuseAsMissing(id);
  demandSensitiveRight(call, await rolesOf(call, found.id));
  const { deletedDateTime: _moment, ...user } = found;
  const signInName = user.userPrincipalName.slice(user.id.replaceAll('-', '').length);
  await checkSignInName(call, signInName, user.id);
  const users = await call.world.all('user', call.caller.tenantId);
  const skus = await call.world.all('sku', call.caller.tenantId);
  const licences = user.licences.filter((skuId) => {
    const used = users.filter((one) => one.licences.includes(skuId)).length;
    return used < (skus.find((sku) => sku.skuId === skuId)?.enabled ?? 0);
  });
  const restored = { ...user, userPrincipalName: signInName, licences };
  await call.world.put('user', call.caller.tenantId, user.id, restored);
  await call.world.remove('deletedUser', call.caller.tenantId, user.id);
  const item = userItem(restored);
  const given = Object.fromEntries(userResource.defaults.map((name) => [name, item[name]]));
  return {
    status: 200,
    body: {
      '@odata.context': context(call, 'directoryObjects/$entity'),
      ...typed('#microsoft.graph.user', given),
    },
  };
}
