import type { Answer } from '../graph-answer.ts';
import type { SandboxTenant, SandboxTenantContacts } from '../world.ts';
import { bodyOf, type Call, param } from './call.ts';
import { collection, entity, type Resource } from './collection.ts';
import type { Item } from './filter.ts';
import { refuse, refuseAsMissing, refuseProperty } from './refusal.ts';
import { demand, role } from './rights.ts';

const organizationProperties = [
  'id',
  'deletedDateTime',
  'businessPhones',
  'city',
  'country',
  'countryLetterCode',
  'createdDateTime',
  'displayName',
  'isMultipleDataLocationsForServicesEnabled',
  'marketingNotificationEmails',
  'onPremisesLastSyncDateTime',
  'onPremisesSyncEnabled',
  'partnerTenantType',
  'postalCode',
  'preferredLanguage',
  'securityComplianceNotificationMails',
  'securityComplianceNotificationPhones',
  'state',
  'street',
  'technicalNotificationMails',
  'tenantType',
  'directorySizeQuota',
  'assignedPlans',
  'privacyProfile',
  'provisionedPlans',
  'verifiedDomains',
] as const;

const plain = { strings: [], booleans: [], endsWith: [], searchable: [], orderable: [], options: [] };

const organizationResource: Resource = {
  ...plain,
  set: 'organization',
  type: 'Organization',
  properties: organizationProperties,
  defaults: organizationProperties,
};

const domainProperties = [
  'authenticationType',
  'availabilityStatus',
  'id',
  'isAdminManaged',
  'isDefault',
  'isInitial',
  'isRoot',
  'isVerified',
  'supportedServices',
  'passwordValidityPeriodInDays',
  'passwordNotificationWindowInDays',
  'state',
] as const;

const domainResource: Resource = {
  ...plain,
  set: 'domains',
  type: 'Domain',
  properties: domainProperties,
  defaults: domainProperties,
};

const noContacts: SandboxTenantContacts = {
  marketingNotificationEmails: [],
  securityComplianceNotificationMails: [],
  securityComplianceNotificationPhones: [],
  technicalNotificationMails: [],
  privacyProfile: { contactEmail: '', statementUrl: '' },
};

async function ownTenant(call: Call): Promise<SandboxTenant> {
  const { tenantId } = call.caller;
  return (await call.world.tenants()).find((one) => one.id === tenantId) ?? refuseAsMissing(tenantId);
}

async function organizationItem(call: Call, tenant: SandboxTenant): Promise<Item> {
  const domains = await call.world.all('domain', tenant.id);
  const users = await call.world.all('user', tenant.id);
  return {
    id: tenant.id,
    deletedDateTime: null,
    businessPhones: tenant.phone === null ? [] : [tenant.phone],
    city: tenant.city,
    country: null,
    countryLetterCode: tenant.countryLetterCode,
    createdDateTime: tenant.createdDateTime,
    displayName: tenant.displayName,
    isMultipleDataLocationsForServicesEnabled: null,
    onPremisesLastSyncDateTime: null,
    onPremisesSyncEnabled: null,
    partnerTenantType: tenant.partnerTenantType,
    postalCode: null,
    preferredLanguage: tenant.preferredLanguage,
    state: null,
    street: tenant.street,
    tenantType: 'AAD',
    directorySizeQuota: { used: users.length, total: 50000 },
    assignedPlans: [],
    provisionedPlans: [],
    verifiedDomains: domains
      .filter((domain) => domain.isVerified)
      .map((domain) => ({
        capabilities: 'Email, OfficeCommunicationsOnline',
        isDefault: domain.isDefault,
        isInitial: domain.isInitial,
        name: domain.id,
        type: 'Managed',
      })),
    ...noContacts,
    technicalNotificationMails: tenant.mail === null ? [] : [tenant.mail],
    ...tenant.contacts,
  };
}

/** A collection of exactly one. https://learn.microsoft.com/graph/api/organization-list */
export async function listOrganization(call: Call): Promise<Answer> {
  const item = await organizationItem(call, await ownTenant(call));
  return collection(call, organizationResource, [item], '/organization');
}

/** Only the caller's own. https://learn.microsoft.com/graph/api/organization-get */
export async function getOrganization(call: Call): Promise<Answer> {
  const tenant = await ownTenant(call);
  if (param(call, 'id').toLowerCase() !== tenant.id) refuseAsMissing(param(call, 'id'));
  return entity(call, organizationResource, await organizationItem(call, tenant));
}

const listProperties = [
  'marketingNotificationEmails',
  'securityComplianceNotificationMails',
  'securityComplianceNotificationPhones',
  'technicalNotificationMails',
] as const;

/** Five properties and no more. https://learn.microsoft.com/graph/api/organization-update */
export async function updateOrganization(call: Call): Promise<Answer> {
  demand(call, role.global, role.billing);
  const tenant = await ownTenant(call);
  if (param(call, 'id').toLowerCase() !== tenant.id) refuseAsMissing(param(call, 'id'));
  const item = await organizationItem(call, tenant);
  const contacts: SandboxTenantContacts = {
    ...noContacts,
    technicalNotificationMails: tenant.mail === null ? [] : [tenant.mail],
    ...tenant.contacts,
  };
  for (const [name, value] of Object.entries(bodyOf(call))) {
    const list = listProperties.find((known) => known === name);
    if (list !== undefined) contacts[list] = readTexts(name, value);
    else if (name === 'privacyProfile') contacts.privacyProfile = readPrivacyProfile(value);
    else if (name in item) {
      refuse(400, 'Request_BadRequest', `Property '${name}' is read-only and cannot be set.`, {
        details: [{ code: 'InvalidValue', target: name }],
      });
    } else refuseProperty('TenantDetail', name);
  }
  await call.world.put('tenant', tenant.id, tenant.id, { ...tenant, contacts });
  return { status: 204 };
}

function readTexts(name: string, value: unknown): string[] {
  if (!Array.isArray(value)) return refuseProperty('TenantDetail', name);
  return value.map((one: unknown) => (typeof one === 'string' ? one : refuseProperty('TenantDetail', name)));
}

function readPrivacyProfile(value: unknown): SandboxTenantContacts['privacyProfile'] {
  if (value === null) return noContacts.privacyProfile;
  if (typeof value !== 'object') return refuseProperty('TenantDetail', 'privacyProfile');
  const { contactEmail = '', statementUrl = '' } = value as Record<string, unknown>;
  if (typeof contactEmail !== 'string' || typeof statementUrl !== 'string') {
    return refuseProperty('TenantDetail', 'privacyProfile');
  }
  return { contactEmail, statementUrl };
}

/** https://learn.microsoft.com/graph/api/domain-list */
export async function listDomains(call: Call): Promise<Answer> {
  const domains = await call.world.all('domain', call.caller.tenantId);
  const items = domains.map(
    (domain): Item => ({
      authenticationType: 'Managed',
      availabilityStatus: null,
      id: domain.id,
      isAdminManaged: true,
      isDefault: domain.isDefault,
      isInitial: domain.isInitial,
      isRoot: true,
      isVerified: domain.isVerified,
      supportedServices: domain.isVerified ? ['Email', 'OfficeCommunicationsOnline'] : [],
      passwordValidityPeriodInDays: null,
      passwordNotificationWindowInDays: null,
      state: null,
    }),
  );
  return collection(call, domainResource, items, '/domains');
}
