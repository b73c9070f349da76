import type { SandboxPurchase } from '../shop-kinds.ts';
import { type PartnerAnswer, refuse } from './answer.ts';
import { type PartnerCall, queryValue } from './call.ts';
import { collection, linkTo } from './collection.ts';
import { customerOf } from './customers.ts';
import { demandReader } from './rights.ts';

/**
 * What the client has bought from this partner, all of it or by one order.
 * https://learn.microsoft.com/partner-center/developer/get-all-of-a-customer-s-subscriptions, …/get-a-list-of-subscriptions-by-order
 */
export async function listSubscriptions(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const { tenant } = await customerOf(call);
  const orderId = queryValue(call, 'order_id');
  const purchases = (await call.world.all('purchase', call.tenant.id)).filter(
    (one) => one.customerId === tenant.id && (orderId === undefined || one.orderId === orderId),
  );
  return collection(purchases.map((one) => subscriptionAnswer(call, one)));
}

/** https://learn.microsoft.com/partner-center/developer/get-a-subscription-by-id */
export async function getSubscription(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  return { status: 200, body: subscriptionAnswer(call, await purchaseOf(call)) };
}

/** https://learn.microsoft.com/partner-center/developer/get-subscription-provisioning-status */
export async function getProvisioningStatus(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const purchase = await purchaseOf(call);
  return {
    status: 200,
    body: {
      skuId: purchase.licenceId,
      status: 'success',
      quantity: purchase.quantity,
      endDate: new Date(endOf(purchase)).toISOString(),
      attributes: { objectType: 'SubscriptionProvisioningStatus' },
    },
  };
}

async function purchaseOf(call: PartnerCall): Promise<SandboxPurchase> {
  const { tenant } = await customerOf(call);
  const id = (call.params['subscription'] ?? '').toLowerCase();
  const purchase = await call.world.get('purchase', call.tenant.id, id);
  if (purchase === undefined || purchase.customerId !== tenant.id)
    return refuse(404, 20003, `Subscription with ID ${id} not found.`);
  return purchase;
}

const dayMs = 24 * 3_600_000;

/** End of the first term: a trial's is thirty days, a month's and a year's as the calendar has them. */
function endOf({ startedAt, isTrial, termDuration }: SandboxPurchase): number {
  if (isTrial) return startedAt + 30 * dayMs;
  const end = new Date(startedAt);
  end.setUTCMonth(end.getUTCMonth() + (termDuration === 'P1M' ? 1 : 12));
  return end.getTime();
}

function subscriptionAnswer(call: PartnerCall, purchase: SandboxPurchase): object {
  const uri = `/customers/${purchase.customerId}/subscriptions/${purchase.id}`;
  const [product, sku] = purchase.catalogItemId.split(':');
  const ends = endOf(purchase);
  const isOver = !purchase.autoRenews && call.clock.now() >= ends;
  const start = new Date(purchase.startedAt).toISOString();
  return {
    id: purchase.id,
    offerId: purchase.catalogItemId,
    offerName: purchase.title,
    friendlyName: purchase.friendlyName ?? purchase.title,
    quantity: purchase.quantity,
    unitType: 'Licenses',
    creationDate: start,
    effectiveStartDate: start,
    commitmentEndDate: new Date(ends).toISOString(),
    status: isOver ? 'expired' : 'active',
    autoRenewEnabled: purchase.autoRenews,
    isTrial: purchase.isTrial,
    billingType: 'license',
    billingCycle: purchase.billingCycle,
    termDuration: purchase.termDuration,
    contractType: 'subscription',
    links: {
      offer: linkTo(`/offers/${purchase.catalogItemId}`),
      product: linkTo(`/products/${product}`),
      sku: linkTo(`/products/${product}/skus/${sku}`),
      self: linkTo(uri),
    },
    orderId: purchase.orderId,
    attributes: {
      etag: Buffer.from(JSON.stringify({ id: purchase.id, version: 1 })).toString('base64'),
      objectType: 'Subscription',
    },
  };
}
