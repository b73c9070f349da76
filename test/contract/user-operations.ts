import { errorShape, eventual, type Operation, type Stage, userShape } from './operation.ts';

const page = { '@odata.context': '#users', value: [userShape] } as const;
const counted = { '@odata.context': '#users', '@odata.count': 'number', value: [userShape] } as const;

function freshUser(stage: Stage, signIn: string): Record<string, unknown> {
  return {
    accountEnabled: true,
    displayName: 'Lý Thị Hợp Đồng',
    mailNickname: 'hop.dong',
    userPrincipalName: `${signIn}@${stage.domain}`,
    passwordProfile: { forceChangePasswordNextSignIn: true, password: 'Hop-Dong-2026' },
  };
}

function license(userId: string, skuId: string) {
  const body = { addLicenses: [{ disabledPlans: [], skuId }], removeLicenses: [] };
  return { method: 'POST', path: `/users/${userId}/assignLicense`, body };
}

/** One long table: https://learn.microsoft.com/graph/api/resources/user and the pages of its methods. */
export const userOperations: readonly Operation[] = [
  {
    id: 'me.get',
    basis: 'own',
    note: 'The page shows no answer of its own; the default properties of a user are expected.',
    request: () => ({ method: 'GET', path: '/me' }),
    status: 200,
    answer: { '@odata.context': '#users/$entity', ...userShape },
  },
  {
    id: 'users.list',
    basis: 'documented',
    note: 'The default properties, a page of 100 unless asked.',
    request: () => ({ method: 'GET', path: '/users' }),
    status: 200,
    answer: page,
  },
  {
    id: 'users.list, next page',
    basis: 'own',
    note: 'The link of the first page is followed; its token is opaque and the sandbox has a form of its own.',
    request: async (stage) => {
      for (let users = 0; users < 5; users += 1) await stage.newUser();
      const { body } = await stage.send({ method: 'GET', path: '/users?$top=2&$select=id' });
      const link = String((body as Record<string, unknown>)['@odata.nextLink']);
      return { method: 'GET', path: link.slice(`${stage.origin}/v1.0`.length) };
    },
    status: 200,
    answer: { '@odata.context': '#users(id)', '@odata.nextLink': 'string', value: [{ id: 'string' }] },
  },
  {
    id: 'users.list, number only',
    basis: 'documented',
    note: 'A bare number as text.',
    request: () => ({ method: 'GET', path: '/users/$count', headers: eventual }),
    status: 200,
    headers: { 'content-type': 'text/plain' },
    answer: 'number',
  },
  {
    id: 'users.list, startswith sorted',
    basis: 'documented',
    note: 'Filter and order together need ConsistencyLevel and $count.',
    request: () => ({
      method: 'GET',
      path: "/users?$filter=startswith(userPrincipalName,'h')&$orderby=displayName&$count=true&$top=1",
      headers: eventual,
    }),
    status: 200,
    answer: counted,
  },
  {
    id: 'users.list, endswith',
    basis: 'documented',
    note: 'Served for mail and userPrincipalName, as documented.',
    request: (stage) => ({
      method: 'GET',
      path: `/users?$filter=endswith(userPrincipalName,'${stage.domain}')&$orderby=userPrincipalName&$count=true`,
      headers: eventual,
    }),
    status: 200,
    answer: counted,
  },
  {
    id: 'users.list, search',
    basis: 'documented',
    note: 'By the start of any word of the name; with regard to accents, which the page leaves open.',
    request: async (stage) => {
      await stage.newUser();
      return {
        method: 'GET',
        path: '/users?$search="displayName:hợp"&$orderby=displayName&$count=true',
        headers: eventual,
      };
    },
    status: 200,
    answer: counted,
  },
  {
    id: 'users.list, search with OR',
    basis: 'documented',
    note: 'Clauses joined by OR.',
    request: async (stage) => {
      await stage.newUser();
      const path = '/users?$search="displayName:hợp" OR "mail:hung"&$count=true';
      return { method: 'GET', path, headers: eventual };
    },
    status: 200,
    answer: counted,
  },
  {
    id: 'users.list, by licence',
    basis: 'documented',
    note: 'Plans inside a product are not modelled, so disabledPlans is always empty.',
    request: async (stage) => {
      await stage.send(license(await stage.newUser(), stage.skuId));
      return {
        method: 'GET',
        path: `/users?$select=id,mail,assignedLicenses&$filter=assignedLicenses/any(u:u/skuId eq ${stage.skuId})`,
      };
    },
    status: 200,
    answer: {
      '@odata.context': '#users(id,mail,assignedLicenses)',
      value: [
        {
          id: 'string',
          mail: 'string|null',
          assignedLicenses: [{ disabledPlans: ['string'], skuId: 'string' }],
        },
      ],
    },
  },
  {
    id: 'users.list, search without ConsistencyLevel',
    basis: 'documented',
    note: 'Refused with the documented code and text.',
    request: () => ({ method: 'GET', path: '/users?$search="displayName:lan"' }),
    status: 400,
    answer: errorShape(
      'Request_UnsupportedQuery',
      "=Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    ),
  },
  {
    id: 'users.list, ne without ConsistencyLevel',
    basis: 'documented',
    note: 'Refused with the documented code and text.',
    request: () => ({ method: 'GET', path: "/users?$filter=displayName ne 'x'" }),
    status: 400,
    answer: errorShape('Request_UnsupportedQuery', '=Unsupported Query.'),
  },
  {
    id: 'users.list, number without ConsistencyLevel',
    basis: 'documented',
    note: 'Refused with the documented code and text; the sandbox refuses ?$count=true without the header too.',
    request: () => ({ method: 'GET', path: '/users/$count' }),
    status: 400,
    answer: errorShape('Request_BadRequest', '=$count is not currently supported.'),
  },
  {
    id: 'users.get',
    basis: 'documented',
    note: 'By object id.',
    request: async (stage) => ({ method: 'GET', path: `/users/${await stage.newUser()}` }),
    status: 200,
    answer: userShape,
  },
  {
    id: 'users.get, by sign-in name',
    basis: 'own',
    note: 'The page names the key and shows no example.',
    request: async (stage) => {
      const { body } = await stage.send({ method: 'GET', path: '/me' });
      return { method: 'GET', path: `/users/${(body as { userPrincipalName: string }).userPrincipalName}` };
    },
    status: 200,
    answer: userShape,
  },
  {
    id: 'users.get, selected',
    basis: 'documented',
    note: 'The selection of the example; a postal code is not kept and comes back as null.',
    request: async (stage) => ({
      method: 'GET',
      path: `/users/${await stage.newUser()}?$select=displayName,givenName,postalCode,identities`,
    }),
    status: 200,
    answer: {
      '@odata.context': '#users(displayName,givenName,postalCode,identities)/$entity',
      displayName: 'string',
      givenName: 'string|null',
      postalCode: 'string|null',
      identities: [{ signInType: 'string', issuer: 'string', issuerAssignedId: 'string' }],
    },
  },
  {
    id: 'users.get, missing',
    basis: 'own',
    note: '404 is documented; its code is known from practice.',
    request: (stage) => ({ method: 'GET', path: `/users/${stage.tenantId}` }),
    status: 404,
    answer: errorShape('Request_ResourceNotFound'),
  },
  {
    id: 'users.create',
    basis: 'documented',
    note: 'The default properties only; mail stays empty until the first licence.',
    request: (stage) => ({ method: 'POST', path: '/users', body: freshUser(stage, 'hop.dong.moi') }),
    status: 201,
    answer: { '@odata.context': '#users/$entity', ...userShape },
  },
  {
    id: 'users.create, name taken',
    basis: 'documented',
    note: 'ObjectConflict in details, as a maintainer documented it.',
    request: async (stage) => {
      const { body } = await stage.send({ method: 'GET', path: '/me' });
      const { userPrincipalName } = body as { userPrincipalName: string };
      return { method: 'POST', path: '/users', body: { ...freshUser(stage, 'x'), userPrincipalName } };
    },
    status: 400,
    answer: errorShape(
      'Request_BadRequest',
      '=Another object with the same value for property userPrincipalName already exists.',
      { details: [{ code: '=ObjectConflict', target: '=userPrincipalName' }] },
    ),
  },
  {
    id: 'users.create, no domain',
    basis: 'documented',
    note: 'A sign-in name without @ gets the documented text.',
    request: (stage) => ({
      method: 'POST',
      path: '/users',
      body: { ...freshUser(stage, 'x'), userPrincipalName: `x#${stage.domain}` },
    }),
    status: 400,
    answer: errorShape('Request_BadRequest', '=One or more properties contains invalid values.'),
  },
  {
    id: 'users.create, domain not verified',
    basis: 'own',
    note: 'The text is known from practice; details are ours.',
    request: (stage) => ({
      method: 'POST',
      path: '/users',
      body: { ...freshUser(stage, 'x'), userPrincipalName: 'x@not-ours.example' },
    }),
    status: 400,
    answer: errorShape('Request_BadRequest', 'string', { details: [{ target: '=userPrincipalName' }] }),
  },
  {
    id: 'users.create, weak password',
    basis: 'own',
    note: 'The text is known from practice; details are ours.',
    request: (stage) => ({
      method: 'POST',
      path: '/users',
      body: { ...freshUser(stage, 'x'), passwordProfile: { password: 'yeu' } },
    }),
    status: 400,
    answer: errorShape('Request_BadRequest', 'string', { details: [{ target: '=passwordProfile' }] }),
  },
  {
    id: 'users.create, no right',
    basis: 'documented',
    note: 'The documented code and text; which role may do what follows the role reference.',
    request: (stage) => ({ method: 'POST', path: '/users', body: freshUser(stage, 'x'), by: 'plain' }),
    status: 403,
    answer: errorShape('Authorization_RequestDenied', '=Insufficient privileges to complete the operation.'),
  },
  {
    id: 'users.update',
    basis: 'documented',
    note: 'Telephone and office, as in the example; other properties than those of the seed are refused.',
    request: async (stage) => ({
      method: 'PATCH',
      path: `/users/${await stage.newUser()}`,
      body: { businessPhones: ['+84 24 5550 0199'], officeLocation: 'Tầng 3' },
    }),
    status: 204,
  },
  {
    id: 'users.resetPassword.passwordProfile',
    basis: 'documented',
    note: 'Sessions end at once, where Microsoft takes some minutes.',
    request: async (stage) => ({
      method: 'PATCH',
      path: `/users/${await stage.newUser()}`,
      body: { passwordProfile: { forceChangePasswordNextSignIn: false, password: 'Doi-Mat-Khau-1' } },
    }),
    status: 204,
  },
  {
    id: 'users.assignLicense',
    basis: 'documented',
    note: 'City, company and plans are not kept and come back empty; the assignment is at once, not after a while.',
    lacks: ['assignedPlans'],
    request: async (stage) => license(await stage.newUser(), stage.skuId),
    status: 200,
    answer: {
      accountEnabled: 'boolean',
      assignedLicenses: [{ disabledPlans: ['string'], skuId: 'string' }],
      assignedPlans: [
        {
          assignedDateTime: 'string',
          capabilityStatus: 'string',
          service: 'string',
          servicePlanId: 'string',
        },
      ],
      businessPhones: ['string'],
      city: 'string|null',
      companyName: 'string|null',
    },
  },
  {
    id: 'users.assignLicense, no usage location',
    basis: 'documented',
    note: 'The documented text; the code is ours.',
    request: async (stage) => {
      const id = await stage.newUser();
      await stage.send({ method: 'PATCH', path: `/users/${id}`, body: { usageLocation: null } });
      return license(id, stage.skuId);
    },
    status: 400,
    answer: errorShape(
      'Request_BadRequest',
      '=License assignment cannot be done for user with invalid usage location.',
    ),
  },
  {
    id: 'users.assignLicense, no GUID',
    basis: 'documented',
    note: 'The documented text; the code is ours.',
    request: () => ({
      method: 'POST',
      path: '/me/assignLicense',
      body: { addLicenses: [{ skuId: 'not-a-guid' }], removeLicenses: [] },
    }),
    status: 400,
    answer: errorShape('Request_BadRequest'),
  },
  {
    id: 'users.revokeSignInSessions',
    basis: 'documented',
    note: 'At once, where Microsoft takes some minutes.',
    request: async (stage) => ({
      method: 'POST',
      path: `/users/${await stage.newUser()}/revokeSignInSessions`,
    }),
    status: 200,
    answer: { '@odata.context': '#Edm.Boolean', value: 'boolean' },
  },
  {
    id: 'users.delete',
    basis: 'documented',
    note: 'Restorable for 30 days of the sandbox clock.',
    request: async (stage) => ({ method: 'DELETE', path: `/users/${await stage.newUser()}` }),
    status: 204,
  },
  {
    id: 'deletedItems.users.list',
    basis: 'own',
    note: 'The page shows a group; a user is expected to look like this.',
    request: async (stage) => {
      await stage.send({ method: 'DELETE', path: `/users/${await stage.newUser()}` });
      return { method: 'GET', path: '/directory/deletedItems/microsoft.graph.user' };
    },
    status: 200,
    answer: {
      '@odata.context': '#users',
      value: [
        { id: 'string', displayName: 'string', userPrincipalName: 'string', deletedDateTime: 'string' },
      ],
    },
  },
  {
    id: 'deletedItems.restore',
    basis: 'own',
    note: 'The page shows a group; a user comes back with groups and roles, and with licences that are still free.',
    request: async (stage) => {
      const id = await stage.newUser();
      await stage.send({ method: 'DELETE', path: `/users/${id}` });
      return { method: 'POST', path: `/directory/deletedItems/${id}/restore`, body: {} };
    },
    status: 200,
    answer: {
      '@odata.context': '#directoryObjects/$entity',
      '@odata.type': '=#microsoft.graph.user',
      ...userShape,
    },
  },
];
