import type { ContractRequest, Shape } from './operation.ts';
import { newCart } from './partner-cart-operations.ts';
import {
  error,
  link,
  listOf,
  ofCustomer,
  type PartnerOperation,
  type PartnerStage,
} from './partner-operation.ts';

const orderLine = {
  lineItemNumber: 'number',
  offerId: 'string',
  friendlyName: 'string',
  quantity: 'number',
} as const;
const order = {
  id: 'string',
  referenceCustomerId: 'string',
  billingCycle: '=monthly',
  currencyCode: 'string',
  currencySymbol: 'string',
  creationDate: 'string',
} as const;
const readOrder: Shape = {
  ...order,
  lineItems: [
    {
      ...orderLine,
      subscriptionId: 'string',
      links: { subscription: link, sku: link, provisioningStatus: link },
    },
  ],
  status: '=completed',
  links: { provisioningStatus: link, self: link },
  attributes: { objectType: '=Order' },
};
const subscription = {
  id: 'string',
  offerId: 'string',
  offerName: 'string',
  friendlyName: 'string',
  quantity: 'number',
  unitType: '=Licenses',
  creationDate: 'string',
  effectiveStartDate: 'string',
  commitmentEndDate: 'string',
  status: '=active',
  autoRenewEnabled: 'boolean',
  billingType: '=license',
  contractType: '=subscription',
  links: { offer: link, self: link },
  orderId: 'string',
  attributes: { etag: 'string', objectType: '=Subscription' },
} as const satisfies Shape;
const subscriptions: Shape = {
  totalCount: 'number',
  items: [subscription],
  attributes: { objectType: '=Collection' },
};

const checkout =
  (quantity: number) =>
  async (stage: PartnerStage): Promise<ContractRequest> => ({
    method: 'POST',
    path: `${await newCart(stage, quantity)}/checkout`,
  });

/** Something of a new order, which is through at once. */
const ofOrder =
  (path: (ids: { orderId: string; subscriptionId: string }) => string) =>
  async (stage: PartnerStage): Promise<ContractRequest> => {
    const { body } = await stage.send(await checkout(3)(stage));
    const orderId = (body as { orders: { id: string }[] }).orders[0]?.id ?? '';
    const placed = await stage.read(`/customers/${stage.customerId}/orders/${orderId}`);
    const [line] = placed['lineItems'] as { subscriptionId: string }[];
    const subscriptionId = line?.subscriptionId ?? '';
    return { method: 'GET', path: `/customers/${stage.customerId}${path({ orderId, subscriptionId })}` };
  };
const noGuid = '00000000-0000-4000-8000-000000000000';

/** From the checkout to the subscription. */
export const orderOperations: readonly PartnerOperation[] = [
  {
    id: 'carts.checkout',
    basis: 'documented',
    note: 'One order for each billing cycle; always pending at first.',
    request: checkout(3),
    status: 201,
    answer: {
      orders: [
        {
          ...order,
          alternateId: 'string',
          lineItems: [{ ...orderLine, termDuration: '=P1Y', transactionType: '=New', links: {} }],
          status: '=pending',
          transactionType: '=UserPurchase',
          links: {},
        },
      ],
    },
  },
  {
    id: 'carts.checkout, faulty line',
    basis: 'documented',
    note: '800009 with its text.',
    request: checkout(301),
    status: 400,
    answer: { ...error, description: '=Error in Cart item(s)' },
  },
  {
    id: 'carts.checkout, again',
    basis: 'documented',
    note: '800065; with the same MS-RequestId it is the first answer again.',
    request: async (stage) => {
      const again = await checkout(3)(stage);
      await stage.send(again);
      return again;
    },
    status: 400,
    answer: error,
  },
  {
    id: 'orders.get',
    basis: 'documented',
    note: 'Not there at first, then pending, then completed with its subscriptions.',
    request: ofOrder(({ orderId }) => `/orders/${orderId}`),
    status: 200,
    answer: readOrder,
  },
  {
    id: 'orders.get, unknown',
    basis: 'documented',
    note: '20000 with its text.',
    request: ofCustomer('/orders/no-such-order'),
    status: 404,
    answer: { ...error, description: '=Order ID not found' },
  },
  {
    id: 'orders.list',
    basis: 'documented',
    note: 'Newest first.',
    request: ofCustomer('/orders'),
    status: 200,
    answer: listOf(readOrder),
  },
  {
    id: 'orders.provisioningStatus.list',
    basis: 'documented',
    note: 'As the example has it.',
    request: ofOrder(({ orderId }) => `/orders/${orderId}/provisioningstatus`),
    status: 200,
    answer: {
      totalCount: 'number',
      items: [
        {
          orderLineItemId: 'number',
          lineItemNumber: 'number',
          status: '=fulfilled',
          quantityProvisioningInformation: [{ quantity: 'number', status: '=fulfilled' }],
        },
      ],
      attributes: { objectType: '=Collection' },
    },
  },
  {
    id: 'subscriptions.list',
    basis: 'documented',
    note: 'Without entitlementId, which Azure has.',
    request: ofCustomer('/subscriptions'),
    status: 200,
    answer: subscriptions,
  },
  {
    id: 'subscriptions.listByOrder',
    basis: 'documented',
    note: 'Empty for an order that is unknown or pending.',
    request: ofOrder(({ orderId }) => `/subscriptions?order_id=${orderId}`),
    status: 200,
    answer: subscriptions,
  },
  {
    id: 'subscriptions.get',
    basis: 'documented',
    note: 'That of licences; the Azure example has entitlementId.',
    request: ofOrder(({ subscriptionId }) => `/subscriptions/${subscriptionId}`),
    status: 200,
    answer: subscription,
  },
  {
    id: 'subscriptions.get, unknown',
    basis: 'documented',
    note: '20003.',
    request: ofCustomer(`/subscriptions/${noGuid}`),
    status: 404,
    answer: error,
  },
  {
    id: 'subscriptions.provisioningStatus.get',
    basis: 'documented',
    note: 'Always success: what is not provisioned is not there.',
    request: ofOrder(({ subscriptionId }) => `/subscriptions/${subscriptionId}/provisioningstatus`),
    status: 200,
    answer: {
      skuId: 'string',
      status: '=success',
      quantity: 'number',
      endDate: 'string',
      attributes: { objectType: '=SubscriptionProvisioningStatus' },
    },
  },
];
