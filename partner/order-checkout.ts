import type { PlacedOrder } from './commerce.ts';
import { type ErrorCode, PartnerError } from './errors.ts';
import { type Finding, requireText, resultOf, type StepDefinition, type Work } from './operation-kinds.ts';
import type { JsonObject, Operation } from './operations.ts';

/** The part of a confirmed order that its checkout needs. */
interface Wish extends JsonObject {
  clientTenantId: string;
  lines: { item: string; quantity: number }[];
  requestIds: { checkout: string };
}

const wishOf = (work: Work) => work.operation.args as Wish;

const minuteMs = 60 * 1000;
/** Microsoft's clock may be a little behind ours. */
const clockSkewMs = 5 * minuteMs;
/** Microsoft answers the same request again as it did the first time; after a while that is not relied on. */
const repeatForMs = 2 * minuteMs;

/** What Microsoft says to a repeat of a checkout that it has done already. */
const saidOfRepeats: readonly ErrorCode[] = [
  'cart-expired',
  'microsoft-unknown-outcome',
  'not-found',
  'order-refused',
  'trial-used',
  'service-withdrawn',
  'changed-meanwhile',
  'microsoft-refused',
];

/** Ids of the orders that the checkout made; none before. */
export function orderIdsOf(operation: Operation): string[] {
  const ids = resultOf(operation, 'checkout')['orderIds'];
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}

function isRecent({ createdAt }: PlacedOrder, since: number): boolean {
  return Date.parse(createdAt) >= since - clockSkewMs;
}

type Line = { item: string; quantity: number };
const lineText = ({ item, quantity }: Line) => `${quantity} ${item.toLowerCase()}`;
const textOf = (lines: readonly Line[]) => lines.map(lineText).sort().join('\n');

/**
 * Orders that the checkout must have made: new since the intent, and together exactly these lines (Microsoft makes one
 * order of each term and billing cycle). Undefined when there are more such orders than we asked for.
 */
function ordersMadeBy(
  orders: readonly PlacedOrder[],
  wanted: readonly Line[],
  before: { at: number; known: readonly string[] },
): string[] | undefined {
  const asked = wanted.map(lineText);
  const ours = orders.filter(
    (order) =>
      isRecent(order, before.at) &&
      !before.known.includes(order.orderId) &&
      order.lines.length > 0 &&
      order.lines.every((line) => asked.includes(lineText(line))),
  );
  const lines = ours.flatMap((order) => order.lines);
  if (lines.length > wanted.length) return undefined;
  return textOf(lines) === textOf(wanted) ? ours.map(({ orderId }) => orderId) : [];
}

/** The orders that the checkout must have made, as far as Microsoft shows them by now; `many`: more than it can be. */
async function lookForOrders(work: Work): Promise<string[] | 'many'> {
  const { clientTenantId, lines } = wishOf(work);
  const { at, orders: known } = work.step.before ?? {};
  const before = {
    at: Number(at ?? Number.POSITIVE_INFINITY),
    known: Array.isArray(known) ? known.map(String) : [],
  };
  return ordersMadeBy(await work.commerce.orders(clientTenantId), lines, before) ?? 'many';
}

/** After an unknown outcome the same request is sent again for a short while, then the order is only looked for. */
async function findOrders(work: Work): Promise<Finding> {
  // Counted from the intent, which was stored before the first call: whoever comes back late must not buy again.
  const since = Number(work.step.before?.['at'] ?? 0);
  if (!work.again || work.now() - since < repeatForMs) return { happened: false };
  const made = await lookForOrders(work);
  if (made === 'many') return { happened: 'cannot-tell' };
  if (made.length === 0) throw new PartnerError('order-not-visible');
  return { happened: true, result: { orderIds: made } };
}

async function checkOut(work: Work): Promise<JsonObject> {
  const { clientTenantId, requestIds } = wishOf(work);
  const cart = resultOf(work.operation, 'cart');
  const cartId = requireText(cart['cartId'], 'the cart id');
  const requestId = typeof cart['checkout'] === 'string' ? cart['checkout'] : requestIds.checkout;
  try {
    const { orderIds } = await work.commerce.checkOut(clientTenantId, cartId, requestId);
    if (orderIds.length === 0) throw new PartnerError('microsoft-unknown-outcome');
    return { orderIds };
  } catch (error) {
    if (!(error instanceof PartnerError)) throw error;
    const { placed } = error.details;
    if (placed !== undefined) throw new PartnerError('order-in-part', { cause: error, details: { placed } });
    // Refused perhaps because our own earlier attempt has bought it: nothing else is tried in its place.
    if (!work.again || !saidOfRepeats.includes(error.code)) throw error;
    const made = await lookForOrders(work);
    if (made !== 'many' && made.length > 0) return { orderIds: made };
    throw new PartnerError('order-not-visible', { cause: error, requestId: error.requestId });
  }
}

/** An order can take 15 minutes to show. */
const late = {
  forMs: 20 * minuteMs,
  clock: 'real',
  turn: 'microsoft',
  afterwards: 'order-not-visible',
} as const;

/**
 * Turns the cart into an order. https://learn.microsoft.com/partner-center/developer/checkout-a-cart
 * After an unknown outcome the same request id is sent again, then the order is looked for, then a person is told;
 * never is there a second cart. A cart lives 7 days: where it has run out and no call of ours can have bought it, another
 * one is made, with request ids of its own.
 */
export const checkOutStep: StepDefinition = {
  id: 'checkout',
  async before(work) {
    const at = work.now();
    const orders = await work.commerce.orders(wishOf(work).clientTenantId);
    const known = orders.filter((order) => isRecent(order, at)).map(({ orderId }) => orderId);
    return { before: { at, orders: known } };
  },
  run: checkOut,
  find: findOrders,
  waitsFor: { 'microsoft-unknown-outcome': late, 'order-not-visible': late },
  unclear: 'order-not-visible',
  beginsAgain: {
    'cart-expired': { from: 'cart', before: (newId) => ({ cart: newId(), checkout: newId() }) },
  },
};
