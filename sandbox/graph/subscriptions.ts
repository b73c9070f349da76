import type { Answer } from '../graph-answer.ts';
import { guidFor } from '../seed/identifiers.ts';
import type { SandboxSubscription, World } from '../world.ts';
import { type Call, graphTime } from './call.ts';
import { collection, type Resource } from './collection.ts';
import type { Item } from './filter.ts';

const properties = [
  'createdDateTime',
  'commerceSubscriptionId',
  'id',
  'isTrial',
  'nextLifecycleDateTime',
  'serviceStatus',
  'skuId',
  'skuPartNumber',
  'status',
  'totalLicenses',
  'ownerId',
  'ownerTenantId',
  'ownerType',
] as const;

const subscriptionResource: Resource = {
  set: 'directory/subscriptions',
  type: 'CompanySubscription',
  properties,
  defaults: properties,
  strings: ['id', 'commerceSubscriptionId', 'skuId', 'skuPartNumber', 'status'],
  booleans: ['isTrial'],
  endsWith: [],
  searchable: [],
  orderable: [],
  options: ['$filter'],
};

/**
 * What a company has bought. A company of which none is kept has one for each of its products, bought when it
 * came here and renewed yearly.
 */
export async function subscriptionsOf(world: World, tenantId: string): Promise<SandboxSubscription[]> {
  const kept = await world.all('subscription', tenantId);
  if (kept.length > 0) return kept;
  const tenant = await world.get('tenant', tenantId, tenantId);
  return (await world.all('sku', tenantId)).map((sku) => ({
    id: guidFor(`subscription:${tenantId}:${sku.skuId}`),
    commerceSubscriptionId: guidFor(`commerce:${tenantId}:${sku.skuId}`),
    skuId: sku.skuId,
    skuPartNumber: sku.skuPartNumber,
    status: sku.capabilityStatus,
    totalLicenses: sku.enabled,
    isTrial: false,
    createdDateTime: tenant?.createdDateTime ?? '2025-01-01T00:00:00Z',
    termMonths: 12,
  }));
}

/** The company's own subscriptions. https://learn.microsoft.com/graph/api/directory-list-subscriptions */
export async function listSubscriptions(call: Call): Promise<Answer> {
  const items = (await subscriptionsOf(call.world, call.caller.tenantId)).map(
    (one): Item => ({
      createdDateTime: one.createdDateTime,
      commerceSubscriptionId: one.commerceSubscriptionId,
      id: one.id,
      isTrial: one.isTrial,
      nextLifecycleDateTime: nextEvent(one, call.clock.now()),
      // One plan per product, with the product's own id, as in subscribedSkus.
      serviceStatus: [
        {
          appliesTo: 'User',
          provisioningStatus: one.status === 'Enabled' ? 'Success' : 'Disabled',
          servicePlanId: one.skuId,
          servicePlanName: one.skuPartNumber,
        },
      ],
      skuId: one.skuId,
      skuPartNumber: one.skuPartNumber,
      status: one.status,
      totalLicenses: one.totalLicenses,
      ownerId: null,
      ownerTenantId: null,
      ownerType: 'User',
    }),
  );
  return collection(call, subscriptionResource, items, '/directory/subscriptions');
}

/** The first end of a term after now; null where nothing ever changes by itself. */
function nextEvent({ createdDateTime, termMonths }: SandboxSubscription, now: number): string | null {
  if (termMonths === null) return null;
  const created = new Date(createdDateTime);
  for (let terms = 1; ; terms += 1) {
    const end = Date.UTC(
      created.getUTCFullYear(),
      created.getUTCMonth() + terms * termMonths,
      // A month may be too short for a later day.
      Math.min(created.getUTCDate(), 28),
      created.getUTCHours(),
    );
    if (end > now) return graphTime(end);
  }
}
