import { type OfferFacts, type OfferView, offerFacts } from '../../cards/offer-facts.ts';
import type { Language, Words } from '../../locales/words.ts';
import type { ClientsPage } from '../../partner/delegation-pages.ts';
import type { Delegation } from '../../partner/delegations.ts';
import type { OfferStanding } from '../../partner/offer-life.ts';
import type { OfferSight } from '../../partner/offer-sight.ts';
import type { Acceptance, Offer, OfferVersion } from '../../partner/offers.ts';
import type { OfferVisitor } from '../offer-sessions.ts';
import { type Html, html } from './html.ts';

/** Somebody who looks at an offer, with everything that its page is made from. */
export interface OfferVisit {
  language: Language;
  words: Words;
  /** `/offers/<code>`. */
  path: string;
  offer: Offer;
  sight: OfferSight;
  /** The one that is shown: the newest, or the one that this company answered when it can answer no other. */
  version: OfferVersion;
  standing: OfferStanding;
  visitor: OfferVisitor | undefined;
  acceptance: Acceptance | undefined;
  delegation: Delegation | undefined;
  /** Microsoft's page for the approval or the consent, while that is the client's turn. */
  microsoftPage: ClientsPage | undefined;
  /** Makes the forms of this visitor valid; '' before the sign-in. */
  token: string;
}

/** A form of this page; `inside` holds its fields and buttons. */
export function visitForm({ path, language, token }: OfferVisit, inside: Html): Html {
  return html`<form method="post" action="${path}/answer?lang=${language}" novalidate>
<input type="hidden" name="token" value="${token}">${inside}</form>`;
}

/** Leads to Microsoft's sign-in page. */
export function signInForm({ path, language }: Pick<OfferVisit, 'path' | 'language'>, button: Html): Html {
  return html`<form method="post" action="${path}/sign-in?lang=${language}">${button}</form>`;
}

/** **Use another account**, as every page offers where the account is the trouble. */
export function otherAccount(visit: Pick<OfferVisit, 'path' | 'language' | 'words'>): Html {
  return signInForm(visit, html`<button class="quiet">${visit.words('offer-page.other-account')}</button>`);
}

/** A company with its domain, as far as it is known. */
export function companyWords({ name, domain }: { name: string; domain: string }): string {
  return domain === '' || domain === name ? name : `${name} (${domain})`;
}

/** Before the sign-in nothing is told about whom the offer is for. */
export function viewOf({ version, standing, acceptance, delegation, visitor }: OfferVisit): OfferView {
  const { terms, signature, contact, expiresAt, number } = version;
  return {
    ...{ terms, signature, contact, expiresAt, number, standing },
    ...(acceptance === undefined ? {} : { acceptance }),
    ...(delegation === undefined ? {} : { delegation }),
    forAnybody: visitor === undefined,
  };
}

/** What the page says of the offer, in words. */
export function factsOf(visit: OfferVisit): OfferFacts {
  return offerFacts(visit.words, visit.language, viewOf(visit));
}
