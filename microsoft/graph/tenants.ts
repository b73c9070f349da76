import { z } from 'zod';
import type { TenantLookups, TenantName, Tenants } from '../../partner/tenants.ts';
import type { Graph } from './client.ts';
import { createGraphs, type GraphsDependencies } from './graphs.ts';
import { segment } from './query.ts';
import { orUndefined } from './unless-there.ts';

/** What any company may learn of another one of the same cloud, over Microsoft Graph v1.0. */
export function createTenantLookups(dependencies: GraphsDependencies): TenantLookups {
  const graphs = createGraphs(dependencies);
  return {
    as: (account, options) => tenantsOf(graphs.as(account, options?.signal)),
    asPartner: (company) => tenantsOf(graphs.asApplication(company)),
  };
}

const isGuid = (text: string) => z.guid().safeParse(text).success;
const isDomain = (text: string) => /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(text);

function tenantsOf(graph: Graph): Tenants {
  return {
    async byDomain(domain) {
      const name = domain.trim().toLowerCase();
      if (!isDomain(name)) return undefined;
      return read(graph, `findTenantInformationByDomainName(domainName='${segment(name)}')`);
    },
    async byId(tenantId) {
      const id = tenantId.trim().toLowerCase();
      if (!isGuid(id)) return undefined;
      return read(graph, `findTenantInformationByTenantId(tenantId='${segment(id)}')`);
    },
  };
}

const tenantInformation = z.object({
  tenantId: z.string(),
  displayName: z.string().nullish(),
  defaultDomainName: z.string().nullish(),
});

/** https://learn.microsoft.com/graph/api/tenantrelationship-findtenantinformationbydomainname */
async function read(graph: Graph, lookup: string): Promise<TenantName | undefined> {
  const found = await orUndefined(graph.read(`/tenantRelationships/${lookup}`, tenantInformation));
  if (found === undefined) return undefined;
  const domain = found.defaultDomainName ?? '';
  return { tenantId: found.tenantId.toLowerCase(), name: found.displayName ?? domain, domain };
}
