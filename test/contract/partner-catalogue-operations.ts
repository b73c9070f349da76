import type { Shape } from './operation.ts';
import { error, get, link, listOf, type PartnerOperation } from './partner-operation.ts';

const product = {
  id: 'string',
  title: 'string',
  description: 'string',
  productType: { id: '=OnlineServicesNCE', displayName: '=OnlineServicesNCE' },
  isMicrosoftProduct: 'boolean',
  publisherName: 'string',
  links: { skus: link, self: link },
} as const satisfies Shape;
const sku = {
  id: 'string',
  productId: 'string',
  title: 'string',
  description: 'string',
  minimumQuantity: 'number',
  maximumQuantity: 'number',
  isTrial: 'boolean',
  supportedBillingCycles: ['string'],
  purchasePrerequisites: ['string'],
  inventoryVariables: ['string'],
  provisioningVariables: ['string'],
  actions: ['string'],
  dynamicAttributes: {
    isMicrosoftProduct: 'boolean',
    hasConstraints: 'boolean',
    isAddon: 'boolean',
    prerequisiteSkus: ['string'],
    isSoftwareAssuranceApplicable: 'boolean',
    upgradeTargetOffers: ['string'],
    provisioningId: 'string',
    internal: 'boolean',
  },
  links: { availabilities: link, self: link },
} as const satisfies Shape;
const availability: Shape = {
  id: 'string',
  productId: 'string',
  skuId: 'string',
  catalogItemId: 'string',
  defaultCurrency: { code: 'string', symbol: 'string' },
  segment: '=commercial',
  country: '=VN',
  isPurchasable: 'boolean',
  isRenewable: 'boolean',
  renewalInstructions: [
    {
      applicableTermIds: ['string'],
      renewalOptions: [{ renewToId: 'string', isAutoRenewable: 'boolean' }],
    },
  ],
  terms: [
    {
      id: 'string',
      duration: 'string',
      description: 'string',
      billingCycle: 'string',
      cancellationPolicies: [
        { refundOptions: [{ sequenceId: 'number', type: 'string', expiresAfter: 'string' }] },
      ],
    },
  ],
  product,
  sku,
  links: { self: link },
};
const basic = '/products/CFQ7TTC0LH18';
const linked = 'No cloud is named on this page; the list of products names 21Vianet and links here.';

/** What can be bought. Nothing of it has a price. */
export const catalogueOperations: readonly PartnerOperation[] = [
  {
    id: 'products.list',
    basis: 'documented',
    note: 'Twelve products; other views than OnlineServices are empty.',
    request: get('/products?country=VN&targetView=OnlineServices'),
    status: 200,
    answer: listOf(product),
  },
  {
    id: 'products.list, application',
    basis: 'documented',
    note: 'The page takes tokens without a person.',
    by: 'application',
    request: get('/products?country=VN&targetView=OnlineServices'),
    status: 200,
    answer: listOf(product),
  },
  {
    id: 'products.list, no country',
    basis: 'own',
    note: 'The country is documented as needed; 800002 is ours.',
    request: get('/products?targetView=OnlineServices'),
    status: 400,
    answer: error,
  },
  {
    id: 'products.get',
    basis: 'documented',
    note: linked,
    request: get(`${basic}?country=VN`),
    status: 200,
    answer: product,
  },
  {
    id: 'products.get, withdrawn',
    basis: 'documented',
    note: '400013 with its meaning.',
    request: get('/products/CFQ7TTC0ZZZZ?country=VN'),
    status: 404,
    answer: error,
  },
  {
    id: 'skus.list',
    basis: 'documented',
    note: `${linked} provisioningId is what the directory calls the licence.`,
    request: get(`${basic}/skus?country=VN&targetSegment=commercial`),
    status: 200,
    answer: listOf(sku),
  },
  {
    id: 'skus.get',
    basis: 'documented',
    note: linked,
    request: get(`${basic}/skus/0002?country=VN`),
    status: 200,
    answer: { ...sku, isTrial: 'boolean' },
  },
  {
    id: 'skus.get, unknown',
    basis: 'documented',
    note: '400018 with its meaning.',
    request: get(`${basic}/skus/0ZZZ?country=VN`),
    status: 404,
    answer: error,
  },
  {
    id: 'availabilities.list',
    basis: 'documented',
    note: `${linked} One for each SKU and country.`,
    request: get(`${basic}/skus/0001/availabilities?country=VN`),
    status: 200,
    answer: listOf(availability),
  },
  {
    id: 'availabilities.get',
    basis: 'documented',
    note: linked,
    request: async ({ read }) => {
      const { items } = (await read(`${basic}/skus/0001/availabilities?country=VN`)) as {
        items: { id: string }[];
      };
      return { method: 'GET', path: `${basic}/skus/0001/availabilities/${items[0]?.id}?country=VN` };
    },
    status: 200,
    answer: availability,
  },
  {
    id: 'availabilities.get, unknown',
    basis: 'documented',
    note: '400019 with its meaning.',
    request: get(`${basic}/skus/0001/availabilities/CFQ7TTC0ZZZZ?country=VN`),
    status: 404,
    answer: error,
  },
];
