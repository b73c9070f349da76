import type { Choice } from '../cards/offer-fields.ts';
import { anyone } from '../cards/offer-make.ts';
import type { Customer } from '../partner/commerce.ts';
import { PartnerError, unreadOf } from '../partner/errors.ts';
import { fold } from '../partner/names.ts';
import type { OfferTerms, Recipient } from '../partner/offers.ts';
import type { TenantName } from '../partner/tenants.ts';
import type { Turn } from './turn.ts';

type Company = Pick<Recipient, 'name' | 'domain' | 'tenantId'>;

/** Who was meant: one company, several to choose from, or why it cannot be told. */
export type Found =
  | { company: Company }
  | { choices: readonly TenantName[]; problem: 'offer-make.problem-which' | 'offer-make.problem-both' }
  | {
      choices: readonly [];
      problem: 'offer-make.problem-client' | 'offer-make.problem-domain' | 'offer-make.problem-nobody';
    };

const mostShown = 6;

/** For a start: with whom we had to do last; who has dealt with nobody yet sees the first of the client list. */
export async function firstClients(turn: Turn, route: OfferTerms['route']): Promise<TenantName[]> {
  const recent = await turn.offers.recentClients(mostShown);
  return recent.length > 0 ? recent : (await customersLike(turn, '', route)).slice(0, mostShown);
}

/** Looks up whom the card names. A domain finds any company of the world; a name only clients of ours. */
export async function findRecipient(
  turn: Turn,
  { client, find }: { client: string; find: string },
  route: OfferTerms['route'],
): Promise<Found> {
  if (client === anyone) return { company: { name: find, domain: null, tenantId: null } };
  if (find === '') {
    const chosen = client === '' ? undefined : await byId(turn, client);
    return chosen === undefined
      ? { choices: [], problem: 'offer-make.problem-client' }
      : { company: companyOf(chosen) };
  }
  const found = await search(turn, find, route);
  const chosen = found.find(({ tenantId }) => tenantId === client);
  if (chosen !== undefined) return { company: companyOf(chosen) };
  if (client !== '') {
    return { choices: found.slice(0, mostShown), problem: 'offer-make.problem-both' };
  }
  const [only] = found;
  if (only === undefined) {
    return {
      choices: [],
      problem: isDomain(find) ? 'offer-make.problem-domain' : 'offer-make.problem-nobody',
    };
  }
  if (found.length === 1) return { company: companyOf(only) };
  const exact = found.filter(({ name, domain }) => [fold(name), domain.toLowerCase()].includes(fold(find)));
  const [same] = exact;
  if (same !== undefined && exact.length === 1) return { company: companyOf(same) };
  return { choices: found.slice(0, mostShown), problem: 'offer-make.problem-which' };
}

/** Choices of the card: the name and its domain, by which two of one name are told apart. */
export function clientChoices(companies: readonly TenantName[]): Choice[] {
  return companies.map(({ name, domain, tenantId }) => ({ title: `${name} · ${domain}`, value: tenantId }));
}

/** Clients of ours by the start of name or domain, those we dealt with, and for a domain whoever owns it. */
async function search(turn: Turn, find: string, route: OfferTerms['route']): Promise<TenantName[]> {
  const [customers, recent] = await Promise.all([
    customersLike(turn, find, route),
    turn.offers.recentClients(),
  ]);
  const known = recent.filter(
    ({ name, domain }) => fold(name).includes(fold(find)) || domain.toLowerCase() === find.toLowerCase(),
  );
  const found = unique([...customers, ...known]);
  if (!isDomain(find)) return found;
  const owner = await turn.tenants().byDomain(find.toLowerCase());
  // Who owns the domain is meant, not who has one that begins like it.
  return owner === undefined
    ? found.filter(({ domain }) => domain.toLowerCase() === find.toLowerCase())
    : [owner];
}

async function customersLike(
  turn: Turn,
  startsWith: string,
  route: OfferTerms['route'],
): Promise<Customer[]> {
  try {
    return await turn.commerce().findCustomers(startsWith);
  } catch (error) {
    // An advisor has no client list there, and can still name a domain; an outage says nothing of that.
    if (route === 'advisor' && error instanceof PartnerError && unreadOf(error) === undefined) return [];
    throw error;
  }
}

async function byId(turn: Turn, tenantId: string): Promise<TenantName | undefined> {
  if (!/^[0-9a-f-]{36}$/i.test(tenantId)) return undefined;
  return turn.tenants().byId(tenantId);
}

function unique(companies: readonly TenantName[]): TenantName[] {
  return [...new Map(companies.map((each) => [each.tenantId, each])).values()];
}

function isDomain(text: string): boolean {
  return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(text);
}

function companyOf({ tenantId, name, domain }: TenantName): Company {
  return { tenantId, name, domain };
}
