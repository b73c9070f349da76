import { offerStaffCard } from '../cards/offer-staff.ts';
import { requireCapability } from '../partner/authorise.ts';
import { mayTry } from '../partner/capabilities.ts';
import { standingOf } from '../partner/offer-life.ts';
import type { Offer } from '../partner/offers.ts';
import type { JsonObject } from '../partner/operations.ts';
import type { Job } from './job.ts';
import { newestVersion, offerById } from './offer-record.ts';
import type { Turn } from './turn.ts';

const mostEvents = 12;

/** One offer as the staff see it. `said`: what a button has just done. */
export async function showOffer(
  turn: Turn,
  offer: Offer,
  { said = '', problem = '', replaces }: { said?: string; problem?: string; replaces?: string } = {},
): Promise<void> {
  const situation = await turn.situation();
  requireCapability('offers', situation);
  const [version, acceptances, delegations, events] = await Promise.all([
    newestVersion(turn, offer),
    turn.offers.acceptancesOf(offer.id),
    turn.delegations.ofOffer(offer.id),
    turn.offers.events(offer.id, mostEvents),
  ]);
  const standing = standingOf(offer, turn.now);
  const card = offerStaffCard(turn.words, turn.chat.language, {
    account: turn.requireAccount(),
    ...{ problem, said, offer, standing, acceptances, delegations, events },
    terms: version?.terms ?? offer.draft ?? undefined,
    mayMake: mayTry('make-offer', situation),
    now: turn.now,
    link: standing === 'open' ? turn.offers.link(offer.code, version?.terms.language) : undefined,
    nonceFor: (verb) => turn.button({ verb, args: { offer: offer.id, version: offer.version } }),
  });
  turn.show(card, replaces === undefined ? {} : { replaces });
}

/** The offer that a single-use button stands for, as it is now. */
export async function showOfferOf(turn: Turn, args: JsonObject): Promise<void> {
  const offer = await offerById(turn, args['offer']);
  if (offer !== undefined) await showOffer(turn, offer);
}

export const offerShowJob: Job = {
  presses: {
    async 'offer-open'(turn, _stage, pressed) {
      const offer = await offerById(turn, pressed.text('offer'));
      if (offer !== undefined) await showOffer(turn, offer);
    },
  },
};
