import type { Language, MessageKey, Words } from '../locales/words.ts';
import type { CompanyRecord } from '../partner/company.ts';
import { clientDomains } from '../partner/company-confirmation.ts';

/** A partner company as its clients see it; what is not entered is left out. */
export interface CompanyBlock {
  name: string;
  /** Lines of the address. */
  address: readonly string[];
  lines: readonly { label: string; value: string }[];
}

/** The same on the company's own card and on whatever a client gets. */
export function companyBlock(words: Words, language: Language, record: CompanyRecord): CompanyBlock {
  const text = (field: TextField) => record[field].value?.trim() ?? '';
  const town = [text('city'), text('state'), text('postalCode')].filter(Boolean).join(', ');
  const address = [text('addressLine1'), text('addressLine2'), town, countryName(language, text('country'))];
  return {
    name: text('name'),
    address: address.filter(Boolean),
    lines: [
      ...shown.map((field) => ({ field, value: text(field) })),
      { field: 'domains' as const, value: clientDomains(record).join(', ') },
      { field: 'partnerId' as const, value: text('partnerId') },
    ]
      .filter(({ value }) => value !== '')
      .map(({ field, value }) => ({ label: words(`company.${field}` satisfies MessageKey), value })),
  };
}

const shown = ['phone', 'supportPhone', 'mail', 'supportMail', 'website'] as const;

type TextField = Exclude<
  { [K in keyof CompanyRecord]: string extends CompanyRecord[K]['value'] ? K : never }[keyof CompanyRecord],
  never
>;

/** In the reader's language; what is no code of two letters stays as it is. */
export function countryName(language: Language, code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code;
}
