import type { CatalogueItem } from './commerce.ts';
import { fold } from './names.ts';
import { products } from './skus.ts';

/** A service that partners sell every day. */
export interface UsualService {
  partNumber: string;
  /** Microsoft's own name. */
  name: string;
  /** What people call it, folded; the longest that fits counts. */
  aliases: readonly string[];
}

/** Shown first, in this order. Keys are the part numbers of Microsoft's list of product names. */
const aliases = {
  O365_BUSINESS_ESSENTIALS: ['microsoft 365 business basic', 'm365 business basic', 'business basic'],
  O365_BUSINESS_PREMIUM: ['microsoft 365 business standard', 'm365 business standard', 'business standard'],
  SPB: ['microsoft 365 business premium', 'm365 business premium', 'business premium'],
  O365_BUSINESS: ['microsoft 365 apps for business', 'm365 apps for business', 'apps for business'],
  EXCHANGESTANDARD: ['exchange online plan 1', 'exchange plan 1', 'exchange online', 'exchange'],
  STANDARDPACK: ['office 365 e1', 'o365 e1'],
  ENTERPRISEPACK: ['office 365 e3', 'o365 e3'],
  SPE_E3: ['microsoft 365 e3', 'm365 e3'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export const usualServices: readonly UsualService[] = Object.entries(aliases).flatMap(
  ([partNumber, known]) => {
    const product = [...products.values()].find((each) => each.partNumber === partNumber);
    return product === undefined ? [] : [{ partNumber, name: product.name, aliases: known }];
  },
);

/** Words of a name, folded, without what Microsoft adds to it for trials and editions. */
function serviceWords(name: string): string[] {
  const words = fold(name).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => word !== 'trial');
}

/** Whether this item of the catalogue is that service, for money or as a trial. */
export function isService(item: CatalogueItem, service: UsualService): boolean {
  return serviceWords(item.name).join(' ') === serviceWords(service.name).join(' ');
}

/** What can be offered: the usual services first, in their order, the others by name. */
export function inUsualOrder(
  catalogue: readonly CatalogueItem[],
  kind: 'trial' | 'purchase',
): CatalogueItem[] {
  const place = (item: CatalogueItem) => {
    const index = usualServices.findIndex((service) => isService(item, service));
    return index === -1 ? usualServices.length : index;
  };
  return catalogue
    .filter((item) => item.trial === (kind === 'trial') && item.terms.length > 0)
    .toSorted((one, other) => place(one) - place(other) || one.name.localeCompare(other.name));
}

/** Items whose name holds all these words, without diacritics; a name that is exactly them stands alone. */
export function findServices(items: readonly CatalogueItem[], text: string): CatalogueItem[] {
  const wanted = serviceWords(text);
  if (wanted.length === 0) return [];
  const known = usualServices.find((service) => service.aliases.some((alias) => alias === wanted.join(' ')));
  const exact = items.filter(
    (item) =>
      serviceWords(item.name).join(' ') === wanted.join(' ') ||
      (known !== undefined && isService(item, known)),
  );
  if (exact.length > 0) return exact;
  return items.filter((item) => {
    const words = serviceWords(item.name);
    return wanted.every((word) => words.some((each) => each.startsWith(word)));
  });
}
