import { createWords, isLanguage, type Language, type Words } from '../locales/words.ts';
import type { WebRequest } from './http.ts';

export type PageLanguage = (request: WebRequest) => { language: Language; words: Words };

/** `?lang=` as the chat's link says it, else what the browser prefers, else Vietnamese. */
export const pageLanguage: PageLanguage = (request) => {
  const asked = request.query.get('lang');
  const prefers = request.headers['accept-language']?.trim().toLowerCase().startsWith('en') ? 'en' : 'vi';
  const language = isLanguage(asked) ? asked : prefers;
  return { language, words: createWords(language) };
};
