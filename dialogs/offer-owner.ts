import type { Account } from '../partner/accounts.ts';
import type { CapabilityId } from '../partner/capabilities.ts';
import { isOver } from '../partner/delegation-standing.ts';
import { handOver } from '../partner/offer-life.ts';
import type { Offer } from '../partner/offers.ts';
import { eventOf, newestVersion } from './offer-record.ts';
import type { Turn } from './turn.ts';

/** What somebody has to be allowed to answer for an offer: a delegation is carried on in their name. */
export async function neededToOwn(turn: Turn, offer: Offer): Promise<CapabilityId> {
  const all = [(await newestVersion(turn, offer))?.terms, offer.draft];
  const asks = all.some((terms) => terms?.delegation !== undefined);
  const allowed = (await turn.delegations.ofOffer(offer.id)).some(({ state }) => !isOver(state));
  return asks || allowed ? 'offer-delegation' : 'make-offer';
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
