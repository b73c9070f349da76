import { createWords, type Language, type Words, zoneName } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { CompanyZone, CountryZone } from '../partner/company-zones.ts';
import { choicesCard } from './choices.ts';
import { countryName } from './company-block.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';

/** Whose time clients read, and who or what says so. `now`: domain time, ms. */
export function zoneWords(
  words: Words,
  language: Language,
  { of, now }: { of: CompanyZone; now: number },
): { name: string; from: string } {
  const { zone, country, choices, stated } = of;
  const here = createWords(language, zone);
  const name = here('company-zone.now', { name: zoneName(language, zone, now), at: new Date(now) });
  if (stated !== undefined) {
    const by = stated.byName || words('person.erased');
    return { name, from: words('company-zone.stated', { name: by, at: new Date(stated.at) }) };
  }
  const [usual] = choices;
  if (country === undefined || usual === undefined) return { name, from: words('company-zone.unknown') };
  const values = { country: countryName(language, country), count: choices.length, city: usual.city };
  return { name, from: words(choices.length > 1 ? 'company-zone.usual' : 'company-zone.country', values) };
}

/** Which of its country's zones the company lives in, each with what its clocks show now. */
export function companyZoneCard(
  words: Words,
  language: Language,
  view: {
    account: Account | undefined;
    of: CompanyZone;
    chosen: string;
    now: number;
    verb: string;
    nonce: string;
    problem: string;
  },
): Card {
  const { account, of, chosen, now, verb, nonce, problem } = view;
  const title = ({ zone, city }: CountryZone) =>
    createWords(language, zone)('company-zone.choice', { city, at: new Date(now) });
  return choicesCard(words, {
    frame: {
      ...ownCompany(words, account),
      title: words('company-zone.choose'),
      intro: words('company-zone.intro'),
      problem,
    },
    ...{ verb, nonce },
    questions: [
      {
        ...{ id: 'zone', label: words('company-zone.which'), value: chosen },
        choices: of.choices.map((each) => ({ title: title(each), value: each.zone })),
      },
    ],
    notes: [words('company-zone.note')],
    proceed: words('company-zone.keep'),
  });
}
