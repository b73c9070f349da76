import type { SandboxRequest } from '../http.ts';

export type Language = 'vi' | 'en';
/** A sentence in both languages. */
export type Words = Readonly<Record<Language, string>>;

const languageCookie = 'sandbox_language';

/** What the address asks for, else what was chosen before, else the browser's first language, else Vietnamese. */
export function languageOf(request: SandboxRequest): Language {
  const cookies = request.headers['cookie'] ?? '';
  const chosenBefore = cookies.match(new RegExp(`(?:^|; )${languageCookie}=(vi|en)`))?.[1];
  return (
    known(request.query.get('lang')) ??
    known(request.query.get('ui_locales')) ??
    known(chosenBefore) ??
    known(request.headers['accept-language']) ??
    'vi'
  );
}

export function languageCookieFor(language: Language): string {
  return `${languageCookie}=${language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`;
}

function known(text: string | null | undefined): Language | undefined {
  const first = text?.slice(0, 2).toLowerCase();
  return first === 'vi' || first === 'en' ? first : undefined;
}
