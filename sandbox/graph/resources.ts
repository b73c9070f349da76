import { createHash } from 'node:crypto';
import type { SandboxGroup, SandboxUser } from '../world.ts';
import type { Resource } from './collection.ts';
import type { Item } from './filter.ts';
import { roleDefinitions } from './role-definitions.ts';

const listing = ['$filter', '$search', '$count', '$orderby', '$top', '$skiptoken'] as const;

/** https://learn.microsoft.com/graph/api/resources/user: what is given without $select comes first. */
const userDefaults = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
] as const;

export const userResource: Resource = {
  set: 'users',
  type: 'User',
  properties: [
    ...userDefaults,
    'accountEnabled',
    'assignedLicenses',
    'assignedPlans',
    'licenseAssignmentStates',
    'city',
    'companyName',
    'createdDateTime',
    'deletedDateTime',
    'department',
    'identities',
    'imAddresses',
    'mailNickname',
    'postalCode',
    'usageLocation',
    'userType',
  ],
  defaults: userDefaults,
  strings: [
    'id',
    'displayName',
    'givenName',
    'surname',
    'jobTitle',
    'department',
    'mail',
    'mailNickname',
    'userPrincipalName',
    'usageLocation',
    'userType',
  ],
  booleans: ['accountEnabled'],
  endsWith: ['mail', 'userPrincipalName'],
  searchable: ['displayName', 'givenName', 'surname', 'mail', 'mailNickname', 'userPrincipalName'],
  orderable: ['displayName', 'userPrincipalName'],
  options: listing,
};

export const deletedUserResource: Resource = {
  ...userResource,
  defaults: [...userDefaults, 'deletedDateTime'],
  orderable: ['deletedDateTime', 'displayName', 'userPrincipalName'],
};

const groupDefaults = [
  'id',
  'deletedDateTime',
  'classification',
  'createdDateTime',
  'description',
  'displayName',
  'groupTypes',
  'mail',
  'mailEnabled',
  'mailNickname',
  'securityEnabled',
  'visibility',
] as const;

export const groupResource: Resource = {
  set: 'groups',
  type: 'Group',
  properties: [...groupDefaults, 'assignedLicenses'],
  defaults: groupDefaults,
  strings: ['id', 'displayName', 'mailNickname', 'mail'],
  booleans: ['securityEnabled', 'mailEnabled'],
  endsWith: [],
  searchable: ['displayName', 'description'],
  orderable: ['displayName'],
  options: listing,
};

const directoryRoleDefaults = [
  'id',
  'deletedDateTime',
  'description',
  'displayName',
  'roleTemplateId',
] as const;

export const directoryRoleResource: Resource = {
  set: 'directoryRoles',
  type: 'DirectoryRole',
  properties: directoryRoleDefaults,
  defaults: directoryRoleDefaults,
  strings: ['id', 'displayName', 'roleTemplateId'],
  booleans: [],
  endsWith: [],
  searchable: [],
  orderable: ['displayName'],
  options: listing,
};

const defaultsByType = {
  '#microsoft.graph.user': userDefaults,
  '#microsoft.graph.group': groupDefaults,
  '#microsoft.graph.directoryRole': directoryRoleDefaults,
} as const;

/** Members of a group, or what a user belongs to: objects of several types, each with its own properties. */
export const directoryObjectResource: Resource = {
  set: 'directoryObjects',
  type: 'DirectoryObject',
  properties: [...new Set([...userResource.properties, ...groupDefaults, ...directoryRoleDefaults])],
  defaults: ['id'],
  defaultsByType,
  strings: ['id', 'displayName', 'userPrincipalName', 'mail'],
  booleans: [],
  endsWith: [],
  searchable: ['displayName'],
  orderable: ['displayName'],
  options: listing,
};

/** All licences of a person, each once, whether given to them or to a group of theirs. */
export function heldLicences({ licences, groupLicences = [] }: SandboxUser): string[] {
  return [...new Set([...licences, ...groupLicences.map(({ skuId }) => skuId)])];
}

/** https://learn.microsoft.com/graph/api/resources/licenseassignmentstate */
function assignmentStates({ licences, groupLicences = [], createdDateTime }: SandboxUser): object[] {
  const direct = licences.map((skuId) => ({ skuId, assignedByGroup: null }));
  const inherited = groupLicences.map(({ skuId, groupId }) => ({ skuId, assignedByGroup: groupId }));
  return [...direct, ...inherited].map((one) => ({
    ...{ ...one, disabledPlans: [], state: 'Active', error: 'None', lastUpdatedDateTime: createdDateTime },
  }));
}

/** A user with every property that can be selected; callers cut it down. */
export function userItem(user: SandboxUser & { deletedDateTime?: string }): Item {
  return {
    id: user.id,
    deletedDateTime: user.deletedDateTime ?? null,
    accountEnabled: user.accountEnabled,
    assignedLicenses: heldLicences(user).map((skuId) => ({ disabledPlans: [], skuId })),
    licenseAssignmentStates: assignmentStates(user),
    assignedPlans: [],
    businessPhones: user.businessPhones,
    city: null,
    companyName: null,
    createdDateTime: user.createdDateTime,
    department: user.department ?? null,
    displayName: user.displayName,
    givenName: user.givenName,
    identities: [identityOf(user)],
    imAddresses: [],
    jobTitle: user.jobTitle,
    mail: user.mail,
    mailNickname: user.mailNickname,
    mobilePhone: user.mobilePhone ?? null,
    officeLocation: user.officeLocation ?? null,
    postalCode: null,
    preferredLanguage: user.preferredLanguage,
    surname: user.surname,
    usageLocation: user.usageLocation,
    userPrincipalName: user.userPrincipalName,
    userType: user.userType,
  };
}

function identityOf(user: SandboxUser): Item {
  const issuer = user.userPrincipalName.slice(user.userPrincipalName.indexOf('@') + 1);
  return { signInType: 'userPrincipalName', issuer, issuerAssignedId: user.userPrincipalName };
}

/** The item as a member of a mixed collection, which says of each what it is. */
export function typed(type: keyof typeof defaultsByType, item: Item): Item {
  return { '@odata.type': type, ...item };
}

/** The world keeps no date of groups: they came with the company. */
export function groupItem(group: SandboxGroup, createdDateTime: string | null): Item {
  return {
    id: group.id,
    assignedLicenses: (group.licences ?? []).map((skuId) => ({ disabledPlans: [], skuId })),
    deletedDateTime: null,
    classification: null,
    createdDateTime,
    description: null,
    displayName: group.displayName,
    groupTypes: [],
    mail: null,
    mailEnabled: false,
    mailNickname: group.displayName.replace(/\W/g, ''),
    securityEnabled: group.securityEnabled,
    visibility: null,
  };
}

/** A directory role has an object id of its own in each tenant, made here from tenant and template. */
export function directoryRoleItem(tenantId: string, templateId: string): Item {
  const hex = createHash('sha256').update(`${tenantId}/${templateId}`).digest('hex');
  const definition = roleDefinitions.find((one) => one.templateId === templateId);
  return {
    id: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
    deletedDateTime: null,
    description: definition?.description ?? null,
    displayName: definition?.displayName ?? null,
    roleTemplateId: templateId,
  };
}
