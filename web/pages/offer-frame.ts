import { type Language, languages, type Words } from '../../locales/words.ts';
import type { CompanySignature } from '../../partner/offers.ts';
import type { WebAnswer } from '../http.ts';
import { type Html, html } from './html.ts';

/** A page for clients. */
export interface OfferFrame {
  language: Language;
  words: Words;
  title: string;
  body: Html;
  status?: number;
  /** Whose offer it is; unknown when no offer was found. */
  signature?: CompanySignature | undefined;
  /** Origins of Microsoft's sign-in pages: a form of ours leads there. */
  formsTo: readonly string[];
  /** The page has a card to draw, or something to copy or to print. */
  scripts?: readonly ('card' | 'page')[];
  headers?: Readonly<Record<string, string>>;
}

const scriptFiles = {
  card: ['/offers/assets/adaptivecards-3.0.6.js', '/offers/assets/card.js'],
  page: ['/offers/assets/page.js'],
} as const;

/** Each by its own name, whatever the language of the page. */
export const languageNames: Readonly<Record<Language, string>> = { vi: 'Tiếng Việt', en: 'English' };

/**
 * The partner's own page towards its client: its name on top, how to reach it at the end, the other language one press
 * away. Nothing but our own style and scripts is loaded, and no script stands in the page itself.
 */
export function offerFrame(frame: OfferFrame): WebAnswer {
  const { language, words, title, body, status = 200, signature, formsTo, scripts = [], headers } = frame;
  const company = signature?.name ?? '';
  const tags = scripts
    .flatMap((name) => scriptFiles[name])
    .map((file) => html`<script src="${file}" defer></script>`);
  const switches = languages
    .filter((each) => each !== language)
    .map(
      (each) => html`<a href="?lang=${each}" lang="${each}" hreflang="${each}">${languageNames[each]}</a>`,
    );
  const whole = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">
<meta name="format-detection" content="telephone=no">
<meta property="og:title" content="${title}"><meta property="og:site_name" content="${company}">
<title>${company === '' ? title : `${title} · ${company}`}</title>
<link rel="stylesheet" href="/pages/style.css"><link rel="stylesheet" href="/offers/assets/offer.css">${tags}
</head>
<body><header><span class="brand">${company}</span><nav aria-label="${words('offer-page.language')}">${switches}</nav></header>
<main><h1>${title}</h1>${body}</main>${reach(words, signature)}</body>
</html>`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; style-src 'self'; script-src 'self'; form-action ${["'self'", ...formsTo].join(' ')}; base-uri 'none'; frame-ancestors 'none'`,
      ...headers,
    },
    body: whole.text,
  };
}

/** How to reach the company by phone and mail; what it has not entered is left out. */
function reach(words: Words, signature: CompanySignature | undefined): Html {
  if (signature === undefined) return html``;
  const { name, address, phone, mail, website, partnerId } = signature;
  const lines = [
    html`<strong>${name}</strong>`,
    ...(address.length > 0 ? [html`${address.join(', ')}`] : []),
    ...(phone ? [phoneLink(phone)] : []),
    ...(mail ? [mailLink(mail)] : []),
    ...(website ? [html`${website}`] : []),
    ...(partnerId ? [html`${words('company.partnerId')}: ${partnerId}`] : []),
  ];
  return html`<footer><address>${lines.map((line) => html`<div>${line}</div>`)}</address></footer>`;
}

/** A number that a phone can dial; as text when there is no number in it. */
function phoneLink(phone: string): Html {
  const dialled = phone.replace(/[^\d+]/g, '');
  return /^\+?\d{3,}$/.test(dialled) ? html`<a href="tel:${dialled}">${phone}</a>` : html`${phone}`;
}

function mailLink(mail: string): Html {
  return /^[^\s@?&]+@[^\s@?&]+$/.test(mail) ? html`<a href="mailto:${mail}">${mail}</a>` : html`${mail}`;
}
