import { z } from 'zod';
import type { AccountRef } from '../partner/accounts.ts';
import { PartnerError } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';
import type { Offer } from '../partner/offers.ts';
import { waitingAnswersOf } from '../partner/sealed-keys.ts';
import type { Storage } from '../storage/storage.ts';
import { createDelegationAnswers } from './delegation-answers.ts';
import { seeOther, type WebAnswer, type WebRequest } from './http.ts';
import type { createOfferAnswers, OfferAnswersDeps } from './offer-answers.ts';
import type { OfferFlash } from './offer-flash.ts';
import {
  type CompanyAnswer,
  holdsKey,
  isCompanyAnswer,
  type OfferForm,
  readHeldAnswer,
  readOfferForm,
  typedOf,
} from './offer-form.ts';
import { accountOf, type OfferSessions, type OfferVisitor } from './offer-sessions.ts';
import type { createOfferSignIn } from './offer-sign-in.ts';
import type { createOfferVisits } from './offer-visits.ts';
import type { Typed } from './pages/offer-forms.ts';
import { offerFrame } from './pages/offer-frame.ts';
import type { OfferNotice, SaidAnswer } from './pages/offer-notice.ts';
import { limitPage } from './pages/offer-refusals.ts';
import type { OfferVisit } from './pages/offer-visit.ts';

export interface OfferAnsweringDeps extends OfferAnswersDeps {
  storage: OfferAnswersDeps['storage'] & Pick<Storage, 'vault'>;
  offerSessions: OfferSessions;
  offerFlash: OfferFlash;
  newSecret(): string;
  signInOrigins: readonly string[];
  /** Whether people of this company are staff here. */
  isPartner(tenantId: string): boolean;
  log: Log;
}

type Action = Exclude<OfferForm['action'], 'sign-out'>;

/** An answer waits so long for Microsoft's word: domain time, ms. */
const waitsMs = 10 * 60 * 1000;
/** One of each person and offer, so that nobody fills the vault. */
const vaultKey = (offer: Offer, by: AccountRef) => `${waitingAnswersOf(by)}${offer.id}`;

/** `key` is of the wait of one browser: what another tab asked meanwhile is not given by this one. */
const heldShape = z.object({ key: z.string(), answer: z.string() });

/**
 * Answers on the page. Whoever says yes or no for their company is asked for at Microsoft once more, as a rule without a
 * page to be seen: whether they are still let in, and with which roles. Only then it is written.
 */
export function createOfferAnswering(
  deps: OfferAnsweringDeps,
  parts: {
    answers: ReturnType<typeof createOfferAnswers>;
    signIn: ReturnType<typeof createOfferSignIn>;
    visits: ReturnType<typeof createOfferVisits>;
  },
) {
  const { storage, clock, offerSessions: sessions, log } = deps;
  const { answers, signIn, visits } = parts;
  const delegation = createDelegationAnswers(deps);

  const say = (code: string, visitor: OfferVisitor, action: Action) =>
    'delegation' in action
      ? delegation.say(code, visitor, action.delegation)
      : answers.say(code, visitor, action);

  const changes = (code: string, visitor: OfferVisitor, action: CompanyAnswer) =>
    'delegation' in action
      ? delegation.changes(code, visitor, action.delegation)
      : answers.changes(code, visitor, action);

  /** Back to the page, which says once what was pressed. */
  async function saidPage(offer: Offer, visitor: OfferVisitor, language: string, action: Action) {
    const flash = await deps.offerFlash.cookieFor(offer.code, accountOf(visitor), saidBy(action));
    return seeOther(`/offers/${offer.code}?lang=${language}`, flash);
  }

  /** Keeps the answer sealed, and asks Microsoft who it is. */
  async function prove(visit: OfferVisit, visitor: OfferVisitor, answer: CompanyAnswer): Promise<WebAnswer> {
    const key = deps.newSecret();
    const by = accountOf(visitor);
    const secret = JSON.stringify({ key, answer: JSON.stringify(answer) } satisfies z.infer<
      typeof heldShape
    >);
    const expiresAt = clock.now() + waitsMs;
    await storage.commit({ vault: [{ put: { key: vaultKey(visit.offer, by), secret, expiresAt } }] });
    const { signInName } = visitor.person;
    const waiting = { key, by, signInName, silent: true };
    return signIn.begin(visit.offer, visit.language, waiting);
  }

  /** Once, and only for the browser in which it was given. */
  async function takeHeld(offer: Offer, by: AccountRef, key: string): Promise<string | undefined> {
    const secret = await storage.vault.open(vaultKey(offer, by), clock.now());
    if (secret === undefined || heldShape.parse(JSON.parse(secret)).key !== key) return undefined;
    const taken = await storage.vault.take(vaultKey(offer, by), clock.now());
    return taken === secret ? heldShape.parse(JSON.parse(secret)).answer : undefined;
  }

  async function refused(
    error: PartnerError,
    visit: OfferVisit,
    { action, typed, headers }: { action: Action; typed: Typed; headers: WebRequest['headers'] },
  ): Promise<WebAnswer> {
    const { offer, visitor, language } = visit;
    const client = visitor?.tenantId;
    log.info({ offer: offer.id, client, did: saidBy(action), code: error.code }, 'an answer was refused');
    if (error.code === 'said-too-often') {
      const { words, version } = visit;
      const { signature } = version;
      const formsTo = deps.signInOrigins;
      return offerFrame({ ...limitPage(visit, error), language, words, signature, formsTo });
    }
    const notice: OfferNotice = error.code === 'offer-superseded' ? { problem: 'newer' } : { error };
    const query = new URLSearchParams({ lang: language });
    const now = await visits.of({ headers, query }, offer.code, visitor);
    return visits.show(now ?? visit, { notice, typed, status: statuses[error.code] ?? 409 });
  }

  return {
    /** What a form of the offer's page says. */
    async take(request: WebRequest, visit: OfferVisit): Promise<WebAnswer> {
      const { visitor, offer, path, language } = visit;
      if (visitor === undefined)
        return visits.show(visit, { notice: { problem: 'signed-out' }, status: 403 });
      const form = readOfferForm(request.body);
      if (form === undefined || !sessions.forms.isToken(accountOf(visitor), `${path}/answer`, form.token)) {
        return visits.show(visit, { notice: { problem: 'form' }, status: 403 });
      }
      const { action, typed } = form;
      if (holdsKey(request.body)) {
        return visits.show(visit, { notice: { problem: 'product-key' }, status: 422 });
      }
      if (action === 'sign-out') {
        const keepsName = deps.isPartner(visitor.tenantId);
        await storage.commit({ signOuts: [{ account: accountOf(visitor), at: Date.now(), keepsName }] });
        return seeOther(`${path}?lang=${language}`, sessions.end());
      }
      try {
        if (isCompanyAnswer(action)) {
          const isNews = await changes(offer.code, visitor, action);
          return isNews
            ? await prove(visit, visitor, action)
            : await saidPage(offer, visitor, language, action);
        }
        await say(offer.code, visitor, action);
        return await saidPage(offer, visitor, language, action);
      } catch (error) {
        if (!(error instanceof PartnerError)) throw error;
        return refused(error, visit, { action, typed, headers: request.headers });
      }
    },

    /** Microsoft has said who it is: the answer that waited for it is given now, or refused. */
    async goOn(proved: {
      offer: Offer;
      visitor: OfferVisitor;
      language: 'vi' | 'en';
      key: string;
    }): Promise<WebAnswer> {
      const { offer, visitor, language, key } = proved;
      const held = await takeHeld(offer, accountOf(visitor), key);
      if (held === undefined) return seeOther(`/offers/${offer.code}?lang=${language}`);
      const action = readHeldAnswer(held);
      try {
        await say(offer.code, visitor, action);
        return await saidPage(offer, visitor, language, action);
      } catch (error) {
        if (!(error instanceof PartnerError)) throw error;
        const query = new URLSearchParams({ lang: language });
        const visit = await visits.of({ headers: {}, query }, offer.code, visitor);
        if (visit === undefined) throw error;
        return refused(error, visit, { action, typed: typedOf(action), headers: {} });
      }
    },
  };
}

/** Every refusal that is not about what others did meanwhile. */
const statuses: Partial<Record<PartnerError['code'], number>> = {
  'offer-unknown': 404,
  'offer-withdrawn': 410,
  'offer-expired': 410,
  'wrong-company': 403,
  'not-client-administrator': 403,
  'seats-out-of-bounds': 422,
  'input-invalid': 422,
  'input-too-long': 422,
};

/** What the page says of it afterwards: the lines have their own yes and no. */
function saidBy(action: Action): SaidAnswer {
  if (!('delegation' in action)) return action.do;
  return action.delegation.do === 'decline' ? 'refuse' : action.delegation.do;
}
