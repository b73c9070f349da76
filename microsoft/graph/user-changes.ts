import type { NewUser, User, UserChange } from '../../partner/directory.ts';
import { PartnerError } from '../../partner/errors.ts';
import type { Graph } from './client.ts';
import { segment } from './query.ts';
import { unlessGone } from './unless-there.ts';
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
  await patch(graph, userId, { usageLocation: countryCode });
}

/** Sets a password that must be changed at the next sign-in; works in every cloud. https://learn.microsoft.com/graph/api/user-update */
export async function setPassword(graph: Graph, userId: string, password: string): Promise<void> {
  await patch(graph, userId, { passwordProfile: { password, forceChangePasswordNextSignIn: true } });
}

/** What Microsoft lets nobody leave empty. */
const neverEmpty = ['displayName', 'usageLocation'] as const;

/**
 * Writes what is given; an empty text clears the field. Throws `input-invalid` where a field must not be empty.
 * https://learn.microsoft.com/graph/api/user-update
 */
export async function updateUser(graph: Graph, userId: string, change: UserChange): Promise<void> {
  const emptied = neverEmpty.find((field) => change[field] === '');
  if (emptied !== undefined) throw new PartnerError('input-invalid', { details: { property: emptied } });
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  if (given.length === 0) return;
  await patch(graph, userId, Object.fromEntries(given.map(([field, value]) => [field, value || null])));
}

/** Lets a user sign in, or no longer. https://learn.microsoft.com/graph/api/user-update */
export async function setAccountEnabled(
  graph: Graph,
  userId: string,
  accountEnabled: boolean,
): Promise<void> {
  await patch(graph, userId, { accountEnabled });
}

/** Ends all sessions, within some minutes. https://learn.microsoft.com/graph/api/user-revokesigninsessions */
export async function revokeSessions(graph: Graph, userId: string): Promise<void> {
  await graph.tell({ method: 'POST', path: `/users/${segment(userId)}/revokeSignInSessions` });
}

/** Deletes a user, who can be restored for 30 days; gone already is success. https://learn.microsoft.com/graph/api/user-delete */
export async function deleteUser(graph: Graph, userId: string): Promise<void> {
  await unlessGone(() => graph.tell({ method: 'DELETE', path: `/users/${segment(userId)}` }));
}

async function patch(graph: Graph, userId: string, body: object): Promise<void> {
  await graph.tell({ method: 'PATCH', path: `/users/${segment(userId)}`, body });
}
