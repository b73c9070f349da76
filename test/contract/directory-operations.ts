import { errorShape, eventual, type Operation, type Shape, type Stage, userShape } from './operation.ts';

const groupShape = {
  id: 'string',
  deletedDateTime: 'string|null',
  classification: 'string|null',
  createdDateTime: 'string',
  description: 'string|null',
  displayName: 'string',
  groupTypes: ['string'],
  mail: 'string|null',
  mailEnabled: 'boolean',
  mailNickname: 'string',
  securityEnabled: 'boolean',
  visibility: 'string|null',
} as const satisfies Shape;

const organizationShape: Shape = {
  id: 'string',
  deletedDateTime: 'string|null',
  businessPhones: ['string'],
  city: 'string|null',
  country: 'string|null',
  countryLetterCode: 'string',
  createdDateTime: 'string',
  displayName: 'string',
  isMultipleDataLocationsForServicesEnabled: 'boolean|null',
  marketingNotificationEmails: ['string'],
  onPremisesLastSyncDateTime: 'string|null',
  onPremisesSyncEnabled: 'boolean|null',
  postalCode: 'string|null',
  preferredLanguage: 'string',
  securityComplianceNotificationMails: ['string'],
  securityComplianceNotificationPhones: ['string'],
  state: 'string|null',
  street: 'string|null',
  technicalNotificationMails: ['string'],
  tenantType: '=AAD',
  directorySizeQuota: { used: 'number', total: 'number' },
  assignedPlans: [{ service: 'string' }],
  privacyProfile: { contactEmail: 'string', statementUrl: 'string' },
  provisionedPlans: [{ service: 'string' }],
  verifiedDomains: [
    { capabilities: 'string', isDefault: 'boolean', isInitial: 'boolean', name: 'string', type: 'string' },
  ],
};

const assignmentShape = {
  id: 'string',
  principalId: 'string',
  resourceScope: '=/',
  directoryScopeId: '=/',
  roleDefinitionId: 'string',
} as const satisfies Shape;

const definitionShape = {
  id: 'string',
  description: 'string',
  displayName: 'string',
  isBuiltIn: 'boolean',
  isEnabled: 'boolean',
  templateId: 'string',
  version: 'string',
  rolePermissions: [{ allowedResourceActions: ['string'], condition: 'string|null' }],
  inheritsPermissionsFrom: [{ id: 'string' }],
} as const satisfies Shape;

const reportsReader = '4a5d8f65-41da-4de4-8968-e035b65339cf';
const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';
const roles = '/roleManagement/directory';

function grant(principalId: string) {
  const roleDefinitionId = reportsReader;
  const body = {
    '@odata.type': '#microsoft.graph.unifiedRoleAssignment',
    roleDefinitionId,
    principalId,
    directoryScopeId: '/',
  };
  return { method: 'POST', path: `${roles}/roleAssignments`, body };
}

async function granted(stage: Stage): Promise<{ userId: string; assignmentId: string }> {
  const userId = await stage.newUser();
  const { body } = await stage.send(grant(userId));
  return { userId, assignmentId: (body as { id: string }).id };
}

function join(stage: Stage, userId: string) {
  const body = { '@odata.id': `${stage.origin}/v1.0/directoryObjects/${userId}` };
  return { method: 'POST', path: `/groups/${stage.groupId}/members/$ref`, body };
}

/** A user who is in the group and holds a role. */
async function member(stage: Stage): Promise<string> {
  const { userId } = await granted(stage);
  await stage.send(join(stage, userId));
  return userId;
}

const relations = ['memberOf', 'transitiveMemberOf'].flatMap((relation): Operation[] => {
  const isDirect = relation === 'memberOf';
  const basis = isDirect ? 'documented' : 'own';
  const same = 'The page shows it for memberOf only.';
  return [
    {
      id: `users.${relation}`,
      basis: 'documented',
      note: isDirect
        ? 'Groups and directory roles with their types.'
        : 'The same as memberOf: the sandbox has no groups in groups.',
      request: async (stage) => ({ method: 'GET', path: `/users/${await member(stage)}/${relation}` }),
      status: 200,
      answer: {
        '@odata.context': '#directoryObjects',
        value: [{ '@odata.type': 'string', displayName: 'string' }],
      },
    },
    {
      id: `users.${relation}, number`,
      basis,
      note: isDirect ? 'A bare number as text.' : same,
      request: async (stage) => ({
        method: 'GET',
        path: `/users/${await member(stage)}/${relation}/$count`,
        headers: eventual,
      }),
      status: 200,
      headers: { 'content-type': 'text/plain' },
      answer: 'number',
    },
    {
      id: `users.${relation}, groups`,
      basis,
      note: isDirect ? 'Searched, counted and selected in one, as in the example.' : same,
      request: async (stage) => ({
        method: 'GET',
        path: `/users/${await member(stage)}/${relation}/microsoft.graph.group?$count=true&$orderby=displayName&$search="displayName:sales"&$select=displayName,id`,
        headers: eventual,
      }),
      status: 200,
      answer: {
        '@odata.context': '#groups(displayName,id)',
        '@odata.count': 'number',
        value: [{ displayName: 'string', id: 'string' }],
      },
    },
    {
      id: `users.${relation}, number of groups`,
      basis,
      note: isDirect ? 'A bare number as text.' : same,
      request: async (stage) => ({
        method: 'GET',
        path: `/users/${await member(stage)}/${relation}/microsoft.graph.group/$count`,
        headers: eventual,
      }),
      status: 200,
      headers: { 'content-type': 'text/plain' },
      answer: 'number',
    },
    {
      id: `users.${relation}, directory roles`,
      basis: 'own',
      note: 'The page names the cast without an example; the shape is that of a role inside a batch example.',
      request: async (stage) => ({
        method: 'GET',
        path: `/users/${await member(stage)}/${relation}/microsoft.graph.directoryRole`,
      }),
      status: 200,
      answer: {
        '@odata.context': '#directoryRoles',
        value: [
          {
            id: 'string',
            deletedDateTime: 'string|null',
            description: 'string',
            displayName: 'string',
            roleTemplateId: 'string',
          },
        ],
      },
    },
  ];
});

const contractShape = {
  contractType: 'string',
  customerId: 'string',
  defaultDomainName: 'string',
  displayName: 'string',
  id: 'string',
} as const satisfies Shape;

/** One long table: company, domains, licences, roles, groups and batches. */
export const directoryOperations: readonly Operation[] = [
  {
    id: 'organization.list',
    basis: 'documented',
    note: 'A collection of exactly one; plans are not kept and come back empty.',
    lacks: ['assignedPlans', 'provisionedPlans'],
    request: () => ({ method: 'GET', path: '/organization' }),
    status: 200,
    answer: { '@odata.context': '#organization', value: [organizationShape] },
  },
  {
    id: 'organization.get',
    basis: 'documented',
    note: 'Of the own company only; plans are not kept and come back empty.',
    lacks: ['assignedPlans', 'provisionedPlans'],
    request: (stage) => ({ method: 'GET', path: `/organization/${stage.tenantId}` }),
    status: 200,
    answer: { '@odata.context': '#organization/$entity', ...organizationShape },
  },
  {
    id: 'organization.update',
    basis: 'documented',
    note: 'The five properties that can be written.',
    request: (stage) => ({
      method: 'PATCH',
      path: `/organization/${stage.tenantId}`,
      body: {
        marketingNotificationEmails: [`tin@${stage.domain}`],
        privacyProfile: {
          contactEmail: `rieng-tu@${stage.domain}`,
          statementUrl: 'https://contoso.example/rieng-tu',
        },
        securityComplianceNotificationMails: [`an-ninh@${stage.domain}`],
        securityComplianceNotificationPhones: ['+84 24 5550 0111'],
        technicalNotificationMails: [`ky-thuat@${stage.domain}`],
      },
    }),
    status: 204,
  },
  {
    id: 'organization.update, name',
    basis: 'own',
    note: 'The page says that the name cannot be written, not how it is refused.',
    request: (stage) => ({
      method: 'PATCH',
      path: `/organization/${stage.tenantId}`,
      body: { displayName: 'Khác' },
    }),
    status: 400,
    answer: errorShape('Request_BadRequest'),
  },
  {
    id: 'domains.list',
    basis: 'documented',
    note: 'availabilityStatus is always null, as Microsoft gives it outside of verification.',
    request: () => ({ method: 'GET', path: '/domains' }),
    status: 200,
    answer: {
      value: [
        {
          authenticationType: 'string',
          availabilityStatus: 'string|null',
          isAdminManaged: 'boolean',
          isDefault: 'boolean',
          isInitial: 'boolean',
          isRoot: 'boolean',
          id: 'string',
          supportedServices: ['string'],
        },
      ],
    },
  },
  {
    id: 'directory.subscriptions.list',
    basis: 'documented',
    note: 'A company owns what it bought itself, so owners are null; renewals follow the sandbox clock.',
    request: () => ({ method: 'GET', path: '/directory/subscriptions' }),
    status: 200,
    answer: {
      '@odata.context': '#directory/subscriptions',
      value: [
        {
          createdDateTime: 'string',
          commerceSubscriptionId: 'string',
          id: 'string',
          isTrial: 'boolean',
          nextLifecycleDateTime: 'string|null',
          serviceStatus: [
            {
              appliesTo: 'string',
              provisioningStatus: 'string',
              servicePlanId: 'string',
              servicePlanName: 'string',
            },
          ],
          skuId: 'string',
          skuPartNumber: 'string',
          status: 'string',
          totalLicenses: 'number',
          ownerId: 'string|null',
          ownerTenantId: 'string|null',
          ownerType: 'string',
        },
      ],
    },
  },
  {
    id: 'contracts.list',
    basis: 'documented',
    note: 'One per client; the names are those of the day on which the relationship began.',
    request: () => ({ method: 'GET', path: '/contracts' }),
    status: 200,
    answer: {
      '@odata.context': '#contracts',
      value: [contractShape],
    },
  },
  {
    id: 'contracts.get',
    basis: 'documented',
    note: 'By its own id, not that of the client.',
    request: async (stage) => {
      const { body } = await stage.send({ method: 'GET', path: '/contracts' });
      const [first] = (body as { value: { id: string }[] }).value;
      return { method: 'GET', path: `/contracts/${first?.id}` };
    },
    status: 200,
    answer: { '@odata.context': '#contracts/$entity', ...contractShape },
  },
  {
    id: 'subscribedSkus.list',
    basis: 'documented',
    note: 'consumedUnits counts the users; a product has one plan, itself.',
    request: () => ({ method: 'GET', path: '/subscribedSkus' }),
    status: 200,
    answer: {
      '@odata.context': '#subscribedSkus',
      value: [
        {
          capabilityStatus: 'string',
          consumedUnits: 'number',
          id: 'string',
          prepaidUnits: { enabled: 'number', suspended: 'number', warning: 'number' },
          servicePlans: [
            {
              servicePlanId: 'string',
              servicePlanName: 'string',
              provisioningStatus: 'string',
              appliesTo: 'string',
            },
          ],
          skuId: 'string',
          skuPartNumber: 'string',
          appliesTo: 'string',
        },
      ],
    },
  },
  ...relations,
  {
    id: 'roleDefinitions.list',
    basis: 'documented',
    note: 'The built-in roles with our own descriptions; the actions of a role are left empty.',
    request: () => ({ method: 'GET', path: `${roles}/roleDefinitions` }),
    status: 200,
    answer: { '@odata.context': '#roleManagement/directory/roleDefinitions', value: [definitionShape] },
  },
  {
    id: 'roleDefinitions.get',
    basis: 'own',
    note: 'Written after the list.',
    request: () => ({ method: 'GET', path: `${roles}/roleDefinitions/${reportsReader}` }),
    status: 200,
    answer: { '@odata.context': '#roleManagement/directory/roleDefinitions/$entity', ...definitionShape },
  },
  {
    id: 'roleAssignments.list, by role',
    basis: 'documented',
    note: 'With the person behind each; imAddresses is not kept and comes back empty.',
    request: () => ({
      method: 'GET',
      path: `${roles}/roleAssignments?$filter=roleDefinitionId eq '${globalAdministrator}'&$expand=principal`,
    }),
    status: 200,
    answer: {
      '@odata.context': '#roleManagement/directory/roleAssignments(principal())',
      value: [
        {
          ...assignmentShape,
          principal: {
            '@odata.type': '=#microsoft.graph.user',
            id: 'string',
            accountEnabled: 'boolean',
            displayName: 'string',
            imAddresses: ['string'],
            mail: 'string|null',
            mailNickname: 'string',
            userType: 'string',
          },
        },
      ],
    },
  },
  {
    id: 'roleAssignments.list, by person',
    basis: 'documented',
    note: 'Scopes other than the whole company are not modelled.',
    request: async (stage) => {
      const { userId } = await granted(stage);
      return { method: 'GET', path: `${roles}/roleAssignments?$filter=principalId eq '${userId}'` };
    },
    status: 200,
    answer: { '@odata.context': '#roleManagement/directory/roleAssignments', value: [assignmentShape] },
  },
  {
    id: 'roleAssignments.get',
    basis: 'own',
    note: 'Written after the list.',
    request: async (stage) => ({
      method: 'GET',
      path: `${roles}/roleAssignments/${(await granted(stage)).assignmentId}`,
    }),
    status: 200,
    answer: { '@odata.context': '#roleManagement/directory/roleAssignments/$entity', ...assignmentShape },
  },
  {
    id: 'roleAssignments.create',
    basis: 'documented',
    note: 'By a Privileged Role or Global Administrator.',
    request: async (stage) => grant(await stage.newUser()),
    status: 201,
    answer: {
      '@odata.context': '#roleManagement/directory/roleAssignments/$entity',
      id: 'string',
      roleDefinitionId: 'string',
      principalId: 'string',
      directoryScopeId: '=/',
    },
  },
  {
    id: 'roleAssignments.create, held already',
    basis: 'own',
    note: 'The text is known from practice; details are ours.',
    request: async (stage) => grant((await granted(stage)).userId),
    status: 400,
    answer: errorShape(
      'Request_BadRequest',
      '=A conflicting object with one or more of the specified property values is present in the directory.',
    ),
  },
  {
    id: 'roleAssignments.delete',
    basis: 'documented',
    note: 'By a Privileged Role or Global Administrator.',
    request: async (stage) => ({
      method: 'DELETE',
      path: `${roles}/roleAssignments/${(await granted(stage)).assignmentId}`,
    }),
    status: 204,
  },
  {
    id: 'groups.list',
    basis: 'documented',
    note: 'Security groups without description and mail; the date is that of the company.',
    request: () => ({ method: 'GET', path: '/groups' }),
    status: 200,
    answer: { '@odata.context': '#groups', value: [groupShape] },
  },
  {
    id: 'groups.get',
    basis: 'own',
    note: 'Written after the list.',
    request: (stage) => ({ method: 'GET', path: `/groups/${stage.groupId}` }),
    status: 200,
    answer: { '@odata.context': '#groups/$entity', ...groupShape },
  },
  {
    id: 'groups.members.list',
    basis: 'documented',
    note: 'People only: the sandbox has no groups in groups.',
    request: async (stage) => {
      await member(stage);
      return { method: 'GET', path: `/groups/${stage.groupId}/members` };
    },
    status: 200,
    answer: { '@odata.context': '#directoryObjects', value: [{ id: 'string', mail: 'string|null' }] },
  },
  {
    id: 'groups.members.list, people',
    basis: 'own',
    note: 'The cast is written after memberOf.',
    request: async (stage) => {
      await member(stage);
      return { method: 'GET', path: `/groups/${stage.groupId}/members/microsoft.graph.user` };
    },
    status: 200,
    answer: { '@odata.context': '#users', value: [userShape] },
  },
  {
    id: 'groups.members.list, number',
    basis: 'own',
    note: 'Written after memberOf.',
    request: (stage) => ({
      method: 'GET',
      path: `/groups/${stage.groupId}/members/$count`,
      headers: eventual,
    }),
    status: 200,
    headers: { 'content-type': 'text/plain' },
    answer: 'number',
  },
  {
    id: 'groups.members.add',
    basis: 'documented',
    note: 'For AdminAgents the sandbox asks for a Global or Privileged Role Administrator, a rule of its own.',
    request: async (stage) => join(stage, await stage.newUser()),
    status: 204,
  },
  {
    id: 'groups.members.add, member already',
    basis: 'documented',
    note: 'The documented text; the code is ours.',
    request: async (stage) => join(stage, await member(stage)),
    status: 400,
    answer: errorShape(
      'Request_BadRequest',
      "=One or more added object references already exist for the following modified properties: 'members'.",
    ),
  },
  {
    id: 'groups.members.add, nobody',
    basis: 'documented',
    note: '404 is documented, its code is known from practice.',
    request: (stage) => join(stage, stage.tenantId),
    status: 404,
    answer: errorShape('Request_ResourceNotFound'),
  },
  {
    id: 'groups.members.remove',
    basis: 'documented',
    note: 'With /$ref: the membership ends.',
    request: async (stage) => ({
      method: 'DELETE',
      path: `/groups/${stage.groupId}/members/${await member(stage)}/$ref`,
    }),
    status: 204,
  },
  {
    id: 'groups.members.remove, without $ref',
    basis: 'own',
    note: 'The page warns that this deletes the user, without an example; the sandbox does delete it.',
    request: async (stage) => ({
      method: 'DELETE',
      path: `/groups/${stage.groupId}/members/${await member(stage)}`,
    }),
    status: 204,
  },
  {
    id: 'batch',
    basis: 'documented',
    note: 'Answers come in the order of the requests; only headers of the body are given per answer.',
    request: () => ({
      method: 'POST',
      path: '/$batch',
      headers: { Accept: 'application/json' },
      body: {
        requests: [
          { id: '1', method: 'GET', url: '/me/memberOf' },
          { id: '2', method: 'GET', url: 'users?$select=id&$search="displayName:h"', headers: eventual },
          { id: '3', method: 'GET', url: '/me/planner/tasks' },
        ],
      },
    }),
    status: 200,
    answer: { responses: [{ id: 'string', status: 'number', headers: {}, body: {} }] },
  },
  {
    id: 'batch, an id twice',
    basis: 'documented',
    note: 'The whole batch is refused; the text is ours.',
    request: () => {
      const one = { id: '1', method: 'GET', url: '/me' };
      return { method: 'POST', path: '/$batch', body: { requests: [one, one] } };
    },
    status: 400,
    answer: errorShape('BadRequest'),
  },
  {
    id: 'any, unknown segment',
    basis: 'own',
    note: 'Code and text are known from practice.',
    request: () => ({ method: 'GET', path: '/tenantRelationships' }),
    status: 400,
    answer: errorShape('BadRequest', "=Resource not found for the segment 'tenantRelationships'."),
  },
  {
    id: 'any, wrong method',
    basis: 'documented',
    note: 'As a part of the batch example shows it.',
    request: () => ({ method: 'PUT', path: '/users' }),
    status: 405,
    answer: errorShape('Request_BadRequest', '=Specified HTTP method is not allowed for the request target.'),
  },
];
