import { roleIds } from './role-ids.ts';

/** Roles that let somebody set another person's password, from the weakest to the strongest. */
type Resetter = 'password' | 'helpdesk' | 'authentication' | 'user' | 'privilegedAuthentication' | 'global';

const resetters: Readonly<Record<Resetter, string>> = {
  password: roleIds.passwordAdministrator,
  helpdesk: roleIds.helpdeskAdministrator,
  authentication: 'c4e39bd9-1100-46d3-8c65-fb160da0071f',
  user: roleIds.userAdministrator,
  privilegedAuthentication: '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
  global: roleIds.globalAdministrator,
};

const top: readonly Resetter[] = ['privilegedAuthentication', 'global'];
const allButPassword: readonly Resetter[] = ['helpdesk', 'authentication', 'user', ...top];
const everyone: readonly Resetter[] = ['password', ...allButPassword];

/** Who may set the password of a holder of the role, by template id; a role that is not listed is for `top` alone. */
const mayResetHolderOf: ReadonlyMap<string, readonly Resetter[]> = new Map([
  ['88d8e3e3-8f55-4a1e-953a-9b9898b8876b', everyone], // Directory Readers
  ['95e79109-95c0-4d8e-aee3-d01accf2d47b', everyone], // Guest Inviter
  [roleIds.passwordAdministrator, everyone],
  ['790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b', allButPassword], // Message Center Reader
  ['4a5d8f65-41da-4de4-8968-e035b65339cf', allButPassword], // Reports Reader
  ['75934031-6c7e-415a-99d7-48dbd49e875e', allButPassword], // Usage Summary Reports Reader
  [roleIds.helpdeskAdministrator, ['helpdesk', 'user', ...top]],
  [resetters.authentication, ['authentication', ...top]],
  ['fdd7a751-b60b-444a-984c-02652fe8fa1c', ['user', ...top]], // Groups Administrator
  [roleIds.userAdministrator, ['user', ...top]],
]);

/**
 * Whether somebody with these roles may set the password of somebody with those; both are template ids.
 * Not seen here: members and owners of groups that can hold roles are for `top` alone, and Microsoft refuses then.
 * https://learn.microsoft.com/graph/api/resources/users#who-can-reset-passwords
 */
export function mayResetPassword(actorRoles: readonly string[], targetRoles: readonly string[]): boolean {
  return actsOn(everyone, actorRoles, targetRoles);
}

/**
 * Whether somebody with these roles may block, delete or change the phone of somebody with those. Of the roles that
 * may at all, the bot asks for these two. https://learn.microsoft.com/graph/api/resources/users#sensitive-actions
 */
export function mayActSensitively(actorRoles: readonly string[], targetRoles: readonly string[]): boolean {
  return actsOn(['user', 'global'], actorRoles, targetRoles);
}

/** One role of the actor has to be enough for every role of the target. */
function actsOn(
  candidates: readonly Resetter[],
  actorRoles: readonly string[],
  targetRoles: readonly string[],
): boolean {
  return candidates.some(
    (resetter) =>
      actorRoles.includes(resetters[resetter]) &&
      targetRoles.every((role) => (mayResetHolderOf.get(role) ?? top).includes(resetter)),
  );
}
