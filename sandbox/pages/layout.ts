import { type Html, html } from '../html.ts';
import type { Language, Words } from './language.ts';

export interface Layout {
  language: Language;
  title: string;
  body: Html;
  /** Navigation below the header. */
  nav?: Html;
  /** Address of this page in the other language; left out: no switch. */
  switchTo?: (other: Language) => string;
}

const words = {
  skip: { vi: 'Đến nội dung', en: 'Skip to content' },
  brand: { vi: 'Đám mây Microsoft thử nghiệm', en: 'Local Microsoft cloud' },
  local: { vi: 'chỉ chạy trên máy này', en: 'runs on this machine only' },
} satisfies Record<string, Words>;

/** The frame of every page of the sandbox. */
export function layout({ language, title, body, nav, switchTo }: Layout): string {
  const other: Language = language === 'vi' ? 'en' : 'vi';
  const otherName = { vi: 'Tiếng Việt', en: 'English' }[other];
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${words.brand[language]}</title>
<link rel="stylesheet" href="/sandbox/style.css">
<link rel="icon" href="data:,">
</head>
<body>
<a class="skip" href="#content">${words.skip[language]}</a>
<header class="top"><div class="bar">
  <a class="brand" href="/"><span class="logo" aria-hidden="true"><i></i><i></i><i></i><i></i></span><span>${words.brand[language]}<small>${words.local[language]}</small></span></a>
  ${switchTo !== undefined && html`<a class="language" lang="${other}" hreflang="${other}" href="${switchTo(other)}">${otherName}</a>`}
</div>${nav}</header>
<div id="content">${body}</div>
</body>
</html>`.text;
}
