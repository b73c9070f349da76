import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { Attention } from '../partner/offer-attention.ts';
import type { OfferStanding } from '../partner/offer-life.ts';
import type { Acceptance, Offer, OfferTerms } from '../partner/offers.ts';
import { type Button, button, mainButton } from './buttons.ts';
import { delegationText } from './delegation-terms.ts';
import { linesText } from './offer-timeline.ts';
import type { Card } from './render.ts';
import { type Row, rowsCard } from './rows.ts';
import { ownCompany } from './scope.ts';

/** One offer of the list. */
export interface ListedOffer {
  offer: Offer;
  terms: OfferTerms | undefined;
  standing: OfferStanding;
}

/** A client who waits for something. */
export interface WaitingClient {
  acceptance: Acceptance;
  attention: Attention;
}

/** The desk: whoever waits for us first, then all offers. */
export function offersCard(
  words: Words,
  language: Language,
  view: {
    account: Account;
    waiting: readonly WaitingClient[];
    offers: readonly ListedOffer[];
    /** Where the next page begins; undefined on the last. */
    next: string | undefined;
    mayMake: boolean;
    mayDelegate: boolean;
  },
): Card {
  const { account, waiting, offers, next, mayMake, mayDelegate } = view;
  const isEmpty = waiting.length === 0 && offers.length === 0;
  return rowsCard({
    frame: {
      ...ownCompany(words, account),
      title: words('offer-desk.title'),
      intro: isEmpty ? words('offer-desk.none') : '',
    },
    sections: [
      { name: words('offer-desk.waiting'), rows: waiting.map((each) => waitingRow(words, each)) },
      { name: words('offer-desk.all'), rows: offers.map((each) => offerRow(words, language, each)) },
    ],
    buttons: [
      ...(mayMake
        ? [
            mainButton(words('button.make-offer'), 'make-offer'),
            button(words('button.make-trial'), 'make-trial'),
          ]
        : []),
      ...(mayMake && mayDelegate ? [button(words('button.make-delegation'), 'make-delegation')] : []),
      ...(next === undefined ? [] : [button(words('button.older'), 'offers', { before: next })]),
      button(words('button.overview'), 'overview'),
    ] satisfies Button[],
  });
}

function waitingRow(words: Words, { acceptance, attention }: WaitingClient): Row {
  const { client, person } = acceptance;
  return {
    title: client.name,
    small: [client.domain, person.name].filter(Boolean).join(' · '),
    detail: words(`offer-desk.attention.${attention}`),
    open: { verb: 'offer-client', acceptance: acceptance.id },
  };
}

function offerRow(words: Words, language: Language, { offer, terms, standing }: ListedOffer): Row {
  return {
    title: terms === undefined ? '–' : forWhomText(words, terms),
    small: `${standingText(words, offer, standing)} · ${offer.makerName || words('person.erased')}`,
    detail: terms === undefined ? '' : offeredText(words, language, terms),
    open: { verb: 'offer-open', offer: offer.id },
  };
}

/** Services and delegated administration, as the staff name them in passing. */
export function offeredText(
  words: Words,
  language: Language,
  { kind, lines, delegation }: OfferTerms,
): string {
  return [
    ...(kind === 'delegation' ? [] : [linesText(words, lines)]),
    ...(delegation === undefined
      ? []
      : [words('delegation-offer.row', { terms: delegationText(words, language, delegation) })]),
  ].join(' · ');
}

/** The company that an offer is for, or that it is for whoever has the link. */
export function forWhomText(words: Words, { recipient }: OfferTerms): string {
  const { name, domain, tenantId } = recipient;
  const known = [name, domain ?? ''].filter(Boolean).join(' · ');
  if (tenantId !== null) return known;
  return known === '' ? words('offer-make.anyone') : `${known} (${words('offer-make.anyone')})`;
}

/** How an offer stands, with its end where it is open. */
export function standingText(words: Words, offer: Offer, standing: OfferStanding): string {
  const { expiresAt, draft, version } = offer;
  const until = expiresAt ?? 0;
  const state = words(`offer-desk.standing.${standing}`, { at: new Date(until) });
  return draft !== null && version > 0 ? `${state} · ${words('offer-desk.has-draft')}` : state;
}
