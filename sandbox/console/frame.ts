import { type Html, html } from '../html.ts';
import { type HttpAnswer, page, type SandboxRequest } from '../http.ts';
import { type Language, languageCookieFor, languageOf } from '../pages/language.ts';
import { layout } from '../pages/layout.ts';
import { words } from './words.ts';

const tabs = [
  ['accounts', '/'],
  ['controls', '/sandbox/controls'],
  ['directory', '/sandbox/directory'],
  ['shop', '/sandbox/shop'],
  ['delegation', '/sandbox/delegation'],
  ['mail', '/sandbox/mail'],
  ['requests', '/sandbox/requests'],
] as const;

export type Tab = (typeof tabs)[number][0];

/** A page of the console: tabs, language switch, content. */
export function consolePage(
  request: SandboxRequest,
  about: { tab?: Tab; title: string; body: Html; status?: number },
): HttpAnswer {
  const language = languageOf(request);
  const links = tabs.map(([name, address]) => {
    const current = name === about.tab ? html` aria-current="page"` : html``;
    return html`<a href="${address}"${current}>${words[name][language]}</a>`;
  });
  const answer = page(
    layout({
      language,
      title: about.title,
      nav: html`<nav class="tabs" aria-label="${words.pages[language]}">${links}</nav>`,
      body: html`<main>${about.body}</main>`,
      switchTo: (other) => {
        const query = new URLSearchParams(request.query);
        query.set('lang', other);
        return `${request.path}?${query.toString()}`;
      },
    }),
    about.status,
  );
  if (request.query.has('lang')) answer.headers['set-cookie'] = languageCookieFor(language);
  return answer;
}

export function notFoundPage(request: SandboxRequest): HttpAnswer {
  const title = words.notFound[languageOf(request)];
  return consolePage(request, { title, body: html`<h1>${title}</h1>`, status: 404 });
}

/** A moment as people read it, in Vietnam's time. */
export function moment(ms: number, language: Language, timeStyle: 'short' | 'medium' = 'medium'): string {
  return new Intl.DateTimeFormat(language === 'vi' ? 'vi-VN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle,
    timeZone: 'Asia/Ho_Chi_Minh',
  }).format(ms);
}
