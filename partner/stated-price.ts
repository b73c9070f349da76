/** Currencies that partners of the region state prices in, by their country. */
const currencies: Readonly<Record<string, string>> = {
  ...{ VN: 'VND', US: 'USD', GB: 'GBP', SG: 'SGD', TH: 'THB', JP: 'JPY', KR: 'KRW', AU: 'AUD', CN: 'CNY' },
  ...{ DE: 'EUR', FR: 'EUR', MY: 'MYR', ID: 'IDR', PH: 'PHP', IN: 'INR', TW: 'TWD', HK: 'HKD', KH: 'USD' },
};

/** Money of this country first, then those that are named most. */
export function currenciesFor(country: string): string[] {
  return [...new Set([currencies[country] ?? 'USD', 'VND', 'USD', 'EUR', 'SGD'])];
}

/** ISO 4217 digits after the point, as the runtime knows them. */
function digitsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * An amount as a person types it in either country: `250.000`, `250,000`, `5,50`, `1.234,5`. Decimal text without
 * grouping; undefined when it can be read in two ways or in none. Money without cents has no decimals.
 */
export function readAmount(typed: string, currency: string): string | undefined {
  const text = typed.replace(/[\s\u00a0\u202f]/gu, '');
  const digits = digitsOf(currency);
  const parts = /^(\d{1,3}(?:([.,])\d{3}(?:\2\d{3})*)?|\d+)(?:([.,])(\d{1,2}))?$/.exec(text);
  if (parts === null) return undefined;
  const [, whole = '', group, point, decimals = ''] = parts;
  const isOneSign = group !== undefined && group === point;
  if (isOneSign || decimals.length > digits) return undefined;
  // Three digits behind the only sign: a thousand where there are no cents, and anybody's guess where there are.
  const signs = (text.match(/[.,]/g) ?? []).length;
  if (group !== undefined && signs === 1 && digits > 0) return undefined;
  const amount =
    whole.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '') + (decimals === '' ? '' : `.${decimals}`);
  return Number(amount) > 0 && amount.length <= 15 ? amount : undefined;
}
