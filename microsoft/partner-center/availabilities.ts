import { z } from 'zod';
import { segment, withQuery } from '../graph/query.ts';
import { type Listing, readableOnly, readCollection } from './collection.ts';

const sku = z.object({
  id: z.string(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  minimumQuantity: z.number().nullish(),
  maximumQuantity: z.number().nullish(),
  isTrial: z.boolean().nullish(),
  supportedBillingCycles: z.array(z.string()).nullish(),
  dynamicAttributes: z.object({ isAddon: z.boolean().nullish() }).nullish(),
});
export type Sku = z.infer<typeof sku>;

const availability = z.object({
  id: z.string(),
  catalogItemId: z.string().nullish(),
  segment: z.string().nullish(),
  isPurchasable: z.boolean().nullish(),
  terms: z.array(z.object({ duration: z.string().nullish(), billingCycle: z.string().nullish() })).nullish(),
});

/** One way to buy a SKU, with the id that a cart names. */
export interface BuyableTerm {
  /** `<product>:<sku>:<availability>`. */
  catalogItemId: string;
  /** ISO 8601 duration. */
  term: string;
  /** In lower case. */
  billing: string;
}

/** What companies buy; schools, charities and authorities have segments with conditions of their own. */
export const targetSegment = 'commercial';

/** https://learn.microsoft.com/partner-center/developer/get-a-list-of-skus-for-a-product */
export async function readSkus(from: Listing, productId: string, country: string): Promise<Sku[]> {
  const path = withQuery(`/products/${segment(productId)}/skus`, { country, targetSegment });
  const skus = await readCollection(from, path, readableOnly(sku));
  return skus.filter((one) => one !== undefined);
}

/**
 * How a SKU can be bought now; empty: not at all. Ids of availabilities change, so none is kept for an order.
 * https://learn.microsoft.com/partner-center/developer/get-a-list-of-availabilities-for-a-sku
 */
export async function readBuyableTerms(
  from: Listing,
  { productId, sku: { id: skuId, ...more }, country }: { productId: string; sku: Sku; country: string },
): Promise<BuyableTerm[]> {
  const path = `/products/${segment(productId)}/skus/${segment(skuId)}/availabilities`;
  const query = { country, targetSegment };
  const read = await readCollection(from, withQuery(path, query), readableOnly(availability));
  return read
    .filter((one) => one !== undefined)
    .filter((one) => one.isPurchasable !== false)
    .filter((one) => (one.segment ?? targetSegment).toLowerCase() === targetSegment)
    .flatMap(({ id, catalogItemId, terms }) => {
      const fullId = catalogItemId ?? [productId, skuId, id].join(':');
      return (terms ?? []).flatMap(({ duration, billingCycle }) => {
        const cycles = billingCycle === null || billingCycle === undefined ? cyclesOf(more) : [billingCycle];
        return cycles.flatMap((cycle) =>
          duration === null || duration === undefined
            ? []
            : [{ catalogItemId: fullId, term: duration.toUpperCase(), billing: cycle.toLowerCase() }],
        );
      });
    });
}

/** Where a term names no cycle, the SKU lists them; a trial has none to list. */
function cyclesOf({ isTrial, supportedBillingCycles }: Omit<Sku, 'id'>): readonly string[] {
  const listed = supportedBillingCycles ?? [];
  return listed.length === 0 && isTrial === true ? ['none'] : listed;
}
