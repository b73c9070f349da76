import { createWords } from '../locales/words.ts';
import type { Zones } from '../partner/company-zones.ts';
import { PartnerError } from '../partner/errors.ts';
import type { Relationships } from '../partner/relationships.ts';
import type { Storage } from '../storage/storage.ts';
import { isFromElsewhere, seeOther, type WebAnswer, type WebRequest } from './http.ts';
import { createOfferAnswering, type OfferAnsweringDeps } from './offer-answering.ts';
import { createOfferAnswers } from './offer-answers.ts';
import { offerAsset } from './offer-assets.ts';
import { createOfferProofs } from './offer-proofs.ts';
import { createOfferSignIn, type OfferSignInDeps } from './offer-sign-in.ts';
import { createOfferVisits } from './offer-visits.ts';
import { type PageLanguage, undatedWords } from './page-language.ts';
import { html } from './pages/html.ts';
import { offerFrame } from './pages/offer-frame.ts';
import { type Refusal, signInRefusal, stopPage } from './pages/offer-refusals.ts';
import type { OfferVisit } from './pages/offer-visit.ts';

export interface OfferPagesDeps extends OfferAnsweringDeps, OfferSignInDeps {
  storage: Pick<
    Storage,
    'offers' | 'acceptances' | 'delegations' | 'offerEvents' | 'operations' | 'vault' | 'commit'
  >;
  zones: Pick<Zones, 'ofCompany'>;
  /** Microsoft's cloud in which clients of this partner sign in. */
  cloudOf(company: string): string;
  /** Microsoft's page on which a client approves a delegation. */
  relationships: { asPartner(company: string): Pick<Relationships, 'approvalLink' | 'consentLink'> };
  /** Language of a page that belongs to no offer. */
  language: PageLanguage;
  /** Address of an offer's page, as it is passed on. */
  offerLink(code: string, language?: 'vi' | 'en'): string;
  newReference(): string;
  /** Origins of Microsoft's sign-in pages: a form of ours leads there. */
  signInOrigins: readonly string[];
}

/**
 * `/offers/<code>`: the offer for its client, before and after the sign-in; `/sign-in`, `/answer`, `/proof` and `/stop`
 * below it; `/offers/callback`, where Microsoft sends people back; `/offers/assets/…`. Looking changes nothing.
 */
export function createOfferPages(deps: OfferPagesDeps) {
  const { offerSessions: sessions, log } = deps;
  const answers = createOfferAnswers(deps);
  const signIn = createOfferSignIn(deps);
  const visits = createOfferVisits(deps);
  const answering = createOfferAnswering(deps, { answers, signIn, visits });
  const proof = createOfferProofs(deps);

  async function callback(request: WebRequest): Promise<WebAnswer> {
    const outcome = await signIn.finish(request, deps.storage.offers.byCode);
    if ('askAgain' in outcome) return signIn.begin(outcome.offer, outcome.language, outcome.askAgain);
    if (!('error' in outcome)) {
      const { offer, visitor, language, answerKey } = outcome;
      await seen(offer.code, visitor);
      const cookie = await sessions.cookieFor(visitor, deps.cloudOf(offer.company));
      const shown =
        answerKey === undefined
          ? seeOther(`/offers/${offer.code}?lang=${language}`)
          : await answering.goOn({ offer, visitor, language, key: answerKey });
      return withCookie(shown, cookie);
    }
    const { error, code } = outcome;
    const reference = deps.newReference();
    log.warn({ reference, code: error.code, requestId: error.requestId }, 'a sign-in of a client failed');
    const language = outcome.language ?? deps.language(request).language;
    const offer = code === undefined ? undefined : await deps.storage.offers.byCode(code);
    const words =
      offer === undefined
        ? undatedWords(language)
        : createWords(language, await deps.zones.ofCompany(offer.company));
    const version = offer && (await deps.storage.offers.version(offer.id, offer.version));
    const signature = version?.signature;
    const way = code === undefined ? undefined : { path: `/offers/${code}`, language, words };
    const refusal = signInRefusal(way, words, { error, reference, company: signature?.name ?? '' });
    const formsTo = deps.signInOrigins;
    const shown = offerFrame({ ...refusal, language, words, signature, formsTo });
    // An answer that fits no sign-in of this browser ends none.
    return code === undefined ? shown : withCookie(shown, sessions.end());
  }

  /** A look is worth a line in the timeline and nothing else; the page itself says what is wrong. */
  async function seen(code: string, visitor: Parameters<typeof answers.say>[1]): Promise<void> {
    try {
      await answers.say(code, visitor, { do: 'view' });
    } catch (error) {
      if (!(error instanceof PartnerError)) throw error;
    }
  }

  function refuse(visit: OfferVisit, refusal: Refusal): WebAnswer {
    const { language, words, version } = visit;
    return offerFrame({
      ...refusal,
      language,
      words,
      signature: version.signature,
      formsTo: deps.signInOrigins,
    });
  }

  function unknown(request: WebRequest): WebAnswer {
    const { language, words } = deps.language(request);
    const body = html`<p>${words('offer-page.unknown.text')}</p>`;
    const title = words('offer-page.unknown.title');
    return offerFrame({ language, words, title, body, status: 404, formsTo: [] });
  }

  /** What was just pressed is said on this page and on no other one after it. */
  async function offerPage({ headers }: WebRequest, visit: OfferVisit): Promise<WebAnswer> {
    const { said, cookies } = await deps.offerFlash.take(headers, visit);
    const shown = await visits.show(visit, said === undefined ? {} : { notice: { said } });
    return withCookie(shown, ...cookies);
  }

  async function stop(visit: OfferVisit, isPost: boolean): Promise<WebAnswer> {
    if (isPost) await answers.stop(visit.offer, visit.version);
    return refuse(visit, stopPage(visit, isPost));
  }

  return async (request: WebRequest): Promise<WebAnswer> => {
    const [, , code = '', what = ''] = request.path.split('/');
    const isPost = request.method === 'POST';
    if (code === 'assets') return (isPost ? undefined : await offerAsset(what)) ?? unknown(request);
    // Only a browser that follows Microsoft's redirect may use the code up.
    if (code === 'callback') return request.method === 'GET' ? callback(request) : unknown(request);
    const visit = await visits.of(request, code);
    if (visit === undefined) return unknown(request);
    if (what === 'stop') return stop(visit, isPost && !isFromElsewhere(request));
    if (isPost && isFromElsewhere(request)) {
      return visits.show(visit, { notice: { problem: 'form' }, status: 403 });
    }
    if (what === 'sign-in' && isPost) return signIn.begin(visit.offer, visit.language);
    if (what === 'answer' && isPost) return answering.take(request, visit);
    if (isPost) return unknown(request);
    if (what === 'proof') return proof(visit);
    // Forms of an old page, opened as an address, lead to the page itself.
    if (what === 'sign-in' || what === 'answer') return seeOther(`${visit.path}?lang=${visit.language}`);
    return what === '' ? offerPage(request, visit) : unknown(request);
  };
}

function withCookie(answer: WebAnswer, ...cookies: string[]): WebAnswer {
  return { ...answer, cookies: [...(answer.cookies ?? []), ...cookies] };
}
