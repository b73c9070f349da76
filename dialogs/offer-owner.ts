import type { Account } from '../partner/accounts.ts';
import type { CapabilityId } from '../partner/capabilities.ts';
import { handOver } from '../partner/offer-life.ts';
import { neededToOwn } from '../partner/offer-owner.ts';
import type { Offer } from '../partner/offers.ts';
import { eventOf, newestVersion } from './offer-record.ts';
import type { Turn } from './turn.ts';

/** What this person, or a colleague, has to be allowed to answer for an offer as it is now. */
export async function needToOwn(turn: Turn, offer: Offer): Promise<CapabilityId> {
  const newest = await newestVersion(turn, offer);
  return neededToOwn(offer, newest?.terms, await turn.delegations.ofOffer(offer.id));
}

/** From now on what clients do goes to this account, and what happens to the delegations that were asked for with it. */
export async function giveOfferTo(turn: Turn, offer: Offer, to: Account): Promise<Offer> {
  const { tenantId, objectId, displayName } = to;
  const after = handOver(offer, { maker: { tenantId, objectId }, makerName: displayName });
  turn.offers.save({
    offers: [{ save: after }],
    offerEvents: [eventOf(turn, offer, 'handed-over', { to: displayName, toId: objectId })],
  });
  const delegations = await turn.delegations.ofOffer(offer.id);
  turn.delegations.save({
    delegations: delegations.map((each) => ({ save: { ...each, maker: after.maker } })),
  });
  // What nobody has answered yet is told to whom it is first now.
  turn.notices.tell(`offer/${offer.id}`);
  for (const { id } of delegations) turn.notices.tell(`delegation/${id}`);
  return after;
}
