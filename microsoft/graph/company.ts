import { z } from 'zod';
import type { Company, Domain, Me, Sku } from '../../partner/directory.ts';
import { PartnerError } from '../../partner/errors.ts';
import type { Cloud } from '../clouds.ts';
import type { Graph } from './client.ts';
import { readAll } from './paging.ts';
import { withQuery } from './query.ts';
import { readRights } from './rights.ts';
import type { AgentGroups } from './support-groups.ts';

interface From {
  graph: Graph;
  cloud: Cloud;
}

const organization = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  countryLetterCode: z.string().nullish(),
  partnerTenantType: z.string().nullish(),
});

/** The company itself; a tenant has exactly one. https://learn.microsoft.com/graph/api/organization-list */
export async function readCompany(from: From): Promise<Company> {
  const [company] = await readAll(from, { path: '/organization', query: {}, item: organization });
  if (company === undefined) throw new PartnerError('unexpected');
  return {
    tenantId: company.id.toLowerCase(),
    displayName: company.displayName ?? '',
    countryCode: company.countryLetterCode ?? undefined,
    partnerTenantType: company.partnerTenantType ?? undefined,
  };
}

const domain = z.object({
  id: z.string(),
  isDefault: z.boolean().nullish(),
  isInitial: z.boolean().nullish(),
  isVerified: z.boolean().nullish(),
});

/** All domains, verified or not. https://learn.microsoft.com/graph/api/domain-list */
export async function readDomains(from: From): Promise<Domain[]> {
  const domains = await readAll(from, { path: '/domains', query: {}, item: domain });
  return domains.map(({ id, isDefault, isInitial, isVerified }) => ({
    name: id,
    isDefault: isDefault ?? false,
    isInitial: isInitial ?? false,
    isVerified: isVerified ?? false,
  }));
}

const subscribedSku = z.object({
  skuId: z.string(),
  skuPartNumber: z.string(),
  consumedUnits: z.number().nullish(),
  capabilityStatus: z.string().nullish(),
  appliesTo: z.string().nullish(),
  prepaidUnits: z.object({ enabled: z.number().nullish(), warning: z.number().nullish() }).nullish(),
});

/** All products as Microsoft counts them. https://learn.microsoft.com/graph/api/subscribedsku-list */
export async function readSubscribedSkus(from: From): Promise<z.infer<typeof subscribedSku>[]> {
  return readAll(from, { path: '/subscribedSkus', query: {}, item: subscribedSku });
}

/** Licences that people can be given; units in their grace period still count. */
export async function readSkus(from: From): Promise<Sku[]> {
  return (await readSubscribedSkus(from))
    .filter((sku) => sku.appliesTo !== 'Company')
    .map((sku) => {
      const total = (sku.prepaidUnits?.enabled ?? 0) + (sku.prepaidUnits?.warning ?? 0);
      return {
        skuId: sku.skuId.toLowerCase(),
        partNumber: sku.skuPartNumber,
        total,
        left: Math.max(0, total - (sku.consumedUnits ?? 0)),
        active: sku.capabilityStatus === 'Enabled' || sku.capabilityStatus === 'Warning',
      };
    });
}

const meShape = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  userPrincipalName: z.string(),
});

/**
 * Who is signed in, with roles and support access also through nested groups.
 * https://learn.microsoft.com/graph/api/user-list-transitivememberof
 */
export async function readMe(from: From, agentGroups: () => Promise<AgentGroups>): Promise<Me> {
  const $select = Object.keys(meShape.shape).join(',');
  const [me, held] = await Promise.all([
    from.graph.read(withQuery('/me', { $select }), meShape),
    readRights(from, '/me', agentGroups),
  ]);
  return {
    id: me.id.toLowerCase(),
    displayName: me.displayName ?? '',
    signInName: me.userPrincipalName,
    ...held,
  };
}
