import { z } from 'zod';
import type { OrderLine } from '../../partner/commerce.ts';
import { PartnerError } from '../../partner/errors.ts';
import { type BuyableTerm, readBuyableTerms, readSkus, type Sku } from './availabilities.ts';
import type { Listing } from './collection.ts';
import { customerPath } from './customers.ts';
import { fewAtATime } from './few-at-a-time.ts';
import { asOrderError, orderProblem } from './order-errors.ts';

const code = z.union([z.string(), z.number()]);
/** The page on carts names `errorCode`, errors elsewhere have `code`. */
const lineError = z.object({ errorCode: code.nullish(), code: code.nullish() });
const cart = z.object({
  id: z.string(),
  lineItems: z.array(z.object({ catalogItemId: z.string().nullish(), error: lineError.nullish() })).nullish(),
});
const checkedOut = z.object({
  orders: z.array(z.object({ id: z.string() })).nullish(),
  orderErrors: z.array(z.object({ code: code.nullish() })).nullish(),
});

/**
 * Puts an order together; nothing is bought yet. Every line is looked up anew, and a line that can no longer be had
 * as it was offered throws `service-withdrawn`. The answer's prices are the partner's cost and are not read.
 * https://learn.microsoft.com/partner-center/developer/create-a-cart
 */
export async function createCart(
  from: Listing,
  tenantId: string,
  { country, lines, requestId }: { country: string; lines: readonly OrderLine[]; requestId: string },
): Promise<{ cartId: string }> {
  const lineItems = await cartLines(from, lines, country);
  const body = { PartnerOnRecordAttestationAccepted: true, lineItems };
  const only = lines.length === 1 ? lines[0]?.item : undefined;
  const { id, lineItems: taken } = await from.partnerCenter
    .write({ method: 'POST', path: customerPath(tenantId, 'carts'), body, requestId }, cart)
    .catch((error: unknown) => {
      throw asOrderError(error, only);
    });
  for (const { catalogItemId, error } of taken ?? []) {
    if (error === null || error === undefined) continue;
    const item = catalogItemId?.split(':').slice(0, 2).join(':') ?? only;
    throw orderProblem({ code: error.errorCode ?? error.code ?? unnamed, item });
  }
  return { cartId: id };
}

/**
 * Buys what is in a cart. Some orders of a cart may be placed and others not: that throws too, and
 * `details.placed` names those that were.
 * https://learn.microsoft.com/partner-center/developer/checkout-a-cart
 */
export async function checkOut(
  { partnerCenter }: Listing,
  { tenantId, cartId, requestId }: { tenantId: string; cartId: string; requestId: string },
): Promise<{ orderIds: string[] }> {
  const path = customerPath(tenantId, 'carts', cartId, 'checkout');
  const { orders, orderErrors } = await partnerCenter
    .write({ method: 'POST', path, requestId }, checkedOut)
    .catch((error: unknown) => {
      // Whoever is no client, and what is no longer sold, have numbers: what is not found here is the cart.
      const refusal = asOrderError(error);
      const isGone = refusal instanceof PartnerError && refusal.code === 'not-found';
      throw isGone ? new PartnerError('cart-expired', refusal) : refusal;
    });
  const orderIds = (orders ?? []).map(({ id }) => id);
  const [problem] = orderErrors ?? [];
  if (problem !== undefined) throw orderProblem({ code: problem.code ?? unnamed, placed: orderIds });
  // It went well, they say, and name no order: the caller looks whether there is one.
  if (orderIds.length === 0) throw new PartnerError('microsoft-unknown-outcome');
  return { orderIds };
}

/** Microsoft's own default where an error has no number. */
const unnamed = 0;

async function cartLines(from: Listing, lines: readonly OrderLine[], country: string) {
  const productIds = [...new Set(lines.map(({ item }) => idsOf(item).productId))];
  const skus = new Map(
    await fewAtATime(productIds, async (productId) => {
      const found = await readSkus(from, productId, country).catch(noneIfGone);
      return [productId, found] as const;
    }),
  );
  const buyable = await fewAtATime(lines, async (line) => {
    const { productId, skuId } = idsOf(line.item);
    const sku = skus.get(productId)?.find(({ id }) => id === skuId);
    // What was offered for nothing must not be bought, nor the other way round.
    if (sku === undefined || (sku.isTrial ?? false) !== line.trial) throw withdrawn(line);
    return buyableTerm(from, { line, productId, sku, country });
  });
  return lines.map(({ quantity, billing, term }, id) => ({
    id,
    catalogItemId: buyable[id]?.catalogItemId,
    quantity,
    billingCycle: billing,
    termDuration: term,
  }));
}

async function buyableTerm(
  from: Listing,
  { line, ...what }: { line: OrderLine; productId: string; sku: Sku; country: string },
): Promise<BuyableTerm> {
  const terms = await readBuyableTerms(from, what).catch(noneIfGone);
  const found = terms.find(({ term, billing }) => term === line.term && billing === line.billing);
  if (found === undefined) throw withdrawn(line);
  return found;
}

function idsOf(item: string): { productId: string; skuId: string } {
  const [productId, skuId, ...rest] = item.split(':');
  if (!productId || !skuId || rest.length > 0)
    throw new PartnerError('service-withdrawn', { details: { item } });
  return { productId, skuId };
}

function withdrawn({ item }: OrderLine): PartnerError {
  return new PartnerError('service-withdrawn', { details: { item } });
}

/** Microsoft does not know the product or SKU any more. */
function noneIfGone(error: unknown): [] {
  if (error instanceof PartnerError && error.code === 'not-found') return [];
  throw error;
}
