import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { Delegation } from '../partner/delegations.ts';
import type { OfferStanding } from '../partner/offer-life.ts';
import type { Acceptance, Offer, OfferEvent, OfferTerms } from '../partner/offers.ts';
import { type Button, button, type Link, mainButton } from './buttons.ts';
import { delegationText } from './delegation-terms.ts';
import { idOf, stateText } from './delegations.ts';
import { linesText, timeline } from './offer-timeline.ts';
import { forWhomText, standingText } from './offers.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import template from './templates/offer-staff.json' with { type: 'json' };

export interface OfferStaffView {
  account: Account;
  problem: string;
  /** What has just been done, where this card answers a button. */
  said: string;
  offer: Offer;
  standing: OfferStanding;
  /** The newest published terms, or the draft where nothing is published. */
  terms: OfferTerms | undefined;
  acceptances: readonly Acceptance[];
  /** What clients made of the delegated administration that it asks for. */
  delegations: readonly Delegation[];
  /** Domain time, ms. */
  now: number;
  /** Newest first. */
  events: readonly OfferEvent[];
  mayMake: boolean;
  /** The client's page; undefined before it is published. */
  link: string | undefined;
  /** Makes a single-use button of this verb, and gives its nonce. */
  nonceFor(verb: OfferStaffButton): string;
}

/** What is done at one press, once. */
export type OfferStaffButton = 'offer-copy' | 'offer-renew';

/** One offer as the staff see it: how it stands, who answered what, and what happened. */
export function offerStaffCard(words: Words, language: Language, view: OfferStaffView): Card {
  const { account, problem, said, offer, standing, terms, acceptances, events, link } = view;
  const { delegations, now } = view;
  const names = new Map([...delegations, ...acceptances].map(({ client }) => [client.tenantId, client.name]));
  const asked = terms?.delegation;
  const fact = (name: string, value: string) => (value === '' ? [] : [{ name, value }]);
  return render(
    template,
    {
      paragraphs: said === '' ? [] : [{ text: said }],
      facts: [
        ...fact(words('offer-desk.for'), terms === undefined ? '' : forWhomText(words, terms)),
        ...fact(
          words('offer-desk.lines'),
          terms === undefined || terms.kind === 'delegation' ? '' : linesText(words, terms.lines),
        ),
        ...fact(
          words('offer-desk.delegation'),
          asked === undefined ? '' : delegationText(words, language, asked),
        ),
        ...fact(words('offer-desk.state'), standingText(words, offer, standing)),
        ...fact(words('offer-desk.version'), offer.version > 1 ? String(offer.version) : ''),
        ...fact(words('offer-desk.maker'), offer.makerName || words('person.erased')),
        ...fact(words('offer-desk.mail'), terms?.recipient.mail ?? ''),
      ],
      clients: [
        ...acceptances.map((acceptance) => ({
          title: `${acceptance.client.name} · ${acceptance.client.domain}`,
          detail: words(`offer-desk.answer.${acceptance.state}`),
          data: { verb: 'offer-client', acceptance: acceptance.id },
        })),
        ...delegations.map((delegation) => ({
          title: `${delegation.client.name} · ${words('offer-desk.delegation')}`,
          detail: stateText(words, delegation, now),
          data: { verb: 'delegation-open', ...idOf(delegation) },
        })),
      ],
      history: events.length === 0 ? '' : words('offer-desk.timeline'),
      lines: timeline(words, language, events, names),
      ...buttons(words, view),
      links:
        link === undefined ? [] : ([{ title: words('offer-desk.open-page'), url: link }] satisfies Link[]),
    },
    {
      ...ownCompany(words, account),
      title: words(`offer.title.${terms?.kind ?? 'purchase'}`),
      problem,
    },
  );
}

/** What may be done with it now: the usual things below the card, the rarer ones in it. */
function buttons(
  words: Words,
  { offer, standing, mayMake, nonceFor }: OfferStaffView,
): {
  buttons: Button[];
  more: Button[];
} {
  const id = { offer: offer.id };
  const act = (verb: Verb) => button(words(`offer-desk.do.${verb}`), verb, id);
  const once = (verb: OfferStaffButton) =>
    button(words(`offer-desk.do.${verb}`), verb, { nonce: nonceFor(verb) });
  const list = button(words('button.offers'), 'offers');
  if (!mayMake) return { buttons: [list], more: [] };
  const draft = mainButton(words('offer-desk.do.offer-preview'), 'offer-preview', id);
  switch (standing) {
    case 'draft':
      return { buttons: [draft, list], more: [once('offer-copy'), act('offer-withdraw')] };
    case 'open':
      return {
        buttons: [
          ...(offer.draft === null ? [] : [draft]),
          act('offer-send-again'),
          act('offer-share'),
          list,
        ],
        more: [
          act('offer-new-version'),
          once('offer-copy'),
          once('offer-renew'),
          act('offer-hand-over'),
          act('offer-withdraw'),
        ],
      };
    case 'expired':
      return {
        buttons: [once('offer-renew'), act('offer-new-version'), once('offer-copy'), list],
        more: [act('offer-hand-over'), act('offer-withdraw')],
      };
    case 'withdrawn':
      return { buttons: [once('offer-copy'), list], more: [] };
  }
}

type Verb = 'offer-send-again' | 'offer-share' | 'offer-new-version' | 'offer-hand-over' | 'offer-withdraw';
