import type { SandboxTenant, SandboxUser } from '../world.ts';
import type { WorldDocument } from '../world-store.ts';
import { folded, guidFor } from './identifiers.ts';
import { type AgentGroup, type ProductName, products, type RoleName, roleTemplates } from './known-ids.ts';
import { groupLicencesOf, licenceGroupDocuments, licenceGroupIdOf } from './licence-groups.ts';
import { type SeedPartnerAccount, seededAccount } from './partner-accounts.ts';

/** A person of the seed; the sign-in name is `given.family@<default domain>` unless given. */
export interface SeedPerson {
  name: string;
  signInName?: string;
  jobTitle?: string;
  language?: string;
  roles?: RoleName[];
  groups?: AgentGroup[];
  licences?: ProductName[];
  /** Names of the company's groups that give licences. */
  licenceGroups?: string[];
  usageLocation?: string;
  disabled?: boolean;
  guest?: boolean;
  goodFor?: { vi: string; en: string };
}

export interface SeedDomain {
  id: string;
  isDefault?: boolean;
  isInitial?: boolean;
  isVerified?: boolean;
}

/** A purchase of the company; renewed each time so many months are over. */
export interface SeedSubscription {
  product: ProductName;
  seats: number;
  boughtAt: string;
  termMonths: number | null;
  status?: string;
}

export interface SeedCompany {
  /** Stable name that the ids follow from. */
  key: string;
  tenant: Omit<SandboxTenant, 'id' | 'createdDateTime'>;
  domains: SeedDomain[];
  people: SeedPerson[];
  /** Licences bought, per product. */
  bought?: Partial<Record<ProductName, number>>;
  /** Absent: one for each product bought. */
  subscriptions?: SeedSubscription[];
  /** Absent: what follows from the directory. */
  partnerAccount?: SeedPartnerAccount;
  /** Groups whose members have these products, by name. */
  licenceGroups?: Readonly<Record<string, ProductName[]>>;
  /** Partner companies have the three agent groups. */
  agentGroups?: boolean;
}

/** A seeded account as tests name it. */
export interface SeedAccount {
  tenantId: string;
  objectId: string;
  displayName: string;
  userPrincipalName: string;
}

const seededAt = '2025-03-03T02:00:00Z';
const groupNames: AgentGroup[] = ['AdminAgents', 'HelpdeskAgents', 'SalesAgents'];

export const tenantIdOf = (company: { key: string }): string => guidFor(`tenant:${company.key}`);
export const groupIdOf = (company: { key: string }, group: AgentGroup): string =>
  guidFor(`group:${company.key}:${group}`);

/** The account of a seeded person; throws when the seed holds no such sign-in name. */
export function accountOf(company: SeedCompany, localPart: string): SeedAccount {
  const user = usersOf(company).find(({ user }) => user.userPrincipalName.startsWith(`${localPart}@`))?.user;
  if (user === undefined) throw new Error(`The seed has no ${localPart} in ${company.key}`);
  return {
    tenantId: tenantIdOf(company),
    objectId: user.id,
    displayName: user.displayName,
    userPrincipalName: user.userPrincipalName,
  };
}

/** Everything the world knows of one company. */
export function documentsOf(company: SeedCompany): WorldDocument[] {
  const tenantId = tenantIdOf(company);
  return [
    {
      kind: 'tenant',
      tenantId,
      id: tenantId,
      value: { id: tenantId, ...company.tenant, createdDateTime: seededAt },
    },
    ...company.domains.map(
      (domain): WorldDocument => ({
        kind: 'domain',
        tenantId,
        id: domain.id,
        value: {
          id: domain.id,
          isDefault: domain.isDefault ?? false,
          isInitial: domain.isInitial ?? false,
          isVerified: domain.isVerified ?? true,
        },
      }),
    ),
    ...skusOf(company, tenantId),
    ...subscriptionDocuments(company, tenantId),
    ...partnerAccountDocuments(company, tenantId),
    ...(company.agentGroups === true ? groupsOf(company, tenantId) : []),
    ...licenceGroupDocuments(company, tenantId),
    ...usersOf(company).flatMap(({ person, user }) => personDocuments(company, tenantId, person, user)),
  ];
}

function skusOf(company: SeedCompany, tenantId: string): WorldDocument[] {
  return Object.entries(company.bought ?? {}).map(([name, enabled]) => {
    const product = products[name as ProductName];
    return {
      kind: 'sku',
      tenantId,
      id: product.skuId,
      value: { ...product, enabled, capabilityStatus: 'Enabled' },
    };
  });
}

function subscriptionDocuments(company: SeedCompany, tenantId: string): WorldDocument[] {
  return (company.subscriptions ?? []).map((one, index) => {
    const id = guidFor(`subscription:${company.key}:${index}`);
    return {
      kind: 'subscription',
      tenantId,
      id,
      value: {
        id,
        commerceSubscriptionId: guidFor(`commerce:${company.key}:${index}`),
        ...products[one.product],
        status: one.status ?? 'Enabled',
        totalLicenses: one.seats,
        isTrial: false,
        createdDateTime: one.boughtAt,
        termMonths: one.termMonths,
      },
    };
  });
}

function partnerAccountDocuments(company: SeedCompany, tenantId: string): WorldDocument[] {
  if (company.partnerAccount === undefined) return [];
  const tenant = { id: tenantId, ...company.tenant, createdDateTime: seededAt };
  const domain = company.domains.find(({ isDefault }) => isDefault === true)?.id ?? '';
  const value = seededAccount(tenant, domain, company.partnerAccount);
  return [{ kind: 'partnerAccount', tenantId, id: tenantId, value }];
}

function groupsOf(company: SeedCompany, tenantId: string): WorldDocument[] {
  return groupNames.map((displayName) => {
    const id = groupIdOf(company, displayName);
    return { kind: 'group', tenantId, id, value: { id, displayName, securityEnabled: true } };
  });
}

function personDocuments(
  company: SeedCompany,
  tenantId: string,
  person: SeedPerson,
  user: SandboxUser,
): WorldDocument[] {
  return [
    { kind: 'user', tenantId, id: user.id, value: user },
    ...(person.roles ?? []).map((role): WorldDocument => {
      const id = guidFor(`assignment:${user.id}:${role}`);
      return {
        kind: 'roleAssignment',
        tenantId,
        id,
        value: {
          id,
          roleDefinitionId: roleTemplates[role],
          principalId: user.id,
          createdAt: Date.parse(seededAt),
        },
      };
    }),
    ...[
      ...(person.groups ?? []).map((group) => groupIdOf(company, group)),
      ...(person.licenceGroups ?? []).map((name) => licenceGroupIdOf(company, name)),
    ].map((groupId): WorldDocument => {
      return {
        kind: 'membership',
        tenantId,
        id: `${groupId}_${user.id}`,
        value: { groupId, userId: user.id },
      };
    }),
  ];
}

function usersOf(company: SeedCompany): { person: SeedPerson; user: SandboxUser }[] {
  const domain = company.domains.find(({ isDefault }) => isDefault === true)?.id ?? '';
  const taken = new Set<string>();
  return company.people.map((person) => {
    const { family, given } = split(person.name);
    const localPart = free(person.signInName ?? `${folded(given)}.${folded(family)}`, taken);
    const userPrincipalName =
      person.guest === true ? `${localPart}#EXT#@${domain}` : `${localPart}@${domain}`;
    const user: SandboxUser = {
      id: guidFor(`user:${company.key}:${localPart}`),
      displayName: person.name,
      givenName: given,
      surname: family,
      userPrincipalName,
      mailNickname: localPart,
      mail: person.guest === true ? null : userPrincipalName,
      jobTitle: person.jobTitle ?? null,
      usageLocation: person.usageLocation ?? company.tenant.countryLetterCode,
      preferredLanguage: person.language ?? company.tenant.preferredLanguage,
      businessPhones: [],
      accountEnabled: person.disabled !== true,
      userType: person.guest === true ? 'Guest' : 'Member',
      createdDateTime: seededAt,
      licences: (person.licences ?? []).map((name) => products[name].skuId),
      groupLicences: groupLicencesOf(company, person.licenceGroups),
      passwordHash: null,
      forceChangePassword: false,
      sessionsValidFrom: 0,
      goodFor: person.goodFor ?? null,
    };
    return { person, user };
  });
}

/** Family name first, given name last, as Vietnamese names are written. */
function split(name: string): { family: string; given: string } {
  const words = name.split(' ');
  return { family: words[0] ?? name, given: words.at(-1) ?? name };
}

function free(wanted: string, taken: Set<string>): string {
  let candidate = wanted;
  for (let number = 2; taken.has(candidate); number += 1) candidate = `${wanted}${number}`;
  taken.add(candidate);
  return candidate;
}
