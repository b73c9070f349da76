import type { AccountRef } from './accounts.ts';
import type { CompanyRecord, Gap } from './company.ts';

/** Who said that the company's details are right, and which ones (hash): a change asks again. One per company. */
export interface CompanyConfirmation {
  /** Tenant id. */
  company: string;
  hash: string;
  by: AccountRef;
  byName: string;
  /** Domain time, ms. */
  at: number;
}

/** What clients see of the company, in this order; nothing else is confirmed. */
export const clientFields = [
  'name',
  'addressLine1',
  'addressLine2',
  'city',
  'state',
  'postalCode',
  'country',
  'phone',
  'supportPhone',
  'mail',
  'supportMail',
  'website',
  'domains',
  'partnerId',
] as const satisfies readonly (keyof CompanyRecord)[];

/**
 * `incomplete`: clients would find no phone or no mail, or a part could not be read now, so nothing can be published.
 * `too-old`: confirmed more than 12 months ago.
 */
export type ConfirmationState = 'confirmed' | 'changed' | 'too-old' | 'never' | 'incomplete';

/** The details as they were read, and the hash of their `confirmedText`. */
export interface HashedDetails {
  record: CompanyRecord;
  hash: string;
}

/** What a confirmation's hash is made of. The order of domains means nothing, nor do spaces around a text. */
export function confirmedText(record: CompanyRecord): string {
  const values = clientFields.map((field) => {
    return field === 'domains' ? clientDomains(record).toSorted() : (record[field].value?.trim() ?? '');
  });
  return JSON.stringify(values);
}

/** The company's own domains; the one that Microsoft gave it counts only where there is no other. */
export function clientDomains({ domains }: CompanyRecord): readonly string[] {
  const all = domains.value ?? [];
  const own = all.filter((name) => !/\.(onmicrosoft\.com|partner\.onmschina\.cn)$/i.test(name));
  return own.length > 0 ? own : all;
}

/** Whether offers and other first contacts may go out with these details. `now` is domain time, ms. */
export function confirmationState(
  { record, hash }: HashedDetails,
  confirmation: CompanyConfirmation | undefined,
  now: number,
): ConfirmationState {
  if (unreadBecause(record) !== undefined || missingForClients(record).length > 0) return 'incomplete';
  if (confirmation === undefined) return 'never';
  if (confirmation.hash !== hash) return 'changed';
  return now >= endOf(confirmation) ? 'too-old' : 'confirmed';
}

/** Each stands for either of the company's own and the support profile's. */
export function missingForClients(record: CompanyRecord): ('phone' | 'mail')[] {
  const lacks = (...fields: ('phone' | 'supportPhone' | 'mail' | 'supportMail')[]) =>
    fields.every((field) => record[field].value === undefined);
  return [
    ...(lacks('phone', 'supportPhone') ? (['phone'] as const) : []),
    ...(lacks('mail', 'supportMail') ? (['mail'] as const) : []),
  ];
}

/** Reasons that lie with this person or this moment; the others hold for everybody of the company. */
const passing: readonly Gap[] = ['no-right', 'second-factor', 'no-consent', 'no-answer'];

/** Why a part of what clients see could not be read this time, though somebody else or a later try might. */
export function unreadBecause(record: CompanyRecord): Gap | undefined {
  return clientFields
    .map((field) => record[field].gap)
    .find((gap) => gap !== undefined && passing.includes(gap));
}

/** Twelve calendar months after it was said, ms. */
function endOf({ at }: CompanyConfirmation): number {
  const end = new Date(at);
  return end.setUTCFullYear(end.getUTCFullYear() + 1);
}
