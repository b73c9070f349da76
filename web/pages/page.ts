import type { Language } from '../../locales/words.ts';
import type { WebAnswer } from '../http.ts';
import { type Html, html } from './html.ts';

/** A page of ours. Nothing is kept by caches, nothing but our own style and script is loaded. */
export function page(view: {
  language: Language;
  title: string;
  body: Html;
  status?: number;
  script?: string;
  /** Origins that a form may lead to, beside our own. */
  formsTo?: string;
}): WebAnswer {
  const { language, title, body, status = 200, script, formsTo } = view;
  const scriptTag = script === undefined ? html`` : html`<script src="${script}" defer></script>`;
  const whole = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">
<title>${title} · Partner Bot</title>
<link rel="stylesheet" href="/pages/style.css">${scriptTag}
</head>
<body><header><span class="mark" aria-hidden="true"></span>Partner Bot</header><main><h1>${title}</h1>${body}</main></body>
</html>`;
  const forms = ["'self'", ...(formsTo === undefined ? [] : [formsTo])].join(' ');
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; style-src 'self'; script-src 'self'; form-action ${forms}; base-uri 'none'; frame-ancestors 'none'`,
    },
    body: whole.text,
  };
}
