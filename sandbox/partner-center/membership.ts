import type { SandboxPartnerAccount, SandboxTenant } from '../world.ts';
import { isReseller, partnerAccountOf } from './account.ts';
import { type PartnerAnswer, refuse } from './answer.ts';
import { type PartnerCall, queryValue } from './call.ts';
import { demandReader } from './rights.ts';

const guide = 'https://learn.microsoft.com/partner-center/mpa-indirect-provider-faq';

/**
 * The company's own partner ID, or the company behind a given one.
 * https://learn.microsoft.com/partner-center/developer/get-partner-network-profile, …/get-partner-by-mpn-id
 */
export async function getMpnProfile(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const wanted = queryValue(call, 'mpnId');
  if (wanted === undefined) {
    const { partnerId } = call.account;
    if (partnerId === null) refuse(404, 1000, 'Not found');
    return mpnAnswer({ mpnId: partnerId });
  }
  const found = await partnerById(call, wanted);
  if (found === undefined) {
    const description = `Partner Organization with partner_id ${wanted} could not be found`;
    refuse(404, 3000, description, { source: 'PartnerFD' });
  }
  return mpnAnswer({ partnerName: found.account.organization.companyName, mpnId: wanted });
}

function mpnAnswer(of: { mpnId: string; partnerName?: string }): PartnerAnswer {
  return {
    status: 200,
    body: {
      ...of,
      profileType: 'MpnProfile',
      links: { self: { uri: '/profiles/mpn', method: 'GET', headers: [] } },
      attributes: { objectType: 'MpnProfile' },
    },
  };
}

/**
 * Whether a company signed the Microsoft Partner Agreement; "no" comes as 400 with a code for each reason.
 * https://learn.microsoft.com/partner-center/developer/verify-indirect-reseller-mpa-status
 */
export async function getAgreementStatus(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  if (call.params['programName']?.toLowerCase() !== 'csp') refuse(404, 1000, 'Not found');
  const mpnId = queryValue(call, 'mpnId') ?? '';
  const tenantId = queryValue(call, 'tenantId') ?? '';
  const source = { source: 'ComplianceController' };
  if (mpnId === '' && tenantId === '')
    refuse(400, 2001, 'Both MPN Id and Tenant Id cannot be empty.', source);
  if (mpnId !== '' && tenantId !== '')
    refuse(400, 2000, 'Both MPN Id and Tenant Id should not be passed.', source);
  if (mpnId === '') await demandSignedByTenant(call, tenantId);
  else await demandSignedByPartnerId(call, mpnId);
  return { status: 200, body: { isAgreementSigned: true }, bom: true };
}

async function demandSignedByTenant(call: PartnerCall, tenantId: string): Promise<void> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenantId))
    refuse(400, 2000, 'Tenant Id must be a GUID.');
  const partners = await partnersOf(call);
  const found = partners.find(({ tenant }) => tenant.id === tenantId.toLowerCase());
  const source = 'PartnerFD';
  if (found === undefined) refuse(400, 2205, `Could not find account with id '${tenantId}'.`, { source });
  if (!found.account.agreementSigned) {
    const description = `The Partner Center account of tenant ${tenantId} has not signed the agreement`;
    refuse(400, 2206, description, { data: [guide], source });
  }
}

async function demandSignedByPartnerId(call: PartnerCall, mpnId: string): Promise<void> {
  if (!/^\d+$/.test(mpnId)) refuse(400, 2000, 'MPN Id must be numeric.');
  const found = await partnerById(call, mpnId);
  const more = { data: [guide], source: 'PartnerFD' };
  if (found === undefined)
    refuse(
      400,
      2200,
      `Requested MPN Id ${mpnId} is either invalid or does not exist in Partner Center.`,
      more,
    );
  if (!isReseller(found.tenant))
    refuse(400, 2204, `Requested MPN Id ${mpnId} is not associated with any CSP account.`, more);
  if (!found.account.agreementSigned)
    refuse(400, 2203, `MPN Id ${mpnId} has not signed the Microsoft Partner Agreement (MPA).`, more);
}

interface Partner {
  tenant: SandboxTenant;
  account: SandboxPartnerAccount;
}

/** The partners of the caller's cloud. */
async function partnersOf({ world, tenant }: PartnerCall): Promise<Partner[]> {
  const tenants = (await world.tenants()).filter((one) => one.cloud === tenant.cloud);
  const found = await Promise.all(
    tenants.map(async (one) => ({ tenant: one, account: await partnerAccountOf(world, one) })),
  );
  return found.flatMap(({ tenant: one, account }) =>
    account === undefined ? [] : [{ tenant: one, account }],
  );
}

async function partnerById(call: PartnerCall, partnerId: string): Promise<Partner | undefined> {
  return (await partnersOf(call)).find(({ account }) => account.partnerId === partnerId);
}
