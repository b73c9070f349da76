import { statusOf } from '../delegation/life.ts';
import type { Answer } from '../graph-answer.ts';
import { guidFor } from '../seed/identifiers.ts';
import type { SandboxTenant } from '../world.ts';
import { type Call, context, param } from './call.ts';
import { collection, type Resource } from './collection.ts';
import { demandRelationshipReader } from './delegation-rights.ts';
import type { Item } from './filter.ts';
import { refuseAsMissing } from './refusal.ts';
import { etag } from './relationship-shape.ts';

const properties = ['id', 'tenantId', 'displayName'] as const;
const below = 'tenantRelationships/';

const customerResource: Resource = {
  set: 'delegatedAdminCustomers',
  below,
  type: 'DelegatedAdminCustomer',
  properties,
  defaults: properties,
  strings: ['id', 'tenantId', 'displayName'],
  booleans: [],
  endsWith: [],
  searchable: [],
  orderable: ['displayName'],
  options: ['$filter', '$orderby', '$top', '$skiptoken'],
  mostPerPage: 300,
};

/** Clients that approved a relationship once. */
async function customersOf(call: Call): Promise<SandboxTenant[]> {
  const all = await call.world.all('relationship', call.caller.tenantId);
  const approved = all.filter((one) => one.approval !== null && statusOf(call, one) !== undefined);
  const ids = new Set(approved.map(({ customer }) => customer?.tenantId));
  return (await call.world.tenants()).filter(({ id }) => ids.has(id));
}

/** https://learn.microsoft.com/graph/api/tenantrelationship-list-delegatedadmincustomers */
export async function listDelegatedCustomers(call: Call): Promise<Answer> {
  await demandRelationshipReader(call);
  const items = (await customersOf(call)).map(
    ({ id, displayName }): Item => ({
      '@odata.type': '#microsoft.graph.delegatedAdminCustomer',
      '@odata.etag': etag(id, displayName),
      id,
      tenantId: id,
      displayName,
    }),
  );
  return collection(call, customerResource, items, `/${below}${customerResource.set}`);
}

/**
 * Where the client's services are managed; which services is ours.
 * https://learn.microsoft.com/graph/api/delegatedadmincustomer-list-servicemanagementdetails
 */
export async function listServices(call: Call): Promise<Answer> {
  await demandRelationshipReader(call);
  const wanted = param(call, 'customer');
  const tenant = (await customersOf(call)).find(({ id }) => id === wanted.toLowerCase());
  if (tenant === undefined) return refuseAsMissing(wanted);
  const domains = await call.world.all('domain', tenant.id);
  const domain = domains.find(({ isInitial }) => isInitial)?.id ?? '';
  const services = [
    ['Azure Active Directory', `https://aad.portal.azure.com/${domain}`],
    ['Microsoft 365 Lighthouse', 'https://lighthouse.microsoft.com'],
    ['Teams', `https://admin.teams.microsoft.com/?delegatedOrg=${domain}`],
  ];
  return {
    status: 200,
    body: {
      '@odata.context': context(call, `${customerResource.set}/${tenant.id}/serviceManagementDetails`, below),
      value: services.map(([serviceName, serviceManagementUrl]) => ({
        '@odata.type': '#microsoft.graph.delegatedAdminServiceManagementDetail',
        id: guidFor(`service:${tenant.id}:${serviceName}`),
        serviceManagementUrl,
        serviceName,
      })),
    },
  };
}
