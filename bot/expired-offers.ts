import { offerExpiredCard } from '../cards/offer-expired.ts';
import { createWords } from '../locales/words.ts';
import { accountKey } from '../partner/accounts.ts';
import type { Acceptance, Offer } from '../partner/offers.ts';
import type { OutboxMessage } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { conversationKeyOf } from './conversation-key.ts';
import { cardActivity } from './voice.ts';

/**
 * Tells the maker of an offer that its time is over without an answer; once for each version. Where they are signed in
 * nowhere it waits for them.
 */
export function createExpiredOffers(storage: Pick<Storage, 'people' | 'accounts' | 'offers'>) {
  return async (offer: Offer, lookers: readonly Acceptance[]): Promise<OutboxMessage[]> => {
    const version = await storage.offers.version(offer.id, offer.version);
    if (version === undefined) return [];
    const people = await storage.people.signedInAs(offer.maker);
    const person = people.find(({ reference }) => reference !== null);
    const reference = person?.reference ?? null;
    const account = await storage.accounts.find(offer.maker);
    const language = person?.language ?? 'vi';
    const card = offerExpiredCard(createWords(language), language, {
      account,
      offer,
      terms: version.terms,
      lookers,
    });
    return [
      {
        key: `offer-expired.${offer.id}.${offer.version}`,
        conversationKey: reference === null ? '' : conversationKeyOf(reference),
        reference: reference ?? {},
        activity: cardActivity(card),
        replaces: null,
        passing: false,
        forAccount: reference === null ? accountKey(offer.maker) : null,
      },
    ];
  };
}
