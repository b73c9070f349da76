import { z } from 'zod';
import type { NotificationDetails } from '../../partner/company.ts';
import { PartnerError } from '../../partner/errors.ts';
import type { Cloud } from '../clouds.ts';
import type { Graph } from './client.ts';
import { readAll } from './paging.ts';
import { segment } from './query.ts';

interface From {
  graph: Graph;
  cloud: Cloud;
}

const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const organization = z.object({
  id: z.string(),
  displayName: text,
  street: text,
  city: text,
  state: text,
  postalCode: text,
  countryLetterCode: text,
  businessPhones: texts,
  technicalNotificationMails: texts,
  securityComplianceNotificationMails: texts,
  securityComplianceNotificationPhones: texts,
  marketingNotificationEmails: texts,
  privacyProfile: z.object({ contactEmail: text, statementUrl: text }).nullish(),
  verifiedDomains: z.array(z.object({ name: z.string() })).nullish(),
});

/** What the directory itself says of its company. Empty texts stand for what is not entered. */
export interface DirectoryDetails extends NotificationDetails {
  name: string;
  street: string;
  city: string;
  state: string;
  postalCode: string;
  country: string;
  phone: string;
  domains: readonly string[];
}

/** https://learn.microsoft.com/graph/api/organization-list */
export async function readDirectoryDetails(from: From): Promise<DirectoryDetails> {
  const [company] = await readAll(from, { path: '/organization', query: {}, item: organization });
  if (company === undefined) throw new PartnerError('unexpected');
  return {
    name: company.displayName ?? '',
    street: company.street ?? '',
    city: company.city ?? '',
    state: company.state ?? '',
    postalCode: company.postalCode ?? '',
    country: company.countryLetterCode ?? '',
    phone: company.businessPhones?.[0] ?? '',
    technicalMails: company.technicalNotificationMails ?? [],
    securityMails: company.securityComplianceNotificationMails ?? [],
    securityPhones: company.securityComplianceNotificationPhones ?? [],
    marketingMails: company.marketingNotificationEmails ?? [],
    privacyContact: company.privacyProfile?.contactEmail ?? '',
    privacyStatement: company.privacyProfile?.statementUrl ?? '',
    domains: (company.verifiedDomains ?? []).map(({ name }) => name),
  };
}

/**
 * Writes the five properties that can be written and no more; both halves of the privacy profile go together.
 * https://learn.microsoft.com/graph/api/organization-update
 */
export async function writeNotifications(
  graph: Graph,
  tenantId: string,
  change: Partial<NotificationDetails>,
  current: Pick<NotificationDetails, 'privacyContact' | 'privacyStatement'>,
): Promise<void> {
  const { technicalMails, securityMails, securityPhones, marketingMails } = change;
  const { privacyContact, privacyStatement } = { ...current, ...change };
  const isPrivacyChanged = change.privacyContact !== undefined || change.privacyStatement !== undefined;
  const body = {
    ...(technicalMails === undefined ? {} : { technicalNotificationMails: technicalMails }),
    ...(securityMails === undefined ? {} : { securityComplianceNotificationMails: securityMails }),
    ...(securityPhones === undefined ? {} : { securityComplianceNotificationPhones: securityPhones }),
    ...(marketingMails === undefined ? {} : { marketingNotificationEmails: marketingMails }),
    ...(isPrivacyChanged
      ? { privacyProfile: { contactEmail: privacyContact, statementUrl: privacyStatement } }
      : {}),
  };
  await graph.tell({ method: 'PATCH', path: `/organization/${segment(tenantId)}`, body });
}
