import type { ContractRequest, Shape } from './operation.ts';

/** What an operation acts on: the seeded company of the cloud, and how to read something before writing it. */
export interface PartnerStage {
  tenantId: string;
  partnerId: string;
  /** The body of a GET by the Global Administrator. */
  read(path: string): Promise<Record<string, unknown>>;
}

/** One operation of Partner Center as Microsoft documents it, or as we had to decide it. */
export interface PartnerOperation {
  id: string;
  /** `documented`: request and answer follow Microsoft's page; `own`: the page has no example of it. */
  basis: 'documented' | 'own';
  note: string;
  /** Who asks; the Global Administrator unless told. */
  by?: 'plain' | 'application' | 'client' | 'without-second-factor' | 'graph-token' | 'nobody';
  /** False where the page does not name Partner Center operated by 21Vianet; the call is then a 404 or 405 there. */
  china?: false;
  request(stage: PartnerStage): Promise<ContractRequest> | ContractRequest;
  status: number;
  answer: Shape;
}

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
const mpn: Shape = {
  mpnId: 'string',
  profileType: '=MpnProfile',
  links: links('/profiles/mpn'),
  attributes: { objectType: '=MpnProfile' },
};
const error: Shape = { code: 'number', description: 'string', data: ['string'], source: 'string' };

const get = (path: string) => (): ContractRequest => ({ method: 'GET', path });
/** The profile as it was read, with something else in it. */
const put = (path: string, change: object, headers: Record<string, string> = {}) => {
  return async ({ read }: PartnerStage): Promise<ContractRequest> => ({
    method: 'PUT',
    path,
    headers,
    body: { ...(await read(path)), ...change },
  });
};
const agreement = '/compliance/csp/agreementstatus';
const supportBody = { Email: 'hotro@example.vn', Telephone: '4255550100', Website: 'www.example.vn' };

/** Every operation of Partner Center that the sandbox serves. */
export const partnerOperations: readonly PartnerOperation[] = [
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
  {
    id: 'profiles.mpn.get',
    basis: 'documented',
    note: 'As the example has it.',
    request: get('/profiles/mpn'),
    status: 200,
    answer: mpn,
  },
  {
    id: 'profiles.mpn.verify',
    basis: 'documented',
    note: 'Finds the seeded partners of the cloud.',
    request: ({ partnerId }) => ({ method: 'GET', path: `/profiles/mpn?mpnId=${partnerId}` }),
    status: 200,
    answer: { partnerName: 'string', ...(mpn as object) },
  },
  {
    id: 'profiles.mpn.verify, unknown',
    basis: 'documented',
    note: 'Code, text and source of the example.',
    request: get('/profiles/mpn?mpnId=9999999'),
    status: 404,
    answer: {
      code: 'number',
      description: '=Partner Organization with partner_id 9999999 could not be found',
      data: ['string'],
      source: '=PartnerFD',
    },
  },
  {
    id: 'compliance.mpaStatus.get',
    basis: 'documented',
    note: 'Documented for indirect resellers; here it answers for every partner.',
    china: false,
    request: ({ tenantId }) => ({ method: 'GET', path: `${agreement}?tenantId=${tenantId}` }),
    status: 200,
    answer: { isAgreementSigned: 'boolean' },
  },
  {
    id: 'compliance.mpaStatus.get, by partner id',
    basis: 'documented',
    note: 'mpnid in small letters, as in the example.',
    china: false,
    request: ({ partnerId }) => ({ method: 'GET', path: `${agreement}?mpnid=${partnerId}` }),
    status: 200,
    answer: { isAgreementSigned: 'boolean' },
  },
  {
    id: 'compliance.mpaStatus.get, no GUID',
    basis: 'documented',
    note: 'Code and text of the example.',
    china: false,
    request: get(`${agreement}?tenantId=contoso`),
    status: 400,
    answer: { ...error, description: '=Tenant Id must be a GUID.' },
  },
  {
    id: 'compliance.mpaStatus.get, nothing given',
    basis: 'documented',
    note: 'Code and text of the example.',
    china: false,
    request: get(agreement),
    status: 400,
    answer: { ...error, description: '=Both MPN Id and Tenant Id cannot be empty.' },
  },
  {
    id: 'any, no token',
    basis: 'documented',
    note: 'Code 800001 with its text.',
    by: 'nobody',
    request: get('/profiles/organization'),
    status: 401,
    answer: { ...error, description: '=Partner Token missing in request context' },
  },
  {
    id: 'any, token for Graph',
    basis: 'own',
    note: '401 with code 400 is documented as "Access denied"; the text is ours.',
    by: 'graph-token',
    request: get('/profiles/organization'),
    status: 401,
    answer: error,
  },
  {
    id: 'any, no second factor',
    basis: 'documented',
    note: '900421; the text is ours.',
    by: 'without-second-factor',
    request: get('/profiles/organization'),
    status: 401,
    answer: error,
  },
  {
    id: 'any, application where a person is needed',
    basis: 'documented',
    note: '900329 with its text.',
    by: 'application',
    request: get('/profiles/organization'),
    status: 403,
    answer: { ...error, description: '=This resource does not support application-only authentication.' },
  },
  {
    id: 'any, company that is no partner',
    basis: 'own',
    note: '2032 "Access denied" is documented, not that it is for this.',
    by: 'client',
    request: get('/profiles/organization'),
    status: 403,
    answer: { ...error, description: '=Access denied' },
  },
  {
    id: 'any, unknown path',
    basis: 'own',
    note: '1000 "Not found" is documented, not for paths.',
    request: get('/profiles/marketing'),
    status: 404,
    answer: error,
  },
];
