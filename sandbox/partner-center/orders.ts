import type { SandboxOrder, SandboxOrderLine } from '../shop-kinds.ts';
import { type PartnerAnswer, refuse } from './answer.ts';
import type { PartnerCall } from './call.ts';
import { collection, linkTo } from './collection.ts';
import { customerOf } from './customers.ts';
import { isVisible } from './delivery.ts';
import { currencyOf } from './offering.ts';
import { demandReader } from './rights.ts';

/** Shows an order only after a while: https://learn.microsoft.com/partner-center/developer/get-all-of-a-customer-s-orders */
export async function listOrders(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const { tenant } = await customerOf(call);
  const orders = await visibleOrders(call, tenant.id);
  return collection(
    orders.map((order) => orderAnswer(call, order)),
    `/customers/${tenant.id}/orders`,
  );
}

/** https://learn.microsoft.com/partner-center/developer/get-an-order-by-id */
export async function getOrder(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  return { status: 200, body: orderAnswer(call, await orderOf(call)) };
}

/** https://learn.microsoft.com/partner-center/developer/get-subscription-provisioning-status-of-an-order */
export async function listOrderProvisioning(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const order = await orderOf(call);
  const status = order.isCompleted ? 'fulfilled' : 'pending';
  return collection(
    order.lines.map(({ quantity }, lineItemNumber) => ({
      orderLineItemId: lineItemNumber,
      lineItemNumber,
      status,
      quantityProvisioningInformation: [{ quantity, status }],
    })),
  );
}

/** Newest first; the order of Microsoft's lists is not documented. */
async function visibleOrders(call: PartnerCall, customerId: string): Promise<SandboxOrder[]> {
  const orders = await call.world.all('order', call.tenant.id);
  return orders.filter((order) => order.customerId === customerId && isVisible(call, order)).toReversed();
}

async function orderOf(call: PartnerCall): Promise<SandboxOrder> {
  const { tenant } = await customerOf(call);
  const order = await call.world.get('order', call.tenant.id, call.params['order'] ?? '');
  if (order === undefined || order.customerId !== tenant.id || !isVisible(call, order))
    return refuse(404, 20000, 'Order ID not found');
  return order;
}

/** In the answer to a checkout an order has no links and no subscriptions yet. */
export function checkedOutOrder(call: PartnerCall, order: SandboxOrder): object {
  return {
    ...common(call, order),
    alternateId: order.alternateId,
    lineItems: order.lines.map((line, number) => ({ ...lineAnswer(line, number), links: {} })),
    status: 'pending',
    transactionType: 'UserPurchase',
    links: {},
  };
}

function orderAnswer(call: PartnerCall, order: SandboxOrder): object {
  const uri = `/customers/${order.customerId}/orders/${order.id}`;
  return {
    ...common(call, order),
    lineItems: order.lines.map((line, number) => ({
      ...lineAnswer(line, number),
      ...(order.isCompleted ? { subscriptionId: line.subscriptionId } : {}),
      links: linksOf(order, line),
    })),
    status: order.isCompleted ? 'completed' : 'pending',
    links: { provisioningStatus: linkTo(`${uri}/provisioningstatus`), self: linkTo(uri) },
    attributes: { objectType: 'Order' },
  };
}

function linksOf(order: SandboxOrder, line: SandboxOrderLine): object {
  const [product, sku] = line.catalogItemId.split(':');
  const subscription = `/customers/${order.customerId}/subscriptions/${line.subscriptionId}`;
  return {
    sku: linkTo(`/products/${product}/skus/${sku}`),
    ...(order.isCompleted
      ? {
          subscription: linkTo(subscription),
          provisioningStatus: linkTo(`${subscription}/provisioningstatus`),
        }
      : {}),
  };
}

function common(call: PartnerCall, order: SandboxOrder): object {
  return {
    id: order.id,
    referenceCustomerId: order.customerId,
    billingCycle: order.billingCycle,
    currencyCode: order.currencyCode,
    currencySymbol: currencyOf(call.tenant.cloud).symbol,
    creationDate: new Date(order.createdAt).toISOString(),
  };
}

function lineAnswer(line: SandboxOrderLine, lineItemNumber: number): object {
  return {
    lineItemNumber,
    offerId: line.catalogItemId,
    termDuration: line.termDuration,
    transactionType: 'New',
    friendlyName: line.friendlyName ?? line.title,
    quantity: line.quantity,
  };
}
