import { createHash } from 'node:crypto';
import type { SandboxProduct, SandboxProductSku } from '../shop-kinds.ts';
import type { World } from '../world.ts';

/** A SKU in a country: what a cart names as `<product>:<sku>:<availability>`. */
export interface Offering {
  product: SandboxProduct;
  sku: SandboxProductSku;
  availabilityId: string;
  catalogItemId: string;
  country: string;
  terms: Term[];
}

export interface Term {
  id: string;
  /** ISO 8601. */
  duration: string;
  billingCycle: 'Annual' | 'Monthly' | 'None';
  description: string;
  /** The partner's cost of a licence for what one bill covers, in US dollars. */
  cost: number;
  /** Bills in the whole term. */
  bills: number;
}

/** Everything is billed in the currency of the cloud's home. */
export const currencyOf = (cloud: string): { code: string; symbol: string } =>
  cloud === '21vianet' ? { code: 'CNY', symbol: '¥' } : { code: 'USD', symbol: '$' };

/** Twelve characters like Microsoft's, always the same for one SKU in one country. */
function idFor(text: string): string {
  const letters = '0123456789BCDFGHJKLMNPQRSTVWXZ';
  const digest = createHash('sha256').update(text).digest();
  return `CFQ7TTC0${[...digest.subarray(0, 4)].map((byte) => letters[byte % letters.length]).join('')}`;
}

export function offeringOf(product: SandboxProduct, sku: SandboxProductSku, country: string): Offering {
  const place = country.toUpperCase();
  const availabilityId = idFor(`${product.id}:${sku.id}:${place}`);
  const catalogItemId = `${product.id}:${sku.id}:${availabilityId}`;
  return { product, sku, availabilityId, catalogItemId, country: place, terms: termsOf(sku, catalogItemId) };
}

const cent = (amount: number): number => Math.round(amount * 100) / 100;

function termsOf({ isTrial, monthlyCost }: SandboxProductSku, catalogItemId: string): Term[] {
  const term = (
    duration: string,
    billingCycle: Term['billingCycle'],
    description: string,
    more: Pick<Term, 'cost' | 'bills'>,
  ): Term => ({
    id: createHash('sha256')
      .update(`${catalogItemId}:${duration}:${billingCycle}`)
      .digest('hex')
      .slice(0, 12),
    duration,
    billingCycle,
    description,
    ...more,
  });
  if (isTrial) return [term('P1M', 'None', 'One-month trial', { cost: 0, bills: 1 })];
  return [
    term('P1Y', 'Annual', 'A year, billed once', { cost: cent(monthlyCost * 12), bills: 1 }),
    term('P1Y', 'Monthly', 'A year, billed every month', { cost: cent(monthlyCost), bills: 12 }),
    // Without the commitment of a year a month costs a fifth more.
    term('P1M', 'Monthly', 'A month', { cost: cent(monthlyCost * 1.2), bills: 1 }),
  ];
}

/** What a cart's line means in a country now; undefined when it is not sold there, or no more. */
export async function findOffering(
  world: World,
  about: { cloud: string; country: string; catalogItemId: string },
): Promise<Offering | undefined> {
  const [productId = '', skuId = '', availabilityId = '', ...more] = about.catalogItemId
    .toUpperCase()
    .split(':');
  const product = await world.get('product', about.cloud, productId);
  const sku = product?.skus.find(({ id }) => id === skuId);
  if (product === undefined || sku === undefined || more.length > 0) return undefined;
  const offering = offeringOf(product, sku, about.country);
  return offering.availabilityId === availabilityId ? offering : undefined;
}
