import type { AccountRef } from '../../partner/accounts.ts';
import type {
  CompanyDesk,
  CompanyField,
  CompanyRecord,
  CompanyRecords,
  Gap,
  OrganizationDetails,
  Place,
  SupportDetails,
} from '../../partner/company.ts';
import { PartnerError } from '../../partner/errors.ts';
import { type DirectoryDetails, readDirectoryDetails, writeNotifications } from '../graph/organization.ts';
import { type Connection, type ConnectionDependencies, createConnections } from './connection.ts';
import { orGap } from './gap.ts';
import {
  readLegalName,
  readOrganization,
  readPartnerId,
  readSupport,
  stillOpen,
  writeOrganization,
  writeSupport,
} from './profiles.ts';

/**
 * Details of partner companies in one cloud: the directory over Graph, the profiles over Partner Center.
 * https://learn.microsoft.com/partner-center/developer/profile-resources
 */
export function createCompanyRecords(dependencies: ConnectionDependencies): CompanyRecords {
  const connect = createConnections(dependencies);
  return { as: (account, options) => deskOf(connect(account, options?.signal), account) };
}

/** The page on reading the support profile does not name 21Vianet, and without reading nothing can be written. */
const hasSupportProfile = ({ cloud }: Connection): boolean => cloud.name !== '21vianet';

function deskOf(connection: Connection, account: AccountRef): CompanyDesk {
  const { graph, partnerCenter } = connection;
  return {
    async read() {
      const [directory, organization, legalName, support, partnerId] = await Promise.all([
        readDirectoryDetails(connection),
        orGap(readOrganization(partnerCenter)),
        orGap(readLegalName(partnerCenter)),
        hasSupportProfile(connection)
          ? orGap(readSupport(partnerCenter))
          : ({ gap: 'not-in-cloud' } as const),
        orGap(readPartnerId(partnerCenter)),
      ]);
      return recordOf({ directory, organization, legalName, support, partnerId });
    },

    async writeNotifications({ wanted, seen }) {
      const current = await readDirectoryDetails(connection);
      const { technicalMails, securityMails, securityPhones, marketingMails } = current;
      const { privacyContact, privacyStatement } = current;
      const lists = { technicalMails, securityMails, securityPhones, marketingMails };
      const open = stillOpen({ wanted, seen, current: { ...lists, privacyContact, privacyStatement } });
      if (open !== undefined) await writeNotifications(graph, account.tenantId, open, current);
    },

    writeOrganizationProfile: (change) => writeOrganization(partnerCenter, change),

    async writeSupportProfile(change) {
      if (!hasSupportProfile(connection)) throw new PartnerError('not-in-cloud');
      await writeSupport(partnerCenter, change);
    },
  };
}

type Reading<T> = { found: T } | { gap: Gap };

function recordOf(readings: {
  directory: DirectoryDetails;
  organization: Reading<OrganizationDetails & { country: string }>;
  legalName: Reading<string>;
  support: Reading<SupportDetails>;
  partnerId: Reading<string | undefined>;
}): CompanyRecord {
  const { directory, organization, legalName, support, partnerId } = readings;
  /** Of the organization profile, or what the directory has in its place. */
  const own = (name: keyof OrganizationDetails | 'country', instead: string): CompanyField<string> =>
    'found' in organization
      ? field(organization.found[name], 'partner-center-organization', { writable: name !== 'country' })
      : field(instead, 'graph', { gap: organization.gap });
  const helping = (name: keyof SupportDetails): CompanyField<string> =>
    'found' in support
      ? field(support.found[name], 'partner-center-support', { writable: true })
      : field('', 'partner-center-support', { gap: support.gap });
  const list = (value: readonly string[]): CompanyField<readonly string[]> => ({
    value,
    place: 'graph',
    writable: true,
    gap: undefined,
  });
  const fromGraph = (value: string) => field(value, 'graph', { writable: true });

  return {
    name: own('name', directory.name),
    legalName:
      'found' in legalName
        ? field(legalName.found, 'partner-center-legal')
        : field('', 'partner-center-legal', { gap: legalName.gap }),
    addressLine1: own('addressLine1', directory.street),
    addressLine2: own('addressLine2', ''),
    city: own('city', directory.city),
    state: own('state', directory.state),
    postalCode: own('postalCode', directory.postalCode),
    country: own('country', directory.country),
    phone: own('phone', directory.phone),
    mail: own('mail', ''),
    supportMail: helping('supportMail'),
    supportPhone: helping('supportPhone'),
    website: helping('website'),
    technicalMails: list(directory.technicalMails),
    securityMails: list(directory.securityMails),
    securityPhones: list(directory.securityPhones),
    marketingMails: list(directory.marketingMails),
    privacyContact: fromGraph(directory.privacyContact),
    privacyStatement: fromGraph(directory.privacyStatement),
    domains: { value: directory.domains, place: 'portal-only', writable: false, gap: undefined },
    partnerId:
      'found' in partnerId
        ? field(partnerId.found ?? '', 'portal-only')
        : field('', 'portal-only', { gap: partnerId.gap }),
  };
}

function field(
  value: string,
  place: Place,
  more: { writable?: boolean; gap?: Gap } = {},
): CompanyField<string> {
  const { writable = false, gap } = more;
  return { value: value.trim() === '' ? undefined : value, place, writable, gap };
}
