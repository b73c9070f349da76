import type { AccountRef } from './accounts.ts';

/** Where Microsoft keeps a field; `portal-only`: to be seen here, yet changed by hand in Microsoft's portal. */
export type Place =
  | 'graph'
  | 'partner-center-organization'
  | 'partner-center-legal'
  | 'partner-center-support'
  | 'portal-only';

/**
 * Why Partner Center gave nothing: the company has no account there · the person has no right there · the cloud
 * has no such interface · the sign-in had no second factor · nobody consented to our use of it · it did not answer.
 */
export type Gap =
  | 'no-partner-center'
  | 'no-right'
  | 'not-in-cloud'
  | 'second-factor'
  | 'no-consent'
  | 'no-answer';

/** One detail of the company. */
export interface CompanyField<T> {
  /** Undefined where nothing is entered or nothing could be read; lists are empty where nothing is entered. */
  value: T | undefined;
  place: Place;
  /** By us, for a person who has the right; otherwise by hand in the portal. */
  writable: boolean;
  /** Set when Partner Center's own record could not be read; a value is then the directory's. */
  gap: Gap | undefined;
}

/** Texts that a Global administrator changes in Partner Center's organization profile. */
export const organizationFields = [
  'name',
  'addressLine1',
  'addressLine2',
  'city',
  'state',
  'postalCode',
  'phone',
  'mail',
] as const;
/** Texts of the support profile. */
export const supportFields = ['supportMail', 'supportPhone', 'website'] as const;
/** Who Microsoft notifies, and whom people ask about their data: the directory's own properties. */
export const notificationLists = [
  'technicalMails',
  'securityMails',
  'securityPhones',
  'marketingMails',
] as const;
export const privacyFields = ['privacyContact', 'privacyStatement'] as const;

type Text<Name extends string> = { [K in Name]: string };
type Lists<Name extends string> = { [K in Name]: readonly string[] };

export type OrganizationDetails = Text<(typeof organizationFields)[number]>;
export type SupportDetails = Text<(typeof supportFields)[number]>;
export type NotificationDetails = Lists<(typeof notificationLists)[number]> &
  Text<(typeof privacyFields)[number]>;

/** All that a client will see of the company, and more; `country` is two letters, `partnerId` the MPN id. */
export type CompanyDetails = OrganizationDetails &
  SupportDetails &
  NotificationDetails &
  Text<'legalName' | 'country' | 'partnerId'> &
  Lists<'domains'>;

export type CompanyRecord = { [K in keyof CompanyDetails]: CompanyField<CompanyDetails[K]> };

/** What is to be there, and what the person saw before; only what changes. An empty text or list clears a field. */
export interface DetailsChange<Details> {
  wanted: Partial<Details>;
  seen: Partial<Details>;
}

/** `requestId`: a GUID, stored before the call and the same on every retry, by which Microsoft does it once. */
export interface ProfileChange<Details> extends DetailsChange<Details> {
  requestId: string;
}

/**
 * One signed-in person's view of the company's details. Every method throws PartnerError only.
 * Writes read first: what is there already is done; what is neither seen nor wanted is `changed-meanwhile`.
 * After `microsoft-unknown-outcome` the same write may be called again: it looks before it writes.
 */
export interface CompanyDesk {
  /** Tolerates a Partner Center that is missing or mute: each field says why it is not there. */
  read(): Promise<CompanyRecord>;
  writeNotifications(change: DetailsChange<NotificationDetails>): Promise<void>;
  writeOrganizationProfile(change: ProfileChange<OrganizationDetails>): Promise<void>;
  writeSupportProfile(change: ProfileChange<SupportDetails>): Promise<void>;
}

/** `signal` ends calls still running when the asker's time is up. */
export interface CompanyRecords {
  as(account: AccountRef, options?: { signal?: AbortSignal }): CompanyDesk;
}

/** Whether a record that was read says what a change wanted. */
export function isWritten(record: CompanyRecord, wanted: Partial<CompanyDetails>): boolean {
  const names = Object.keys(wanted) as (keyof CompanyDetails)[];
  return names.every((name) => isSame(record[name].value, wanted[name]));
}

/** Nothing, an empty text and an empty list are the same; spaces around a text do not count. */
export function isSame(
  left: string | readonly string[] | undefined,
  right: string | readonly string[] | undefined,
): boolean {
  return JSON.stringify(plain(left)) === JSON.stringify(plain(right));
}

function plain(value: string | readonly string[] | undefined): string[] {
  const texts = typeof value === 'string' ? [value] : (value ?? []);
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}
