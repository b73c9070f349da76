import { newAcceptance } from '../../partner/acceptance-life.ts';
import type { AnswerInput, SignedInClient } from '../../partner/answering.ts';
import { newDraft, type Publication, publish } from '../../partner/offer-life.ts';
import { defaultTerms } from '../../partner/offer-terms.ts';
import type { Acceptance, OfferLine, OfferTerms } from '../../partner/offers.ts';
import { roleIds } from '../../partner/role-ids.ts';
import { hanoi } from '../helpers/zones.ts';

/** Small values for tests of offers: a company `partner`, its seller Lan, and clients by the name of their tenant. */
export const lan = { tenantId: 'partner', objectId: 'lan' };
export const dayMs = 24 * 60 * 60 * 1000;

export function line(more: Partial<OfferLine> = {}): OfferLine {
  return {
    ...{ item: 'CFQ7:0001', name: 'Business Standard', seats: 15, minSeats: 1, maxSeats: 300 },
    ...{ trial: false, term: 'P1Y', billing: 'monthly', price: null },
    ...more,
  };
}

export const trialLine = line({ trial: true, seats: 25, minSeats: 25, maxSeats: 25, billing: 'none' });

/** For whoever has the link, unless `tenantId` says otherwise. */
export function termsOf(more: Partial<OfferTerms> = {}, tenantId: string | null = null): OfferTerms {
  const recipient = { name: '', tenantId, domain: null, person: '', mail: '' };
  const chosen = { kind: 'purchase', route: 'reseller', recipient, language: 'vi' } as const;
  return { ...defaultTerms(chosen), lines: [line()], ...more };
}

export function publication(now: number): Publication {
  return {
    signature: {
      ...{ name: 'Contoso', address: ['Huế'], phone: '1', mail: 'a@contoso.example' },
      ...{ website: '', domains: ['contoso.example'], partnerId: '1' },
    },
    contact: { name: 'Lan', mail: 'lan@contoso.example', phone: '' },
    ...{ by: lan, now, zone: hanoi, hash: (text: string) => `#${text}` },
  };
}

export function draft(terms: OfferTerms = termsOf()) {
  const who = { company: 'partner', code: 'code', maker: lan, makerName: 'Lan' };
  return newDraft({ id: 'offer', ...who, terms, now: 0 });
}

export function published(terms: OfferTerms = termsOf()) {
  return publish(draft(terms), publication(0));
}

export const administrator = [roleIds.globalAdministrator];

export function client(
  tenantId: string,
  roles: readonly string[] = administrator,
  name = 'Minh',
): SignedInClient {
  const person = { objectId: `${name}@${tenantId}`, name, signInName: `${name}@${tenantId}.example` };
  return { tenantId, name: tenantId, domain: `${tenantId}.example`, person, roles };
}

/** What `answer` is given when Minh of Fabrikam looks for the first time at an offer published just now. */
export function asked(more: Partial<AnswerInput> = {}): AnswerInput {
  let ids = 0;
  return {
    ...published(),
    ...{ existing: undefined, client: client('fabrikam'), action: { do: 'view' }, now: 1 },
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    ...more,
  };
}

/** An acceptance of the first version in the given state, with what comes with that state. */
export function acceptanceIn(state: Acceptance['state'], more: Partial<Acceptance> = {}): Acceptance {
  const { offer, version } = published();
  const { person, tenantId, name, domain } = client('fabrikam');
  const seen = { version: version.number, versionHash: version.hash, now: 0 };
  const whose = { id: 'acceptance', offerId: offer.id, company: offer.company, person };
  const isOurs = ['confirmed', 'ordering', 'ordered', 'provisioned', 'failed'].includes(state);
  const isAnswered = isOurs || state === 'accepted';
  return {
    ...newAcceptance({ ...whose, client: { tenantId, name, domain }, ...seen }),
    ...{ state, seats: isAnswered ? [15] : [], answeredAt: isAnswered ? 1 : null },
    ...(isOurs ? { confirmedBy: lan, operationId: 'operation' } : {}),
    ...(state === 'ordered' || state === 'provisioned' ? { orderId: 'order' } : {}),
    ...more,
  };
}
