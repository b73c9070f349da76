import { z } from 'zod';
import type { CatalogueItem } from '../../partner/commerce.ts';
import { type ErrorCode, PartnerError, unreadOf } from '../../partner/errors.ts';
import { withQuery } from '../graph/query.ts';
import { readBuyableTerms, readSkus, type Sku, targetSegment } from './availabilities.ts';
import { type Listing, readableOnly, readCollection } from './collection.ts';
import { fewAtATime } from './few-at-a-time.ts';

const product = z.object({
  id: z.string(),
  title: z.string().nullish(),
  description: z.string().nullish(),
});
type Product = z.infer<typeof product>;

export interface CatalogueReading {
  items: CatalogueItem[];
  /** Why a part of it is not there. */
  failure: PartnerError | undefined;
}

/**
 * Everything of online services that companies in this country can buy by itself: one item per SKU, without add-ons.
 * A part that cannot be read is left out; throws when nothing can, or when asking on is of no use.
 * https://learn.microsoft.com/partner-center/developer/get-a-list-of-products
 */
export async function readCatalogue(from: Listing, country: string): Promise<CatalogueReading> {
  const path = withQuery('/products', { country, targetView: 'OnlineServices', targetSegment });
  const products = await readCollection(from, path, readableOnly(product));
  const readable = products.filter((one) => one !== undefined);
  const perProduct = await fewAtATime(readable, (one) =>
    orFailure(readSkus(from, one.id, country).then((skus) => skus.map((sku) => ({ product: one, sku })))),
  );
  const skus = perProduct.flatMap((part) => part.found ?? []);
  const perSku = await fewAtATime(
    skus.filter(({ sku }) => sku.dynamicAttributes?.isAddon !== true),
    (one) => orFailure(readItem(from, { ...one, country })),
  );
  const items = perSku.flatMap((part) => part.found ?? []);
  const failures = [...perProduct, ...perSku].flatMap((part) => part.failure ?? []);
  // What Microsoft may yet answer counts more than what it does not know.
  const failure = failures.find((each) => unreadOf(each) !== undefined) ?? failures[0];
  if (items.length === 0 && failure !== undefined) throw failure;
  return { items, failure };
}

async function readItem(
  from: Listing,
  { product, sku, country }: { product: Product; sku: Sku; country: string },
): Promise<CatalogueItem[]> {
  const buyable = await readBuyableTerms(from, { productId: product.id, sku, country });
  const terms = new Map(buyable.map(({ term, billing }) => [`${term} ${billing}`, { term, billing }]));
  if (terms.size === 0) return [];
  return [
    {
      item: `${product.id}:${sku.id}`,
      productId: product.id,
      skuId: sku.id,
      name: sku.title ?? product.title ?? '',
      description: sku.description ?? product.description ?? '',
      trial: sku.isTrial ?? false,
      minSeats: sku.minimumQuantity ?? 1,
      maxSeats: sku.maximumQuantity ?? unlimited,
      terms: [...terms.values()].sort(byUse),
    },
  ];
}

/** Microsoft's own number for a SKU without an upper limit. */
const unlimited = 999_999_999;

const usualTerms = ['P1Y', 'P1M', 'P3Y'];
const usualCycles = ['monthly', 'annual'];

/** A year paid by the month comes first: what most companies buy. */
function byUse(a: { term: string; billing: string }, b: { term: string; billing: string }): number {
  return (
    rank(usualTerms, a.term) - rank(usualTerms, b.term) ||
    rank(usualCycles, a.billing) - rank(usualCycles, b.billing)
  );
}

function rank(usual: readonly string[], value: string): number {
  const place = usual.indexOf(value);
  return place < 0 ? usual.length : place;
}

/** These concern one product or one moment; after any other the rest would fail in the same way. */
const passing: readonly ErrorCode[] = [
  'not-found',
  'microsoft-busy',
  'microsoft-refused',
  'microsoft-timeout',
  'microsoft-unavailable',
  'microsoft-unreachable',
  'unexpected',
];

type Part<T> = { found: T; failure?: never } | { found?: never; failure: PartnerError };

async function orFailure<T>(reading: Promise<T>): Promise<Part<T>> {
  try {
    return { found: await reading };
  } catch (error) {
    if (error instanceof PartnerError && passing.includes(error.code)) return { failure: error };
    throw error;
  }
}
