import { randomUUID } from 'node:crypto';
import type { Answer } from '../graph-answer.ts';
import type { SandboxUser } from '../world.ts';
import { bodyOf, type Call, context, graphTime, looksLikeGuid, param } from './call.ts';
import { collection, count, entity } from './collection.ts';
import type { Item } from './filter.ts';
import { refuse, refuseAsForbidden, refuseAsMissing } from './refusal.ts';
import { userItem, userResource } from './resources.ts';
import {
  demand,
  demandPasswordRight,
  demandSensitiveRight,
  demandSessionRight,
  holdsAny,
  role,
  rolesOf,
} from './rights.ts';
import { checkPassword, checkSignInName, passwordHash, readUserChange, refuseAbsent } from './user-rules.ts';

/** By object id or sign-in name, also while the user is hidden from lists; 404 when there is none. */
export async function findUser(call: Call): Promise<SandboxUser> {
  const key = param(call, 'user');
  const found = looksLikeGuid(key)
    ? await call.world.get('user', call.caller.tenantId, key.toLowerCase())
    : (await call.world.all('user', call.caller.tenantId)).find(
        (user) => user.userPrincipalName.toLowerCase() === key.toLowerCase(),
      );
  return found ?? refuseAsMissing(key);
}

async function visibleUsers(call: Call): Promise<Item[]> {
  const users = await call.world.all('user', call.caller.tenantId);
  return users.filter((user) => !call.hidden(user.id)).map(userItem);
}

/** https://learn.microsoft.com/graph/api/user-list */
export async function listUsers(call: Call): Promise<Answer> {
  return collection(call, userResource, await visibleUsers(call), '/users');
}

export async function countUsers(call: Call): Promise<Answer> {
  return count(call, userResource, await visibleUsers(call));
}

/** https://learn.microsoft.com/graph/api/user-get */
export async function getUser(call: Call): Promise<Answer> {
  return entity(call, userResource, userItem(await findUser(call)));
}

/** https://learn.microsoft.com/graph/api/user-post-users */
export async function createUser(call: Call): Promise<Answer> {
  demand(call, role.user, role.global, role.directoryWriters);
  const { properties, passwordProfile } = readUserChange(bodyOf(call));
  const { accountEnabled, displayName, mailNickname, userPrincipalName } = properties;
  if (accountEnabled === undefined) refuseAbsent('accountEnabled');
  if (displayName === undefined) refuseAbsent('displayName');
  if (mailNickname === undefined) refuseAbsent('mailNickname');
  if (userPrincipalName === undefined) refuseAbsent('userPrincipalName');
  if (passwordProfile?.password === undefined) refuseAbsent('passwordProfile');
  checkPassword(passwordProfile.password, userPrincipalName);
  await checkSignInName(call, userPrincipalName);
  const now = call.clock.now();
  const user: SandboxUser = {
    givenName: null,
    surname: null,
    mail: null,
    jobTitle: null,
    usageLocation: null,
    preferredLanguage: null,
    businessPhones: [],
    ...properties,
    id: randomUUID(),
    accountEnabled,
    displayName,
    mailNickname,
    userPrincipalName,
    userType: 'Member',
    createdDateTime: graphTime(now),
    licences: [],
    passwordHash: await passwordHash(passwordProfile.password),
    forceChangePassword: passwordProfile.forceChangePasswordNextSignIn ?? false,
    sessionsValidFrom: 0,
    goodFor: null,
  };
  await call.world.put('user', call.caller.tenantId, user.id, user);
  const item = userItem(user);
  const given = Object.fromEntries(userResource.defaults.map((name) => [name, item[name]]));
  return {
    status: 201,
    headers: { location: `${call.origin}/v1.0/users/${user.id}` },
    body: { '@odata.context': context(call, 'users/$entity'), ...given },
  };
}

const sensitive = ['accountEnabled', 'businessPhones', 'mobilePhone', 'userPrincipalName'] as const;

/** https://learn.microsoft.com/graph/api/user-update, a new password by an administrator included. */
export async function updateUser(call: Call): Promise<Answer> {
  const user = await findUser(call);
  const { properties, passwordProfile } = readUserChange(bodyOf(call));
  const names = Object.keys(properties);
  if (names.length === 0 && passwordProfile === undefined) {
    refuse(400, 'Request_BadRequest', 'The request has no property to update.');
  }
  const targetRoles = await rolesOf(call, user.id);
  if (passwordProfile !== undefined) demandPasswordRight(call, targetRoles);
  if (sensitive.some((name) => name in properties)) demandSensitiveRight(call, targetRoles);
  const ordinary = [role.user, role.global, role.directoryWriters];
  const isCountryOnly = names.every((name) => name === 'usageLocation');
  const mayWrite =
    names.length === 0 || holdsAny(call, isCountryOnly ? [...ordinary, role.license] : ordinary);
  if (!mayWrite) refuseAsForbidden();
  if (properties.userPrincipalName !== undefined)
    await checkSignInName(call, properties.userPrincipalName, user.id);

  const changed: SandboxUser = { ...user, ...properties };
  if (passwordProfile?.password !== undefined) {
    checkPassword(passwordProfile.password, changed.userPrincipalName);
    changed.passwordHash = await passwordHash(passwordProfile.password);
    changed.sessionsValidFrom = call.clock.now();
  }
  if (passwordProfile !== undefined) {
    changed.forceChangePassword = passwordProfile.forceChangePasswordNextSignIn ?? false;
  }
  await call.world.put('user', call.caller.tenantId, user.id, changed);
  return { status: 204 };
}

/** https://learn.microsoft.com/graph/api/user-revokesigninsessions */
export async function revokeSessions(call: Call): Promise<Answer> {
  const user = await findUser(call);
  if (user.id !== call.me?.id) demandSessionRight(call, await rolesOf(call, user.id));
  const changed = { ...user, sessionsValidFrom: call.clock.now() };
  await call.world.put('user', call.caller.tenantId, user.id, changed);
  return { status: 200, body: { '@odata.context': context(call, 'Edm.Boolean'), value: true } };
}

/** Moves a user to the deleted items, where it waits 30 days. https://learn.microsoft.com/graph/api/user-delete */
export async function deleteUser(call: Call): Promise<Answer> {
  const user = await findUser(call);
  demandSensitiveRight(call, await rolesOf(call, user.id));
  const deleted = {
    ...user,
    userPrincipalName: `${user.id.replaceAll('-', '')}${user.userPrincipalName}`,
    deletedDateTime: graphTime(call.clock.now()),
    sessionsValidFrom: call.clock.now(),
  };
  await call.world.put('deletedUser', call.caller.tenantId, user.id, deleted);
  await call.world.remove('user', call.caller.tenantId, user.id);
  return { status: 204 };
}
