import { inTurn } from '../graph/writes.ts';
import type { SandboxPartnerAccount } from '../world.ts';
import { partnerAccountOf } from './account.ts';
import { type PartnerAnswer, refuse } from './answer.ts';
import type { PartnerCall, PartnerHandler } from './call.ts';
import { demandBillingReader, demandReader, demandWriter } from './rights.ts';
import { type ProfileName, shapes, withSmallNames } from './shapes.ts';

/** How each profile is named in answers. Only those with an etag in Microsoft's examples have one. */
const kinds = {
  organization: { type: 'OrganizationProfile', uri: '/profiles/organization' },
  legal: { type: 'LegalBusinessProfile', uri: '/profiles/legalbusiness' },
  support: { type: 'SupportProfile', uri: '/v1/profiles/support' },
  billing: { type: 'BillingProfile', uri: '/profiles/billing' },
} as const;

type WithEtag = keyof SandboxPartnerAccount['versions'];
const hasEtag = (name: ProfileName): name is WithEtag => name === 'organization' || name === 'billing';

/** `GET /v1/profiles/…`: https://learn.microsoft.com/partner-center/developer/get-an-organization-profile */
export function getProfile(name: ProfileName): PartnerHandler {
  return async (call) => {
    await (name === 'billing' ? demandBillingReader(call) : demandReader(call));
    return answerWith(call, name);
  };
}

/**
 * `PUT /v1/profiles/…`: the whole profile, as it was read, with what changes. A property that is left out counts
 * as empty. https://learn.microsoft.com/partner-center/developer/update-an-organization-profile
 */
export function putProfile(name: ProfileName): PartnerHandler {
  return async (call) => {
    demandWriter(call);
    return inTurn(call.world, call.tenant.id, async () => {
      // Read again: another write may have gone before this one.
      const account = (await partnerAccountOf(call.world, call.tenant)) ?? call.account;
      const sent = sentObject(call);
      demandCurrent(call, account, name, sent);
      await demandSameCompany(call, account, name, sent);
      const read = shapes[name].safeParse(sent);
      if (!read.success) refuseProperty(read.error.issues[0]?.path.join('.') ?? '');
      const versions = hasEtag(name)
        ? { ...account.versions, [name]: account.versions[name] + 1 }
        : account.versions;
      const changed: SandboxPartnerAccount = { ...account, [name]: read.data, versions };
      await call.world.put('partnerAccount', call.tenant.id, call.tenant.id, changed);
      return answerWith({ ...call, account: changed }, name);
    });
  };
}

async function answerWith(call: PartnerCall, name: ProfileName): Promise<PartnerAnswer> {
  const { type, uri } = kinds[name];
  const identity =
    name === 'organization'
      ? { id: call.tenant.id, tenantId: call.tenant.id, domain: await initialDomain(call) }
      : {};
  return {
    status: 200,
    bom: name === 'organization',
    body: {
      ...identity,
      ...call.account[name],
      profileType: type,
      links: { self: { uri, method: 'GET', headers: [] } },
      attributes: {
        ...(hasEtag(name) ? { etag: etagOf(call.account, name, call.tenant.id) } : {}),
        objectType: type,
      },
    },
  };
}

async function initialDomain({ world, tenant }: PartnerCall): Promise<string> {
  return (await world.all('domain', tenant.id)).find((one) => one.isInitial)?.id ?? '';
}

function etagOf(account: SandboxPartnerAccount, name: WithEtag, tenantId: string): string {
  const version = account.versions[name];
  return Buffer.from(JSON.stringify({ id: tenantId, profile: name, version })).toString('base64');
}

function sentObject(call: PartnerCall): Record<string, unknown> {
  const sent = withSmallNames(call.body);
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent))
    refuse(400, 800002, 'Invalid request input.');
  return Object.fromEntries(Object.entries(sent));
}

/**
 * The etag travels in the body's `attributes`, as the examples show it, and in If-Match, as the page on headers
 * says; each is compared where it is there. 2055 is documented with 400, a lost If-Match is a failed precondition.
 */
function demandCurrent(
  call: PartnerCall,
  account: SandboxPartnerAccount,
  name: ProfileName,
  sent: Record<string, unknown>,
): void {
  if (!hasEtag(name)) return;
  const current = etagOf(account, name, call.tenant.id);
  const ifMatch = call.headers['if-match']?.trim();
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== `"${current}"`)
    refuse(412, 2055, 'Etag is no longer valid');
  const { attributes } = sent;
  const inBody =
    typeof attributes === 'object' && attributes !== null && 'etag' in attributes
      ? attributes.etag
      : undefined;
  if (inBody !== undefined && inBody !== null && inBody !== current)
    refuse(400, 2055, 'Etag is no longer valid');
}

/** Whose profile it is, and in which country, is not for the caller to change. */
async function demandSameCompany(
  call: PartnerCall,
  account: SandboxPartnerAccount,
  name: ProfileName,
  sent: Record<string, unknown>,
): Promise<void> {
  if (name === 'support') return;
  const part = name === 'organization' ? 'defaultAddress' : 'address';
  const country =
    name === 'organization' ? account.organization.defaultAddress.country : account[name].address.country;
  const given = sent[part];
  const asked = typeof given === 'object' && given !== null && 'country' in given ? given.country : undefined;
  if (asked !== undefined && asked !== country) refuseProperty(`${part}.country`);
  if (name !== 'organization') return;
  const fixed = { id: call.tenant.id, tenantId: call.tenant.id, domain: await initialDomain(call) };
  for (const [property, value] of Object.entries(fixed))
    if (sent[property] !== undefined && sent[property] !== value) refuseProperty(property);
}

function refuseProperty(property: string): never {
  refuse(400, 3000, `Invalid property: ${property}`, { data: [property], source: 'PartnerFD' });
}
