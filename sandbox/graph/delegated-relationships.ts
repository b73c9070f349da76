import { randomUUID } from 'node:crypto';
import { changed, dayMs, isAlive } from '../delegation/life.ts';
import { dueIn, settingsOf } from '../delegation/times.ts';
import type { SandboxRelationship } from '../delegation-kinds.ts';
import type { Answer } from '../graph-answer.ts';
import { type Call, context } from './call.ts';
import { collection, entity } from './collection.ts';
import { demandRelationshipReader, demandRelationshipWriter } from './delegation-rights.ts';
import { findRelationship, refuseStatus } from './found-relationship.ts';
import { refuse } from './refusal.ts';
import { demandTogether, readRelationship } from './relationship-body.ts';
import { startOperation } from './relationship-operations.ts';
import {
  accessDetails,
  demandMatch,
  etag,
  preciseTime,
  relationshipItem,
  relationshipResource,
} from './relationship-shape.ts';
import { role } from './rights.ts';

const path = '/tenantRelationships/delegatedAdminRelationships';

/** https://learn.microsoft.com/graph/api/tenantrelationship-list-delegatedadminrelationships */
export async function listRelationships(call: Call): Promise<Answer> {
  await demandRelationshipReader(call);
  const all = await call.world.all('relationship', call.caller.tenantId);
  const items = all.map((one) => relationshipItem(call, one)).filter((item) => item !== undefined);
  return collection(call, relationshipResource, items, path);
}

/** https://learn.microsoft.com/graph/api/delegatedadminrelationship-get */
export async function getRelationship(call: Call): Promise<Answer> {
  await demandRelationshipReader(call);
  const { relationship } = await findRelationship(call);
  return entity(call, relationshipResource, relationshipItem(call, relationship) ?? {});
}

/**
 * Answers at once; only after a while can the relationship be read.
 * https://learn.microsoft.com/graph/api/tenantrelationship-post-delegatedadminrelationships
 */
export async function createRelationship(call: Call): Promise<Answer> {
  await demandRelationshipWriter(call);
  const wish = await readRelationship(call);
  const { displayName, duration, days, roles, customer = null, autoExtends = false } = wish;
  if (displayName === undefined) return refuseAbsent('displayName');
  if (duration === undefined || days === undefined) return refuseAbsent('duration');
  if (roles === undefined) return refuseAbsent('accessDetails');
  demandTogether({ roles, autoExtends });
  await demandFreeName(call, displayName);
  const settings = await settingsOf(call);
  const createdAt = call.clock.now();
  const relationship: SandboxRelationship = {
    // The second half is the same for all relationships of a partner.
    id: `${randomUUID()}-${call.caller.tenantId}`,
    displayName,
    duration,
    days,
    customer,
    roles,
    autoExtends,
    createdAt,
    modifiedAt: createdAt,
    version: 1,
    readable: dueIn(call, settings, settings.readableAfterMs),
    isLocked: false,
    isDeclined: false,
    approval: null,
    end: null,
  };
  await call.world.put('relationship', call.caller.tenantId, relationship.id, relationship);
  return {
    status: 201,
    headers: { location: `${call.origin}/v1.0${path}/${relationship.id}` },
    body: firstAnswer(call, relationship),
  };
}

/** Unlike later reads it tells when the term would end, and has an empty text where nothing was activated. */
function firstAnswer(call: Call, relationship: SandboxRelationship): object {
  const { id, displayName, duration, customer, roles, autoExtends, createdAt, days, version } = relationship;
  return {
    '@odata.type': '#microsoft.graph.delegatedAdminRelationship',
    '@odata.context': context(call, relationshipResource.set, relationshipResource.below),
    '@odata.etag': etag(id, version, 'created'),
    id,
    displayName,
    duration,
    customer,
    accessDetails: accessDetails(roles),
    status: 'created',
    autoExtendDuration: autoExtends ? 'P180D' : 'PT0S',
    createdDateTime: preciseTime(createdAt),
    lastModifiedDateTime: preciseTime(createdAt),
    activatedDateTime: '',
    endDateTime: preciseTime(createdAt + days * dayMs),
  };
}

/**
 * Everything while `created`; while `active` only the extension, or the removal of Global Administrator, which takes
 * a while. https://learn.microsoft.com/graph/api/delegatedadminrelationship-update
 */
export async function updateRelationship(call: Call): Promise<Answer> {
  await demandRelationshipWriter(call);
  const { relationship, status, etag: current } = await findRelationship(call);
  demandMatch(call, current);
  const wish = await readRelationship(call);
  const wanted = { ...relationship, ...wish };
  demandTogether(wanted);
  const names = Object.keys(wish);
  const isDemotion = status === 'active' && names.join() === 'roles';
  const isExtension = status === 'active' && names.join() === 'autoExtends';
  if (status !== 'created' && !isDemotion && !isExtension) refuseStatus(status);
  if (isDemotion && !isWithoutGlobal(relationship.roles, wanted.roles)) refuseStatus(status);
  if (wanted.displayName !== relationship.displayName) await demandFreeName(call, wanted.displayName);
  const written = changed(call, relationship, wish);
  await call.world.put('relationship', call.caller.tenantId, relationship.id, written);
  if (!isDemotion) return getRelationship(call);
  const data = { id: relationship.id, accessDetails: accessDetails(wanted.roles), status };
  return startOperation(call, 'delegatedAdminRelationshipUpdate', data);
}

/** Only one that nobody was asked to approve. https://learn.microsoft.com/graph/api/delegatedadminrelationship-delete */
export async function deleteRelationship(call: Call): Promise<Answer> {
  await demandRelationshipWriter(call);
  const { relationship, status, etag: current } = await findRelationship(call);
  demandMatch(call, current);
  if (status !== 'created') refuseStatus(status);
  await call.world.remove('relationship', call.caller.tenantId, relationship.id);
  return { status: 204 };
}

/** Unique among all relationships of the partner that are not gone, ended ones included; the refusal is ours. */
async function demandFreeName(call: Call, displayName: string): Promise<void> {
  const all = await call.world.all('relationship', call.caller.tenantId);
  const wanted = displayName.toLowerCase();
  const isTaken = all.some((one) => one.displayName.toLowerCase() === wanted && isAlive(call, one));
  if (isTaken) refuse(409, 'Conflict', 'A relationship with the same display name exists already.');
}

function isWithoutGlobal(before: readonly string[], after: readonly string[]): boolean {
  const rest = before.filter((id) => id !== role.global);
  return rest.length < before.length && rest.toSorted().join() === after.toSorted().join();
}

function refuseAbsent(property: string): never {
  refuse(400, 'BadRequest', `The property '${property}' is required.`);
}
