import { z } from 'zod';
import type { Customer } from '../../partner/commerce.ts';
import { segment, withQuery } from '../graph/query.ts';
import { type Listing, readFirstPage } from './collection.ts';
import { isNoCustomer } from './order-errors.ts';

const customer = z.object({
  id: z.string(),
  companyProfile: z
    .object({
      tenantId: z.string().nullish(),
      domain: z.string().nullish(),
      companyName: z.string().nullish(),
    })
    .nullish(),
  relationshipToPartner: z.string().nullish(),
});

const mostFound = 50;
/** What a relationship says after it has ended. */
const ended = 'none';

/**
 * Customers whose name or domain begins so, without regard to case; Partner Center can search in no other way.
 * https://learn.microsoft.com/partner-center/developer/get-a-customer-by-name
 */
export async function findCustomers(from: Listing, startsWith: string): Promise<Customer[]> {
  const wanted = startsWith.trim();
  const size = String(mostFound);
  const queries: Record<string, string>[] =
    wanted === ''
      ? [{ size }]
      : ['CompanyName', 'Domain'].map((field) => ({ size, filter: startingWith(field, wanted) }));
  const pages = await Promise.all(
    queries.map((query) => readFirstPage(from, withQuery('/customers', query), customer)),
  );
  const found = new Map(
    pages
      .flat()
      .map(customerOf)
      .filter(({ relationship }) => relationship !== ended)
      .map((one) => [one.tenantId, one]),
  );
  const inOrder = [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'vi'));
  return inOrder.slice(0, mostFound);
}

/** https://learn.microsoft.com/partner-center/developer/get-a-customer-by-id */
export async function readCustomer(
  { partnerCenter }: Listing,
  tenantId: string,
): Promise<Customer | undefined> {
  try {
    const found = customerOf(await partnerCenter.read(customerPath(tenantId), customer));
    return found.relationship === ended ? undefined : found;
  } catch (error) {
    if (isNoCustomer(error)) return undefined;
    throw error;
  }
}

/**
 * The link with which any company asks us to be its reseller; https, as it goes to clients.
 * https://learn.microsoft.com/partner-center/developer/request-reseller-relationship
 */
export async function readRelationshipLink({ partnerCenter }: Listing): Promise<string> {
  const shape = z.object({ url: z.url({ protocol: /^https$/ }) });
  return (await partnerCenter.read('/customers/relationshiprequests', shape)).url;
}

/** Path of what belongs to one customer: `/customers/{id}` and what follows, each part encoded. */
export function customerPath(tenantId: string, ...more: string[]): string {
  return ['/customers', segment(tenantId), ...more.map(segment)].join('/');
}

function startingWith(field: string, value: string): string {
  return JSON.stringify({ Field: field, Value: value, Operator: 'starts_with' });
}

function customerOf({ id, companyProfile, relationshipToPartner }: z.infer<typeof customer>): Customer {
  return {
    tenantId: (companyProfile?.tenantId ?? id).toLowerCase(),
    name: companyProfile?.companyName ?? '',
    domain: companyProfile?.domain ?? '',
    relationship: (relationshipToPartner ?? 'unknown').toLowerCase(),
  };
}
