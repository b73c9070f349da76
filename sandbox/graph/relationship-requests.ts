import { randomUUID } from 'node:crypto';
import { ended } from '../delegation/deeds.ts';
import { changed } from '../delegation/life.ts';
import type { SandboxRelationshipRequest } from '../delegation-kinds.ts';
import type { Answer } from '../graph-answer.ts';
import { bodyOf, type Call, context } from './call.ts';
import { collection, type Resource } from './collection.ts';
import { demandRelationshipReader, demandRelationshipWriter } from './delegation-rights.ts';
import type { Item } from './filter.ts';
import { type FoundRelationship, findRelationship, refuseStatus } from './found-relationship.ts';
import { refuse } from './refusal.ts';
import { demandMatch, etag, preciseTime } from './relationship-shape.ts';

const properties = ['id', 'action', 'status', 'createdDateTime', 'lastModifiedDateTime'] as const;

const requestResource: Resource = {
  set: 'requests',
  below: 'tenantRelationships/',
  type: 'DelegatedAdminRelationshipRequest',
  properties,
  defaults: properties,
  strings: ['id', 'action', 'status'],
  booleans: [],
  endsWith: [],
  searchable: [],
  orderable: [],
  options: ['$filter', '$top', '$skiptoken'],
};

/** https://learn.microsoft.com/graph/api/delegatedadminrelationship-list-requests */
export async function listRequests(call: Call): Promise<Answer> {
  await demandRelationshipReader(call);
  const found = await findRelationship(call);
  const all = await call.world.all('relationshipRequest', call.caller.tenantId);
  const items = all
    .filter(({ relationshipId }) => relationshipId === found.relationship.id)
    .map((one) => requestItem(one, found));
  return collection(call, requestResource, items, call.path);
}

/** "running" is in Microsoft's own example, and not in its list of statuses. */
function requestItem(
  { id, action, createdAt }: SandboxRelationshipRequest,
  { status: of }: FoundRelationship,
): Item {
  const isRunning = action === 'terminate' && of !== 'terminated';
  const status = isRunning ? 'running' : 'succeeded';
  return {
    '@odata.type': '#microsoft.graph.delegatedAdminRelationshipRequest',
    '@odata.etag': etag(id, status),
    id,
    action,
    status,
    createdDateTime: preciseTime(createdAt),
    lastModifiedDateTime: preciseTime(createdAt),
  };
}

/**
 * Asks the client (`lockForApproval`), or ends what is active (`terminate`). If-Match is not asked for, and heeded
 * where it is sent. https://learn.microsoft.com/graph/api/delegatedadminrelationship-post-requests
 */
export async function createRequest(call: Call): Promise<Answer> {
  await demandRelationshipWriter(call);
  const { relationship, status, etag: current } = await findRelationship(call);
  if (call.headers['if-match'] !== undefined) demandMatch(call, current);
  const { action } = bodyOf(call);
  if (action !== 'lockForApproval' && action !== 'terminate')
    return refuse(400, 'BadRequest', "The value of the property 'action' is invalid.");
  if (status !== (action === 'terminate' ? 'active' : 'created')) refuseStatus(status);
  const { tenantId } = call.caller;
  const written =
    action === 'terminate'
      ? await ended(call, relationship, 'partner')
      : changed(call, relationship, { isLocked: true });
  const createdAt = call.clock.now();
  const request = { id: randomUUID(), relationshipId: relationship.id, action, createdAt } as const;
  await call.world.put('relationshipRequest', tenantId, request.id, request);
  await call.world.put('relationship', tenantId, relationship.id, written);
  const path = `/tenantRelationships/delegatedAdminRelationships/${relationship.id}/requests/${request.id}`;
  return {
    status: 201,
    headers: { location: `${call.origin}/v1.0${path}` },
    body: {
      '@odata.type': '#microsoft.graph.delegatedAdminRelationshipRequest',
      '@odata.context': context(call, requestResource.set, requestResource.below),
      id: request.id,
      action,
      status: 'created',
      createdDateTime: preciseTime(createdAt),
      lastModifiedDateTime: preciseTime(createdAt),
    },
  };
}
