import { partnerAccountOf } from './account.ts';
import {
  confirmCustomerAgreement,
  getDirectSignStatus,
  listAgreementTemplates,
  listCustomerAgreements,
} from './agreements.ts';
import { type PartnerAnswer, PartnerRefusal, refuse } from './answer.ts';
import { createApplicationConsent } from './application-consents.ts';
import type { PartnerHandler, PartnerRequest } from './call.ts';
import { createCart, getCart, updateCart } from './carts.ts';
import {
  getAvailability,
  getProduct,
  getSku,
  listAvailabilities,
  listProducts,
  listSkus,
} from './catalogue.ts';
import { checkOutCart } from './checkout.ts';
import {
  getCompanyProfile,
  getCustomer,
  getRelationshipRequest,
  listCustomers,
  listRelationships,
} from './customers.ts';
import { getAgreementStatus, getMpnProfile } from './membership.ts';
import { checkDomain, getCountryRules } from './new-customers.ts';
import { getOrder, listOrderProvisioning, listOrders } from './orders.ts';
import { getProfile, putProfile } from './profiles.ts';
import { getProvisioningStatus, getSubscription, listSubscriptions } from './subscriptions.ts';

interface Route {
  method: string;
  pattern: string[];
  handle: PartnerHandler;
  /** Application tokens without a person are taken too. */
  appOnly: boolean;
  /** Whether the page says that it applies to Partner Center operated by 21Vianet. */
  china: boolean;
}

function route(
  method: string,
  path: string,
  handle: PartnerHandler,
  more: { appOnly?: boolean; china?: boolean } = {},
): Route {
  const { appOnly = false, china = true } = more;
  return { method, pattern: path.split('/'), handle, appOnly, china };
}

/** Application tokens without a person are taken too. */
const appOnly = { appOnly: true };

/**
 * `:name` stands for any value. Fixed words are compared without regard to case, as Microsoft does; of two routes
 * that fit, the first is taken. Where a page states no clouds but one that names 21Vianet links to it, it counts as named.
 */
const routes: readonly Route[] = [
  route('GET', 'profiles/organization', getProfile('organization')),
  route('PUT', 'profiles/organization', putProfile('organization')),
  route('GET', 'profiles/legalbusiness', getProfile('legal'), { appOnly: true }),
  route('PUT', 'profiles/legalbusiness', putProfile('legal')),
  route('GET', 'profiles/support', getProfile('support'), { china: false }),
  route('PUT', 'profiles/support', putProfile('support')),
  // The page and Microsoft's own library disagree on the name.
  route('PUT', 'profiles/supportprofile', putProfile('support')),
  route('GET', 'profiles/billing', getProfile('billing')),
  route('PUT', 'profiles/billing', putProfile('billing')),
  route('GET', 'profiles/mpn', getMpnProfile),
  route('GET', 'compliance/:programName/agreementstatus', getAgreementStatus, { china: false }),
  route('GET', 'customers', listCustomers, appOnly),
  route('GET', 'customers/relationshiprequests', getRelationshipRequest),
  route('GET', 'customers/:customer', getCustomer, appOnly),
  route('GET', 'customers/:customer/profiles/company', getCompanyProfile),
  route('GET', 'customers/:customer/relationships', listRelationships, { china: false }),
  route('GET', 'products', listProducts, appOnly),
  route('GET', 'products/:product', getProduct, appOnly),
  route('GET', 'products/:product/skus', listSkus, appOnly),
  route('GET', 'products/:product/skus/:sku', getSku, appOnly),
  route('GET', 'products/:product/skus/:sku/availabilities', listAvailabilities, appOnly),
  route('GET', 'products/:product/skus/:sku/availabilities/:availability', getAvailability, appOnly),
  route('POST', 'customers/:customer/carts', createCart, appOnly),
  route('GET', 'customers/:customer/carts/:cart', getCart, appOnly),
  route('PUT', 'customers/:customer/carts/:cart', updateCart, appOnly),
  route('POST', 'customers/:customer/carts/:cart/checkout', checkOutCart, appOnly),
  route('GET', 'customers/:customer/orders', listOrders, appOnly),
  route('GET', 'customers/:customer/orders/:order', getOrder, appOnly),
  route('GET', 'customers/:customer/orders/:order/provisioningstatus', listOrderProvisioning),
  route('GET', 'customers/:customer/subscriptions', listSubscriptions, appOnly),
  route('GET', 'customers/:customer/subscriptions/:subscription', getSubscription, appOnly),
  route('GET', 'customers/:customer/subscriptions/:subscription/provisioningstatus', getProvisioningStatus),
  route('GET', 'agreements', listAgreementTemplates, { china: false }),
  route('GET', 'customers/:customer/agreements', listCustomerAgreements, { china: false }),
  route('POST', 'customers/:customer/agreements', confirmCustomerAgreement, { china: false }),
  route('GET', 'customers/:customer/directsignedmicrosoftcustomeragreementstatus', getDirectSignStatus, {
    china: false,
  }),
  route('POST', 'customers/:customer/applicationconsents', createApplicationConsent, { china: false }),
  route('HEAD', 'domains/:domain', checkDomain, appOnly),
  route('GET', 'countryvalidationrules/:country', getCountryRules, appOnly),
];

/** What the sandbox serves in each cloud, as `GET profiles/mpn`; the contract test calls each of them. */
export const served: readonly { route: string; china: boolean }[] = routes.map(
  ({ method, pattern, china }) => ({ route: `${method} ${pattern.join('/')}`, china }),
);

/** Answers one request to Partner Center from the world. Never throws for what a caller sent. */
export async function answerPartnerCenter(request: PartnerRequest): Promise<PartnerAnswer> {
  try {
    return await answerOrThrow(request);
  } catch (error) {
    if (error instanceof PartnerRefusal) return error.answer;
    throw error;
  }
}

async function answerOrThrow(request: PartnerRequest): Promise<PartnerAnswer> {
  const { world, caller } = request;
  const tenant = (await world.tenants()).find(({ id }) => id === caller.tenantId);
  const account = tenant === undefined ? undefined : await partnerAccountOf(world, tenant);
  // Which code a company without an account gets is not documented.
  if (tenant === undefined || account === undefined) return refuse(403, 2032, 'Access denied');
  const segments = decoded(request.path);
  const fitting = routes.filter((one) => fits(one, segments) && (one.china || tenant.cloud === 'worldwide'));
  if (fitting.length === 0) refuse(404, 1000, 'Not found');
  const found = fitting.find(({ method }) => method === request.method);
  if (found === undefined) return refuse(405, 1000, 'Method not allowed');
  if (caller.objectId === undefined && !found.appOnly)
    refuse(403, 900329, 'This resource does not support application-only authentication.');
  return found.handle({ ...request, params: paramsOf(found, segments), tenant, account });
}

function decoded(path: string): string[] {
  try {
    return path
      .replace(/^\/+|\/+$/g, '')
      .split('/')
      .map(decodeURIComponent);
  } catch {
    return refuse(400, 800002, 'Invalid request input.');
  }
}

function fits({ pattern }: Route, segments: string[]): boolean {
  if (pattern.length !== segments.length) return false;
  return pattern.every((part, index) => {
    const segment = segments[index] ?? '';
    return part.startsWith(':') ? segment !== '' : part === segment.toLowerCase();
  });
}

function paramsOf({ pattern }: Route, segments: string[]): Record<string, string> {
  const named = pattern.flatMap((part, index) =>
    part.startsWith(':') ? [[part.slice(1), segments[index] ?? '']] : [],
  );
  return Object.fromEntries(named);
}
