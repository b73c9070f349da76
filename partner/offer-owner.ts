import type { CapabilityId } from './capabilities.ts';
import { isOver } from './delegation-standing.ts';
import type { Delegation } from './delegations.ts';
import type { Offer, OfferTerms } from './offers.ts';

/** What somebody has to be allowed to answer for an offer: a delegation is carried on in their name. `newest`: what was published last. */
export function neededToOwn(
  { draft }: Pick<Offer, 'draft'>,
  newest: OfferTerms | undefined,
  delegations: readonly Pick<Delegation, 'state'>[],
): CapabilityId {
  const isAsked = newest?.delegation !== undefined || draft?.delegation !== undefined;
  const isThere = delegations.some(({ state }) => !isOver(state));
  return isAsked || isThere ? 'offer-delegation' : 'make-offer';
}
