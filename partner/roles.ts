import { roleIds } from './role-ids.ts';

/** One admin role of Microsoft 365 as this product offers it. Its words are in locales/roles.*.json. */
interface RoleShape {
  /** Microsoft's id of the role, the same in every company. */
  templateId: string;
  /** Stem of the role's words: `<key>.name`, `<key>.what`. */
  key: string;
  englishName: string;
  /** Carries Microsoft's PRIVILEGED label: giving it takes a second person. docs/decisions/002-privileged-roles.md */
  privileged: boolean;
  /** Place among the ten that small partners give most; undefined for the rest. */
  common: number | undefined;
}

/**
 * The catalogue, common ten first, then by English name; a table, and long only because of that. Roles that
 * Microsoft says not to use are left out. Ids and labels:
 * https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference (2026-01-20)
 */
export const roles = [
  {
    templateId: roleIds.licenseAdministrator,
    key: 'license-administrator',
    englishName: 'License Administrator',
    privileged: false,
    common: 1,
  },
  {
    templateId: roleIds.billingAdministrator,
    key: 'billing-administrator',
    englishName: 'Billing Administrator',
    privileged: false,
    common: 2,
  },
  {
    templateId: 'f023fd81-a637-4b56-95fd-791ac0226033',
    key: 'service-support-administrator',
    englishName: 'Service Support Administrator',
    privileged: false,
    common: 3,
  },
  {
    templateId: '29232cdf-9323-42fd-ade2-1d097af3e4de',
    key: 'exchange-administrator',
    englishName: 'Exchange Administrator',
    privileged: false,
    common: 4,
  },
  {
    templateId: '69091246-20e8-4a56-aa4d-066075b2a7a8',
    key: 'teams-administrator',
    englishName: 'Teams Administrator',
    privileged: false,
    common: 5,
  },
  {
    templateId: 'f28a1f50-f6e7-4571-818b-6a12f2af6b6c',
    key: 'sharepoint-administrator',
    englishName: 'SharePoint Administrator',
    privileged: false,
    common: 6,
  },
  {
    templateId: roleIds.userAdministrator,
    key: 'user-administrator',
    englishName: 'User Administrator',
    privileged: true,
    common: 7,
  },
  {
    templateId: roleIds.helpdeskAdministrator,
    key: 'helpdesk-administrator',
    englishName: 'Helpdesk Administrator',
    privileged: true,
    common: 8,
  },
  {
    templateId: roleIds.passwordAdministrator,
    key: 'password-administrator',
    englishName: 'Password Administrator',
    privileged: true,
    common: 9,
  },
  {
    templateId: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
    key: 'global-reader',
    englishName: 'Global Reader',
    privileged: true,
    common: 10,
  },
  {
    templateId: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
    key: 'application-administrator',
    englishName: 'Application Administrator',
    privileged: true,
    common: undefined,
  },
  {
    templateId: roleIds.authenticationAdministrator,
    key: 'authentication-administrator',
    englishName: 'Authentication Administrator',
    privileged: true,
    common: undefined,
  },
  {
    templateId: roleIds.cloudApplicationAdministrator,
    key: 'cloud-application-administrator',
    englishName: 'Cloud Application Administrator',
    privileged: true,
    common: undefined,
  },
  {
    templateId: '17315797-102d-40b4-93e0-432062caca18',
    key: 'compliance-administrator',
    englishName: 'Compliance Administrator',
    privileged: false,
    common: undefined,
  },
  {
    templateId: 'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9',
    key: 'conditional-access-administrator',
    englishName: 'Conditional Access Administrator',
    privileged: true,
    common: undefined,
  },
  {
    templateId: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
    key: 'directory-readers',
    englishName: 'Directory Readers',
    privileged: false,
    common: undefined,
  },
  {
    templateId: '9360feb5-f418-4baa-8175-e2a00bac4301',
    key: 'directory-writers',
    englishName: 'Directory Writers',
    privileged: true,
    common: undefined,
  },
  {
    templateId: '8329153b-31d0-4727-b945-745eb3bc5f31',
    key: 'domain-name-administrator',
    englishName: 'Domain Name Administrator',
    privileged: true,
    common: undefined,
  },
  {
    templateId: '44367163-eba1-44c3-98af-f5787879f96a',
    key: 'dynamics-365-administrator',
    englishName: 'Dynamics 365 Administrator',
    privileged: false,
    common: undefined,
  },
  {
    templateId: 'a9ea8996-122f-4c74-9520-8edcd192826c',
    key: 'fabric-administrator',
    englishName: 'Fabric Administrator',
    privileged: false,
    common: undefined,
  },
  {
    templateId: roleIds.globalAdministrator,
    key: 'global-administrator',
    englishName: 'Global Administrator',
    privileged: true,
    common: undefined,
  },
  {
    templateId: 'fdd7a751-b60b-444a-984c-02652fe8fa1c',
    key: 'groups-administrator',
    englishName: 'Groups Administrator',
    privileged: false,
    common: undefined,
  },
  {
    templateId: '95e79109-95c0-4d8e-aee3-d01accf2d47b',
    key: 'guest-inviter',
    englishName: 'Guest Inviter',
    privileged: false,
    common: undefined,
  },
  {
    templateId: '3a2c62db-5318-420d-8d74-23affee5d9d5',
    key: 'intune-administrator',
    englishName: 'Intune Administrator',
    privileged: true,
    common: undefined,
  },
  {
    templateId: '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b',
    key: 'message-center-reader',
    englishName: 'Message Center Reader',
    privileged: false,
    common: undefined,
  },
  {
    templateId: '2b745bdf-0803-4d80-aa65-822c4493daac',
    key: 'office-apps-administrator',
    englishName: 'Office Apps Administrator',
    privileged: false,
    common: undefined,
  },
  {
    templateId: '11648597-926c-4cf3-9c36-bcebb0ba8dcc',
    key: 'power-platform-administrator',
    englishName: 'Power Platform Administrator',
    privileged: false,
    common: undefined,
  },
  {
    templateId: roleIds.privilegedAuthenticationAdministrator,
    key: 'privileged-authentication-administrator',
    englishName: 'Privileged Authentication Administrator',
    privileged: true,
    common: undefined,
  },
  {
    templateId: roleIds.privilegedRoleAdministrator,
    key: 'privileged-role-administrator',
    englishName: 'Privileged Role Administrator',
    privileged: true,
    common: undefined,
  },
  {
    templateId: '4a5d8f65-41da-4de4-8968-e035b65339cf',
    key: 'reports-reader',
    englishName: 'Reports Reader',
    privileged: false,
    common: undefined,
  },
  {
    templateId: '194ae4cb-b126-40b2-bd5b-6091b380977d',
    key: 'security-administrator',
    englishName: 'Security Administrator',
    privileged: true,
    common: undefined,
  },
  {
    templateId: '5d6b6bb7-de71-4623-b4af-96380a352509',
    key: 'security-reader',
    englishName: 'Security Reader',
    privileged: true,
    common: undefined,
  },
  {
    templateId: '75941009-915a-4869-abe7-691bff18279e',
    key: 'skype-for-business-administrator',
    englishName: 'Skype for Business Administrator',
    privileged: false,
    common: undefined,
  },
  {
    templateId: '75934031-6c7e-415a-99d7-48dbd49e875e',
    key: 'usage-summary-reports-reader',
    englishName: 'Usage Summary Reports Reader',
    privileged: false,
    common: undefined,
  },
] as const satisfies readonly RoleShape[];

export type RoleKey = (typeof roles)[number]['key'];

export interface Role extends RoleShape {
  key: RoleKey;
}

const byTemplateId: ReadonlyMap<string, Role> = new Map(roles.map((role) => [role.templateId, role]));

/**
 * The role with this template id. Undefined for one that the catalogue does not hold: Microsoft adds roles,
 * and an unknown one counts as privileged.
 */
export function roleById(templateId: string): Role | undefined {
  return byTemplateId.get(templateId.toLowerCase());
}
