import { type ErrorCode, PartnerError } from '../../partner/errors.ts';
import type { NewRelationship, Relationship } from '../../partner/relationships.ts';
import {
  type RelationshipsOf,
  readRelationship,
  relationshipByName,
  relationshipPath,
  relationshipShape,
  relationshipsPath,
} from './relationship-reads.ts';

/** What a relationship grows by when it extends itself; Microsoft knows no other length. */
const autoExtendDuration = (on: boolean) => (on ? 'P180D' : 'PT0S');

/**
 * Throws `relationship-name-taken`, or `relationship-refused` for roles, durations and tenants that Microsoft does
 * not take. What was created may be unreadable for some seconds.
 * https://learn.microsoft.com/graph/api/tenantrelationship-post-delegatedadminrelationships
 */
export async function createRelationship(
  from: RelationshipsOf,
  wanted: NewRelationship,
): Promise<Relationship> {
  const body = {
    displayName: wanted.name,
    duration: `P${wanted.durationDays}D`,
    customer: { tenantId: wanted.clientTenantId },
    accessDetails: accessDetails(wanted.roles),
    autoExtendDuration: autoExtendDuration(wanted.autoExtend),
  };
  try {
    return await from.graph.write({ method: 'POST', path: relationshipsPath, body }, relationshipShape);
  } catch (error) {
    if (!isRefused(error)) throw error;
    // No page says in which words a name is refused, so the name itself is looked up.
    const taken = statusOf(error) === 409 || (await relationshipByName(from, wanted.name)) !== undefined;
    throw refusal(error, taken ? 'relationship-name-taken' : 'relationship-refused');
  }
}

/**
 * Asks the client to approve: nothing of the relationship can be changed from then on.
 * https://learn.microsoft.com/graph/api/delegatedadminrelationship-post-requests
 */
export async function lockForApproval(from: RelationshipsOf, id: string): Promise<void> {
  const isLocked = (found: Relationship | undefined) => found !== undefined && found.status !== 'created';
  await request(from, id, 'lockForApproval', isLocked);
}

/** Nothing is left to be ended in these. */
const ended = ['terminationRequested', 'terminating', 'terminated', 'expired'];

/**
 * Ends an active relationship, within minutes; one that is gone or ending counts as ended.
 * https://learn.microsoft.com/graph/api/delegatedadminrelationship-post-requests
 */
export async function terminate(from: RelationshipsOf, id: string): Promise<void> {
  await request(from, id, 'terminate', (found) => found === undefined || ended.includes(found.status));
}

/** Deletes what no client was asked for yet. https://learn.microsoft.com/graph/api/delegatedadminrelationship-delete */
export async function removeRelationship(from: RelationshipsOf, id: string): Promise<void> {
  await overEtag(async () => {
    const found = await readRelationship(from, id);
    if (found === undefined) return;
    const headers = { 'If-Match': found.etag };
    await from.graph
      .tell({ method: 'DELETE', path: relationshipPath(id), headers })
      .catch((error: unknown) => {
        if (!(error instanceof PartnerError) || error.code !== 'not-found') throw error;
      });
  });
}

/**
 * Whether the relationship extends itself; as it is already is success. Refused with Global Administrator among
 * the roles. https://learn.microsoft.com/graph/api/delegatedadminrelationship-update
 */
export async function setAutoExtend(from: RelationshipsOf, id: string, on: boolean): Promise<void> {
  await overEtag(async () => {
    const found = await readRelationship(from, id);
    if (found === undefined) throw new PartnerError('not-found');
    if (found.autoExtend === on) return;
    const headers = { 'If-Match': found.etag };
    const body = { autoExtendDuration: autoExtendDuration(on) };
    await from.graph.tell({ method: 'PATCH', path: relationshipPath(id), headers, body });
  });
}

/** Roles as Microsoft wants them written. */
export function accessDetails(roles: readonly string[]): object {
  return { unifiedRoles: roles.map((roleDefinitionId) => ({ roleDefinitionId })) };
}

/** Refused before anything was done, and not for want of a sign-in, of a right or of the thing itself. */
export function isRefused(error: unknown): error is PartnerError {
  const status = error instanceof PartnerError ? statusOf(error) : 0;
  return [400, 405, 409, 412, 422].includes(status);
}

/** The refusal in our words, with Microsoft's id of the call. */
export function refusal(error: PartnerError, code: ErrorCode): PartnerError {
  const { details, requestId } = error;
  return new PartnerError(code, { details, requestId, cause: error });
}

/** Microsoft refuses what was asked before, in words that vary: the relationship tells whether that is so. */
async function request(
  from: RelationshipsOf,
  id: string,
  action: 'lockForApproval' | 'terminate',
  isDone: (found: Relationship | undefined) => boolean,
): Promise<void> {
  try {
    await from.graph.tell({ method: 'POST', path: relationshipPath(id, 'requests'), body: { action } });
  } catch (error) {
    const isGone = error instanceof PartnerError && error.code === 'not-found';
    if (!isGone && !isRefused(error)) throw error;
    if (isDone(await readRelationship(from, id))) return;
    throw isGone ? error : refusal(error, 'relationship-refused');
  }
}

/** A change of what was read just before; somebody else may come first once, not twice. */
async function overEtag(change: () => Promise<void>): Promise<void> {
  try {
    await change().catch((error: unknown) => {
      if (!isStale(error)) throw error;
      return change();
    });
  } catch (error) {
    throw isRefused(error) && !isStale(error) ? refusal(error, 'relationship-refused') : error;
  }
}

const isStale = (error: unknown) => error instanceof PartnerError && error.code === 'changed-meanwhile';

const statusOf = ({ details }: PartnerError) => Number(details['status']);
