import type { JsonObject } from './operations.ts';
import { roleIds } from './role-ids.ts';
import { supportRoles } from './support-roles.ts';

/** What an offer asks the client to allow. */
export interface DelegationTerms extends JsonObject {
  level: 'full' | 'limited' | 'roles';
  /** Template ids, spelt out also for Full and Limited as they were when the offer was made. */
  roles: string[];
  /** 1 to 730. */
  days: number;
  /** Extends by itself by 180 days; impossible with Global Administrator. */
  autoExtend: boolean;
}

export const mostDelegationDays = 730;

export type DelegationProblem = 'roles' | 'days' | 'auto-extend';

/** The terms of Full or Limited support, with the roles that these stand for today. */
export function termsFor(
  level: 'full' | 'limited',
  { days, autoExtend }: Pick<DelegationTerms, 'days' | 'autoExtend'>,
): DelegationTerms {
  return { level, roles: [...supportRoles[level]], days, autoExtend };
}

export function includesGlobalAdministrator({ roles }: Pick<DelegationTerms, 'roles'>): boolean {
  return roles.includes(roleIds.globalAdministrator);
}

/** Who gives the role away has it, and so has who sets the password or the second factor of one who holds it. */
const reaching: readonly string[] = [
  roleIds.globalAdministrator,
  roleIds.privilegedRoleAdministrator,
  roleIds.privilegedAuthenticationAdministrator,
];

/** Whether whoever holds these may do everything at the client, or may give themselves what lacks. */
export function reachesGlobalAdministrator({ roles }: Pick<DelegationTerms, 'roles'>): boolean {
  return roles.some((role) => reaching.includes(role));
}

const consenting: readonly string[] = [
  roleIds.globalAdministrator,
  roleIds.privilegedRoleAdministrator,
  roleIds.cloudApplicationAdministrator,
];

/** Whether one of these roles lets us allow our application at the client; else its administrator does it by hand. */
export function includesConsent({ roles }: Pick<DelegationTerms, 'roles'>): boolean {
  return roles.some((role) => consenting.includes(role));
}

/** Why this cannot be offered; empty when it can: some roles, each once, 1 to 730 days, and what excludes what. */
export function problemsOfDelegation(terms: DelegationTerms): DelegationProblem[] {
  const { roles, days, autoExtend } = terms;
  const areRoles = roles.length > 0 && roles.every((role) => templateId.test(role));
  const isOnce = new Set(roles).size === roles.length;
  const areDays = Number.isInteger(days) && days >= 1 && days <= mostDelegationDays;
  return [
    ...(areRoles && isOnce ? [] : ['roles' as const]),
    ...(areDays ? [] : ['days' as const]),
    ...(autoExtend && includesGlobalAdministrator(terms) ? ['auto-extend' as const] : []),
  ];
}

/** Whether both ask for the same. */
export function isSameDelegation(one: DelegationTerms, other: DelegationTerms): boolean {
  const rolesOf = ({ roles }: DelegationTerms) => [...roles].sort().join();
  const isAsLong = one.days === other.days && one.autoExtend === other.autoExtend;
  return isAsLong && one.level === other.level && rolesOf(one) === rolesOf(other);
}

const templateId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
