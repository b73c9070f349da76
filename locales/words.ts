import { type Formats, IntlMessageFormat } from 'intl-messageformat';
import en from './en.json' with { type: 'json' };
import vi from './vi.json' with { type: 'json' };

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

/** Every sentence has a key; a key that one of the two files lacks, or has alone, does not compile. */
export type MessageKey = keyof typeof vi;

/** Values that a message names. They are put in as they are: never parsed, so braces and tags in them stay text. */
export type Values = Readonly<Record<string, string | number | Date>>;

/** Words of one language. Throws a plain Error (a bug) when a message names a value that was not given. */
export type Words = (key: MessageKey, values?: Values) => string;

const messages: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { vi, en };
const noSurplusInEnglish: Readonly<Record<keyof typeof en, string>> = vi;
void noSurplusInEnglish;

/** British English: day before month, as in Vietnamese. */
export const localeOf: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' };

/**
 * Gives the words of a language: `words('users.found', { count: 3 })`. Messages are ICU; write `{n, number}`,
 * `{at, date, medium}` and plurals, so that the locale decides. A message is parsed at its first use, then kept.
 * `timeZone` is an IANA name for dates and times; without it the process's own zone counts.
 */
export function createWords(language: Language, options: { timeZone?: string } = {}): Words {
  const texts = messages[language];
  const parsed = cacheFor(language, options.timeZone);
  return (key, values) => {
    let message = parsed.get(key);
    if (message === undefined) {
      message = new IntlMessageFormat(texts[key], localeOf[language], formatsIn(options.timeZone), {
        ignoreTag: true,
      });
      parsed.set(key, message);
    }
    return String(message.format(values));
  };
}

/** Whether a stored or received text is one of our languages. */
export function isLanguage(text: unknown): text is Language {
  return languages.some((language) => language === text);
}

const caches = new Map<string, Map<MessageKey, IntlMessageFormat>>();

function cacheFor(language: Language, timeZone: string | undefined): Map<MessageKey, IntlMessageFormat> {
  const name = `${language} ${timeZone ?? ''}`;
  let cache = caches.get(name);
  if (cache === undefined) {
    cache = new Map();
    caches.set(name, cache);
  }
  return cache;
}

/** ICU's four lengths of dates and times, in the person's time zone. */
function formatsIn(timeZone: string | undefined): Partial<Formats> | undefined {
  if (timeZone === undefined) return undefined;
  const { date, time } = IntlMessageFormat.formats;
  return { date: inZone(date, timeZone), time: inZone(time, timeZone) };
}

function inZone(
  lengths: Readonly<Record<string, Intl.DateTimeFormatOptions>>,
  timeZone: string,
): Record<string, Intl.DateTimeFormatOptions> {
  return Object.fromEntries(Object.entries(lengths).map(([name, length]) => [name, { ...length, timeZone }]));
}
