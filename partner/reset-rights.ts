import type { SupportGroup } from './directory.ts';
import { roleIds } from './role-ids.ts';

/** What somebody holds: directory roles by template id, and support access. */
export interface Holdings {
  roles: readonly string[];
  support: readonly SupportGroup[];
}

/** Roles that let somebody set another person's password, from the weakest to the strongest. */
type Resetter = 'password' | 'helpdesk' | 'authentication' | 'user' | 'privilegedAuthentication' | 'global';

const resetters: Readonly<Record<Resetter, string>> = {
  password: roleIds.passwordAdministrator,
  helpdesk: roleIds.helpdeskAdministrator,
  authentication: roleIds.authenticationAdministrator,
  user: roleIds.userAdministrator,
  privilegedAuthentication: roleIds.privilegedAuthenticationAdministrator,
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
 * Whether somebody with these roles may set the password of somebody who holds that.
 * Not seen here: members and owners of groups that can hold roles are for `top` alone, and Microsoft refuses then.
 * https://learn.microsoft.com/graph/api/resources/users#who-can-reset-passwords
 */
export function mayResetPassword(actorRoles: readonly string[], target: Holdings): boolean {
  return actsOn(everyone, actorRoles, target);
}

/**
 * Whether somebody with these roles may block, delete or change the phone of somebody who holds that. Of the roles that
 * may at all, the bot asks for these two. https://learn.microsoft.com/graph/api/resources/users#sensitive-actions
 */
export function mayActSensitively(actorRoles: readonly string[], target: Holdings): boolean {
  return actsOn(['user', 'global'], actorRoles, target);
}

/**
 * One role of the actor has to be enough for every role of the target. Full support access opens every client, and who
 * becomes its holder has it without the second person that giving it takes: it is for Global administrators alone,
 * though Microsoft does not ask for as much.
 */
function actsOn(
  candidates: readonly Resetter[],
  actorRoles: readonly string[],
  { roles: targetRoles, support }: Holdings,
): boolean {
  if (support.includes('full') && !actorRoles.includes(roleIds.globalAdministrator)) return false;
  return candidates.some(
    (resetter) =>
      actorRoles.includes(resetters[resetter]) &&
      targetRoles.every((role) => (mayResetHolderOf.get(role) ?? top).includes(resetter)),
  );
}
