import { createHash } from 'node:crypto';
import { inTurn } from '../graph/writes.ts';
import { guidFor } from '../seed/identifiers.ts';
import type { SandboxCart, SandboxOrder } from '../shop-kinds.ts';
import { isReseller } from './account.ts';
import { demandAgreement } from './agreements.ts';
import { type PartnerAnswer, refuse } from './answer.ts';
import type { PartnerCall } from './call.ts';
import { type JudgedLine, judged, usedTrials } from './cart-lines.ts';
import { cartOf, orderGroups, refuseAsOrdered, trialUsed } from './carts.ts';
import { customerOf } from './customers.ts';
import { dueTimes } from './delivery.ts';
import { currencyOf } from './offering.ts';
import { checkedOutOrder } from './orders.ts';
import { demandSeller } from './rights.ts';

/**
 * Makes an order of each group of lines. The ids of the orders follow from the cart, so that a checkout that was
 * killed half-way and comes again places none of them twice.
 * https://learn.microsoft.com/partner-center/developer/checkout-a-cart
 */
export async function checkOutCart(call: PartnerCall): Promise<PartnerAnswer> {
  await demandSeller(call);
  const customer = await customerOf(call);
  if (!isReseller(call.tenant)) refuse(403, 800039, "Reseller program status isn't active");
  return inTurn(call.world, call.tenant.id, async () => {
    const cart = await cartOf(call, customer);
    const requestId = call.headers['ms-requestid'] ?? null;
    if (cart.ordered !== null) {
      const isSame = requestId !== null && cart.ordered.requestId === requestId;
      return isSame ? { status: 201, body: cart.ordered.answer } : refuseAsOrdered(cart.id);
    }
    const lines = await judged(call, customer, cart.lines);
    demandSound(lines);
    await demandAgreement(call, customer);
    const used = await usedTrials(call, customer, lines);
    const groups = [...orderGroups(lines)];
    const refused = groups.filter(([, members]) => members.some(({ line }) => used.has(line.catalogItemId)));
    if (refused.length === groups.length)
      refuse(400, trialUsed.code, trialUsed.description, { data: [...used] });
    const placed = groups.filter((group) => !refused.includes(group));
    const due = await dueTimes(call);
    const orders = placed.map(([group, members]) => orderOf(call, cart, { group, members, due }));
    for (const order of orders) await place(call, order);
    const answer = {
      orders: orders.map((order) => checkedOutOrder(call, order)),
      ...(refused.length === 0
        ? {}
        : { orderErrors: refused.map(([orderGroupId]) => ({ orderGroupId, ...trialUsed })) }),
      attributes: { objectType: 'CartCheckoutResult' },
    };
    await call.world.put('cart', call.tenant.id, cart.id, { ...cart, ordered: { requestId, answer } });
    return { status: 201, body: answer };
  });
}

/** An item that has been withdrawn since the cart was made has a number of its own. */
function demandSound(lines: readonly JudgedLine[]): void {
  const wrong = lines.filter(({ error }) => error !== undefined);
  const data = wrong.map(({ line }) => line.catalogItemId);
  if (wrong.some(({ error }) => error?.errorCode === 10001))
    refuse(404, 400019, 'Availability not found', { data });
  if (wrong.length > 0) refuse(400, 800009, 'Error in Cart item(s)', { data });
}

function orderOf(
  call: PartnerCall,
  cart: SandboxCart,
  about: {
    group: string;
    members: readonly JudgedLine[];
    due: Pick<SandboxOrder, 'by' | 'visibleAt' | 'completedAt'>;
  },
): SandboxOrder {
  const seed = `order:${cart.id}:${about.group}`;
  const digest = createHash('sha256').update(seed).digest();
  return {
    id: `${digest.toString('base64url').slice(0, 32)}1`,
    alternateId: digest.toString('hex').slice(0, 12),
    customerId: cart.customerId,
    cartId: cart.id,
    billingCycle: about.members[0]?.line.billingCycle ?? '',
    currencyCode: currencyOf(call.tenant.cloud).code,
    lines: about.members.flatMap(({ line, bought }) => {
      if (bought === undefined) return [];
      const { title, isTrial, licenceId, skuPartNumber } = bought.offering.sku;
      const subscriptionId = guidFor(`${seed}:${line.id}`);
      return { ...line, title, isTrial, licenceId, skuPartNumber, subscriptionId };
    }),
    createdAt: call.clock.now(),
    ...about.due,
    isCompleted: false,
  };
}

/** Known as waiting before it is there: what is never placed waits for nothing. */
async function place({ world, tenant }: PartnerCall, order: SandboxOrder): Promise<void> {
  if ((await world.get('order', tenant.id, order.id)) !== undefined) return;
  await world.put('waitingOrder', 'shop', order.id, { orderId: order.id, partnerId: tenant.id });
  await world.put('order', tenant.id, order.id, order);
}
