import { type AccountRef, accountKey } from '../partner/accounts.ts';
import type { Clock } from '../partner/clock.ts';
import { PartnerError } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';
import { type Operation, passwordKey } from '../partner/operations.ts';
import type { SignInPort } from '../partner/sign-in-port.ts';
import type { Storage } from '../storage/storage.ts';
import { isFromElsewhere, seeOther, type WebAnswer, type WebRequest } from './http.ts';
import type { PageLanguage } from './page-language.ts';
import { type Html, html } from './pages/html.ts';
import { page } from './pages/page.ts';
import type { Sessions } from './session.ts';
import type { SignInCookie } from './sign-in-cookie.ts';

interface Deps {
  storage: Storage;
  signIns: SignInPort;
  sessions: Sessions;
  begun: SignInCookie;
  /** Whether the person who asked may still do so: who is blocked or has lost the right sees nothing. Throws PartnerError. */
  mayReveal(operation: Operation): Promise<boolean>;
  clock: Clock;
  language: PageLanguage;
  newId(): string;
  newReference(): string;
  log: Log;
  /** Origins of Microsoft's sign-in pages: a form of ours leads there. */
  signInOrigins: readonly string[];
}

/** How long a revealed password stays on the page. */
const shownMs = 2 * 60 * 1000;

/**
 * `/passwords/<operation>`: looking at the page changes nothing; only a POST by the person who asked for the
 * user reveals the password, and only once.
 */
export function createPasswordPages(deps: Deps) {
  const { storage, signIns, sessions, clock } = deps;

  function show(
    request: WebRequest,
    body: Html,
    more: { title?: string; status?: number; script?: string } = {},
  ) {
    const { language, words } = deps.language(request);
    const title = more.title ?? words('page.reveal.title');
    return page({ language, body, ...more, title, formsTo: deps.signInOrigins.join(' ') });
  }

  function gone(request: WebRequest): WebAnswer {
    const { words } = deps.language(request);
    const title = words('page.reveal.gone-title');
    return show(request, html`<p>${words('page.reveal.gone')}</p>`, { title, status: 410 });
  }

  function noRight(request: WebRequest): WebAnswer {
    const { words } = deps.language(request);
    const title = words('page.reveal.no-right-title');
    return show(request, html`<p>${words('page.reveal.no-right')}</p>`, { title, status: 403 });
  }

  /** Whether it may be seen cannot be known now: nothing is shown, and nothing is used up. */
  function notNow(request: WebRequest, { code, requestId }: PartnerError): WebAnswer {
    const { words } = deps.language(request);
    const reference = deps.newReference();
    deps.log.warn({ reference, code, requestId }, 'a password was not shown');
    const body = html`<p>${words('page.reveal.not-now')}</p>
<p class="soft">${words('error.reference', { reference })}</p>`;
    return show(request, body, { title: words('page.reveal.not-now-title'), status: 503 });
  }

  /** What it is for stays in the browser: who only knocks leaves nothing here. */
  async function signIn(request: WebRequest, id: string): Promise<WebAnswer> {
    const { language } = deps.language(request);
    const operation = isFromElsewhere(request) ? undefined : await storage.operations.find(id);
    const step =
      operation && (await signIns.beginFor(`/passwords/${id}?lang=${language}`, operation.company));
    if (step === undefined) return gone(request);
    const cookie = await deps.begun.write({ underWay: step.keep, language });
    return seeOther(step.address, cookie);
  }

  function askSignIn(request: WebRequest, otherName: string): WebAnswer {
    const { language, words } = deps.language(request);
    const other =
      otherName === ''
        ? html``
        : html`<p class="bad">${words('page.reveal.other-account', { signInName: otherName })}</p>`;
    const body = html`${other}<p>${words('page.reveal.sign-in')}</p>
<form method="post" action="${request.path}/sign-in?lang=${language}"><button>${words('page.sign-in.button')}</button></form>`;
    return show(request, body, { status: otherName === '' ? 200 : 403 });
  }

  async function look(request: WebRequest, operation: Operation, account: AccountRef): Promise<WebAnswer> {
    const { language, words } = deps.language(request);
    const there = await storage.vault.open(passwordKey(operation.id), clock.now());
    if (there === undefined) return gone(request);
    const signInName = String(operation.args['signInName'] ?? '');
    const body = html`<p>${words('page.reveal.for', { signInName })}</p><p>${words('page.reveal.once')}</p>
<form method="post" action="${request.path}?lang=${language}">
<input type="hidden" name="token" value="${sessions.forms.tokenFor(account, request.path)}">
<button>${words('page.reveal.button')}</button></form>`;
    return show(request, body);
  }

  async function reveal(request: WebRequest, operation: Operation, account: AccountRef): Promise<WebAnswer> {
    const token = new URLSearchParams(request.body).get('token') ?? '';
    if (!sessions.forms.isToken(account, request.path, token)) return look(request, operation, account);
    const secret = await storage.vault.take(passwordKey(operation.id), clock.now());
    if (secret === undefined) return gone(request);
    await storage.commit({
      deeds: [{ did: 'reveal-password', operation, by: account, at: clock.now() }],
    });
    const { words } = deps.language(request);
    const signInName = String(operation.args['signInName'] ?? '');
    const body = html`<div id="shown"><p>${words('page.reveal.for', { signInName })}</p>
<p class="secret" id="secret" data-hide-after="${shownMs}">${secret}</p>
<p><button type="button" class="quiet" id="copy" data-done="${words('page.reveal.copied')}">${words('page.reveal.copy')}</button></p>
<p class="soft">${words('page.reveal.hides')}</p></div><p id="hidden" role="status" hidden>${words('page.reveal.hidden')}</p>`;
    return show(request, body, { script: '/pages/reveal.js' });
  }

  return async (request: WebRequest): Promise<WebAnswer> => {
    const [, , id = '', action] = request.path.split('/');
    if (action === 'sign-in' && request.method === 'POST') return signIn(request, id);
    const account = await sessions.read(request.headers);
    if (account === undefined) return askSignIn(request, '');
    const operation = await storage.operations.find(id);
    if (operation === undefined) return gone(request);
    if (accountKey(operation.actor) !== accountKey(account)) {
      const other = await storage.accounts.find(account);
      return askSignIn(request, other?.signInName ?? '–');
    }
    try {
      if (!(await deps.mayReveal(operation))) return noRight(request);
    } catch (error) {
      if (error instanceof PartnerError) return notNow(request, error);
      throw error;
    }
    return request.method === 'POST'
      ? reveal(request, operation, account)
      : look(request, operation, account);
  };
}
