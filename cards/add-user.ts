import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { Sku } from '../partner/directory.ts';
import { roles } from '../partner/roles.ts';
import { productName } from '../partner/skus.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import detailsTemplate from './templates/add-user-details.json' with { type: 'json' };
import nameTemplate from './templates/add-user-name.json' with { type: 'json' };
import { roleName } from './users.ts';

interface View {
  account: Account | undefined;
  nonce: string;
  problem: string;
}

export interface Choice {
  title: string;
  value: string;
}

export function addUserNameCard(words: Words, view: View & { fullName: string }): Card {
  const label = words('add-user.name.full');
  return render(
    nameTemplate,
    {
      label,
      example: words('add-user.name.example'),
      fullName: view.fullName,
      missing: words('form.missing', { name: label }),
      proceed: words('button.continue'),
      cancel: words('button.cancel'),
      submit: { verb: 'add-user-name', nonce: view.nonce },
    },
    {
      ...ownCompany(words, view.account),
      title: words('add-user.title'),
      intro: words('add-user.name.intro'),
      problem: view.problem,
    },
  );
}

export interface AddUserDetails {
  family: string;
  middle: string;
  given: string;
  signIn: string;
  domain: string;
  location: string;
  licences: string;
  role: string;
  support: string;
}

/** What the person may choose from: empty lists leave the question out, `cannot` says why. */
export interface AddUserChoices {
  domains: readonly string[];
  skus: readonly Sku[];
  mayGiveLicences: boolean;
  mayGrantRoles: boolean;
  support: readonly ('none' | 'limited' | 'full')[];
  free: readonly string[];
  cannot: readonly string[];
}

export function addUserDetailsCard(
  words: Words,
  language: Language,
  view: View & { values: AddUserDetails; choices: AddUserChoices },
): Card {
  const { values, choices } = view;
  const signIn = words('add-user.details.sign-in');
  return render(
    detailsTemplate,
    {
      values,
      labels: {
        family: words('add-user.details.surname'),
        middle: words('add-user.details.middle'),
        given: words('add-user.details.given'),
        signIn,
        domain: words('add-user.details.domain'),
        location: words('add-user.details.location'),
        licences: words('add-user.details.licences'),
        role: words('add-user.details.role'),
        support: words('add-user.details.support'),
      },
      missing: words('form.missing', { name: signIn }),
      free:
        choices.free.length === 0 ? '' : words('add-user.details.free', { names: choices.free.join(' · ') }),
      domains: choices.domains.map((name) => ({ title: `@${name}`, value: name })),
      countries: countryChoices(language, values.location),
      licences: choices.mayGiveLicences ? choices.skus.map((sku) => licenceChoice(words, sku)) : [],
      noLicences:
        choices.mayGiveLicences && choices.skus.length === 0 ? words('add-user.details.no-licences') : '',
      roles: choices.mayGrantRoles ? roleChoices(words, language) : [],
      support: choices.support.map((value) => ({ title: words(`support.${value}.what`), value })),
      cannot: choices.cannot.map((text) => ({ text })),
      review: words('add-user.details.review'),
      back: words('button.back'),
      cancel: words('button.cancel'),
      submit: { verb: 'add-user-details', nonce: view.nonce },
    },
    {
      ...ownCompany(words, view.account),
      title: words('add-user.title'),
      intro: words('add-user.details.intro'),
      problem: view.problem,
    },
  );
}

/** A product to tick, with how many licences are left. */
export function licenceChoice(words: Words, sku: Sku): Choice {
  const name = productName(sku);
  const key = sku.left > 0 ? 'add-user.details.licence-left' : 'add-user.details.licence-none';
  return { title: words(key, { name, left: sku.left }), value: sku.skuId };
}

function roleChoices(words: Words, language: Language): Choice[] {
  const choices = roles.map((role) => {
    const name = roleName(language, role.templateId);
    const title = role.privileged ? words('add-user.details.role-privileged', { name }) : name;
    return { title, value: role.templateId };
  });
  return [{ title: words('add-user.details.no-role'), value: noRole }, ...choices];
}

/** Value of the first choice: an empty value would count as "nothing chosen". */
export const noRole = 'none';

/** Countries that partners of the region name most; the company's own is always among them. */
const nearCountries = [
  'VN',
  'AU',
  'CN',
  'DE',
  'FR',
  'GB',
  'HK',
  'ID',
  'IN',
  'JP',
  'KH',
  'KR',
  'LA',
  'MY',
  'PH',
  'SG',
  'TH',
  'TW',
  'US',
];

/** The company's own country, or that of the person, and those of the region. */
export function countryChoices(language: Language, own: string): Choice[] {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const codes = [...new Set([...(own === '' ? [] : [own]), ...nearCountries])];
  return codes.map((code) => ({ title: `${nameOf(names, code)} (${code})`, value: code }));
}

function nameOf(names: Intl.DisplayNames, code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code;
}
