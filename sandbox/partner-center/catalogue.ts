import type { SandboxProduct, SandboxProductSku } from '../shop-kinds.ts';
import { type PartnerAnswer, refuse } from './answer.ts';
import { type PartnerCall, queryValue } from './call.ts';
import { collection, linkTo } from './collection.ts';
import { currencyOf, type Offering, offeringOf, type Term } from './offering.ts';
import { demandReader } from './rights.ts';

/** https://learn.microsoft.com/partner-center/developer/get-a-list-of-products */
export async function listProducts(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const country = countryOf(call);
  const view = queryValue(call, 'targetView') ?? refuse(400, 800002, 'Invalid request input.');
  // Nothing but online services is sold here, and those to companies only.
  const isShown = view.toLowerCase() === 'onlineservices' && isCommercial(call);
  const products = isShown ? await call.world.all('product', call.tenant.cloud) : [];
  const self = `/products?country=${country}&targetView=${encodeURIComponent(view)}`;
  return collection(
    products.map((product) => productAnswer(product, country)),
    self,
  );
}

/** https://learn.microsoft.com/partner-center/developer/get-a-product-by-id */
export async function getProduct(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  return { status: 200, body: productAnswer(await productOf(call), countryOf(call)) };
}

/** https://learn.microsoft.com/partner-center/developer/get-a-list-of-skus-for-a-product */
export async function listSkus(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const country = countryOf(call);
  const product = await productOf(call);
  const skus = isCommercial(call) ? product.skus : [];
  return collection(
    skus.map((sku) => skuAnswer(product, sku, country)),
    `/products/${product.id}/skus?country=${country}`,
  );
}

/** https://learn.microsoft.com/partner-center/developer/get-a-sku-by-id */
export async function getSku(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const { product, sku } = await skuOf(call);
  return { status: 200, body: skuAnswer(product, sku, countryOf(call)) };
}

/** https://learn.microsoft.com/partner-center/developer/get-a-list-of-availabilities-for-a-sku */
export async function listAvailabilities(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const offering = await offeringNamed(call);
  const uri = `/products/${offering.product.id}/skus/${offering.sku.id}/availabilities?country=${offering.country}`;
  const items = isCommercial(call) ? [availabilityAnswer(call, offering)] : [];
  return collection(items, `${uri}&targetSegment=commercial`);
}

/** https://learn.microsoft.com/partner-center/developer/get-an-availability-by-id */
export async function getAvailability(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const offering = await offeringNamed(call);
  if (offering.availabilityId !== call.params['availability']?.toUpperCase())
    refuse(404, 400019, 'Availability not found');
  return { status: 200, body: availabilityAnswer(call, offering) };
}

function countryOf(call: PartnerCall): string {
  const country = queryValue(call, 'country') ?? '';
  if (!/^[a-z]{2}$/i.test(country)) refuse(400, 800002, 'Invalid request input.');
  return country.toUpperCase();
}

function isCommercial(call: PartnerCall): boolean {
  return (queryValue(call, 'targetSegment') ?? 'commercial').toLowerCase() === 'commercial';
}

async function productOf(call: PartnerCall): Promise<SandboxProduct> {
  const id = (call.params['product'] ?? '').toUpperCase();
  return (
    (await call.world.get('product', call.tenant.cloud, id)) ?? refuse(404, 400013, "Product wasn't found")
  );
}

async function skuOf(call: PartnerCall): Promise<{ product: SandboxProduct; sku: SandboxProductSku }> {
  const product = await productOf(call);
  const sku = product.skus.find(({ id }) => id === call.params['sku']?.toUpperCase());
  return { product, sku: sku ?? refuse(404, 400018, "SKU wasn't found") };
}

async function offeringNamed(call: PartnerCall): Promise<Offering> {
  const { product, sku } = await skuOf(call);
  return offeringOf(product, sku, countryOf(call));
}

function productAnswer({ id, title, description }: SandboxProduct, country: string): object {
  return {
    id,
    title,
    description,
    productType: { id: 'OnlineServicesNCE', displayName: 'OnlineServicesNCE' },
    isMicrosoftProduct: true,
    publisherName: 'Microsoft Corporation',
    links: {
      skus: linkTo(`/products/${id}/skus?country=${country}`),
      self: linkTo(`/products/${id}?country=${country}`),
    },
  };
}

function skuAnswer(product: SandboxProduct, sku: SandboxProductSku, country: string): object {
  const uri = `/products/${product.id}/skus/${sku.id}`;
  return {
    id: sku.id,
    productId: product.id,
    title: sku.title,
    description: product.description,
    minimumQuantity: sku.minimumQuantity,
    maximumQuantity: sku.maximumQuantity,
    isTrial: sku.isTrial,
    supportedBillingCycles: sku.isTrial ? ['none'] : ['annual', 'monthly'],
    purchasePrerequisites: ['MicrosoftCustomerAgreement'],
    inventoryVariables: [],
    provisioningVariables: [],
    actions: sku.isTrial ? [] : ['Refund'],
    dynamicAttributes: {
      isMicrosoftProduct: true,
      hasConstraints: true,
      isAddon: false,
      prerequisiteSkus: [],
      isSoftwareAssuranceApplicable: false,
      upgradeTargetOffers: [],
      provisioningId: sku.licenceId,
      internal: false,
    },
    links: {
      availabilities: linkTo(`${uri}/availabilities?country=${country}`),
      self: linkTo(`${uri}?country=${country}`),
    },
  };
}

function availabilityAnswer(call: PartnerCall, offering: Offering): object {
  const { product, sku, availabilityId, catalogItemId, country, terms } = offering;
  return {
    id: availabilityId,
    productId: product.id,
    skuId: sku.id,
    catalogItemId,
    defaultCurrency: currencyOf(call.tenant.cloud),
    segment: 'commercial',
    country,
    isPurchasable: true,
    isRenewable: true,
    renewalInstructions: terms.map((term) => renewalOf(offering, term)),
    terms: terms.map(termAnswer),
    product: productAnswer(product, country),
    sku: skuAnswer(product, sku, country),
    links: {
      self: linkTo(
        `/products/${product.id}/skus/${sku.id}/availabilities/${availabilityId}?country=${country}`,
      ),
    },
  };
}

function renewalOf({ product, sku }: Offering, term: Term): object {
  // A trial goes on as the paid SKU that comes first in its product.
  const renewsTo = sku.isTrial ? (product.skus[0]?.id ?? sku.id) : sku.id;
  return {
    applicableTermIds: [term.id],
    renewalOptions: [{ renewToId: `${product.id}:${renewsTo}`, isAutoRenewable: true }],
  };
}

function termAnswer({ id, duration, description, billingCycle }: Term): object {
  return {
    id,
    duration,
    description,
    billingCycle,
    cancellationPolicies: [{ refundOptions: [{ sequenceId: 0, type: 'Full', expiresAfter: 'P7D' }] }],
  };
}
