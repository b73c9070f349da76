import { randomUUID } from 'node:crypto';
import { dueIn, isPast, settingsOf } from '../delegation/times.ts';
import type { SandboxRelationshipOperation } from '../delegation-kinds.ts';
import type { Answer } from '../graph-answer.ts';
import { type Call, param } from './call.ts';
import { collection, entity, type Resource } from './collection.ts';
import { demandRelationshipReader } from './delegation-rights.ts';
import type { Item } from './filter.ts';
import { findRelationship } from './found-relationship.ts';
import { refuseAsMissing } from './refusal.ts';
import { etag, preciseTime } from './relationship-shape.ts';

const properties = [
  'id',
  'operationType',
  'data',
  'status',
  'createdDateTime',
  'lastModifiedDateTime',
] as const;

const operationResource: Resource = {
  set: 'operations',
  below: 'tenantRelationships/',
  type: 'DelegatedAdminRelationshipOperation',
  properties,
  defaults: properties,
  strings: ['id', 'operationType', 'status'],
  booleans: [],
  endsWith: [],
  searchable: [],
  orderable: [],
  options: ['$filter', '$top', '$skiptoken'],
  mostPerPage: 300,
};

async function operationsOf(call: Call): Promise<SandboxRelationshipOperation[]> {
  const { relationship } = await findRelationship(call);
  const all = await call.world.all('relationshipOperation', call.caller.tenantId);
  return all.filter(({ relationshipId }) => relationshipId === relationship.id);
}

function operationItem(call: Call, operation: SandboxRelationshipOperation): Item {
  const { id, operationType, data, createdAt, done } = operation;
  const status = isPast(call, done) ? 'succeeded' : 'running';
  return {
    '@odata.type': '#microsoft.graph.delegatedAdminRelationshipOperation',
    '@odata.etag': etag(id, status),
    id,
    operationType,
    data,
    status,
    createdDateTime: preciseTime(createdAt),
    lastModifiedDateTime: preciseTime(createdAt),
  };
}

/** https://learn.microsoft.com/graph/api/delegatedadminrelationship-list-operations */
export async function listOperations(call: Call): Promise<Answer> {
  await demandRelationshipReader(call);
  const items = (await operationsOf(call)).map((one) => operationItem(call, one));
  return collection(call, operationResource, items, call.path);
}

/** https://learn.microsoft.com/graph/api/delegatedadminrelationshipoperation-get */
export async function getOperation(call: Call): Promise<Answer> {
  await demandRelationshipReader(call);
  const id = param(call, 'operation');
  const found = (await operationsOf(call)).find((one) => one.id === id.toLowerCase());
  return entity(call, operationResource, operationItem(call, found ?? refuseAsMissing(id)));
}

/** Notes a change that takes a while; the answer leads to where one can see how far it is. */
export async function startOperation(
  call: Call,
  operationType: SandboxRelationshipOperation['operationType'],
  data: object,
): Promise<Answer> {
  const settings = await settingsOf(call);
  const { relationship } = await findRelationship(call);
  const operation: SandboxRelationshipOperation = {
    id: randomUUID(),
    relationshipId: relationship.id,
    operationType,
    data: JSON.stringify(data),
    createdAt: call.clock.now(),
    done: dueIn(call, settings, settings.assignedAfterMs),
  };
  await call.world.put('relationshipOperation', call.caller.tenantId, operation.id, operation);
  const path = `/tenantRelationships/delegatedAdminRelationships/${relationship.id}/operations/${operation.id}`;
  return {
    status: 202,
    headers: { location: `${call.origin}/v1.0${path}`, 'retry-after': '10' },
    body: {},
  };
}
