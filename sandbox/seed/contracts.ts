import type { WorldDocument } from '../world-store.ts';
import { type SeedCompany, tenantIdOf } from './company.ts';
import { guidFor } from './identifiers.ts';

/** What makes these companies clients of the partner; names as they were when the relationship began. */
export function contractDocuments(partner: SeedCompany, clients: readonly SeedCompany[]): WorldDocument[] {
  const tenantId = tenantIdOf(partner);
  return clients.map((client) => {
    const id = guidFor(`contract:${partner.key}:${client.key}`);
    return {
      kind: 'contract',
      tenantId,
      id,
      value: {
        id,
        contractType: 'ResellerPartner',
        customerId: tenantIdOf(client),
        defaultDomainName: client.domains.find(({ isDefault }) => isDefault === true)?.id ?? '',
        displayName: client.tenant.displayName,
      },
    };
  });
}
