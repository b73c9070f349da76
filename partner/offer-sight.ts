import { canAnswer, hasAnswered, isBinding } from './acceptance-life.ts';
import type { Delegation } from './delegations.ts';
import { standingOf } from './offer-life.ts';
import type { Acceptance, Offer, OfferVersion } from './offers.ts';

/**
 * What somebody is shown of an offer: the newest version; only the version that their company answered; or that it is
 * for another company, or over.
 */
export type OfferSight = 'newest' | 'answered' | 'wrong-company' | 'over';

/** Whether this version is for the company, be it by name or because whoever has the link may answer. */
export function isFor({ terms }: Pick<OfferVersion, 'terms'>, tenantId: string): boolean {
  const named = terms.recipient.tenantId;
  return named === null || named.toLowerCase() === tenantId.toLowerCase();
}

/** `tenantId` undefined: nobody has signed in yet. `now` is domain time, ms. */
export function sightOf(look: {
  offer: Offer;
  newest: OfferVersion;
  acceptance: Acceptance | undefined;
  /** What this company said to the delegation that is asked for beside the lines, or alone. */
  delegation: Delegation | undefined;
  tenantId: string | undefined;
  now: number;
}): OfferSight {
  const { offer, newest, acceptance, delegation, tenantId, now } = look;
  const isOpen = standingOf(offer, now) === 'open';
  const isAnswered = acceptance !== undefined && hasAnswered(acceptance);
  const isTheirs = tenantId === undefined || (tenantId !== offer.company && isFor(newest, tenantId));
  if (!isTheirs) return isAnswered ? 'answered' : 'wrong-company';
  const hasAnswer = isAnswered || (delegation !== undefined && delegation.answeredAt !== null);
  if (!hasAnswer) return isOpen ? 'newest' : 'over';
  // What was accepted stays what it was: a later version is shown only while it can be answered.
  const isOlder = acceptance !== undefined && isBinding(acceptance) && acceptance.version < newest.number;
  const isAnswerable = isOpen && canAnswer(acceptance, newest.number);
  return isOlder && !isAnswerable ? 'answered' : 'newest';
}
