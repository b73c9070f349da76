import { createWords, isLanguage, type Language, type Words } from '../locales/words.ts';
import { unknownZone } from '../partner/company-zones.ts';
import type { WebRequest } from './http.ts';

export type PageLanguage = (request: WebRequest) => { language: Language; words: Words };

/** `?lang=` as the chat's link says it, else what the browser prefers, else Vietnamese. */
export const pageLanguage: PageLanguage = (request) => {
  const asked = request.query.get('lang');
  const prefers = request.headers['accept-language']?.trim().toLowerCase().startsWith('en') ? 'en' : 'vi';
  const language = isLanguage(asked) ? asked : prefers;
  return { language, words: undatedWords(language) };
};

/** For pages that say neither a day nor a time: those that belong to no partner company. */
export const undatedWords = (language: Language): Words => createWords(language, unknownZone);

/** OpenID Connect's wish for the language of the provider's pages. */
export function inLanguage(address: string, language: Language): string {
  const url = new URL(address);
  url.searchParams.set('ui_locales', language);
  return url.href;
}
