import { type Formats, IntlMessageFormat } from 'intl-messageformat';
import { isDay } from '../partner/days.ts';
import en from './en.json' with { type: 'json' };
import vi from './vi.json' with { type: 'json' };

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

/** Every sentence has a key; a key that one of the two files lacks, or has alone, does not compile. */
export type MessageKey = keyof typeof vi;

/**
 * Values that a message names. They are put in as they are: never parsed, so braces and tags in them stay text.
 * A `Day` under `{on, date}` is that day in every zone.
 */
export type Values = Readonly<Record<string, string | number | Date>>;

/** Words of one language, with dates and times of one zone. */
export interface Words {
  /** Throws a plain Error (a bug) when the message names a value that was not given. */
  (key: MessageKey, values?: Values): string;
  /** IANA name: whose days these are. */
  readonly zone: string;
}

const messages: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { vi, en };
const noSurplusInEnglish: Readonly<Record<keyof typeof en, string>> = vi;
void noSurplusInEnglish;

/** British English: day before month, as in Vietnamese. */
export const localeOf: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' };

/**
 * Gives the words of a language: `words('users.found', { count: 3 })`. Messages are ICU; write `{n, number}`,
 * `{at, date, medium}` and plurals, so that the locale decides. `{at, time, zoned}` says whose time it is: write it
 * wherever a moment binds. `zone`: whose days they are, never the server's. A message is parsed at its first use, then kept.
 */
export function createWords(language: Language, zone: string): Words {
  const texts = messages[language];
  const parsed = cacheFor(language, zone);
  const say = (key: MessageKey, values?: Values) => {
    let message = parsed.get(key);
    if (message === undefined) {
      message = new IntlMessageFormat(texts[key], localeOf[language], formats, {
        ignoreTag: true,
        formatters: {
          getNumberFormat: (locales, options) => new Intl.NumberFormat(locales, options),
          getPluralRules: (locales, options) => new Intl.PluralRules(locales, options),
          getDateTimeFormat: (_locales, options) => new DateInWords(language, zone, options),
        },
      });
      parsed.set(key, message);
    }
    return String(message.format(values));
  };
  return Object.assign(say, { zone });
}

/** Whether a stored or received text is one of our languages. */
export function isLanguage(text: unknown): text is Language {
  return languages.some((language) => language === text);
}

const caches = new Map<string, Map<MessageKey, IntlMessageFormat>>();

function cacheFor(language: Language, zone: string): Map<MessageKey, IntlMessageFormat> {
  const name = `${language} ${zone}`;
  let cache = caches.get(name);
  if (cache === undefined) {
    cache = new Map();
    caches.set(name, cache);
  }
  return cache;
}

const twoDigits = '2-digit';
/** Both languages write 30/11/2026, whatever length a message asks for. */
const day: Intl.DateTimeFormatOptions = { day: twoDigits, month: twoDigits, year: 'numeric' };
const time: Intl.DateTimeFormatOptions = { hour: twoDigits, minute: twoDigits, hourCycle: 'h23' };
const zoned: Intl.DateTimeFormatOptions = { ...time, timeZoneName: 'shortGeneric' };
const formats: Partial<Formats> = {
  date: { short: day, medium: day, long: day, full: day },
  time: { short: time, medium: time, long: time, full: time, zoned },
};

/** The one way in which a date becomes text: a `Day` as it is, an instant as the zone's calendar and clock show it. */
class DateInWords extends Intl.DateTimeFormat {
  readonly #ofDays: Intl.DateTimeFormat;
  readonly #language: Language;

  constructor(language: Language, zone: string, options = day) {
    super(localeOf[language], { ...options, timeZone: zone });
    this.#ofDays = new Intl.DateTimeFormat(localeOf[language], { ...options, timeZone: 'UTC' });
    this.#language = language;
  }

  override format(at: Date | number | string = Number.NaN): string {
    if (typeof at === 'string') {
      if (!isDay(at)) throw new Error('a text that is no day stands where a date is said');
      return this.#ofDays.format(Date.parse(at));
    }
    const { timeZone } = this.resolvedOptions();
    return this.formatToParts(at)
      .map(({ type, value }) => (type === 'timeZoneName' ? zoneName(this.#language, timeZone, at) : value))
      .join('');
  }
}

/** As it is said in the middle of a sentence: `giờ Việt Nam`, `Vietnam time`; `UTC` as it is. */
export function zoneName(language: Language, zone: string, at: Date | number): string {
  if (zone === 'UTC') return zone;
  const short = genericName(localeOf[language], 'short', zone, at);
  if (isInWords(short))
    return language === 'vi' ? short.replace(/^Giờ /, 'giờ ') : short.replace(/ Time$/, ' time');
  if (language === 'en') return genericName(localeOf.en, 'long', zone, at);
  // What Vietnamese abbreviates, such as ET, are zones of America, whose cities people know.
  const place = genericName(localeOf.en, 'short', zone, at).replace(/ Time$/, '');
  return isInWords(place)
    ? `giờ ${place}`
    : genericName(localeOf.vi, 'long', zone, at).replace(/^Giờ /, 'giờ ');
}

/** Abbreviations such as CET or PT say nothing to most people. */
const isInWords = (name: string) => !/^[A-Z]{2,5}(?: \(|$)|^GMT/.test(name);

function genericName(locale: string, length: 'short' | 'long', timeZone: string, at: Date | number): string {
  return (
    new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: `${length}Generic` })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
  );
}
