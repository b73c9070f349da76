import { z } from 'zod';
import { PartnerError } from '../../partner/errors.ts';
import type { Relationship } from '../../partner/relationships.ts';
import type { Cloud } from '../clouds.ts';
import type { Graph } from './client.ts';
import { dateIn, daysIn } from './iso-8601.ts';
import { readAll } from './paging.ts';
import { eq, segment, withQuery } from './query.ts';
import { orUndefined } from './unless-there.ts';

export interface RelationshipsOf {
  graph: Graph;
  cloud: Cloud;
}

export const relationshipsPath = '/tenantRelationships/delegatedAdminRelationships';
/** Path of one relationship and of what belongs to it. */
export function relationshipPath(id: string, ...more: string[]): string {
  return [relationshipsPath, segment(id), ...more].join('/');
}

/** As many as Microsoft gives at once. */
export const largestPage = '300';
/** Microsoft made these itself when it moved partners over; nobody of ours may touch them. */
const madeByMicrosoft = 'MLT_';

const role = z.object({ roleDefinitionId: z.string() });
/** Roles as Microsoft writes them here and in access assignments. */
export const rolesShape = z
  .object({ unifiedRoles: z.array(role).nullish() })
  .nullish()
  .transform((details) =>
    (details?.unifiedRoles ?? []).map(({ roleDefinitionId }) => roleDefinitionId.toLowerCase()),
  );

const customer = z.object({ tenantId: z.string().nullish(), displayName: z.string().nullish() });

/** Dates that are not there yet are an empty text or null; an end is named long before anything began. */
export const relationshipShape = z
  .object({
    '@odata.etag': z.string().nullish(),
    id: z.string().min(1),
    displayName: z.string().nullish(),
    status: z.string().nullish(),
    customer: customer.nullish(),
    accessDetails: rolesShape,
    duration: z.string().nullish(),
    autoExtendDuration: z.string().nullish(),
    createdDateTime: z.string().nullish(),
    activatedDateTime: z.string().nullish(),
    endDateTime: z.string().nullish(),
  })
  .transform((found): Relationship => {
    const activatedAt = dateIn(found.activatedDateTime);
    return {
      id: found.id,
      name: found.displayName ?? '',
      status: found.status ?? '',
      client: clientIn(found.customer),
      roles: found.accessDetails,
      durationDays: daysIn(found.duration),
      autoExtend: daysIn(found.autoExtendDuration) > 0,
      createdAt: dateIn(found.createdDateTime),
      activatedAt,
      endsAt: activatedAt === undefined ? undefined : dateIn(found.endDateTime),
      etag: found['@odata.etag'] ?? '',
    };
  });

/** https://learn.microsoft.com/graph/api/delegatedadminrelationship-get */
export async function readRelationship(
  { graph }: RelationshipsOf,
  id: string,
): Promise<Relationship | undefined> {
  return orUndefined(graph.read(relationshipPath(id), relationshipShape));
}

/** All but Microsoft's own. https://learn.microsoft.com/graph/api/tenantrelationship-list-delegatedadminrelationships */
export async function readRelationships(from: RelationshipsOf): Promise<Relationship[]> {
  return (await readList(from, {})).filter(({ name }) => !name.startsWith(madeByMicrosoft));
}

/**
 * The relationship of this name; of several the oldest. No page says that the list can be asked by name, so where
 * Microsoft does not take the question, or gives more than was asked for, the names are compared here.
 */
export async function relationshipByName(
  from: RelationshipsOf,
  name: string,
): Promise<Relationship | undefined> {
  const ofName = (found: Relationship[]) =>
    found
      .filter((one) => one.name === name)
      .toSorted((a, b) => (a.createdAt ?? '').localeCompare(b.createdAt ?? ''))[0];
  try {
    return ofName(await readList(from, { $filter: eq('displayName', name) }));
  } catch (error) {
    if (!(error instanceof PartnerError) || error.details['status'] !== 400) throw error;
    return ofName(await readList(from, {}));
  }
}

async function readList(from: RelationshipsOf, query: Record<string, string>): Promise<Relationship[]> {
  const all = { ...query, $top: largestPage };
  return readAll(from, { path: relationshipsPath, query: all, item: relationshipShape });
}

/** Whether this tenant's directory answers to this token. https://learn.microsoft.com/graph/api/organization-list */
export async function readsOrganization(graph: Graph, tenantId: string): Promise<boolean> {
  const shape = z.object({ value: z.array(z.object({ id: z.string() })) });
  const { value } = await graph.read(withQuery('/organization', { $select: 'id' }), shape);
  return value.some(({ id }) => id.toLowerCase() === tenantId.toLowerCase());
}

function clientIn(found: z.infer<typeof customer> | null | undefined): Relationship['client'] {
  const tenantId = found?.tenantId ?? '';
  return tenantId === '' ? null : { tenantId: tenantId.toLowerCase(), name: found?.displayName ?? '' };
}
