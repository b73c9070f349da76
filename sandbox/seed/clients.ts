import type { SeedCompany, SeedPerson } from './company.ts';
import { folded } from './identifiers.ts';

const trades = [
  'Thương mại',
  'Xây dựng',
  'Dược phẩm',
  'Vận tải',
  'Thủy sản',
  'Nội thất',
  'May mặc',
  'Du lịch',
];
const names = [
  'An Phát',
  'Bình Minh',
  'Cửu Long',
  'Đại Dương',
  'Đông Á',
  'Hoàng Gia',
  'Hồng Hà',
  'Lạc Việt',
  'Minh Tâm',
  'Nam Sơn',
  'Phú Quý',
  'Sao Mai',
  'Tân Tiến',
  'Thiên Ân',
  'Việt Hưng',
];

function client(displayName: string, stem: string, people: SeedPerson[], ownDomain?: string): SeedCompany {
  const initial = `${stem}.onmicrosoft.com`;
  return {
    key: `client:${stem}`,
    tenant: {
      cloud: 'worldwide',
      role: 'client',
      displayName,
      countryLetterCode: 'VN',
      partnerTenantType: null,
      preferredLanguage: 'vi-VN',
      phone: null,
      street: null,
      city: null,
      mail: null,
    },
    domains: [
      { id: initial, isInitial: true, isDefault: true },
      ...(ownDomain === undefined ? [] : [{ id: ownDomain }]),
    ],
    people,
  };
}

/** Three people of a client: who may accept an offer for the company, who may pay, who may do neither. */
function people(company: string, global: string, billing: string, plain: string): SeedPerson[] {
  return [
    {
      name: global,
      jobTitle: 'Giám đốc',
      roles: ['globalAdministrator'],
      goodFor: {
        vi: `trả lời thư chào hàng thay mặt ${company}, cho phép quản trị ủy nhiệm`,
        en: `answering offers for ${company}, allowing delegated administration`,
      },
    },
    {
      name: billing,
      jobTitle: 'Kế toán trưởng',
      roles: ['billingAdministrator'],
      goodFor: {
        vi: `chấp nhận thư chào hàng thay mặt ${company}, không cho phép được quản trị ủy nhiệm`,
        en: `accepting offers for ${company}, without the right to allow delegated administration`,
      },
    },
    {
      name: plain,
      jobTitle: 'Nhân viên văn phòng',
      goodFor: {
        vi: `người của ${company} không có quyền quản trị: chuyển thư cho người khác`,
        en: `a person of ${company} who is no administrator and has to pass the offer on`,
      },
    },
  ];
}

export const fabrikam = client(
  'Fabrikam',
  'fabrikam',
  people('Fabrikam', 'Đoàn Tuấn Minh', 'Tôn Nữ Diệu', 'Quách Thị Oanh'),
  'fabrikam.vn',
);
export const adventureWorks = client(
  'Adventure Works',
  'adventureworks',
  people('Adventure Works', 'Thái Bá Lợi', 'La Thị Cúc', 'Từ Văn Kiên'),
);
export const wideWorld = client(
  'Wide World Importers',
  'wideworldimporters',
  people('Wide World Importers', 'Châu Ngọc Hân', 'Triệu Văn Phát', 'Ông Thị Nga'),
);

const nobody = trades
  .flatMap((trade) => names.map((name) => `${trade} ${name}`))
  .slice(0, 117)
  .map((displayName) => client(displayName, folded(displayName).replaceAll(' ', ''), []));

/** Clients that Microsoft moved from the old delegation by itself. */
export const moved: readonly SeedCompany[] = nobody.slice(0, 2);

/** A company that is nobody's client yet. */
export const tailwind = client(
  'Tailwind Traders',
  'tailwindtraders',
  people('Tailwind Traders', 'Mạc Thị Thùy', 'Nghiêm Văn Toàn', 'Lục Thị Hường'),
  'tailwindtraders.vn',
);

/** 120 client companies, Fabrikam first; only the first three have people who can sign in. */
export const clients: readonly SeedCompany[] = [fabrikam, adventureWorks, wideWorld, ...nobody];
