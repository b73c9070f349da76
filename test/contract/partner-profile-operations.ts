import type { ContractRequest, Shape } from './operation.ts';
import { error, get, type PartnerOperation, type PartnerStage } from './partner-operation.ts';

const address = {
  country: 'string',
  city: 'string',
  state: 'string',
  addressLine1: 'string',
  addressLine2: 'string',
  postalCode: 'string',
} as const satisfies Shape;
const addressWithPerson = { ...address, firstName: 'string', lastName: 'string', phoneNumber: 'string' };
const person = { firstName: 'string', lastName: 'string', phoneNumber: 'string' } as const;
const contact = { ...person, email: 'string' } as const;
const links = (uri: string) => ({ self: { uri: `=${uri}`, method: '=GET', headers: ['string'] } }) as const;

const organization: Shape = {
  id: 'string',
  companyName: 'string',
  defaultAddress: addressWithPerson,
  tenantId: 'string',
  domain: 'string',
  email: 'string',
  language: 'string',
  culture: 'string',
  profileType: '=OrganizationProfile',
  links: links('/profiles/organization'),
  attributes: { etag: 'string', objectType: '=OrganizationProfile' },
};
const legal: Shape = {
  companyName: 'string',
  address: addressWithPerson,
  primaryContact: contact,
  companyApproverAddress: address,
  companyApproverEmail: 'string',
  vettingStatus: 'string',
  vettingSubStatus: 'string',
  profileType: '=LegalBusinessProfile',
  links: links('/profiles/legalbusiness'),
  attributes: { objectType: '=LegalBusinessProfile' },
};
const support: Shape = {
  email: 'string',
  telephone: 'string',
  website: 'string',
  profileType: 'string',
  links: links('/v1/profiles/support'),
  attributes: { objectType: 'string' },
};
const billing: Shape = {
  companyName: 'string',
  address,
  primaryContact: person,
  purchaseOrderNumber: 'string',
  taxId: 'string',
  billingCurrency: 'string',
  profileType: '=BillingProfile',
  links: links('/profiles/billing'),
  attributes: { etag: 'string', objectType: '=BillingProfile' },
};
/** The profile as it was read, with something else in it. */
const put = (path: string, change: object, headers: Record<string, string> = {}) => {
  return async ({ read }: PartnerStage): Promise<ContractRequest> => ({
    method: 'PUT',
    path,
    headers,
    body: { ...(await read(path)), ...change },
  });
};
const supportBody = { Email: 'hotro@example.vn', Telephone: '4255550100', Website: 'www.example.vn' };

/** The profiles of the partner itself. */
export const profileOperations: readonly PartnerOperation[] = [
  {
    id: 'profiles.organization.get',
    basis: 'documented',
    note: 'id is the tenant id; the body starts with a byte order mark, as some of Microsoft’s do.',
    request: get('/profiles/organization'),
    status: 200,
    answer: organization,
  },
  {
    id: 'profiles.organization.update',
    basis: 'documented',
    note: 'Whole profile with the etag in attributes; what a field may hold is ours.',
    request: put('/profiles/organization', { email: 'moi@example.vn' }),
    status: 200,
    answer: organization,
  },
  {
    id: 'profiles.organization.update, etag lost',
    basis: 'documented',
    note: '2055 is documented with 400; which etag is compared is ours.',
    request: put('/profiles/organization', { attributes: { etag: 'b2xk' } }),
    status: 400,
    answer: { ...error, description: '=Etag is no longer valid' },
  },
  {
    id: 'profiles.organization.update, If-Match lost',
    basis: 'own',
    note: 'The page on headers has If-Match, the page on errors 412; no example has both.',
    request: put('/profiles/organization', { attributes: undefined }, { 'If-Match': '"b2xk"' }),
    status: 412,
    answer: error,
  },
  {
    id: 'profiles.organization.update, bad field',
    basis: 'own',
    note: '3000 "Invalid property" is documented, what is invalid and how it is named is not.',
    request: put('/profiles/organization', { email: 'no mail' }),
    status: 400,
    answer: { ...error, description: '=Invalid property: email' },
  },
  {
    id: 'profiles.organization.update, no right',
    basis: 'own',
    note: '900150 is documented; which roles may is in the portal’s table only.',
    by: 'plain',
    request: put('/profiles/organization', {}),
    status: 403,
    answer: error,
  },
  {
    id: 'profiles.legalBusiness.get',
    basis: 'documented',
    note: 'vettingVersion is taken and not minded: there is one version.',
    request: get('/profiles/legalbusiness?vettingVersion=Current'),
    status: 200,
    answer: legal,
  },
  {
    id: 'profiles.legalBusiness.get, application',
    basis: 'documented',
    note: 'The one profile that an application reads without a person.',
    by: 'application',
    request: get('/profiles/legalbusiness'),
    status: 200,
    answer: legal,
  },
  {
    id: 'profiles.legalBusiness.update',
    basis: 'documented',
    note: 'No vetting begins: vettingStatus stays as sent.',
    request: put('/profiles/legalbusiness', { companyApproverEmail: 'duyet@example.vn' }),
    status: 200,
    answer: legal,
  },
  {
    id: 'profiles.support.get',
    basis: 'documented',
    note: 'The page does not name 21Vianet, where it is a 405: the one on updating does.',
    china: false,
    request: get('/profiles/support'),
    status: 200,
    answer: support,
  },
  {
    id: 'profiles.support.update',
    basis: 'documented',
    note: 'Under the name that Microsoft’s library uses; large first letters are taken, as in the example.',
    request: () => ({ method: 'PUT', path: '/profiles/support', body: supportBody }),
    status: 200,
    answer: support,
  },
  {
    id: 'profiles.support.update, supportprofile',
    basis: 'documented',
    note: 'Under the name on the page.',
    request: () => ({ method: 'PUT', path: '/profiles/supportprofile', body: supportBody }),
    status: 200,
    answer: support,
  },
  {
    id: 'profiles.billing.get',
    basis: 'documented',
    note: 'The contact has a mail too, which the example leaves out.',
    request: get('/profiles/billing'),
    status: 200,
    answer: billing,
  },
  {
    id: 'profiles.billing.update',
    basis: 'documented',
    note: 'Answered with small first letters like the GET; the example has large ones.',
    request: put('/profiles/billing', { purchaseOrderNumber: '9888' }),
    status: 200,
    answer: billing,
  },
];
