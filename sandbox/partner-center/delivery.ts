import { subscriptionsOf } from '../graph/subscriptions.ts';
import { inTurn } from '../graph/writes.ts';
import type { SandboxOrder, SandboxOrderLine, SandboxShopSettings } from '../shop-kinds.ts';
import type { SandboxClock, World } from '../world.ts';

/** What counts how long an order takes. */
export interface Times {
  world: World;
  clock: SandboxClock;
  /** Real time in ms. */
  real: () => number;
}

/**
 * How long orders take unless the world says otherwise: Microsoft's quarter of an hour in short, in real time so
 * that nobody has to move the clock. `world.put('shopSettings', 'shop', 'settings', …)` changes it for later orders.
 */
const usual: SandboxShopSettings = { by: 'real', visibleAfterMs: 300, completedAfterMs: 900 };

const nowBy = ({ clock, real }: Times, by: SandboxShopSettings['by']): number =>
  by === 'clock' ? clock.now() : real();

/** When an order that is placed now will show and be through. */
export async function dueTimes(
  times: Times,
): Promise<Pick<SandboxOrder, 'by' | 'visibleAt' | 'completedAt'>> {
  const settings = (await times.world.get('shopSettings', 'shop', 'settings')) ?? usual;
  const now = nowBy(times, settings.by);
  return {
    by: settings.by,
    visibleAt: now + settings.visibleAfterMs,
    completedAt: now + settings.completedAfterMs,
  };
}

/** Whether the order is in the partner's lists by now. */
export function isVisible(times: Times, order: SandboxOrder): boolean {
  return order.isCompleted || nowBy(times, order.by) >= order.visibleAt;
}

/**
 * Brings orders whose time has come into the client's directory. It runs before each call of the sandbox, and may
 * be killed and run again anywhere: every write says what is to be there in the end.
 */
export async function deliverOrders(times: Times): Promise<void> {
  const { world } = times;
  if ((await world.all('waitingOrder', 'shop')).length === 0) return;
  await inTurn(world, 'shop', async () => {
    for (const { orderId, partnerId } of await world.all('waitingOrder', 'shop')) {
      const order = await world.get('order', partnerId, orderId);
      if (order === undefined || nowBy(times, order.by) < order.completedAt) continue;
      for (const line of order.lines) await deliver(world, partnerId, order, line);
      await world.put('order', partnerId, orderId, { ...order, isCompleted: true });
      await world.remove('waitingOrder', 'shop', orderId);
    }
  });
}

async function deliver(
  world: World,
  partnerId: string,
  order: SandboxOrder,
  line: SandboxOrderLine,
): Promise<void> {
  const { subscriptionId, licenceId, skuPartNumber, quantity, isTrial, termDuration } = line;
  const { customerId } = order;
  await world.put('purchase', partnerId, subscriptionId, {
    id: subscriptionId,
    customerId,
    orderId: order.id,
    catalogItemId: line.catalogItemId,
    title: line.title,
    friendlyName: line.friendlyName,
    licenceId,
    quantity,
    isTrial,
    billingCycle: line.billingCycle,
    termDuration,
    autoRenews: !isTrial || line.renewsTo !== null,
    startedAt: order.createdAt,
  });
  // What follows from the products of a company ends with the first subscription that is kept: so keep it too.
  for (const one of await subscriptionsOf(world, customerId))
    await world.put('subscription', customerId, one.id, one);
  await world.put('subscription', customerId, subscriptionId, {
    id: subscriptionId,
    commerceSubscriptionId: subscriptionId,
    skuId: licenceId,
    skuPartNumber,
    status: 'Enabled',
    totalLicenses: quantity,
    isTrial,
    createdDateTime: new Date(order.createdAt).toISOString(),
    termMonths: termDuration === 'P1M' ? 1 : 12,
  });
  const kept = await world.all('subscription', customerId);
  const enabled = kept
    .filter(({ skuId, status }) => skuId === licenceId && status === 'Enabled')
    .reduce((sum, { totalLicenses }) => sum + totalLicenses, 0);
  await world.put('sku', customerId, licenceId, {
    skuId: licenceId,
    skuPartNumber,
    enabled,
    capabilityStatus: 'Enabled',
  });
}
