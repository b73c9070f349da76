import { cannotBeKnown, requireCapability } from '../partner/authorise.ts';
import type { CatalogueItem } from '../partner/commerce.ts';
import type { OfferTerms } from '../partner/offers.ts';
import { products } from '../partner/skus.ts';
import { currenciesFor } from '../partner/stated-price.ts';
import { findServices, inUsualOrder } from '../partner/usual-services.ts';
import type { Turn } from './turn.ts';

type Kind = OfferTerms['kind'];
type Route = OfferTerms['route'];

/** A list of choices longer than this is no list any more: the rest is found by name. */
export const mostListed = 60;

/** How this company sells: Microsoft lets nobody be reseller and advisor at once. */
export async function routeOf(turn: Turn): Promise<Route> {
  const situation = await turn.situation();
  requireCapability('make-offer', situation);
  // Who may advise may be a reseller for all that is known now.
  if (situation.unread?.csp !== undefined) throw cannotBeKnown(situation.unread.csp);
  return situation.authorisations.includes('csp') ? 'reseller' : 'advisor';
}

/** Two letters of the partner's own country. */
export async function ownCountry(turn: Turn): Promise<string> {
  return (await turn.directory().company()).countryCode ?? '';
}

/** What can be offered, the usual services first. */
export async function servicesFor(
  turn: Turn,
  kind: Kind,
  route: Route,
  options: { whole?: boolean } = {},
): Promise<CatalogueItem[]> {
  if (kind === 'delegation') return [];
  if (route === 'advisor') return inUsualOrder(advisorItems(kind), kind);
  return inUsualOrder(await turn.commerce().catalogue(await ownCountry(turn), options), kind);
}

/**
 * An advisor has no catalogue at Microsoft's interfaces: the names that we know, and the terms among which Microsoft's
 * portal lets one choose. What is really sold stands behind the portal's link.
 */
function advisorItems(kind: 'trial' | 'purchase'): CatalogueItem[] {
  const trial = kind === 'trial';
  const terms = trial
    ? [{ term: 'P1M', billing: 'none' }]
    : [
        { term: 'P1Y', billing: 'monthly' },
        { term: 'P1Y', billing: 'annual' },
        { term: 'P1M', billing: 'monthly' },
      ];
  return [...products].map(([skuId, { name, partNumber }]) => ({
    ...{ item: `${partNumber}:${skuId}`, productId: partNumber, skuId, name, description: '' },
    ...{ trial, minSeats: 1, maxSeats: trial ? 25 : 10_000, terms },
  }));
}

/** The service that a form names: a choice of the list, or words for one that is not in it. */
export function chosenService(
  items: readonly CatalogueItem[],
  { service, other }: { service: string; other: string },
): CatalogueItem[] {
  if (other !== '') return findServices(items, other);
  return items.filter(({ item }) => item === service);
}

/** A line that Microsoft does not sell as it stands: not at all any more, or not so many licences. */
export interface UnsellableLine {
  index: number;
  why: 'gone' | 'too-many';
  most: number;
}

/** Looks each line up in the catalogue of now. Throws PartnerError. */
export async function unsellable(turn: Turn, { kind, route, lines }: OfferTerms): Promise<UnsellableLine[]> {
  const found = await servicesFor(turn, kind, route);
  const isThere = lines.every((line) => found.some(({ item }) => item === line.item));
  // What is not there may be in a part that Microsoft did not answer for.
  const items = isThere ? found : await servicesFor(turn, kind, route, { whole: true });
  return lines.flatMap((line, index): UnsellableLine[] => {
    const item = items.find((each) => each.item === line.item);
    if (item === undefined) return [{ index, why: 'gone', most: 0 }];
    return line.maxSeats > item.maxSeats ? [{ index, why: 'too-many', most: item.maxSeats }] : [];
  });
}

export async function currencies(turn: Turn): Promise<string[]> {
  return currenciesFor(await ownCountry(turn));
}
