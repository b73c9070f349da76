import type { AccountRef } from './accounts.ts';
import { addDays, dayOf, endOfDay } from './days.ts';
import { PartnerError } from './errors.ts';
import { inOrder } from './in-order.ts';
import { problemsOf } from './offer-terms.ts';
import type { CompanySignature, Offer, OfferTerms, OfferVersion } from './offers.ts';

export type OfferStanding = 'draft' | 'open' | 'withdrawn' | 'expired';

/** What a publication adds to the terms. `now` is domain time, ms; `zone` the company's; `hash` makes the version's hash. */
export interface Publication {
  signature: CompanySignature;
  contact: OfferVersion['contact'];
  by: AccountRef;
  now: number;
  zone: string;
  hash: (text: string) => string;
}

export interface Published {
  offer: Offer;
  version: OfferVersion;
}

/** An offer that goes out now is open until the last of its days is over in the company's zone: 23:59 on its clocks. */
export function endOfOffer(
  { validDays }: OfferTerms,
  { now, zone }: Pick<Publication, 'now' | 'zone'>,
): number {
  return endOfDay(zone, addDays(dayOf(zone, now), validDays));
}

/** How an offer stands at this moment of domain time, whether or not its expiry was recorded yet. */
export function standingOf(offer: Offer, now: number): OfferStanding {
  if (offer.status !== 'published') return offer.status;
  const isOver = offer.expiresAt !== null && now >= offer.expiresAt;
  return isOver ? 'expired' : 'open';
}

/** An offer that nobody but its company sees yet. */
export function newDraft(begun: {
  id: string;
  company: string;
  code: string;
  maker: AccountRef;
  makerName: string;
  terms: OfferTerms;
  now: number;
}): Offer {
  const { id, company, code, maker, makerName, terms, now } = begun;
  const { tenantId, objectId } = maker;
  const unpublished = { status: 'draft', version: 0, publishedAt: null, expiresAt: null, rev: 1 } as const;
  const made = { maker: { tenantId, objectId }, makerName, createdAt: now };
  return { id, company, code, ...made, ...unpublished, draft: terms };
}

/** The offer with what is being written now. What is published stays as it is. Throws `offer-withdrawn`. */
export function withDraft(offer: Offer, terms: OfferTerms | null): Offer {
  return { ...notWithdrawn(offer), draft: terms };
}

/**
 * Makes the draft the newest version; an expired offer is open again with it. Answers to earlier versions stay as they
 * are. Throws PartnerError `offer-incomplete` (no draft, or problems) or `offer-withdrawn`.
 */
export function publish(offer: Offer, publication: Publication): Published {
  const { draft } = notWithdrawn(offer);
  if (draft === null) throw new PartnerError('offer-incomplete');
  const published = publishTerms(offer, draft, publication);
  return { ...published, offer: { ...published.offer, draft: null } };
}

/** The newest version's terms once more, as a new version with a new end. A draft stays a draft. Throws as `publish`. */
export function renew(offer: Offer, newest: OfferVersion, publication: Publication): Published {
  return publishTerms(notWithdrawn(offer), newest.terms, publication);
}

/** Ends an offer, or throws a draft away, for good. Answers stay as they are. Throws `offer-withdrawn`. */
export function withdraw(offer: Offer): Offer {
  return { ...notWithdrawn(offer), status: 'withdrawn', draft: null };
}

/** Records that the offer's time is over; undefined when it is not, or is no open offer. */
export function expire(offer: Offer, now: number): Offer | undefined {
  const isOver = offer.status === 'published' && standingOf(offer, now) === 'expired';
  return isOver ? { ...offer, status: 'expired' } : undefined;
}

/** From now on answers go to somebody else of the company. Throws `offer-withdrawn`. */
export function handOver(offer: Offer, to: { maker: AccountRef; makerName: string }): Offer {
  const { tenantId, objectId } = to.maker;
  return { ...notWithdrawn(offer), maker: { tenantId, objectId }, makerName: to.makerName };
}

/** Everything that a client is shown, as one text in a fixed order, to be hashed. */
export function contentText(version: Omit<OfferVersion, 'hash'>): string {
  const { offerId, number, terms, signature, contact, at, expiresAt } = version;
  return JSON.stringify(inOrder({ offerId, number, terms, signature, contact, at, expiresAt }));
}

function publishTerms(offer: Offer, terms: OfferTerms, publication: Publication): Published {
  const [problem] = problemsOf(terms);
  if (problem !== undefined) throw new PartnerError('offer-incomplete', { details: { what: problem.what } });
  const { signature, contact, by, now, hash } = publication;
  const content = {
    offerId: offer.id,
    number: offer.version + 1,
    // Copies: nothing that is written later reaches into what was published.
    terms: structuredClone(terms),
    signature: structuredClone(signature),
    contact: { name: contact.name, mail: contact.mail, phone: contact.phone },
    by: { tenantId: by.tenantId, objectId: by.objectId },
    at: now,
    expiresAt: endOfOffer(terms, publication),
  };
  const { number, at, expiresAt } = content;
  return {
    offer: { ...offer, status: 'published', version: number, publishedAt: at, expiresAt },
    version: { ...content, hash: hash(contentText(content)) },
  };
}

function notWithdrawn(offer: Offer): Offer {
  if (offer.status === 'withdrawn') throw new PartnerError('offer-withdrawn');
  return offer;
}
