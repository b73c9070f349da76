import type { Cloud } from '../../microsoft/clouds.ts';
import type { Resource } from './clouds.ts';

/** Delegated permissions that the partner application holds, consented in every partner company. */
export const delegatedPermissions: readonly string[] = [
  'CrossTenantInformation.ReadBasic.All',
  'DelegatedAdminRelationship.ReadWrite.All',
  'Directory.ReadWrite.All',
  'Domain.Read.All',
  'GroupMember.ReadWrite.All',
  'LicenseAssignment.ReadWrite.All',
  'Mail.Send',
  'Organization.ReadWrite.All',
  'RoleManagement.ReadWrite.Directory',
  'User.ReadWrite.All',
];
/** Application permissions: for the reading jobs, and for the one mailbox of each company that mails leave from. */
export const applicationPermissions: readonly string[] = [
  'CrossTenantInformation.ReadBasic.All',
  'DelegatedAdminRelationship.Read.All',
  'Directory.Read.All',
  'Mail.Send',
  'Organization.Read.All',
  'User.Read.All',
];

const openIdScopes = ['openid', 'profile', 'email', 'offline_access'];
const partnerCenterApplication = 'fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd';
export const graphApplication = '00000003-0000-0000-c000-000000000000';

export interface ReadScopes {
  resource: Resource;
  /** `openid`, `profile`, … as asked. */
  openId: string[];
  /** Permissions on the resource, without its address; `.default` stands for all that the app holds. */
  permissions: string[];
  /** For the `scope` of the answer. */
  asked: string[];
}

/** Reads a `scope` parameter; undefined when it names no known resource or two at once. */
export function readScopes(scope: readonly string[], cloud: Cloud): ReadScopes | undefined {
  const openId = scope.filter((one) => openIdScopes.includes(one));
  const others = scope.filter((one) => !openIdScopes.includes(one)).map((one) => readOne(one, cloud));
  const resources = new Set(others.map((one) => one?.resource));
  if (resources.has(undefined) || resources.size > 1) return undefined;
  return {
    resource: others[0]?.resource ?? 'graph',
    openId,
    permissions: others.flatMap((one) => (one === undefined ? [] : [one.permission])),
    asked: [...scope],
  };
}

function readOne(scope: string, cloud: Cloud): { resource: Resource; permission: string } | undefined {
  const slash = scope.lastIndexOf('/');
  if (slash === -1) return { resource: 'graph', permission: scope };
  const address = scope.slice(0, slash).replace(/\/$/, '');
  const permission = scope.slice(slash + 1);
  if (permission === '') return undefined;
  if (address === cloud.graph || address === graphApplication) return { resource: 'graph', permission };
  if (address === cloud.partnerCenter || address === partnerCenterApplication)
    return { resource: 'partner-center', permission };
  return undefined;
}

/** What the access token's `scp` says. `allowed`: by the client in whose directory it counts; at home everything is. */
export function grantedPermissions(scopes: ReadScopes, allowed?: readonly string[]): string[] {
  const wantsAll = scopes.permissions.includes('.default');
  const all = allowed ?? (scopes.resource === 'graph' ? delegatedPermissions : ['user_impersonation']);
  const named = scopes.permissions.filter(
    (permission) => permission !== '.default' && (allowed?.includes(permission) ?? true),
  );
  const own = wantsAll ? [...all, ...named] : named;
  return [...new Set([...own, ...scopes.openId.filter((one) => one !== 'offline_access')])];
}
