import type { ContractRequest, Shape } from './operation.ts';
import { error, link, ofCustomer, type PartnerOperation, type PartnerStage } from './partner-operation.ts';

const pricing = {
  listPrice: 'number',
  discountedPrice: 'number',
  proratedPrice: 'number',
  price: 'number',
  extendedPrice: 'number',
} as const;
const cartLine = {
  id: 'number',
  catalogItemId: 'string',
  quantity: 'number',
  currencyCode: 'string',
  billingCycle: '=monthly',
  termDuration: '=P1Y',
  provisioningContext: {},
  orderGroup: 'string',
  pricing,
} as const satisfies Shape;
const cart = (line: Shape): Shape => ({
  id: 'string',
  creationTimestamp: 'string',
  lastModifiedTimestamp: 'string',
  expirationTimestamp: 'string',
  lastModifiedUser: 'string',
  status: 'string',
  lineItems: [line],
  links: { self: link },
  attributes: { objectType: '=Cart' },
});
/** Lines for so many licences of Business Basic, in the country of the client. */
async function lines({ read, customerId }: PartnerStage, quantity: number): Promise<object> {
  const { billingProfile } = (await read(`/customers/${customerId}`)) as {
    billingProfile: { defaultAddress: { country: string } };
  };
  const path = `/products/CFQ7TTC0LH18/skus/0001/availabilities?country=${billingProfile.defaultAddress.country}`;
  const { items } = (await read(path)) as { items: { catalogItemId: string }[] };
  const catalogItemId = items[0]?.catalogItemId;
  return {
    LineItems: [
      {
        Id: 0,
        CatalogItemId: catalogItemId,
        Quantity: quantity,
        TermDuration: 'P1Y',
        BillingCycle: 'Monthly',
      },
    ],
  };
}

const create =
  (quantity: number) =>
  async (stage: PartnerStage): Promise<ContractRequest> => ({
    method: 'POST',
    path: `/customers/${stage.customerId}/carts`,
    body: await lines(stage, quantity),
  });

/** Path of a new cart. */
export async function newCart(stage: PartnerStage, quantity = 3): Promise<string> {
  const { body } = await stage.send(await create(quantity)(stage));
  return `/customers/${stage.customerId}/carts/${(body as { id: string }).id}`;
}

const noGuid = '00000000-0000-4000-8000-000000000000';

/** Carts until they are checked out. */
export const cartOperations: readonly PartnerOperation[] = [
  {
    id: 'carts.create',
    basis: 'documented',
    note: 'Names as in the newer example, with large first letters in the request; pricing is the partner’s cost.',
    request: create(3),
    status: 201,
    answer: cart(cartLine),
  },
  {
    id: 'carts.create, application',
    basis: 'documented',
    note: 'The page takes tokens without a person.',
    by: 'application',
    request: create(3),
    status: 201,
    answer: cart(cartLine),
  },
  {
    id: 'carts.create, too many',
    basis: 'own',
    note: 'error and its codes are documented, not that the cart is made all the same.',
    request: create(301),
    status: 201,
    answer: cart({
      ...cartLine,
      error: {
        errorCode: 'number',
        errorDescription: 'string',
        additionalInformation: { availableQuantity: 'number', purchasedQuantity: 'number' },
      },
    }),
  },
  {
    id: 'carts.create, no lines',
    basis: 'own',
    note: '800002 is documented, not for this.',
    request: ({ customerId }) => ({
      method: 'POST',
      path: `/customers/${customerId}/carts`,
      body: { lineItems: [] },
    }),
    status: 400,
    answer: error,
  },
  {
    id: 'carts.create, no right',
    basis: 'own',
    note: '900150 is documented; that Admin and Sales agents may is in the portal’s table only.',
    by: 'plain',
    request: create(3),
    status: 403,
    answer: error,
  },
  {
    id: 'carts.get',
    basis: 'own',
    note: 'Microsoft’s library has it, no page does; the cart as it was created.',
    request: async (stage) => ({ method: 'GET', path: await newCart(stage) }),
    status: 200,
    answer: cart(cartLine),
  },
  {
    id: 'carts.get, unknown',
    basis: 'documented',
    note: '800008 with its text; also for one that has expired.',
    request: ofCustomer(`/carts/${noGuid}`),
    status: 404,
    answer: { ...error, description: '=Unable to retrieve cart ID' },
  },
  {
    id: 'carts.update',
    basis: 'documented',
    note: '201 as on the page; all lines anew, other properties of the cart are not minded.',
    request: async (stage) => ({
      method: 'PUT',
      path: await newCart(stage),
      body: await lines(stage, 5),
    }),
    status: 201,
    answer: cart(cartLine),
  },
];
