import type { SupportGroup } from './directory.ts';
import { roleIds } from './role-ids.ts';

/** Everything that the bot can do for a person; commands, buttons and refusals all ask this table. */
export const capabilityIds = [
  'users',
  'add-user',
  'new-password',
  'assign-licences',
  'grant-role',
  'grant-privileged-role',
  'support-limited',
  'support-full',
] as const;

export type CapabilityId = (typeof capabilityIds)[number];

/** The facts that decide: where the company lives and what the person holds there, read now. */
export interface Situation {
  cloud: 'worldwide' | '21vianet';
  /** The signed-in account belongs to a partner company that this deployment serves. */
  staff: boolean;
  /** Directory role template ids. */
  roles: readonly string[];
  support: readonly SupportGroup[];
}

/** Pages of Microsoft's portals where a person does by hand what the bot may not do. Addresses: `partner/links.ts`. */
export type ManualRoute = 'admin-center-users' | 'admin-center-roles' | 'partner-center-users';

export type Verdict =
  | { allowed: true }
  | {
      allowed: false;
      reason: 'not-staff' | 'role' | 'second-person';
      whoCan: readonly string[];
      route: ManualRoute;
    };

interface Rule {
  /** Any one of these roles is enough; empty: every staff member. */
  anyRole: readonly string[];
  route: ManualRoute;
  /** Needs a second person, and approvals do not exist yet. */
  secondPerson?: true;
}

const { globalAdministrator, userAdministrator, licenseAdministrator, privilegedRoleAdministrator } = roleIds;

const rules: Readonly<Record<CapabilityId, Rule>> = {
  users: { anyRole: [], route: 'admin-center-users' },
  'add-user': { anyRole: [globalAdministrator, userAdministrator], route: 'admin-center-users' },
  'new-password': { anyRole: [globalAdministrator, userAdministrator], route: 'admin-center-users' },
  'assign-licences': {
    anyRole: [globalAdministrator, userAdministrator, licenseAdministrator],
    route: 'admin-center-users',
  },
  'grant-role': { anyRole: [globalAdministrator, privilegedRoleAdministrator], route: 'admin-center-roles' },
  'grant-privileged-role': {
    anyRole: [globalAdministrator, privilegedRoleAdministrator],
    route: 'admin-center-roles',
    secondPerson: true,
  },
  'support-limited': { anyRole: [globalAdministrator, userAdministrator], route: 'partner-center-users' },
  'support-full': { anyRole: [globalAdministrator], route: 'partner-center-users' },
};

/** Whether this person may do this now; a refusal says why, which roles may, and where to do it by hand. */
export function decide(capability: CapabilityId, situation: Situation): Verdict {
  const { anyRole, route, secondPerson } = rules[capability];
  if (!situation.staff) return { allowed: false, reason: 'not-staff', whoCan: anyRole, route };
  const holdsRole = anyRole.length === 0 || anyRole.some((role) => situation.roles.includes(role));
  if (!holdsRole) return { allowed: false, reason: 'role', whoCan: anyRole, route };
  if (secondPerson) return { allowed: false, reason: 'second-person', whoCan: anyRole, route };
  return { allowed: true };
}

export function may(capability: CapabilityId, situation: Situation): boolean {
  return decide(capability, situation).allowed;
}
