import { clouds } from '../../microsoft/clouds.ts';
import type { Answer } from '../graph-answer.ts';
import type { SandboxTenant } from '../world.ts';
import { type Call, context, isGuid, param } from './call.ts';
import { refuse, refuseAsMissing } from './refusal.ts';
import { demandPermission } from './rights.ts';

const permission = 'CrossTenantInformation.ReadBasic.All';

/**
 * What anybody may know of any company, by its id. No role is needed, and an application may ask too.
 * https://learn.microsoft.com/graph/api/tenantrelationship-findtenantinformationbytenantid
 */
export async function findTenantById(call: Call): Promise<Answer> {
  demandPermission(call, permission);
  const id = value(call).toLowerCase();
  if (!isGuid(id)) refuse(400, 'BadRequest', 'The tenantId is not a GUID.');
  const tenant = (await tenantsOfCloud(call)).find((one) => one.id === id);
  return tenant === undefined ? refuseAsMissing(id) : answerAbout(call, tenant);
}

/**
 * The same by any of its verified domains.
 * https://learn.microsoft.com/graph/api/tenantrelationship-findtenantinformationbydomainname
 */
export async function findTenantByDomain(call: Call): Promise<Answer> {
  demandPermission(call, permission);
  const name = value(call).toLowerCase();
  for (const tenant of await tenantsOfCloud(call)) {
    const domain = await call.world.get('domain', tenant.id, name);
    if (domain?.isVerified) return answerAbout(call, tenant);
  }
  return refuseAsMissing(name);
}

/** A quote inside the text is written twice. */
function value(call: Call): string {
  return param(call, 'value').replaceAll("''", "'");
}

/** The clouds know nothing of one another. */
async function tenantsOfCloud(call: Call): Promise<SandboxTenant[]> {
  const cloud = Object.values(clouds).find(({ graph }) => graph === call.origin);
  return (await call.world.tenants()).filter((tenant) => tenant.cloud === cloud?.name);
}

async function answerAbout(call: Call, { id, displayName }: SandboxTenant): Promise<Answer> {
  const domains = await call.world.all('domain', id);
  const defaultDomainName = domains.find(({ isDefault }) => isDefault)?.id ?? null;
  const about = { tenantId: id, federationBrandName: null, displayName, defaultDomainName };
  return {
    status: 200,
    body: { '@odata.context': context(call, 'microsoft.graph.tenantInformation'), ...about },
  };
}
