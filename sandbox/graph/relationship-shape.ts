import { createHash } from 'node:crypto';
import { endOf, statusOf } from '../delegation/life.ts';
import type { SandboxRelationship } from '../delegation-kinds.ts';
import type { Call } from './call.ts';
import type { Resource } from './collection.ts';
import type { Item } from './filter.ts';
import { refuse } from './refusal.ts';

const properties = [
  'id',
  'displayName',
  'duration',
  'customer',
  'accessDetails',
  'status',
  'autoExtendDuration',
  'createdDateTime',
  'lastModifiedDateTime',
  'activatedDateTime',
  'endDateTime',
] as const;

const largestPage = 300;

export const relationshipResource: Resource = {
  set: 'delegatedAdminRelationships',
  below: 'tenantRelationships/',
  type: 'DelegatedAdminRelationship',
  properties,
  defaults: properties,
  strings: ['id', 'displayName', 'status', 'customer/tenantId'],
  booleans: [],
  endsWith: [],
  searchable: [],
  orderable: ['displayName', 'createdDateTime'],
  options: ['$filter', '$orderby', '$top', '$skiptoken'],
  mostPerPage: largestPage,
};

const knownStatuses = [
  'activating',
  'active',
  'approvalPending',
  'approved',
  'created',
  'expired',
  'expiring',
  'terminated',
  'terminating',
  'terminationRequested',
];

/** A relationship as Graph writes it; undefined while nobody can read it, or once it is gone. */
export function relationshipItem(call: Call, relationship: SandboxRelationship): Item | undefined {
  const { id, displayName, duration, customer, roles, autoExtends, createdAt, modifiedAt } = relationship;
  const status = statusOf(call, relationship);
  if (status === undefined) return undefined;
  // A moment that lies ahead is not told.
  const { activatedAt } = relationship.approval ?? {};
  const isActivated = activatedAt !== undefined && !['approved', 'activating'].includes(status);
  const endsAt = endOf(call, relationship);
  return {
    '@odata.type': '#microsoft.graph.delegatedAdminRelationship',
    '@odata.etag': etag(id, relationship.version, status),
    id,
    displayName,
    duration,
    customer,
    accessDetails: accessDetails(roles),
    status: shownValue(call, status, knownStatuses),
    autoExtendDuration: autoExtends ? 'P180D' : 'PT0S',
    createdDateTime: preciseTime(createdAt),
    lastModifiedDateTime: preciseTime(modifiedAt),
    activatedDateTime: isActivated ? preciseTime(activatedAt) : null,
    endDateTime: isActivated && endsAt !== null ? preciseTime(endsAt) : null,
    // For filters only.
    'customer/tenantId': customer?.tenantId ?? null,
  };
}

export const accessDetails = (roles: readonly string[]) => ({
  unifiedRoles: roles.map((roleDefinitionId) => ({ roleDefinitionId })),
});

/** Moments of delegated administration come with a fraction of seven digits. */
export function preciseTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '0000Z');
}

/** Changes with every write, and with a status that changes by itself. */
export function etag(...parts: (string | number)[]): string {
  const mark = createHash('sha256').update(parts.join('/')).digest('hex').slice(0, 32);
  return `W/"${Buffer.from(`'"${mark}"'`).toString('base64')}"`;
}

/** What the list does not hold yet is told only to those who ask for it. */
export function shownValue(call: Call, value: string, known: readonly string[]): string {
  const takesAny = /include-unknown-enum-members/i.test(call.headers['prefer'] ?? '');
  return takesAny || known.includes(value) ? value : 'unknownFutureValue';
}

/** 400 without If-Match, 412 with one that somebody's change has overtaken. */
export function demandMatch(call: Call, current: string): void {
  const given = call.headers['if-match'];
  if (given === undefined) refuse(400, 'BadRequest', "The header 'If-Match' is required.");
  if (given !== current) {
    refuse(412, 'PreconditionFailed', 'The resource has changed since it was read: If-Match does not fit.');
  }
}
