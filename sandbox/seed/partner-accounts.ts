import { derivedAccount } from '../partner-center/account.ts';
import type { SandboxPartnerAccount, SandboxTenant } from '../world.ts';

/** What a company told Partner Center beyond what its directory says. */
export interface SeedPartnerAccount {
  partnerId: string;
  agreementSigned: boolean;
  legalName: string;
  /** Family name and given name of the person whom Microsoft writes to. */
  contact: { lastName: string; firstName: string; email: string };
  state?: string;
  postalCode: string;
  supportMail: string;
  supportPhone: string;
  website: string;
  taxId: string;
  currency: string;
}

/** The account in Partner Center of a seeded company. */
export function seededAccount(
  tenant: SandboxTenant,
  defaultDomain: string,
  seed: SeedPartnerAccount,
): SandboxPartnerAccount {
  const derived = derivedAccount(tenant, defaultDomain);
  const place = { state: seed.state ?? '', postalCode: seed.postalCode };
  const { firstName, lastName, email } = seed.contact;
  const withPerson = { ...derived.organization.defaultAddress, ...place, firstName, lastName };
  const contact = { firstName, lastName, email, phoneNumber: tenant.phone ?? '' };
  const address = { ...derived.billing.address, ...place };
  return {
    partnerId: seed.partnerId,
    agreementSigned: seed.agreementSigned,
    organization: { ...derived.organization, defaultAddress: withPerson },
    legal: {
      ...derived.legal,
      companyName: seed.legalName,
      address: withPerson,
      primaryContact: contact,
      companyApproverAddress: address,
      companyApproverEmail: email,
    },
    support: { email: seed.supportMail, telephone: seed.supportPhone, website: seed.website },
    billing: {
      ...derived.billing,
      companyName: seed.legalName,
      address,
      primaryContact: contact,
      taxId: seed.taxId,
      billingCurrency: seed.currency,
    },
    versions: { organization: 1, billing: 1 },
  };
}
