import { z } from 'zod';
import {
  isSame,
  type OrganizationDetails,
  type ProfileChange,
  type SupportDetails,
} from '../../partner/company.ts';
import { PartnerError } from '../../partner/errors.ts';
import type { PartnerCenter } from './client.ts';

/** Everything is kept, also what we do not know: a profile is written back whole. */
const text = z.string().nullish();
const address = z.looseObject({
  country: text,
  city: text,
  state: text,
  addressLine1: text,
  addressLine2: text,
  postalCode: text,
  phoneNumber: text,
});
const organizationProfile = z.looseObject({
  companyName: text,
  defaultAddress: address.nullish(),
  email: text,
  attributes: z.looseObject({ etag: text }).nullish(),
});
const supportProfile = z.looseObject({ email: text, telephone: text, website: text });
const legalProfile = z.looseObject({ companyName: text });
const mpnProfile = z.looseObject({ mpnId: text });

type OrganizationProfile = z.infer<typeof organizationProfile>;
type SupportProfile = z.infer<typeof supportProfile>;

const paths = {
  organization: '/profiles/organization',
  legal: '/profiles/legalbusiness',
  support: '/profiles/support',
  mpn: '/profiles/mpn',
} as const;

/** https://learn.microsoft.com/partner-center/developer/get-an-organization-profile; `country` is two letters. */
export async function readOrganization(
  partnerCenter: PartnerCenter,
): Promise<OrganizationDetails & { country: string }> {
  return organizationDetails(await partnerCenter.read(paths.organization, organizationProfile));
}

/** https://learn.microsoft.com/partner-center/developer/get-legal-business-profile */
export async function readLegalName(partnerCenter: PartnerCenter): Promise<string> {
  return (await partnerCenter.read(paths.legal, legalProfile)).companyName ?? '';
}

/** https://learn.microsoft.com/partner-center/developer/get-support-profile */
export async function readSupport(partnerCenter: PartnerCenter): Promise<SupportDetails> {
  return supportDetails(await partnerCenter.read(paths.support, supportProfile));
}

/**
 * The id in the AI Cloud Partner Program, or undefined for a company that has none.
 * https://learn.microsoft.com/partner-center/developer/get-partner-network-profile
 */
export async function readPartnerId(partnerCenter: PartnerCenter): Promise<string | undefined> {
  try {
    return (await partnerCenter.read(paths.mpn, mpnProfile)).mpnId ?? undefined;
  } catch (error) {
    if (error instanceof PartnerError && error.code === 'not-found') return undefined;
    throw error;
  }
}

/** https://learn.microsoft.com/partner-center/developer/update-an-organization-profile */
export async function writeOrganization(
  partnerCenter: PartnerCenter,
  { wanted, seen, requestId }: ProfileChange<OrganizationDetails>,
): Promise<void> {
  const profile = await partnerCenter.read(paths.organization, organizationProfile);
  const open = stillOpen({ wanted, seen, current: organizationDetails(profile) });
  if (open === undefined) return;
  const { name, mail, phone, ...rest } = open;
  const place = { ...rest, ...(phone === undefined ? {} : { phoneNumber: phone }) };
  const body: OrganizationProfile = {
    ...profile,
    ...(name === undefined ? {} : { companyName: name }),
    ...(mail === undefined ? {} : { email: mail }),
    defaultAddress: { ...profile.defaultAddress, ...place },
  };
  const ifMatch = profile.attributes?.etag ?? undefined;
  const call = { method: 'PUT', path: paths.organization, body, requestId, ifMatch } as const;
  await partnerCenter.write(call, organizationProfile);
}

/**
 * The support profile has no etag: what changes between our reading and writing is lost, some hundred ms.
 * https://learn.microsoft.com/partner-center/developer/update-support-profile
 */
export async function writeSupport(
  partnerCenter: PartnerCenter,
  { wanted, seen, requestId }: ProfileChange<SupportDetails>,
): Promise<void> {
  const profile = await partnerCenter.read(paths.support, supportProfile);
  const open = stillOpen({ wanted, seen, current: supportDetails(profile) });
  if (open === undefined) return;
  const { supportMail, supportPhone, website } = open;
  const body: SupportProfile = {
    ...profile,
    ...(supportMail === undefined ? {} : { email: supportMail }),
    ...(supportPhone === undefined ? {} : { telephone: supportPhone }),
    ...(website === undefined ? {} : { website }),
  };
  await partnerCenter.write({ method: 'PUT', path: paths.support, body, requestId }, supportProfile);
}

/**
 * What of a change is still to be done; undefined when all is there already. Throws `changed-meanwhile` when a
 * field holds neither what the person saw nor what is wanted.
 */
export function stillOpen<Details extends { [name: string]: string | readonly string[] }>(change: {
  wanted: Partial<Details>;
  seen: Partial<Details>;
  current: Details;
}): Partial<Details> | undefined {
  const { wanted, seen, current } = change;
  const open: Partial<Details> = {};
  for (const name of Object.keys(wanted) as (keyof Details)[]) {
    if (wanted[name] === undefined || isSame(current[name], wanted[name])) continue;
    if (!isSame(current[name], seen[name])) throw new PartnerError('changed-meanwhile');
    open[name] = wanted[name];
  }
  return Object.keys(open).length === 0 ? undefined : open;
}

function organizationDetails(profile: OrganizationProfile): OrganizationDetails & { country: string } {
  const place = profile.defaultAddress;
  return {
    name: profile.companyName ?? '',
    addressLine1: place?.addressLine1 ?? '',
    addressLine2: place?.addressLine2 ?? '',
    city: place?.city ?? '',
    state: place?.state ?? '',
    postalCode: place?.postalCode ?? '',
    country: place?.country ?? '',
    phone: place?.phoneNumber ?? '',
    mail: profile.email ?? '',
  };
}

function supportDetails(profile: SupportProfile): SupportDetails {
  return {
    supportMail: profile.email ?? '',
    supportPhone: profile.telephone ?? '',
    website: profile.website ?? '',
  };
}
