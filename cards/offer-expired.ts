import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { Acceptance, Offer, OfferTerms } from '../partner/offers.ts';
import { button, mainButton } from './buttons.ts';
import { messageCard } from './message.ts';
import { insteadOfText } from './notice-take.ts';
import { forWhomText, offeredText } from './offers.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';

/** For whoever answers for an offer whose time is over without an answer: who looked at it, and the way on. */
export function offerExpiredCard(
  words: Words,
  language: Language,
  view: {
    /** Undefined where the reader is not known yet: the card waits for their sign-in. */
    account: Account | undefined;
    offer: Offer;
    terms: OfferTerms;
    lookers: readonly Acceptance[];
    /** Of the single-use button that renews it. */
    nonce: string;
    /** Whose offer it is, where the reader is another. */
    insteadOf: string | undefined;
  },
): Card {
  const { account, offer, terms, lookers, nonce, insteadOf } = view;
  const id = { offer: offer.id };
  const names = lookers.map(({ client }) => client.name).join(', ');
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('offer-expired.title'),
      intro:
        lookers.length === 0
          ? words('offer-expired.unseen')
          : words('offer-expired.seen', { count: lookers.length, names }),
    },
    paragraphs: insteadOfText(words, { insteadOf, take: '' }),
    facts: [
      { name: words('offer-desk.for'), value: forWhomText(words, terms) },
      { name: words('offer-desk.lines'), value: offeredText(words, language, terms) },
    ],
    note: words('offer-expired.next'),
    buttons: [
      mainButton(words('offer-desk.do.offer-renew'), 'offer-renew', { nonce }),
      button(words('offer-client.open-offer'), 'offer-open', id),
    ],
  });
}
