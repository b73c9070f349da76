import type { Shape } from './operation.ts';
import { error, get, type PartnerOperation } from './partner-operation.ts';

const links = (uri: string) => ({ self: { uri: `=${uri}`, method: '=GET', headers: ['string'] } }) as const;
const mpn: Shape = {
  mpnId: 'string',
  profileType: '=MpnProfile',
  links: links('/profiles/mpn'),
  attributes: { objectType: '=MpnProfile' },
};

const agreement = '/compliance/csp/agreementstatus';

/** Partner ID, agreement with Microsoft, and what every call can run into. */
export const membershipOperations: readonly PartnerOperation[] = [
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
