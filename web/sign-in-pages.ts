import type { Language, Words } from '../locales/words.ts';
import { wordsForError } from '../locales/words-for-error.ts';
import { PartnerError } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';
import type { SignInPort } from '../partner/sign-in-port.ts';
import { seeOther, type WebAnswer, type WebRequest } from './http.ts';
import { languageCookie, type PageLanguage } from './page-language.ts';
import { html } from './pages/html.ts';
import { page } from './pages/page.ts';
import type { Sessions } from './session.ts';

interface Deps {
  signIns: SignInPort;
  sessions: Sessions;
  language: PageLanguage;
  newReference(): string;
  log: Log;
}

/** `/sign-in/<state>` leads to Microsoft; `/sign-in/callback` is where Microsoft sends the person back. */
export function createSignInPages(deps: Deps) {
  const { signIns, sessions, log } = deps;

  function failed(request: WebRequest, error: PartnerError): WebAnswer {
    const { language, words } = deps.language(request);
    const reference = deps.newReference();
    log.warn({ reference, code: error.code, requestId: error.requestId }, 'a sign-in failed');
    const { what } = wordsForError(words, error);
    const wrongAccount = error.code === 'sign-in-failed' || error.code === 'guest-account';
    const own = wrongAccount ? html`<p>${words('page.sign-in.own-account')}</p>` : html``;
    const body = html`<p>${what}</p>${own}<p>${words('page.sign-in.failed-intro')}</p>
<p class="soft">${words('error.reference', { reference })}</p>`;
    return page({ language, title: words('page.sign-in.failed-title'), body, status: 400 });
  }

  /** For a client's administrator. Anybody can open this address, so it promises nothing. */
  function afterConsent(request: WebRequest, answer: 'done' | 'refused'): WebAnswer {
    const { language, words } = deps.language(request);
    const body = html`<p>${words(`page.consent.${answer}-intro`)}</p>`;
    return page({ language, title: words(`page.consent.${answer}-title`), body });
  }

  async function callback(request: WebRequest): Promise<WebAnswer> {
    const state = request.query.get('state');
    const code = request.query.get('code');
    const consent = consentIn(request);
    if (consent !== undefined) return afterConsent(request, consent);
    if (state === null || code === null) return failed(request, new PartnerError('sign-in-failed'));
    const { language, words } = deps.language(request);
    const outcome = await signIns.finish(state, code);
    const cookie = { 'set-cookie': sessions.cookieFor(outcome.account) };
    if (outcome.kind === 'page') return seeOther(outcome.returnTo, cookie);
    const answer =
      outcome.kind === 'code'
        ? page({ language, title: words('page.sign-in.code-title'), body: codeBody(words, outcome) })
        : page({
            language,
            title: words('page.sign-in.done-title'),
            body: html`<p>${words('page.sign-in.done-intro')}</p>`,
          });
    return { ...answer, headers: { ...answer.headers, ...cookie } };
  }

  return async (request: WebRequest): Promise<WebAnswer> => {
    try {
      if (request.path === '/sign-in/callback') return await callback(request);
      const state = request.path.slice('/sign-in/'.length);
      const address = await signIns.address(state, request.query.get('cloud'));
      if (address === undefined) return failed(request, new PartnerError('sign-in-failed'));
      const { language } = deps.language(request);
      return seeOther(inLanguage(address, language), { 'set-cookie': languageCookie(language) });
    } catch (error) {
      if (error instanceof PartnerError) return failed(request, error);
      throw error;
    }
  };
}

/** Nobody signed in: an administrator comes from the page on which our application is let into their company. */
function consentIn({ query }: WebRequest): 'done' | 'refused' | undefined {
  if (query.has('state')) return undefined;
  if (query.get('admin_consent')?.toLowerCase() === 'true') return 'done';
  return query.get('error') === 'access_denied' ? 'refused' : undefined;
}

/** OpenID Connect's wish for the language of the provider's pages. */
function inLanguage(address: string, language: Language): string {
  const url = new URL(address);
  url.searchParams.set('ui_locales', language);
  return url.href;
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
