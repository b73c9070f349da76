import { accountKey } from '../partner/accounts.ts';
import { isClientAdministrator } from '../partner/answering.ts';
import type { ClientSignIn } from '../partner/client-sign-in.ts';
import { PartnerError } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';
import type { Offer } from '../partner/offers.ts';
import type { TenantLookups, TenantName } from '../partner/tenants.ts';
import { seeOther, type WebAnswer, type WebRequest } from './http.ts';
import {
  accountOf,
  type OfferSessions,
  type OfferSignIn,
  type OfferVisitor,
  type WaitingAnswer,
} from './offer-sessions.ts';
import { inLanguage } from './page-language.ts';

export interface OfferSignInDeps {
  /** How people of clients of this partner sign in: in the partner's cloud. */
  clientSignIn(company: string): ClientSignIn;
  tenantLookups: TenantLookups;
  offerSessions: OfferSessions;
  /** Public address of `/offers/callback`. */
  callbackAddress: string;
  /** 256 random bits, base64url. */
  newSecret(): string;
  log: Log;
}

/** What came of a sign-in: the visitor, with the key of the answer that waited for it; or why there is none. */
export type SignedIn =
  | { offer: Offer; language: 'vi' | 'en'; visitor: OfferVisitor; answerKey: string | undefined }
  | { offer: Offer; language: 'vi' | 'en'; askAgain: WaitingAnswer }
  | { code: string | undefined; language: 'vi' | 'en' | undefined; error: PartnerError };

/** Sign-in of clients' people, for one browser and one offer at a time. */
export function createOfferSignIn(deps: OfferSignInDeps) {
  const { offerSessions: sessions, log } = deps;

  /** Leads to Microsoft's page; what its answer must fit stays in a cookie of this browser. */
  async function begin(
    offer: Offer,
    language: 'vi' | 'en',
    answer?: OfferSignIn['answer'],
  ): Promise<WebAnswer> {
    const [state, nonce, codeVerifier] = [deps.newSecret(), deps.newSecret(), deps.newSecret()];
    const attempt = { redirectUri: deps.callbackAddress, state, nonce, codeVerifier };
    const again = answer && { signInName: answer.signInName, silent: answer.silent };
    const address = await deps.clientSignIn(offer.company).address(attempt, again);
    const cookie = await sessions.signInCookie({ attempt, code: offer.code, language, answer });
    return seeOther(inLanguage(address, language), cookie);
  }

  async function visitorFrom(offer: Offer, begun: OfferSignIn, code: string): Promise<OfferVisitor> {
    const account = await deps.clientSignIn(offer.company).finish(begun.attempt, code);
    const { name, domain } = await companyOf(offer, account);
    const { tenantId, objectId, name: personName, signInName } = account;
    const person = { objectId, name: personName, signInName };
    // Only what counts here: somebody with every role of the directory must fit into a cookie.
    const roles = account.roles?.filter((role) => isClientAdministrator([role]));
    return { tenantId, name, domain, person, roles };
  }

  return {
    begin,

    /** Microsoft's answer. `find` gives the offer that it began at. */
    async finish(request: WebRequest, find: (code: string) => Promise<Offer | undefined>): Promise<SignedIn> {
      const begun = await sessions.readSignIn(request.headers);
      const { query } = request;
      const offer = begun && (await find(begun.code));
      if (begun === undefined || offer === undefined || query.get('state') !== begun.attempt.state) {
        return { code: undefined, language: begun?.language, error: new PartnerError('sign-in-failed') };
      }
      const { language, answer } = begun;
      const code = query.get('code');
      // Microsoft wants to see the person after all: the answer waits for that.
      if (code === null && answer?.silent) return { offer, language, askAgain: { ...answer, silent: false } };
      try {
        if (code === null) throw refused(query.get('error'));
        const visitor = await visitorFrom(offer, begun, code);
        const isSame = answer === undefined || accountKey(answer.by) === accountKey(accountOf(visitor));
        // Whoever comes back as somebody else has answered nothing.
        return { offer, language, visitor, answerKey: isSame ? answer?.key : undefined };
      } catch (error) {
        if (error instanceof PartnerError) return { code: offer.code, language, error };
        throw error;
      }
    },
  };

  /** Name and domain of the company; when Microsoft cannot be asked just now, the domain that one signs in with. */
  async function companyOf(
    offer: Offer,
    { tenantId, signInName }: { tenantId: string; signInName: string },
  ): Promise<Pick<TenantName, 'name' | 'domain'>> {
    const domain = signInName.split('@')[1] ?? '';
    try {
      const found = await deps.tenantLookups.asPartner(offer.company).byId(tenantId);
      return found ?? { name: domain, domain };
    } catch (error) {
      if (!(error instanceof PartnerError)) throw error;
      log.warn({ code: error.code, requestId: error.requestId }, 'the name of a company could not be read');
      return { name: domain, domain };
    }
  }
}

/** Microsoft came back without a code. https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow */
function refused(error: string | null): PartnerError {
  const noConsent = error === 'access_denied' || error === 'consent_required';
  return new PartnerError(noConsent ? 'consent-missing' : 'sign-in-failed');
}
