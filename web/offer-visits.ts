import { offerCard } from '../cards/offer.ts';
import { createWords, isLanguage } from '../locales/words.ts';
import { canAnswer, canDecline, isBinding } from '../partner/acceptance-life.ts';
import type { Clock } from '../partner/clock.ts';
import type { Zones } from '../partner/company-zones.ts';
import { clientsPage } from '../partner/delegation-pages.ts';
import { standingOf } from '../partner/offer-life.ts';
import { sightOf } from '../partner/offer-sight.ts';
import type { Relationships } from '../partner/relationships.ts';
import type { Storage } from '../storage/storage.ts';
import type { WebAnswer, WebRequest } from './http.ts';
import { accountOf, type OfferSessions, type OfferVisitor } from './offer-sessions.ts';
import { type Html, html } from './pages/html.ts';
import { delegationLive, delegationQuestion } from './pages/offer-delegation.ts';
import { offerSection } from './pages/offer-facts.ts';
import {
  accountSection,
  answerSection,
  askSection,
  handOverSection,
  mayAnswer,
  signInSection,
  type Typed,
} from './pages/offer-forms.ts';
import { offerFrame } from './pages/offer-frame.ts';
import { type ClientsTurn, clientsTurn, liveSection } from './pages/offer-live.ts';
import { noticeBlock, type OfferNotice } from './pages/offer-notice.ts';
import { overPage, wrongCompanyPage } from './pages/offer-refusals.ts';
import { factsOf, type OfferVisit, viewOf } from './pages/offer-visit.ts';

interface Deps {
  storage: Pick<Storage, 'offers' | 'acceptances' | 'delegations' | 'operations'>;
  relationships: { asPartner(company: string): Pick<Relationships, 'approvalLink' | 'consentLink'> };
  zones: Pick<Zones, 'ofCompany'>;
  clock: Clock;
  offerSessions: OfferSessions;
  cloudOf(company: string): string;
  offerLink(code: string, language?: 'vi' | 'en'): string;
  signInOrigins: readonly string[];
}

interface Shown {
  notice?: OfferNotice | undefined;
  typed?: Typed;
  status?: number;
}

/** How an offer looks to whoever opens its link. Only reads. */
export function createOfferVisits(deps: Deps) {
  const { storage, clock, offerSessions: sessions } = deps;

  async function turnOf({ acceptance }: OfferVisit): Promise<ClientsTurn | undefined> {
    const id = acceptance?.operationId ?? null;
    return id === null ? undefined : clientsTurn(await storage.operations.find(id));
  }

  /** What stands above and below the offer itself. */
  async function around(visit: OfferVisit, typed: Typed): Promise<{ above: Html; below: Html }> {
    const { visitor, acceptance, version, standing, sight, offer, language } = visit;
    if (visitor === undefined) return { above: html``, below: signInSection(visit) };
    const binds = acceptance !== undefined && isBinding(acceptance);
    const hasLines = version.terms.lines.length > 0;
    const isNewest = hasLines && sight === 'newest';
    const isOpen = isNewest && standing === 'open' && canAnswer(acceptance, version.number);
    const mayDecline = canDecline(acceptance, version.number);
    const link = deps.offerLink(offer.code, language);
    const passesOn = isOpen && !mayAnswer(visit);
    const answering = passesOn ? handOverSection(visit, link) : answerSection(visit, typed, { mayDecline });
    const below = [
      isOpen ? answering : html``,
      delegationQuestion(visit, passesOn ? '' : link),
      askSection(visit, typed),
      accountSection(visit),
    ];
    const live = binds ? liveSection(visit, await turnOf(visit)) : html``;
    return {
      above: html`${live}${delegationLive(visit, { proof: !binds })}${wished(visit)}`,
      below: html`${below}`,
    };
  }

  return {
    /** Everything about this code and whoever asks; undefined when the link leads to nothing. */
    async of(
      { headers, query }: Pick<WebRequest, 'headers' | 'query'>,
      code: string,
      signedIn?: OfferVisitor,
    ): Promise<OfferVisit | undefined> {
      const offer = await storage.offers.byCode(code);
      const newest = offer && (await storage.offers.version(offer.id, offer.version));
      if (offer === undefined || newest === undefined) return undefined;
      const asked = query.get('lang');
      const language = isLanguage(asked) ? asked : newest.terms.language;
      const visitor = signedIn ?? (await sessions.read(headers, deps.cloudOf(offer.company)));
      const acceptance = visitor && (await storage.acceptances.ofClient(offer.id, visitor.tenantId));
      const delegation = visitor && (await storage.delegations.ofClient(offer.id, visitor.tenantId));
      const microsoftPage =
        delegation && clientsPage(delegation, deps.relationships.asPartner(delegation.company));
      const now = clock.now();
      const sight = sightOf({ offer, newest, acceptance, delegation, tenantId: visitor?.tenantId, now });
      const answered = sight === 'answered' ? acceptance?.version : undefined;
      const version = answered === undefined ? newest : await storage.offers.version(offer.id, answered);
      if (version === undefined) return undefined;
      const path = `/offers/${offer.code}`;
      const words = createWords(language, await deps.zones.ofCompany(offer.company));
      return {
        ...{ language, words, path, offer, visitor, acceptance, delegation },
        ...{ sight, version, standing: standingOf(offer, now), microsoftPage },
        token: visitor === undefined ? '' : sessions.forms.tokenFor(accountOf(visitor), `${path}/answer`),
      };
    },

    /** The page of the offer; instead of it a friendly one where this visitor can do nothing here. */
    async show(visit: OfferVisit, { notice, typed = {}, status = 200 }: Shown): Promise<WebAnswer> {
      const { language, words, version, sight } = visit;
      const frame = { language, words, signature: version.signature, formsTo: deps.signInOrigins };
      if (sight === 'wrong-company') return offerFrame({ ...frame, ...wrongCompanyPage(visit) });
      if (sight === 'over') return offerFrame({ ...frame, ...overPage(visit) });
      const { above, below } = await around(visit, typed);
      const card = offerCard(words, language, viewOf(visit));
      const body = html`${noticeBlock(visit, notice)}${above}${offerSection(factsOf(visit), card)}${below}`;
      const title = words(`offer-page.lead.${version.terms.kind}`, { company: version.signature.name });
      return offerFrame({ ...frame, title, body, status, scripts: ['card', 'page'] });
    },
  };
}

function wished({ words, acceptance }: OfferVisit): Html {
  if (acceptance === undefined || acceptance.wish.length === 0) return html``;
  return html`<p>${words('offer-page.wished', { seats: acceptance.wish.join(', ') })}</p>`;
}
