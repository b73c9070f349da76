import type { Shape } from './operation.ts';
import { error, get, listOf, ofCustomer, type PartnerOperation } from './partner-operation.ts';

const template = {
  templateId: 'string',
  agreementType: 'string',
  agreementLink: 'string',
  versionRank: 'number',
} as const satisfies Shape;
const primaryContact = { firstName: 'string', lastName: 'string', email: 'string', phoneNumber: 'string' };
const confirmation = { primaryContact, templateId: 'string', dateAgreed: 'string', type: 'string' };
const templateId = '117a77b0-9360-443b-8795-c6dedc750cf9';
const confirm = (change: object): PartnerOperation['request'] => {
  return ({ customerId }) => ({
    method: 'POST',
    path: `/customers/${customerId}/agreements`,
    body: {
      primaryContact: {
        firstName: 'Tuấn Minh',
        lastName: 'Đoàn',
        email: 'minh@example.vn',
        phoneNumber: '0900000000',
      },
      templateId,
      dateAgreed: '2025-06-14T00:00:00.000Z',
      type: 'MicrosoftCustomerAgreement',
      ...change,
    },
  });
};
const customerAgreements = '/agreements?agreementType=MicrosoftCustomerAgreement';

/** Microsoft's agreement with a client; no page of these names 21Vianet. */
export const agreementOperations: readonly PartnerOperation[] = [
  {
    id: 'agreements.metadata.list',
    basis: 'documented',
    note: 'Without a type only the older agreement, as in the example.',
    china: false,
    request: get('/agreements'),
    status: 200,
    answer: listOf({ ...template, agreementType: '=MicrosoftCloudAgreement' }),
  },
  {
    id: 'agreements.metadata.byType',
    basis: 'documented',
    note: 'The template of the example.',
    china: false,
    request: get('/agreements?agreementType=MicrosoftCustomerAgreement'),
    status: 200,
    answer: {
      totalCount: 'number',
      items: [{ ...template, templateId: `=${templateId}` }],
      attributes: { objectType: '=Collection' },
    },
  },
  {
    id: 'customers.agreements.confirm',
    basis: 'documented',
    note: 'What a field may hold, and that the day may not lie ahead, is ours.',
    china: false,
    request: confirm({}),
    status: 201,
    answer: { ...confirmation, userId: 'string' },
  },
  {
    id: 'customers.agreements.confirm, bad template',
    basis: 'own',
    note: '3000 "Invalid property" is documented, not for this.',
    china: false,
    request: confirm({ templateId: '00000000-0000-4000-8000-000000000000' }),
    status: 400,
    answer: error,
  },
  {
    id: 'customers.agreements.confirm, no right',
    basis: 'own',
    note: '900150 is documented; that Admin and Sales agents may is in the portal’s table only.',
    china: false,
    by: 'plain',
    request: confirm({}),
    status: 403,
    answer: error,
  },
  {
    id: 'customers.agreements.list',
    basis: 'documented',
    note: 'What this partner attested, the oldest first.',
    china: false,
    request: ofCustomer(customerAgreements),
    status: 200,
    answer: { totalCount: 'number', items: [{ ...confirmation, agreementLink: 'string' }] },
  },
  {
    id: 'customers.agreements.directSignStatus',
    basis: 'documented',
    note: 'True for Adventure Works, and for who signs on the page of the invitation.',
    china: false,
    request: ofCustomer('/directSignedMicrosoftCustomerAgreementStatus'),
    status: 200,
    answer: { isSigned: 'boolean' },
  },
];
