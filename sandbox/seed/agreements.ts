import { customerAgreement } from '../partner-center/agreements.ts';
import type { WorldDocument } from '../world-store.ts';
import { adventureWorks, clients, fabrikam } from './clients.ts';
import { tenantIdOf } from './company.ts';
import { contoso } from './contoso.ts';
import { guidFor } from './identifiers.ts';

const { templateId, agreementType: type } = customerAgreement;
const dateAgreed = '2025-03-03T00:00:00Z';

/** Fabrikam has agreed to nothing, Adventure Works signed itself, for the others Contoso gave its word. */
export function agreementDocuments(): WorldDocument[] {
  const signed = tenantIdOf(adventureWorks);
  const attested = clients.filter((client) => client !== fabrikam && client !== adventureWorks);
  return [
    {
      kind: 'agreement',
      tenantId: signed,
      id: guidFor('agreement:adventureworks'),
      value: { customerId: signed, templateId, type, dateAgreed },
    },
    ...attested.map((client): WorldDocument => {
      const email = `contact@${client.domains[0]?.id ?? ''}`;
      const lastName = client.tenant.displayName;
      const primaryContact = { firstName: 'Ban giám đốc', lastName, email, phoneNumber: '' };
      return {
        kind: 'agreement',
        tenantId: tenantIdOf(contoso),
        id: guidFor(`agreement:${client.key}`),
        value: {
          customerId: tenantIdOf(client),
          templateId,
          type,
          dateAgreed,
          attested: { userId: null, primaryContact },
        },
      };
    }),
  ];
}
