import { z } from 'zod';
import type { SandboxContract, SandboxTenant } from '../world.ts';
import { type PartnerAnswer, refuse } from './answer.ts';
import type { PartnerCall } from './call.ts';
import { collection, linkTo, pageOf } from './collection.ts';
import { demandReader, demandSeller } from './rights.ts';
import { withSmallNames } from './shapes.ts';

/** A client of the caller's company. */
export interface Customer {
  contract: SandboxContract;
  tenant: SandboxTenant;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The client that the address names. 404 where there is no such company, 403 where it is no client of the caller. */
export async function customerOf(call: PartnerCall): Promise<Customer> {
  const id = (call.params['customer'] ?? '').toLowerCase();
  if (!guid.test(id)) refuse(400, 800002, 'Invalid request input.');
  const tenant = await call.world.get('tenant', id, id);
  if (tenant === undefined || tenant.cloud !== call.tenant.cloud)
    return refuse(404, 60003, 'Tenant not found');
  const contracts = await call.world.all('contract', call.tenant.id);
  const contract = contracts.find(({ customerId }) => customerId === id);
  if (contract === undefined) {
    const description = `The partner ID ${call.tenant.id} has no commerce relationship with the customer ID ${id}.`;
    return refuse(403, 20002, description);
  }
  return { contract, tenant };
}

const relationships: Readonly<Record<string, string>> = {
  ResellerPartner: 'reseller',
  BreadthPartner: 'advisor',
  SyndicationPartner: 'syndication',
};

const relationshipOf = ({ contractType }: SandboxContract): string =>
  relationships[contractType] ?? 'unknown';

/** `{"Field":…,"Value":…,"Operator":"starts_with"}`: https://learn.microsoft.com/partner-center/developer/get-a-customer-by-name */
const filterShape = z.object({
  field: z.string().transform((name, context) => {
    const known = { companyname: 'displayName', domain: 'defaultDomainName' } as const;
    const found = Object.entries(known).find(([one]) => one === name.toLowerCase())?.[1];
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: 'cannot be searched' });
    return z.NEVER;
  }),
  value: z.string(),
  operator: z.string().refine((name) => name.toLowerCase().replaceAll('_', '') === 'startswith'),
});

/** The partner's clients, all or those whose name or domain begins so: https://learn.microsoft.com/partner-center/developer/get-a-list-of-customers */
export async function listCustomers(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const contracts = await call.world.all('contract', call.tenant.id);
  const text = call.query.get('filter');
  const found = text === null ? contracts : contracts.filter(matching(text));
  return pageOf(call, found, {
    uri: '/customers',
    keyOf: ({ id }) => id,
    shown: (contract) => shortCustomer(contract),
  });
}

function matching(text: string): (contract: SandboxContract) => boolean {
  const filter = filterShape.safeParse(withSmallNames(parsed(text)));
  if (!filter.success) return refuse(400, 800002, 'Invalid request input.');
  const { field, value } = filter.data;
  const wanted = value.toLowerCase();
  return (contract) => contract[field].toLowerCase().startsWith(wanted);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const customerUri = (id: string): string => `/customers/${id}`;

function shortCustomer(contract: SandboxContract): object {
  const { customerId } = contract;
  return {
    id: customerId,
    companyProfile: profileOf(contract),
    relationshipToPartner: relationshipOf(contract),
    links: { self: linkTo(customerUri(customerId)) },
    attributes: { objectType: 'Customer' },
  };
}

function profileOf(contract: SandboxContract, more: object = {}): object {
  return {
    tenantId: contract.customerId,
    domain: contract.defaultDomainName,
    companyName: contract.displayName,
    ...more,
    links: { self: linkTo(`${customerUri(contract.customerId)}/profiles/company`) },
    attributes: { objectType: 'CustomerCompanyProfile' },
  };
}

/**
 * One client. Without delegated administration the company's address, mail and own domains are not told.
 * https://learn.microsoft.com/partner-center/developer/get-a-customer-by-id
 */
export async function getCustomer(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const { contract, tenant } = await customerOf(call);
  const { customerId } = contract;
  return {
    status: 200,
    body: {
      id: customerId,
      commerceId: contract.id,
      companyProfile: profileOf(contract),
      billingProfile: {
        id: contract.id,
        firstName: '',
        lastName: '',
        email: mailOf(tenant, contract),
        culture: tenant.preferredLanguage,
        language: tenant.preferredLanguage.slice(0, 2),
        companyName: contract.displayName,
        defaultAddress: {
          country: tenant.countryLetterCode,
          city: tenant.city ?? '',
          state: '',
          addressLine1: tenant.street ?? '',
          postalCode: '',
          firstName: '',
          lastName: '',
          phoneNumber: tenant.phone ?? '',
        },
        links: { self: linkTo(`${customerUri(customerId)}/profiles/billing`) },
        attributes: {
          etag: Buffer.from(contract.id).toString('base64'),
          objectType: 'CustomerBillingProfile',
        },
      },
      relationshipToPartner: relationshipOf(contract),
      allowDelegatedAccess: false,
      links: { self: linkTo(customerUri(customerId)) },
      attributes: { objectType: 'Customer' },
    },
    bom: true,
  };
}

/** https://learn.microsoft.com/partner-center/developer/get-a-customer-s-company-profile */
export async function getCompanyProfile(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const { contract, tenant } = await customerOf(call);
  const address = {
    country: tenant.countryLetterCode,
    region: '',
    city: tenant.city ?? '',
    addressLine1: tenant.street ?? '',
    postalCode: '',
    phoneNumber: tenant.phone ?? '',
  };
  return { status: 200, body: profileOf(contract, { address, email: mailOf(tenant, contract) }) };
}

function mailOf(tenant: SandboxTenant, contract: SandboxContract): string {
  return tenant.mail ?? `contact@${contract.defaultDomainName}`;
}

/** The one link with which any company becomes a client: https://learn.microsoft.com/partner-center/developer/request-reseller-relationship */
export async function getRelationshipRequest(call: PartnerCall): Promise<PartnerAnswer> {
  await demandSeller(call);
  const query = new URLSearchParams({
    invType: 'ResellerRelationship',
    partnerId: call.tenant.id,
    msppId: '0',
    DAP: 'false',
  });
  const url = `${call.adminCenter}/Adminportal/Home?${query.toString()}#/BillingAccounts/partner-invitation`;
  return { status: 200, body: { url, attributes: { objectType: 'RelationshipRequest' } } };
}

/** Indirect resellers of a client; none here, since every seeded partner sells by itself. */
export async function listRelationships(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  await customerOf(call);
  return collection([]);
}
