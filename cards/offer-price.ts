import { type Language, localeOf, type Words } from '../locales/words.ts';
import type { OfferLine, StatedPrice } from '../partner/offers.ts';

/** An amount of money as stated, e.g. `250000` VND → `250.000 ₫`; no digit of it is rounded away. */
function money(language: Language, amount: string, currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return `${amount} ${currency}`;
  const usual = new Intl.NumberFormat(localeOf[language], { style: 'currency', currency });
  const digits = Math.max(usual.resolvedOptions().maximumFractionDigits ?? 0, decimalsOf(amount));
  const exact = { style: 'currency', currency, maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(localeOf[language], exact).format(Number(amount));
}

/** The price of a line for one licence, in words; '' when none is stated. */
export function priceWords(words: Words, language: Language, { price }: OfferLine): string {
  if (price === null) return '';
  const { amount, currency, per, vat } = price;
  return words(`offer.price.${per}`, { price: money(language, amount, currency), vat: vatWords(words, vat) });
}

/** What so many licences of the line cost, in words; '' when no price is stated. */
export function sumWords(words: Words, language: Language, { price }: OfferLine, seats: number): string {
  if (price === null) return '';
  const sum = money(language, times(price.amount, seats), price.currency);
  return words(`offer.sum.${price.per}`, { sum, seats });
}

/** What all lines cost together, one text for each currency, period and way of stating the tax. */
export function totalWords(
  words: Words,
  language: Language,
  lines: readonly OfferLine[],
  seats: readonly number[],
): string[] {
  const totals = new Map<string, { price: StatedPrice; amount: string }>();
  for (const [index, { price, seats: offered }] of lines.entries()) {
    if (price === null) continue;
    const key = `${price.currency} ${price.per} ${price.vat}`;
    const before = totals.get(key)?.amount ?? '0';
    totals.set(key, { price, amount: plus(before, times(price.amount, seats[index] ?? offered)) });
  }
  const isPartial = lines.some(({ price, trial }) => price === null && !trial);
  return [...totals.values()].map(({ price, amount }) => {
    const sum = money(language, amount, price.currency);
    const total = words(`offer.total.${price.per}`, { sum, vat: vatWords(words, price.vat) });
    return isPartial ? `${total} ${words('offer.total.partial')}` : total;
  });
}

function vatWords(words: Words, vat: StatedPrice['vat']): string {
  return words(`offer.vat.${vat}`);
}

function decimalsOf(amount: string): number {
  return amount.split('.')[1]?.length ?? 0;
}

/** Decimal texts are counted in whole units of their last digit: no sum is off by a rounding. */
function times(amount: string, count: number): string {
  const scale = decimalsOf(amount);
  return decimal(units(amount, scale) * BigInt(count), scale);
}

function plus(one: string, other: string): string {
  const scale = Math.max(decimalsOf(one), decimalsOf(other));
  return decimal(units(one, scale) + units(other, scale), scale);
}

function units(amount: string, scale: number): bigint {
  const [whole = '0', decimals = ''] = amount.split('.');
  return BigInt(`${whole}${decimals.padEnd(scale, '0')}`);
}

function decimal(value: bigint, scale: number): string {
  if (scale === 0) return String(value);
  const digits = String(value).padStart(scale + 1, '0');
  return `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
