import { rawTimeZones } from '@vvo/tzdb';
import type { AccountRef } from './accounts.ts';
import type { Clock } from './clock.ts';
import { PartnerError } from './errors.ts';
import type { Log } from './log.ts';

/** Which of its country's zones a company lives in, as a Global administrator said. The last one counts. */
export interface ZoneStatement {
  /** Tenant id. */
  company: string;
  zone: string;
  by: AccountRef;
  byName: string;
  /** Domain time, ms. */
  at: number;
}

/** What is kept of a company's zone; `readAt`: when Microsoft was asked for the country, domain time, ms. */
export interface KeptZone {
  company: string;
  /** Two letters; null where Microsoft names none, or was not asked yet. */
  country: string | null;
  readAt: number | null;
  stated: ZoneStatement | null;
}

/** A zone of a country, by the largest of its cities, in their own spelling. */
export interface CountryZone {
  zone: string;
  city: string;
}

/** The zone of a partner company: that of its clients' pages, mails and proofs. */
export interface CompanyZone {
  zone: string;
  country: string | undefined;
  /** Of its country, all that differ; where there are several, a Global administrator may say which. */
  choices: readonly CountryZone[];
  /** Set where somebody chose among them. */
  stated: ZoneStatement | undefined;
}

/** The one door to whose day it is: turns, pages and jobs ask here. Throws nothing of Microsoft's. */
export interface Zones {
  /** IANA name of the zone of a partner company. */
  ofCompany(tenantId: string): Promise<string>;
  /** Of this account's chat: what the chat told last, or else their company's. */
  ofReader(account: AccountRef | null, chat?: { zone: string | null }): Promise<string>;
  /** The company's zone and what it comes from. */
  about(tenantId: string): Promise<CompanyZone>;
}

/** Of a company that nothing is known of; words name it, so it misleads nobody. */
export const unknownZone = 'UTC';

/** The zone of the capital, or where most people live, for each country that has several. */
export const usualZones: Readonly<Record<string, string>> = {
  AQ: 'Antarctica/McMurdo',
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  CA: 'America/Toronto',
  CD: 'Africa/Kinshasa',
  CL: 'America/Santiago',
  CN: 'Asia/Shanghai',
  EC: 'America/Guayaquil',
  ES: 'Europe/Madrid',
  FM: 'Pacific/Kosrae',
  GL: 'America/Nuuk',
  ID: 'Asia/Jakarta',
  KI: 'Pacific/Tarawa',
  MN: 'Asia/Ulaanbaatar',
  MX: 'America/Mexico_City',
  NZ: 'Pacific/Auckland',
  PF: 'Pacific/Tahiti',
  PG: 'Pacific/Port_Moresby',
  PT: 'Europe/Lisbon',
  RU: 'Europe/Moscow',
  UA: 'Europe/Kyiv',
  UM: 'Pacific/Wake',
  US: 'America/New_York',
};

/** Zones of a country (two letters), the usual one first; those that show the same all year are one. */
export function zonesOf(country: string): CountryZone[] {
  const all = rawTimeZones
    .filter(({ countryCode }) => countryCode === country)
    .map(({ name, mainCities }) => ({ zone: name, city: mainCities[0] ?? name }));
  const isUsual = ({ zone }: CountryZone) => zone === usualZones[country];
  return [...all.filter(isUsual), ...all.filter((each) => !isUsual(each))];
}

/** A statement holds as long as its zone is one of the company's country, or that is not known. */
export function companyZone(kept: KeptZone | undefined): CompanyZone {
  const country = kept?.country ?? undefined;
  const choices = country === undefined ? [] : zonesOf(country);
  const fits = country === undefined || choices.some(({ zone }) => zone === kept?.stated?.zone);
  const stated = (fits && kept?.stated) || undefined;
  return {
    zone: stated?.zone ?? choices[0]?.zone ?? unknownZone,
    ...{ country, choices, stated },
  };
}

const dayMs = 24 * 60 * 60 * 1000;
/** Real time, ms: how long somebody waits for a country that is not known yet, and when it is asked for again. */
const patienceMs = 3_000;
const againMs = 60_000;

/**
 * Asks Microsoft once a day for a company's country, with the partner's own token, and keeps the answer: nobody waits for
 * it but who asks before it is known for the first time.
 */
export function createCompanyZones(deps: {
  isPartner(tenantId: string): boolean;
  /** Two letters, as Microsoft has it now. */
  countryOf(company: string): Promise<string | undefined>;
  kept(company: string): Promise<KeptZone | undefined>;
  keep(read: { company: string; country: string | null; at: number }): Promise<void>;
  clock: Clock;
  log: Log;
}): Zones {
  const notBefore = new Map<string, number>();
  const reading = new Map<string, Promise<string | null | undefined>>();

  async function read(company: string): Promise<string | null | undefined> {
    try {
      const country = (await deps.countryOf(company))?.toUpperCase() ?? null;
      await deps.keep({ company, country, at: deps.clock.now() });
      return country;
    } catch (error) {
      const code = error instanceof PartnerError ? error.code : 'unexpected';
      deps.log.warn({ company, code, err: error }, "a company's country could not be read");
      notBefore.set(company, performance.now() + againMs);
      return undefined;
    }
  }

  async function readOnce(company: string): Promise<string | null | undefined> {
    if (performance.now() < (notBefore.get(company) ?? 0)) return undefined;
    const begun = reading.get(company) ?? read(company).finally(() => reading.delete(company));
    reading.set(company, begun);
    return begun;
  }

  async function about(company: string): Promise<CompanyZone> {
    if (!deps.isPartner(company)) return companyZone(undefined);
    const kept = await deps.kept(company);
    const readAt = kept?.readAt ?? null;
    if (readAt !== null && deps.clock.now() - readAt < dayMs) return companyZone(kept);
    const now = readOnce(company);
    if (readAt !== null) return companyZone(kept);
    const country = await withPatience(now);
    return companyZone({ company, country: country ?? null, readAt, stated: kept?.stated ?? null });
  }

  const ofCompany = async (company: string) => (await about(company)).zone;
  return {
    ofCompany,
    ofReader: async (account, chat) =>
      chat?.zone ?? (account === null ? unknownZone : ofCompany(account.tenantId)),
    about,
  };
}

async function withPatience<T>(awaited: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  return Promise.race([awaited, over]).finally(() => clearTimeout(timer));
}
