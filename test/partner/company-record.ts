import type { CompanyField, CompanyRecord, Gap, Place } from '../../partner/company.ts';

const text = (value: string, place: Place, writable = true): CompanyField<string> => ({
  value,
  place,
  writable,
  gap: undefined,
});

const list = (...value: string[]): CompanyField<readonly string[]> => ({
  value,
  place: 'graph',
  writable: true,
  gap: undefined,
});

/** A company of which everything is entered and could be read. */
export function wholeCompany(change: Partial<CompanyRecord> = {}): CompanyRecord {
  const own = (value: string) => text(value, 'partner-center-organization');
  const helping = (value: string) => text(value, 'partner-center-support');
  return {
    name: own('Contoso Partner'),
    legalName: text('Công ty TNHH Contoso Partner Việt Nam', 'partner-center-legal', false),
    addressLine1: own('12 Lê Lợi'),
    addressLine2: own('Tầng 5'),
    city: own('Thành phố Hồ Chí Minh'),
    state: own(''),
    postalCode: own('700000'),
    country: text('VN', 'partner-center-organization', false),
    phone: own('+84 28 3822 0100'),
    mail: own('lienhe@contosopartner.vn'),
    supportMail: helping('hotro@contosopartner.vn'),
    supportPhone: helping('+84 28 3822 0199'),
    website: helping('www.contosopartner.vn'),
    technicalMails: list('lienhe@contosopartner.vn'),
    securityMails: list(),
    securityPhones: list(),
    marketingMails: list(),
    privacyContact: text('', 'graph'),
    privacyStatement: text('', 'graph'),
    domains: {
      ...list('contosopartner.vn', 'contosopartner.onmicrosoft.com'),
      place: 'portal-only',
      writable: false,
    },
    partnerId: text('6481034', 'portal-only', false),
    ...change,
  };
}

/** A company of which Partner Center gave nothing, for this reason: the directory's own name and address remain. */
export function withGap(gap: Gap): CompanyRecord {
  const whole = wholeCompany();
  const missing = (place: Place) => ({ value: undefined, place, writable: false, gap });
  const instead = (value: string | undefined) => ({ ...missing('graph'), value });
  return {
    ...whole,
    name: instead('Contoso Partner'),
    legalName: missing('partner-center-legal'),
    addressLine1: instead('12 Lê Lợi'),
    addressLine2: instead(undefined),
    city: instead('Thành phố Hồ Chí Minh'),
    state: instead(undefined),
    postalCode: instead(undefined),
    country: instead('VN'),
    phone: instead('+84 28 3822 0100'),
    mail: instead(undefined),
    supportMail: missing('partner-center-support'),
    supportPhone: missing('partner-center-support'),
    website: missing('partner-center-support'),
    partnerId: missing('portal-only'),
  };
}
