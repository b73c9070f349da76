import { z } from 'zod';
import type { BoughtSubscription, PlacedOrder } from '../../partner/commerce.ts';
import { PartnerError } from '../../partner/errors.ts';
import { withQuery } from '../graph/query.ts';
import { type Listing, readCollection } from './collection.ts';
import { customerPath } from './customers.ts';
import { ofCustomer } from './order-errors.ts';

const orderLine = z.object({
  offerId: z.string().nullish(),
  quantity: z.number().nullish(),
  subscriptionId: z.string().nullish(),
});
const order = z.object({
  id: z.string(),
  status: z.string().nullish(),
  creationDate: z.string().nullish(),
  lineItems: z.array(orderLine).nullish(),
});
const subscription = z.object({
  id: z.string(),
  friendlyName: z.string().nullish(),
  offerName: z.string().nullish(),
  quantity: z.number().nullish(),
  status: z.string().nullish(),
  orderId: z.string().nullish(),
});

/** An order can take a quarter of an hour to show; until then Microsoft may answer that there is none. */
const nothingYet = ['20000', '20003'];

/** https://learn.microsoft.com/partner-center/developer/get-all-of-a-customer-s-orders */
export async function readOrders(from: Listing, tenantId: string): Promise<PlacedOrder[]> {
  const orders = await readIfAny(from, customerPath(tenantId, 'orders'), order);
  return orders.map(({ id, status, creationDate, lineItems }) => ({
    orderId: id,
    status: lower(status),
    lines: (lineItems ?? []).map((line) => ({
      item: withoutAvailability(line.offerId ?? ''),
      quantity: line.quantity ?? 0,
      subscriptionId: line.subscriptionId ?? undefined,
    })),
    createdAt: creationDate ?? '',
  }));
}

/** https://learn.microsoft.com/partner-center/developer/get-a-list-of-subscriptions-by-order */
export async function readSubscriptionsOf(
  from: Listing,
  tenantId: string,
  orderId: string,
): Promise<BoughtSubscription[]> {
  const path = withQuery(customerPath(tenantId, 'subscriptions'), { order_id: orderId });
  const subscriptions = await readIfAny(from, path, subscription);
  const ofThis = subscriptions.filter((one) => isSameOrder(one.orderId ?? orderId, orderId));
  return ofThis.map((one) => ({
    subscriptionId: one.id,
    name: one.friendlyName ?? one.offerName ?? '',
    quantity: one.quantity ?? 0,
    status: lower(one.status),
    orderId: one.orderId ?? undefined,
  }));
}

async function readIfAny<T>(from: Listing, path: string, item: z.ZodType<T>): Promise<T[]> {
  try {
    return await ofCustomer(readCollection(from, path, item));
  } catch (error) {
    const isNothing =
      error instanceof PartnerError && nothingYet.includes(String(error.details['microsoftCode']));
    if (isNothing) return [];
    throw error;
  }
}

/** `<product>:<sku>:<availability>` → `<product>:<sku>`; the id of an old offer stays whole. */
function withoutAvailability(offerId: string): string {
  return offerId.split(':').slice(0, 2).join(':');
}

function isSameOrder(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function lower(status: string | null | undefined): string {
  return (status ?? 'unknown').toLowerCase();
}
