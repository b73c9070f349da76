import { createWords, isLanguage, type Language, type Words } from '../locales/words.ts';
import type { WebRequest } from './http.ts';

export type PageLanguage = (request: WebRequest) => { language: Language; words: Words };

/** `?lang=` as the chat's link says it, else the one of the link before, else what the browser prefers, else Vietnamese. */
export const pageLanguage: PageLanguage = (request) => {
  const asked =
    request.query.get('lang') ?? /(?:^|;\s*)lang=(vi|en)(?:;|$)/.exec(request.headers.cookie ?? '')?.[1];
  const prefers = request.headers['accept-language']?.trim().toLowerCase().startsWith('en') ? 'en' : 'vi';
  const language = isLanguage(asked) ? asked : prefers;
  return { language, words: createWords(language) };
};

/** Keeps the language on the way to Microsoft's page and back, where the address cannot carry it. */
export function languageCookie(language: Language): string {
  return `lang=${language}; Path=/; Max-Age=1800; SameSite=Lax`;
}
