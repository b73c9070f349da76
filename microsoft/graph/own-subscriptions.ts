import { z } from 'zod';
import type { OwnSubscription } from '../../partner/directory.ts';
import type { Cloud } from '../clouds.ts';
import type { Graph } from './client.ts';
import { readSubscribedSkus } from './company.ts';
import { readAll } from './paging.ts';

interface From {
  graph: Graph;
  cloud: Cloud;
}

const subscription = z.object({
  id: z.string(),
  skuId: z.string().transform((id) => id.toLowerCase()),
  skuPartNumber: z.string(),
  status: z.string().nullish(),
  totalLicenses: z.number().nullish(),
  nextLifecycleDateTime: z.string().nullish(),
  isTrial: z.boolean().nullish(),
});

/** States in which people may be given licences of a subscription. */
const usable = new Set(['Enabled', 'Warning']);

/**
 * What the company bought. Microsoft counts the use per product only: where a product was bought several times, the
 * subscriptions that can be used are filled one after another, and what is beyond them all is told with the last.
 * https://learn.microsoft.com/graph/api/directory-list-subscriptions
 */
export async function readOwnSubscriptions(from: From): Promise<OwnSubscription[]> {
  const [subscriptions, skus] = await Promise.all([
    readAll(from, { path: '/directory/subscriptions', query: {}, item: subscription }),
    readSubscribedSkus(from),
  ]);
  const unshared = new Map(skus.map((sku) => [sku.skuId.toLowerCase(), sku.consumedUnits ?? 0]));
  const isLast = lastOfEachProduct(subscriptions);

  return subscriptions.map((one) => {
    const total = one.totalLicenses ?? 0;
    const left = unshared.get(one.skuId) ?? 0;
    const share = isUsable(one) ? Math.min(left, total) : 0;
    const used = isLast.has(one.id) ? left : share;
    unshared.set(one.skuId, left - used);
    return {
      id: one.id,
      skuId: one.skuId,
      partNumber: one.skuPartNumber,
      total,
      used,
      status: one.status ?? '',
      renewsAt: one.nextLifecycleDateTime ?? undefined,
      isTrial: one.isTrial ?? false,
    };
  });
}

type Subscription = z.infer<typeof subscription>;

function isUsable({ status }: Subscription): boolean {
  return usable.has(status ?? '');
}

/** Ids of the subscriptions that carry the rest: of each product the last usable one, or the last. */
function lastOfEachProduct(subscriptions: readonly Subscription[]): Set<string> {
  const last = new Map<string, Subscription>();
  for (const one of subscriptions) {
    const before = last.get(one.skuId);
    if (before === undefined || isUsable(one) || !isUsable(before)) last.set(one.skuId, one);
  }
  return new Set([...last.values()].map(({ id }) => id));
}
