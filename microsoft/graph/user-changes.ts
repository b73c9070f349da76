import type { NewUser, User } from '../../partner/directory.ts';
import type { Graph } from './client.ts';
import { segment } from './query.ts';
import { userShape } from './users.ts';

/**
 * Creates an enabled user who must choose a password of their own at the first sign-in.
 * Graph answers with few properties: the rest of the returned user is what a new one has; read it back by id.
 * https://learn.microsoft.com/graph/api/user-post-users
 */
export async function createUser(graph: Graph, user: NewUser): Promise<User> {
  const body = {
    accountEnabled: true,
    displayName: user.displayName,
    mailNickname: user.mailNickname,
    userPrincipalName: user.signInName,
    ...(user.givenName === undefined ? {} : { givenName: user.givenName }),
    ...(user.surname === undefined ? {} : { surname: user.surname }),
    passwordProfile: { password: user.password, forceChangePasswordNextSignIn: true },
  };
  const created = await graph.write({ method: 'POST', path: '/users', body }, userShape);
  return { ...created, mailNickname: created.mailNickname ?? user.mailNickname };
}

/** `countryCode`: two letters; licences need it first. https://learn.microsoft.com/graph/api/user-update */
export async function setUsageLocation(graph: Graph, userId: string, countryCode: string): Promise<void> {
  await graph.tell({
    method: 'PATCH',
    path: `/users/${segment(userId)}`,
    body: { usageLocation: countryCode },
  });
}

/** Adds licences to those the user has; one already there stays. https://learn.microsoft.com/graph/api/user-assignlicense */
export async function addLicences(graph: Graph, userId: string, skuIds: readonly string[]): Promise<void> {
  if (skuIds.length === 0) return;
  const addLicenses = skuIds.map((skuId) => ({ skuId, disabledPlans: [] }));
  await graph.tell({
    method: 'POST',
    path: `/users/${segment(userId)}/assignLicense`,
    body: { addLicenses, removeLicenses: [] },
  });
}

/** Sets a password that must be changed at the next sign-in; works in every cloud. https://learn.microsoft.com/graph/api/user-update */
export async function setPassword(graph: Graph, userId: string, password: string): Promise<void> {
  await graph.tell({
    method: 'PATCH',
    path: `/users/${segment(userId)}`,
    body: { passwordProfile: { password, forceChangePasswordNextSignIn: true } },
  });
}
