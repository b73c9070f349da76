import type { CatalogueItem } from './commerce.ts';
import { problemsOfDelegation } from './delegation-terms.ts';
import type { DelegationTerms } from './delegations.ts';
import { PartnerError } from './errors.ts';
import { mostLines, type OfferLine, type OfferTerms, type StatedPrice, usualValidDays } from './offers.ts';

/** Licences of a trial; Microsoft gives every client the same. */
const trialSeats = 25;
/** How long an offer may be open. */
export const mostValidDays = 90;
/** Longest note of the maker, and longest text of a client; characters. */
export const longestNote = 1000;

/** Why terms cannot be published. `line` is the index of the line that it is about. */
export interface OfferProblem {
  what:
    | 'no-lines'
    | 'too-many-lines'
    | 'seats'
    | 'price'
    | 'days'
    | 'portal-link'
    | 'trial-lines'
    | 'note'
    | 'delegation';
  line?: number;
}

/** A draft without lines, with everything in it that has a default. */
export function defaultTerms(
  chosen: Pick<OfferTerms, 'kind' | 'route' | 'recipient' | 'language'>,
): OfferTerms {
  const { kind, route, recipient, language } = chosen;
  const empty = { portalLink: null, lines: [], note: '' };
  return { kind, route, recipient, language, validDays: usualValidDays, ...empty };
}

/**
 * A line for this item: the term `asLast` where it can be bought, else the usual one; bounds from one licence to the
 * item's most. A trial has its fixed number. Throws PartnerError `service-withdrawn` when nothing of it can be bought.
 */
export function lineFrom(
  item: CatalogueItem,
  seats: number,
  asLast?: { term: string; billing: string },
): OfferLine {
  const isAsLast = ({ term, billing }: { term: string; billing: string }) =>
    term === asLast?.term && billing === asLast.billing;
  const bought = item.terms.find(isAsLast) ?? item.terms[0];
  if (bought === undefined) throw new PartnerError('service-withdrawn', { details: { name: item.name } });
  const fixed = Math.min(trialSeats, item.maxSeats);
  const bounds = item.trial
    ? { seats: fixed, minSeats: fixed, maxSeats: fixed }
    : { seats, minSeats: Math.max(1, item.minSeats), maxSeats: item.maxSeats };
  const { term, billing } = bought;
  return { item: item.item, name: item.name, ...bounds, trial: item.trial, term, billing, price: null };
}

/** The same terms with the licences that a client wishes, in the order of the lines; bounds give way to them. */
export function withSeats(terms: OfferTerms, seats: readonly number[]): OfferTerms {
  const lines = terms.lines.map((line, index) => {
    const wished = seats[index];
    if (line.trial || wished === undefined) return line;
    const minSeats = Math.min(line.minSeats, wished);
    return { ...line, seats: wished, minSeats, maxSeats: Math.max(line.maxSeats, wished) };
  });
  return { ...terms, lines };
}

/** The wish of a client for the lines of an older version, brought into these: services that both have, by name. */
export function withWishFor(
  terms: OfferTerms,
  asked: readonly OfferLine[],
  wish: readonly number[],
): OfferTerms {
  const isSame = (one: OfferLine, other: OfferLine) =>
    one.item === other.item && one.term === other.term && one.billing === other.billing;
  return withSeats(
    terms,
    terms.lines.map((line) => {
      const place = asked.findIndex((each) => isSame(each, line));
      return (place === -1 ? undefined : wish[place]) ?? line.seats;
    }),
  );
}

/** The same terms with this delegation asked for, or with none. */
export function withDelegation(terms: OfferTerms, delegation: DelegationTerms | undefined): OfferTerms {
  const { delegation: _before, ...others } = terms;
  return { ...others, ...(delegation === undefined ? {} : { delegation }) } as OfferTerms;
}

/** Everything that keeps these terms from being published; empty: nothing does. */
export function problemsOf(terms: OfferTerms): OfferProblem[] {
  const { kind, route, portalLink, lines, validDays, note } = terms;
  const problems: OfferProblem[] = [];
  const isDelegation = kind === 'delegation';
  if (lines.length === 0 && !isDelegation) problems.push({ what: 'no-lines' });
  if (lines.length > mostLines) problems.push({ what: 'too-many-lines' });
  lines.forEach((line, index) => {
    if (!hasGoodSeats(line)) problems.push({ what: 'seats', line: index });
    if (!hasGoodPrice(line)) problems.push({ what: 'price', line: index });
  });
  const isOneTrial = lines.length === 1 && lines.every(({ trial }) => trial);
  const hasWrongKind = kind === 'trial' ? lines.length > 0 && !isOneTrial : lines.some(({ trial }) => trial);
  if (hasWrongKind) problems.push({ what: 'trial-lines' });
  if (!isWithin(validDays, 1, mostValidDays)) problems.push({ what: 'days' });
  const isLinked = route === 'advisor' && !isDelegation;
  const hasGoodLink = isLinked ? isPortalLink(portalLink ?? '') : portalLink === null;
  if (!hasGoodLink) problems.push({ what: 'portal-link' });
  if (note.length > longestNote) problems.push({ what: 'note' });
  if (!hasGoodDelegation(terms)) problems.push({ what: 'delegation' });
  return problems;
}

/** Whether it is a whole number within the bounds, both included. */
export function isWithin(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}

/** Beside lines it may be left out; alone it is all that there is. */
function hasGoodDelegation({ kind, lines, delegation }: OfferTerms): boolean {
  if (kind === 'delegation' && (delegation === undefined || lines.length > 0)) return false;
  return delegation === undefined || problemsOfDelegation(delegation).length === 0;
}

function hasGoodSeats({ seats, minSeats, maxSeats, trial }: OfferLine): boolean {
  const hasBounds = isWithin(minSeats, 1, maxSeats) && Number.isSafeInteger(maxSeats);
  const isFixed = minSeats === seats && maxSeats === seats;
  return hasBounds && isWithin(seats, minSeats, maxSeats) && (!trial || isFixed);
}

function hasGoodPrice({ price, trial }: OfferLine): boolean {
  return price === null || (!trial && isPrice(price));
}

function isPrice({ amount, currency }: StatedPrice): boolean {
  return /^\d{1,12}(\.\d{1,4})?$/.test(amount) && Number(amount) > 0 && /^[A-Z]{3}$/.test(currency);
}

/** Microsoft's own domains, on which the portals of both clouds make links for clients. */
const portalDomains = ['microsoft.com', 'microsoftonline.com', 'office.com', 'microsoftonline.cn'];

/** Whether this can be a link that Microsoft's partner portal made: https, Microsoft's host, nothing odd before it. */
export function isPortalLink(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password } = new URL(text);
  const isPlain = protocol === 'https:' && port === '' && username === '' && password === '';
  return isPlain && portalDomains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
}
