import type { SandboxTenant } from '../world.ts';
import type { SeedCompany, SeedPerson } from './company.ts';
import type { SeedPartnerAccount } from './partner-accounts.ts';

type Words = { vi: string; en: string };

function partner(
  key: string,
  domain: string,
  initialDomain: string,
  about: Pick<SandboxTenant, 'displayName' | 'partnerTenantType'> & Partial<SandboxTenant>,
  people: SeedPerson[],
  partnerAccount?: SeedPartnerAccount,
): SeedCompany {
  return {
    key,
    tenant: {
      cloud: 'worldwide',
      role: 'partner',
      countryLetterCode: 'VN',
      preferredLanguage: 'vi-VN',
      phone: '+84 24 3936 0200',
      street: '8 Tràng Thi',
      city: 'Hà Nội',
      mail: `lienhe@${domain}`,
      ...about,
    },
    domains: [
      { id: domain, isDefault: true },
      { id: initialDomain, isInitial: true },
    ],
    bought: { businessStandard: 5, fabricFree: 1000 },
    agentGroups: true,
    people,
    ...(partnerAccount === undefined ? {} : { partnerAccount }),
  };
}

const admin = (name: string, goodFor: Words, more: Partial<SeedPerson> = {}): SeedPerson => ({
  name,
  jobTitle: 'Giám đốc',
  roles: ['globalAdministrator'],
  groups: ['AdminAgents'],
  licences: ['businessStandard'],
  goodFor,
  ...more,
});

const seller = (name: string, goodFor: Words, more: Partial<SeedPerson> = {}): SeedPerson => ({
  name,
  jobTitle: 'Nhân viên kinh doanh',
  groups: ['SalesAgents'],
  goodFor,
  ...more,
});

/** A subscription advisor: Microsoft bills its clients. */
export const advisor = partner(
  'advisor',
  'fourthcoffee.vn',
  'fourthcoffee.onmicrosoft.com',
  { displayName: 'Fourth Coffee Tư vấn', partnerTenantType: 'breadthPartnerDelegatedAdmin' },
  [
    admin('Cao Thị Thanh', {
      vi: 'quản trị viên của một công ty tư vấn gói đăng ký',
      en: 'admin of a subscription advisor',
    }),
    seller('Mai Văn Lộc', {
      vi: 'nhân viên kinh doanh của công ty tư vấn gói đăng ký',
      en: 'sales person of a subscription advisor',
    }),
  ],
  {
    partnerId: '5120877',
    agreementSigned: false,
    legalName: 'Công ty Cổ phần Fourth Coffee Tư vấn',
    contact: { lastName: 'Cao', firstName: 'Thị Thanh', email: 'thanh.cao@fourthcoffee.vn' },
    postalCode: '100000',
    supportMail: 'support@fourthcoffee.vn',
    supportPhone: '+84 24 3936 0277',
    website: 'www.fourthcoffee.vn',
    taxId: '0109876543',
    currency: 'USD',
  },
);

export const withoutDelegation = partner(
  'without-delegation',
  'northwindpartner.vn',
  'northwindpartner.onmicrosoft.com',
  { displayName: 'Northwind Đối tác', partnerTenantType: 'breadthPartner' },
  [
    admin('Tạ Minh Khôi', {
      vi: 'quản trị viên của công ty chưa có quyền quản trị ủy nhiệm',
      en: 'admin of a company without delegated administration',
    }),
    seller('Đinh Thị Vân', {
      vi: 'nhân viên kinh doanh của công ty chưa có quyền quản trị ủy nhiệm',
      en: 'sales person of a company without delegated administration',
    }),
  ],
  {
    partnerId: '5733120',
    agreementSigned: false,
    legalName: 'Công ty TNHH Northwind Đối tác',
    contact: { lastName: 'Tạ', firstName: 'Minh Khôi', email: 'khoi.ta@northwindpartner.vn' },
    postalCode: '100000',
    supportMail: 'support@northwindpartner.vn',
    supportPhone: '+84 24 3936 0288',
    website: 'www.northwindpartner.vn',
    taxId: '0104443332',
    currency: 'USD',
  },
);

/** Lives in the cloud operated by 21Vianet: other hosts, fewer interfaces. */
export const china = partner(
  'china',
  'tailspin.cn',
  'tailspin.partner.onmschina.cn',
  {
    displayName: 'Tailspin 21Vianet',
    partnerTenantType: 'resellerPartnerDelegatedAdmin',
    cloud: '21vianet',
    countryLetterCode: 'CN',
    preferredLanguage: 'en-US',
    phone: '+86 21 5550 0100',
    street: '999 Zixing Road',
    city: 'Shanghai',
  },
  [
    admin(
      'Li Wei',
      { vi: 'quản trị viên trong đám mây 21Vianet', en: 'admin in the 21Vianet cloud' },
      { jobTitle: 'Director', language: 'en-US', signInName: 'li.wei' },
    ),
    seller(
      'Chen Min',
      { vi: 'nhân viên kinh doanh trong đám mây 21Vianet', en: 'sales person in the 21Vianet cloud' },
      { jobTitle: 'Sales', language: 'en-US', signInName: 'chen.min' },
    ),
  ],
  {
    partnerId: '4409516',
    agreementSigned: true,
    legalName: 'Tailspin (Shanghai) Co., Ltd.',
    contact: { lastName: 'Li', firstName: 'Wei', email: 'li.wei@tailspin.cn' },
    state: 'Shanghai',
    postalCode: '200233',
    supportMail: 'support@tailspin.cn',
    supportPhone: '+86 21 5550 0199',
    website: 'www.tailspin.cn',
    taxId: '91310000MA1K00000X',
    currency: 'CNY',
  },
);

export const nothingAuthorised = partner(
  'nothing-authorised',
  'litwaremoi.vn',
  'litwaremoi.onmicrosoft.com',
  { displayName: 'Litware Mới', partnerTenantType: null, phone: null, mail: null },
  [
    admin('Lâm Gia Huy', {
      vi: 'quản trị viên của công ty chưa được ủy quyền gì',
      en: 'admin of a company with nothing authorised',
    }),
    seller('Kiều Thị Loan', {
      vi: 'nhân viên của công ty chưa được ủy quyền gì',
      en: 'employee of a company with nothing authorised',
    }),
  ],
);
