import { type ContractRequest, errorShape, type Operation, type Shape, type Stage } from './operation.ts';

const all = '/tenantRelationships/delegatedAdminRelationships';
const below = 'https://graph.microsoft.com/v1.0/tenantRelationships/$metadata#';
const teams = '69091246-20e8-4a56-aa4d-066075b2a7a8';
const exchange = '29232cdf-9323-42fd-ade2-1d097af3e4de';
const rolesOf = (...ids: string[]) => ({
  unifiedRoles: ids.map((roleDefinitionId) => ({ roleDefinitionId })),
});

let made = 0;
function wanted({ clientId }: Stage): Record<string, unknown> {
  made += 1;
  return {
    displayName: `Contoso admin relationship ${made}`,
    duration: 'P730D',
    customer: { tenantId: clientId, displayName: 'Contoso subsidiary Inc' },
    accessDetails: rolesOf(exchange, teams),
    autoExtendDuration: 'P180D',
  };
}

interface Made {
  path: string;
  etag: string;
}

async function send(stage: Stage, request: ContractRequest): Promise<Made> {
  const { status, body } = await stage.send(request);
  if (status !== 201) throw new Error(`${request.path}: ${JSON.stringify(body)}`);
  const { id, '@odata.etag': etag } = body as { id: string; '@odata.etag': string };
  return { path: `${request.path}/${id}`, etag };
}

const created = (stage: Stage) => send(stage, { method: 'POST', path: all, body: wanted(stage) });

async function active(stage: Stage): Promise<Made> {
  const relationship = await created(stage);
  await stage.send({
    method: 'POST',
    path: `${relationship.path}/requests`,
    body: { action: 'lockForApproval' },
  });
  await stage.approve(relationship.path.split('/').at(-1) ?? '');
  return relationship;
}

async function assigned(stage: Stage): Promise<Made & { relationship: Made }> {
  const relationship = await active(stage);
  return { relationship, ...(await send(stage, assignmentOf(stage, relationship))) };
}

const assignmentOf = ({ groupId }: Stage, { path }: Made): ContractRequest => ({
  method: 'POST',
  path: `${path}/accessAssignments`,
  body: {
    accessContainer: { accessContainerId: groupId, accessContainerType: 'securityGroup' },
    accessDetails: rolesOf(exchange),
  },
});

/** As it is after the first read, which may carry another etag than the answer of the write. */
async function etagOf(stage: Stage, path: string): Promise<string> {
  const list = path.replace(/\/[^/]+$/, '');
  const { body } = await stage.send({ method: 'GET', path: list });
  const { value } = body as { value: { id: string; '@odata.etag': string }[] };
  return value.find(({ id }) => path.endsWith(id))?.['@odata.etag'] ?? '';
}

const access: Shape = { unifiedRoles: [{ roleDefinitionId: 'string' }] };
const relationshipShape = {
  '@odata.type': '=#microsoft.graph.delegatedAdminRelationship',
  '@odata.etag': 'string',
  id: 'string',
  displayName: 'string',
  duration: 'string',
  customer: { tenantId: 'string', displayName: 'string|null' },
  accessDetails: access,
  status: 'string',
  autoExtendDuration: 'string',
  createdDateTime: 'string',
  lastModifiedDateTime: 'string',
  activatedDateTime: 'string|null',
  endDateTime: 'string|null',
} as const satisfies Shape;

const timed = { createdDateTime: 'string', lastModifiedDateTime: 'string' };
const requestShape = {
  '@odata.type': '=#microsoft.graph.delegatedAdminRelationshipRequest',
  id: 'string',
  action: 'string',
  status: 'string',
  ...timed,
} as const satisfies Shape;
const operationShape = {
  '@odata.type': '=#microsoft.graph.delegatedAdminRelationshipOperation',
  '@odata.etag': 'string',
  id: 'string',
  operationType: '=delegatedAdminAccessAssignmentUpdate',
  data: 'string',
  status: 'string',
  ...timed,
} as const satisfies Shape;
const assignmentShape = {
  '@odata.type': '=#microsoft.graph.delegatedAdminAccessAssignment',
  '@odata.etag': 'string',
  id: 'string',
  status: 'string',
  ...timed,
  accessContainer: { accessContainerId: 'string', accessContainerType: '=securityGroup' },
  accessDetails: access,
} as const satisfies Shape;

const listOf = (name: string, item: Shape): Shape => ({
  '@odata.context': `=${below}${name}`,
  value: [item],
});
const context = (name: string) => ({ '@odata.context': `=${below}${name}` });

const relationships: readonly Omit<Operation, 'china'>[] = [
  {
    id: 'gdap.relationships.create',
    basis: 'documented',
    note: 'Empty text for the activation, and an end, as in the example only.',
    request: (stage) => ({ method: 'POST', path: all, body: wanted(stage) }),
    status: 201,
    answer: {
      ...context('delegatedAdminRelationships'),
      ...relationshipShape,
      status: '=created',
      activatedDateTime: '=',
    },
  },
  {
    id: 'gdap.relationships.create, name taken',
    basis: 'own',
    note: 'That names are unique is documented, the refusal is not.',
    request: async (stage) => {
      const body = wanted(stage);
      await stage.send({ method: 'POST', path: all, body });
      return { method: 'POST', path: all, body };
    },
    status: 409,
    answer: errorShape('Conflict'),
  },
  {
    id: 'gdap.relationships.create, too long',
    basis: 'own',
    note: 'P2Y at most is documented, the refusal is not.',
    request: (stage) => ({ method: 'POST', path: all, body: { ...wanted(stage), duration: 'P3Y' } }),
    status: 400,
    answer: errorShape('BadRequest'),
  },
  {
    id: 'gdap.relationships.create, without a right',
    basis: 'documented',
    note: 'Who has the right is ours.',
    request: (stage) => ({ method: 'POST', path: all, body: wanted(stage), by: 'plain' }),
    status: 403,
    answer: errorShape('Authorization_RequestDenied'),
  },
  {
    id: 'gdap.relationships.list',
    basis: 'documented',
    note: 'Only of the caller’s company; no type of indirect resellers.',
    request: () => ({ method: 'GET', path: all }),
    status: 200,
    answer: listOf('delegatedAdminRelationships', relationshipShape),
  },
  {
    id: 'gdap.relationships.list, by status and client',
    basis: 'own',
    note: 'Filters as products in use send them.',
    request: async (stage) => {
      await active(stage);
      const filter = `status eq 'active' and customer/tenantId eq '${stage.clientId}'`;
      return { method: 'GET', path: `${all}?$filter=${encodeURIComponent(filter)}&$top=300` };
    },
    status: 200,
    answer: listOf('delegatedAdminRelationships', { ...relationshipShape, status: '=active' }),
  },
  {
    id: 'gdap.relationships.get',
    basis: 'documented',
    note: 'Active, with the term that began at the activation.',
    request: async (stage) => ({ method: 'GET', path: (await active(stage)).path }),
    status: 200,
    answer: {
      ...context('delegatedAdminRelationships/$entity'),
      ...relationshipShape,
      status: '=active',
      activatedDateTime: 'string',
      endDateTime: 'string',
    },
  },
  {
    id: 'gdap.relationships.get, unknown',
    basis: 'documented',
    note: 'Status as documented; code from practice.',
    request: () => ({ method: 'GET', path: `${all}/${crypto.randomUUID()}-${crypto.randomUUID()}` }),
    status: 404,
    answer: errorShape('Request_ResourceNotFound'),
  },
  {
    id: 'gdap.relationships.update',
    basis: 'documented',
    note: 'Everything while created.',
    request: async (stage) => {
      const { path, etag } = await created(stage);
      const { autoExtendDuration: _, ...body } = wanted(stage);
      return { method: 'PATCH', path, headers: { 'If-Match': etag }, body };
    },
    status: 200,
    answer: { ...context('delegatedAdminRelationships/$entity'), ...relationshipShape },
  },
  {
    id: 'gdap.relationships.update, overtaken',
    basis: 'documented',
    note: 'Status as documented; the code is ours.',
    request: async (stage) => {
      const { path } = await created(stage);
      return { method: 'PATCH', path, headers: { 'If-Match': 'W/"old"' }, body: { duration: 'P31D' } };
    },
    status: 412,
    answer: errorShape('PreconditionFailed'),
  },
  {
    id: 'gdap.relationships.delete',
    basis: 'documented',
    note: 'Only while created.',
    request: async (stage) => {
      const { path, etag } = await created(stage);
      return { method: 'DELETE', path, headers: { 'If-Match': etag } };
    },
    status: 204,
  },
];

const requests: readonly Omit<Operation, 'china'>[] = [
  {
    id: 'gdap.requests.create.lockForApproval',
    basis: 'documented',
    note: 'At once in approvalPending.',
    request: async (stage) => ({
      method: 'POST',
      path: `${(await created(stage)).path}/requests`,
      body: { action: 'lockForApproval' },
    }),
    status: 201,
    answer: { ...context('requests'), ...requestShape, status: '=created' },
  },
  {
    id: 'gdap.requests.create, not now',
    basis: 'own',
    note: 'Only what is active is terminated; the refusal is ours.',
    request: async (stage) => ({
      method: 'POST',
      path: `${(await created(stage)).path}/requests`,
      body: { action: 'terminate' },
    }),
    status: 400,
    answer: errorShape('BadRequest'),
  },
  {
    id: 'gdap.requests.list',
    basis: 'documented',
    note: '"running" as in the example.',
    request: async (stage) => ({ method: 'GET', path: `${(await active(stage)).path}/requests` }),
    status: 200,
    answer: listOf('requests', { ...requestShape, '@odata.etag': 'string' }),
  },
];

const assignments: readonly Omit<Operation, 'china'>[] = [
  {
    id: 'gdap.accessAssignments.create',
    basis: 'documented',
    note: 'Pending first.',
    request: async (stage) => assignmentOf(stage, await active(stage)),
    status: 201,
    answer: { ...context('accessAssignments'), ...assignmentShape, status: '=pending' },
  },
  {
    id: 'gdap.accessAssignments.create, not active',
    basis: 'documented',
    note: 'Sentence as people report it.',
    request: async (stage) => assignmentOf(stage, await created(stage)),
    status: 400,
    answer: errorShape('BadRequest', '=The passed in delegatedAdminRelationshipId is invalid.'),
  },
  {
    id: 'gdap.accessAssignments.list',
    basis: 'documented',
    note: 'Deleted ones stay in it.',
    request: async (stage) => {
      const { relationship } = await assigned(stage);
      return { method: 'GET', path: `${relationship.path}/accessAssignments` };
    },
    status: 200,
    answer: listOf('accessAssignments', assignmentShape),
  },
  {
    id: 'gdap.accessAssignments.update',
    basis: 'documented',
    note: 'An empty object and where to look.',
    request: async (stage) => {
      const { path } = await assigned(stage);
      const headers = { 'If-Match': await etagOf(stage, path) };
      return { method: 'PATCH', path, headers, body: { accessDetails: rolesOf(exchange, teams) } };
    },
    status: 202,
    headers: { 'retry-after': '10' },
    answer: {},
  },
  {
    id: 'gdap.accessAssignments.delete',
    basis: 'documented',
    note: 'Deleting, then deleted.',
    request: async (stage) => {
      const { path } = await assigned(stage);
      return { method: 'DELETE', path, headers: { 'If-Match': await etagOf(stage, path) } };
    },
    status: 204,
  },
  ...['list', 'get'].map((which): Omit<Operation, 'china'> => {
    const request = async (stage: Stage): Promise<ContractRequest> => {
      const { path, relationship } = await assigned(stage);
      const headers = { 'If-Match': await etagOf(stage, path) };
      const body = { accessDetails: rolesOf(exchange, teams) };
      const changed = await stage.send({ method: 'PATCH', path, headers, body });
      const id = changed.headers.get('location')?.split('/').at(-1);
      const list = `${relationship.path}/operations`;
      return { method: 'GET', path: which === 'list' ? list : `${list}/${id}` };
    };
    return {
      id: `gdap.operations.${which}`,
      basis: 'documented',
      note: 'One for each change of an access assignment.',
      request,
      status: 200,
      answer:
        which === 'list'
          ? listOf('operations', operationShape)
          : { ...context('operations/$entity'), ...operationShape },
    };
  }),
];

const customers: readonly Omit<Operation, 'china'>[] = [
  {
    id: 'gdap.customers.list',
    basis: 'documented',
    note: 'Clients that approved once.',
    request: () => ({ method: 'GET', path: '/tenantRelationships/delegatedAdminCustomers' }),
    status: 200,
    answer: listOf('delegatedAdminCustomers', {
      '@odata.type': '=#microsoft.graph.delegatedAdminCustomer',
      '@odata.etag': 'string',
      id: 'string',
      tenantId: 'string',
      displayName: 'string',
    }),
  },
  {
    id: 'gdap.customers.serviceManagementDetails.list',
    basis: 'documented',
    note: 'Three services for everybody.',
    request: async (stage) => {
      await active(stage);
      const path = `/tenantRelationships/delegatedAdminCustomers/${stage.clientId}/serviceManagementDetails`;
      return { method: 'GET', path };
    },
    status: 200,
    answer: {
      '@odata.context': 'string',
      value: [
        {
          '@odata.type': '=#microsoft.graph.delegatedAdminServiceManagementDetail',
          id: 'string',
          serviceManagementUrl: 'string',
          serviceName: 'string',
        },
      ],
    },
  },
];

/** Granular delegated administration, which only one cloud has. */
export const delegationOperations: readonly Operation[] = [
  ...relationships,
  ...requests,
  ...assignments,
  ...customers,
].map((operation) => ({ ...operation, china: false }));
