import type { Language, Words } from '../locales/words.ts';
import { wordsForError } from '../locales/words-for-error.ts';
import { PartnerError } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';
import type { SignInPort, SignInUnderWay } from '../partner/sign-in-port.ts';
import { seeOther, type WebAnswer, type WebRequest } from './http.ts';
import { inLanguage, type PageLanguage, undatedWords } from './page-language.ts';
import { html } from './pages/html.ts';
import { page as show } from './pages/page.ts';
import type { Sessions } from './session.ts';
import type { BegunSignIn, SignInCookie } from './sign-in-cookie.ts';

interface Deps {
  signIns: SignInPort;
  sessions: Sessions;
  begun: SignInCookie;
  language: PageLanguage;
  newReference(): string;
  log: Log;
}

/**
 * `/sign-in/<state>` leads to Microsoft; `/sign-in/callback` is where Microsoft sends the person back, in the same
 * browser.
 */
export function createSignInPages(deps: Deps) {
  const { signIns, sessions, log, begun } = deps;

  function failed(request: WebRequest, error: PartnerError, language?: Language): WebAnswer {
    const page =
      language === undefined ? deps.language(request) : { language, words: undatedWords(language) };
    const { words } = page;
    const reference = deps.newReference();
    log.warn({ reference, code: error.code, requestId: error.requestId }, 'a sign-in failed');
    const { what } = wordsForError(words, error);
    const wrongAccount = error.code === 'sign-in-failed' || error.code === 'guest-account';
    const own = wrongAccount ? html`<p>${words('page.sign-in.own-account')}</p>` : html``;
    const body = html`<p>${what}</p>${own}<p>${words('page.sign-in.failed-intro')}</p>
<p class="soft">${words('error.reference', { reference })}</p>`;
    return show({ language: page.language, title: words('page.sign-in.failed-title'), body, status: 400 });
  }

  /** For a client's administrator. Anybody can open this address, so it promises nothing. */
  function afterConsent(request: WebRequest, answer: 'done' | 'refused'): WebAnswer {
    const { language, words } = deps.language(request);
    const body = html`<p>${words(`page.consent.${answer}-intro`)}</p>`;
    return show({ language, title: words(`page.consent.${answer}-title`), body });
  }

  async function begin(request: WebRequest): Promise<WebAnswer> {
    const state = request.path.slice('/sign-in/'.length);
    const step = await signIns.begin({ state }, request.query.get('cloud'));
    if (step === undefined) return failed(request, new PartnerError('sign-in-failed'));
    const { language } = deps.language(request);
    const cookie = await begun.write({ underWay: step.keep, language });
    return seeOther(inLanguage(step.address, language), cookie);
  }

  async function callback(request: WebRequest): Promise<WebAnswer> {
    const consent = consentIn(request);
    if (consent !== undefined) return afterConsent(request, consent);
    const held = await begun.read(request.headers);
    const isOurs = held !== undefined && request.query.get('state') === held.underWay.attempt.state;
    if (!isOurs) return failed(request, new PartnerError('sign-in-failed'));
    try {
      return await finish(held, request);
    } catch (error) {
      if (error instanceof PartnerError) return failed(request, error, held.language);
      throw error;
    }
  }

  async function finish({ underWay, language }: BegunSignIn, { query }: WebRequest): Promise<WebAnswer> {
    const code = query.get('code');
    if (code === null) throw refusedBy(query.get('error'), underWay);
    const outcome = await signIns.finish(underWay, code);
    if (outcome.kind === 'further') {
      const cookie = await begun.write({ underWay: outcome.keep, language });
      return seeOther(inLanguage(outcome.address, language), cookie);
    }
    const cookies = [await sessions.cookieFor(outcome.account), begun.end()];
    if (outcome.kind === 'page') return seeOther(outcome.returnTo, ...cookies);
    const words = undatedWords(language);
    const answer =
      outcome.kind === 'code'
        ? show({ language, title: words('page.sign-in.code-title'), body: codeBody(words, outcome) })
        : show({
            language,
            title: words('page.sign-in.done-title'),
            body: html`<p>${words('page.sign-in.done-intro')}</p>`,
          });
    return { ...answer, cookies };
  }

  return async (request: WebRequest): Promise<WebAnswer> => {
    try {
      return await (request.path === '/sign-in/callback' ? callback(request) : begin(request));
    } catch (error) {
      if (error instanceof PartnerError) return failed(request, error);
      throw error;
    }
  };
}

/** Microsoft came back without a code: in the second stage that is a no to what staff work with. */
function refusedBy(error: string | null, { staff }: SignInUnderWay): PartnerError {
  const isNo = error === 'access_denied' || error === 'consent_required';
  return new PartnerError(isNo && staff !== undefined ? 'consent-missing' : 'sign-in-failed');
}

/** Nobody signed in: an administrator comes from the page on which our application is let into their company. */
function consentIn({ query }: WebRequest): 'done' | 'refused' | undefined {
  if (query.has('state')) return undefined;
  if (query.get('admin_consent')?.toLowerCase() === 'true') return 'done';
  return query.get('error') === 'access_denied' ? 'refused' : undefined;
}

function codeBody(
  words: Words,
  { code, account }: { code: string; account: { displayName: string; signInName: string } },
) {
  const { displayName: name, signInName } = account;
  return html`<p>${words('page.sign-in.code-intro')}</p>
<p class="code" aria-label="${code.split('').join(' ')}">${code.slice(0, 3)} ${code.slice(3)}</p>
<p>${words('page.sign-in.code-as', { name, signInName })}</p><p class="soft">${words('page.sign-in.code-warn')}</p>`;
}
