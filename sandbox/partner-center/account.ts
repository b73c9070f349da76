import { createHash } from 'node:crypto';
import type { SandboxPartnerAccount, SandboxTenant, World } from '../world.ts';

/**
 * What Partner Center knows of a company; undefined for one that has no account there. A company without a
 * stored account (a file from before there were any) gets one that follows from its directory.
 */
export async function partnerAccountOf(
  world: World,
  tenant: SandboxTenant,
): Promise<SandboxPartnerAccount | undefined> {
  const stored = await world.get('partnerAccount', tenant.id, tenant.id);
  if (stored !== undefined) return stored;
  if (tenant.role !== 'partner' || tenant.partnerTenantType === null) return undefined;
  const domains = await world.all('domain', tenant.id);
  return derivedAccount(tenant, domains.find((one) => one.isDefault)?.id ?? '');
}

const resellerTypes = ['resellerPartnerDelegatedAdmin', 'valueAddedResellerPartnerDelegatedAdmin'];

/** Whether the directory calls the company a reseller. */
export function isReseller({ partnerTenantType }: Pick<SandboxTenant, 'partnerTenantType'>): boolean {
  return partnerTenantType !== null && resellerTypes.includes(partnerTenantType);
}

/** An account as the company would have it if it had entered in Partner Center what its directory says. */
export function derivedAccount(tenant: SandboxTenant, defaultDomain: string): SandboxPartnerAccount {
  const address = {
    country: tenant.countryLetterCode,
    city: tenant.city ?? '',
    state: '',
    addressLine1: tenant.street ?? '',
    addressLine2: '',
    postalCode: '',
  };
  const phoneNumber = tenant.phone ?? '';
  const mail = tenant.mail ?? `contact@${defaultDomain}`;
  const contact = { firstName: '', lastName: '', email: mail, phoneNumber };
  return {
    partnerId: derivedPartnerId(tenant.id),
    agreementSigned: isReseller(tenant),
    organization: {
      companyName: tenant.displayName,
      defaultAddress: { ...address, firstName: '', lastName: '', phoneNumber },
      email: mail,
      language: tenant.preferredLanguage.slice(0, 2),
      culture: tenant.preferredLanguage,
    },
    legal: {
      companyName: tenant.displayName,
      address: { ...address, firstName: '', lastName: '', phoneNumber },
      primaryContact: contact,
      companyApproverAddress: address,
      companyApproverEmail: mail,
      vettingStatus: 'authorized',
      vettingSubStatus: 'none',
    },
    support: { email: mail, telephone: phoneNumber, website: `www.${defaultDomain}` },
    billing: {
      companyName: tenant.displayName,
      address,
      primaryContact: contact,
      purchaseOrderNumber: '',
      taxId: '',
      billingCurrency: tenant.countryLetterCode === 'CN' ? 'CNY' : 'USD',
    },
    versions: { organization: 1, billing: 1 },
  };
}

function derivedPartnerId(tenantId: string): string {
  const number = createHash('sha256').update(tenantId).digest().readUInt32BE(0);
  return String(4_000_000 + (number % 2_000_000));
}
