import type { Call } from './call.ts';
import { refuseAsForbidden } from './refusal.ts';

/** Template ids: https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference */
export const role = {
  authentication: 'c4e39bd9-1100-46d3-8c65-fb160da0071f',
  billing: 'b0f54661-2d74-4c50-afa3-1ec803f12efe',
  directoryReaders: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
  directoryWriters: '9360feb5-f418-4baa-8175-e2a00bac4301',
  global: '62e90394-69f5-4237-9190-012177145e10',
  globalReader: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  groups: 'fdd7a751-b60b-444a-984c-02652fe8fa1c',
  guestInviter: '95e79109-95c0-4d8e-aee3-d01accf2d47b',
  helpdesk: '729827e3-9c14-49f7-bb1b-9608f156bbb8',
  license: '4d6ac14f-3453-41d0-bef9-a3e0c569773a',
  messageCenterReader: '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b',
  password: '966707d0-3269-4727-9be2-8c3a10f19b9d',
  privilegedAuthentication: '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
  privilegedRole: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  reportsReader: '4a5d8f65-41da-4de4-8968-e035b65339cf',
  usageSummaryReader: '75934031-6c7e-415a-99d7-48dbd49e875e',
  user: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
} as const;

type Actor = 'password' | 'helpdesk' | 'authentication' | 'user' | 'privilegedAuthentication' | 'global';

const top: Actor[] = ['privilegedAuthentication', 'global'];
const anyResetter: Actor[] = ['password', 'helpdesk', 'authentication', 'user', ...top];
const notPassword: Actor[] = ['helpdesk', 'authentication', 'user', ...top];

/**
 * Who may reset the password of a person who holds the role; a role that is not listed is for `top` only.
 * https://learn.microsoft.com/graph/api/resources/users#who-can-reset-passwords
 */
const mayReset: Readonly<Record<string, Actor[]>> = {
  [role.authentication]: ['authentication', ...top],
  [role.directoryReaders]: anyResetter,
  [role.groups]: ['user', ...top],
  [role.guestInviter]: anyResetter,
  [role.helpdesk]: ['helpdesk', 'user', ...top],
  [role.messageCenterReader]: notPassword,
  [role.password]: anyResetter,
  [role.reportsReader]: notPassword,
  [role.user]: ['user', ...top],
  [role.usageSummaryReader]: notPassword,
};

export function holdsAny(call: Call, roles: readonly string[]): boolean {
  return roles.some((id) => call.caller.roles.includes(id));
}

/** 403 unless the caller holds one of the roles now. */
export function demand(call: Call, ...roles: string[]): void {
  if (!holdsAny(call, roles)) refuseAsForbidden();
}

/** 403 unless the token allows what the page of the call asks for. */
export function demandPermission(call: Call, permission: string): void {
  if (!call.permissions.includes(permission)) refuseAsForbidden();
}

function outranks(call: Call, targetRoles: readonly string[], actors: readonly Actor[]): boolean {
  return actors.some(
    (actor) =>
      call.caller.roles.includes(role[actor]) &&
      targetRoles.every((held) => (mayReset[held] ?? top).includes(actor)),
  );
}

/** 403 unless the caller may set the password of somebody with these roles. */
export function demandPasswordRight(call: Call, targetRoles: readonly string[]): void {
  if (!outranks(call, targetRoles, anyResetter)) refuseAsForbidden();
}

/** 403 unless the caller may block, rename or delete somebody with these roles: an administrator needs an equal. */
export function demandSensitiveRight(call: Call, targetRoles: readonly string[]): void {
  if (!outranks(call, targetRoles, ['user', 'global'])) refuseAsForbidden();
}

/** 403 unless the caller may end the sessions of somebody with these roles. */
export function demandSessionRight(call: Call, targetRoles: readonly string[]): void {
  if (!outranks(call, targetRoles, notPassword)) refuseAsForbidden();
}

/** Template ids of the directory roles that a user holds. */
export async function rolesOf(call: Call, userId: string): Promise<string[]> {
  const assignments = await call.world.all('roleAssignment', call.caller.tenantId);
  return assignments.filter((one) => one.principalId === userId).map((one) => one.roleDefinitionId);
}
