import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { Delegation } from '../partner/delegations.ts';
import type { OfferEvent, OfferEventKind } from '../partner/offers.ts';
import { button, mainButton } from './buttons.ts';
import { delegationText } from './delegation-terms.ts';
import { messageCard } from './message.ts';
import { type ForOthers, insteadOfText, withTake } from './notice-take.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';

/** Of a delegation's way the staff hear this; what fails is told by the operation that carries it. */
const toldKinds = [
  'delegation-allowed',
  'delegation-declined',
  'delegation-approved',
  'delegation-usable',
  'delegation-ended',
  'delegation-unapproved',
] as const satisfies OfferEventKind[];

export interface DelegationNoticeView extends ForOthers {
  /** Undefined where the reader is not known yet: the card waits for their sign-in. */
  account: Account | undefined;
  delegation: Delegation;
  event: OfferEvent & { kind: (typeof toldKinds)[number] };
}

/** Whether the staff hear of it. */
export function isToldOfDelegation(event: OfferEvent): event is DelegationNoticeView['event'] {
  return toldKinds.some((kind) => kind === event.kind);
}

/** What the client or Microsoft did with a delegation, for whoever answers for the offer that asked for it. */
export function offerDelegationNoticeCard(
  words: Words,
  language: Language,
  view: DelegationNoticeView,
): Card {
  const { account, delegation, event } = view;
  const { client, terms, endsAt } = delegation;
  const { kind, byName, offerId } = event;
  const signInName = event.details['signInName'];
  const person = [byName, typeof signInName === 'string' ? signInName : ''].filter(Boolean).join(' · ');
  const isByClient = kind === 'delegation-allowed' || kind === 'delegation-declined';
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words(`offer-notice.${kind}.title`, { client: client.name }),
      intro: words(`offer-notice.${kind}`, { person: byName || words('offer-notice.somebody') }),
    },
    paragraphs: insteadOfText(words, view),
    facts: [
      {
        name: words('offer-notice.company'),
        value: [client.name, client.domain === client.name ? '' : client.domain].filter(Boolean).join(' · '),
      },
      ...(isByClient && person !== '' ? [{ name: words('offer-notice.person'), value: person }] : []),
      { name: words('offer-notice.delegation'), value: delegationText(words, language, terms) },
      ...(endsAt === null || kind === 'delegation-ended'
        ? []
        : [
            {
              name: words('offer-notice.delegation-until'),
              value: words('offer-notice.until-at', { at: new Date(endsAt) }),
            },
          ]),
    ],
    buttons: withTake(words, view, [
      mainButton(words('offer-notice.open-delegation'), 'delegation-open', { delegation: delegation.id }),
      button(words('offer-notice.open-offer'), 'offer-open', { offer: offerId }),
    ]),
  });
}
