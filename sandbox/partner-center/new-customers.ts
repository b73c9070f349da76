import { type PartnerAnswer, refuse } from './answer.ts';
import type { PartnerCall } from './call.ts';
import { demandReader } from './rights.ts';

/** 200 where a company has the domain, 404 where it is free: https://learn.microsoft.com/partner-center/developer/verify-domain-availability */
export async function checkDomain(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const name = (call.params['domain'] ?? '').toLowerCase();
  for (const { id } of await call.world.tenants()) {
    if ((await call.world.get('domain', id, name)) !== undefined) return { status: 200, body: {} };
  }
  return { status: 404, body: {} };
}

interface Rules {
  culture: string;
  languages: string[];
  isPostalCodeRequired: boolean;
  postalCodeRegex: string;
  phoneNumberRegex: string;
  callingCode: string;
  region: string;
}

/** A few countries; which rules Microsoft has for them is not documented, the US excepted. */
const known: Readonly<Record<string, Rules>> = {
  VN: {
    culture: 'vi-VN',
    languages: ['vi', 'en'],
    isPostalCodeRequired: false,
    postalCodeRegex: '^\\d{5,6}$',
    phoneNumberRegex: '^(0|84)?\\d{9,10}$',
    callingCode: '84',
    region: 'APOC',
  },
  US: {
    culture: 'en-US',
    languages: ['en', 'es'],
    isPostalCodeRequired: true,
    postalCodeRegex: '^\\d{5}(-\\d{4})?$',
    phoneNumberRegex: '^1?\\d{10}$',
    callingCode: '1',
    region: 'AOC',
  },
  CN: {
    culture: 'zh-CN',
    languages: ['zh', 'en'],
    isPostalCodeRequired: true,
    postalCodeRegex: '^\\d{6}$',
    phoneNumberRegex: '^\\d{10,11}$',
    callingCode: '86',
    region: 'CHINA',
  },
};

/** https://learn.microsoft.com/partner-center/developer/get-country-validation-rules */
export async function getCountryRules(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const country = (call.params['country'] ?? '').toUpperCase();
  const rules = known[country] ?? refuse(404, 1000, 'Not found');
  return {
    status: 200,
    body: {
      iso2Code: country,
      defaultCulture: rules.culture,
      isStateRequired: false,
      supportedLanguages: { value: rules.languages },
      supportedCultures: { value: rules.languages.map((language) => `${language}-${country}`) },
      isPostalCodeRequired: rules.isPostalCodeRequired,
      postalCodeRegex: rules.postalCodeRegex,
      isCityRequired: true,
      isVatIdSupported: false,
      phoneNumberRegex: rules.phoneNumberRegex,
      isRegistrationNumberSupported: false,
      isTaxIdSupported: true,
      resellerAgreementRegion: rules.region,
      countryCallingCodes: { value: [rules.callingCode] },
      attributes: { objectType: 'CountryInformation' },
    },
  };
}
