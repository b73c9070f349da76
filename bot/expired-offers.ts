import { offerExpiredCard } from '../cards/offer-expired.ts';
import { createWords } from '../locales/words.ts';
import type { Clock } from '../partner/clock.ts';
import type { Zones } from '../partner/company-zones.ts';
import type { Acceptance, Offer } from '../partner/offers.ts';
import type { Changes } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { chatOf, messageFor } from './maker-chat.ts';
import { cardActionFor } from './turn-buttons.ts';

interface Deps {
  storage: Pick<Storage, 'people' | 'accounts' | 'offers'>;
  zones: Zones;
  clock: Clock;
  /** 256 random bits, base64url. */
  newNonce(): string;
}

/**
 * Tells the maker of an offer that its time is over without an answer; once for each version. Where they are signed in
 * nowhere it waits for them.
 */
export function createExpiredOffers({ storage, zones, clock, newNonce }: Deps) {
  return async (
    offer: Offer,
    lookers: readonly Acceptance[],
  ): Promise<Pick<Changes, 'outbox' | 'cardActions'>> => {
    const { id, maker } = offer;
    const version = await storage.offers.version(id, offer.version);
    if (version === undefined) return {};
    const person = await chatOf(storage, maker);
    const account = await storage.accounts.find(maker);
    const language = person?.language ?? 'vi';
    const renewal = cardActionFor(
      { verb: 'offer-renew', args: { offer: id, version: offer.version } },
      { nonce: newNonce(), personKey: person?.key ?? '', account: maker, now: clock.now() },
    );
    const { terms } = version;
    const view = { account, offer, terms, lookers, nonce: renewal.nonce };
    const words = createWords(language, await zones.ofReader(maker, person));
    const card = offerExpiredCard(words, language, view);
    const message = messageFor(maker, person, { key: `offer-expired.${id}.${offer.version}`, card });
    return { outbox: [message], cardActions: [{ add: renewal }] };
  };
}
