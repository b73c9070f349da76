import { sandboxApplication } from '../../microsoft/clouds.ts';
import { error, type PartnerOperation, type PartnerStage } from './partner-operation.ts';

const body = {
  applicationId: sandboxApplication.clientId,
  displayName: 'Partner Bot',
  applicationGrants: [
    {
      enterpriseApplicationId: '00000003-0000-0000-c000-000000000000',
      scope: 'User.ReadWrite.All,Directory.Read.All',
    },
  ],
};
const consent = ({ delegatingId }: PartnerStage) => ({
  method: 'POST',
  path: `/customers/${delegatingId}/applicationconsents`,
  body,
});

/** Allowing an application to work in a client's directory. */
export const consentOperations: readonly PartnerOperation[] = [
  {
    id: 'customers.applicationConsents.create',
    basis: 'own',
    note: 'The request as products in use send it; the answer repeats it.',
    china: false,
    request: consent,
    status: 201,
    answer: {
      applicationId: 'string',
      displayName: 'string',
      applicationGrants: [{ enterpriseApplicationId: 'string', scope: 'string' }],
    },
  },
  {
    id: 'customers.applicationConsents.create, again',
    basis: 'own',
    note: '409 is documented, its number is ours.',
    china: false,
    request: consent,
    status: 409,
    answer: error,
  },
  {
    id: 'customers.applicationConsents.create, no role',
    basis: 'own',
    note: '900308 is documented, not that it is for this.',
    china: false,
    request: ({ customerId }) => ({
      method: 'POST',
      path: `/customers/${customerId}/applicationconsents`,
      body,
    }),
    status: 403,
    answer: error,
  },
];
