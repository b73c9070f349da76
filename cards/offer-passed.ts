import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { Acceptance, Offer, OfferTerms } from '../partner/offers.ts';
import { mainButton } from './buttons.ts';
import { messageCard } from './message.ts';
import { linesText } from './offer-timeline.ts';
import { forWhomText, offeredText } from './offers.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';

interface Reader {
  words: Words;
  account: Account;
}

/** What a colleague reads to whom an offer was handed over. */
export function handedOverCard(
  { words, language, account }: Reader & { language: Language },
  { from, offer, terms }: { from: Account; offer: Offer; terms: OfferTerms | undefined },
): Card {
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('offer-hand-over.told-title'),
      intro: words('offer-hand-over.told', { name: from.displayName }),
    },
    facts:
      terms === undefined
        ? []
        : [
            { name: words('offer-desk.for'), value: forWhomText(words, terms) },
            { name: words('offer-desk.lines'), value: offeredText(words, language, terms) },
          ],
    buttons: [mainButton(words('offer-client.open-offer'), 'offer-open', { offer: offer.id })],
  });
}

/** What somebody who may confirm orders reads: a client has accepted, and a colleague asks them to look. */
export function orderWaitsCard(
  { words, account }: Reader,
  { from, acceptance, terms }: { from: Account; acceptance: Acceptance; terms: OfferTerms },
): Card {
  const { client, person, seats } = acceptance;
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('order.waits-title'),
      intro: words('order.waits', { name: from.displayName, client: client.name }),
    },
    facts: [
      { name: words('offer-client.company'), value: `${client.name} · ${client.domain}` },
      { name: words('offer-client.person'), value: person.name },
      { name: words('offer-client.seats'), value: linesText(words, terms.lines, seats) },
    ],
    buttons: [mainButton(words('offer-client.review'), 'order-review', { acceptance: acceptance.id })],
  });
}
