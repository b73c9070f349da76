import type { SeedCompany, SeedPerson } from './company.ts';
import type { ProductName } from './known-ids.ts';

/** The eight people that a tester signs in as; between them they have every right and none. */
const staff: SeedPerson[] = [
  {
    name: 'Trần Văn Hùng',
    jobTitle: 'Giám đốc',
    roles: ['globalAdministrator'],
    groups: ['AdminAgents'],
    licences: ['businessPremium'],
    goodFor: {
      vi: 'làm được mọi việc: thêm người dùng, cấp vai trò, cho toàn quyền hỗ trợ',
      en: 'everything: add users, grant roles, give full support access',
    },
  },
  {
    name: 'Phạm Thu Hà',
    jobTitle: 'Trưởng phòng Nhân sự',
    roles: ['userAdministrator'],
    licences: ['businessStandard'],
    goodFor: {
      vi: 'thêm người dùng và giấy phép, nhưng không cấp được vai trò quản trị',
      en: 'adding users and licences, without the right to grant admin roles',
    },
  },
  {
    name: 'Lê Quang Minh',
    jobTitle: 'Phụ trách an ninh',
    roles: ['privilegedRoleAdministrator'],
    licences: ['enterpriseE3'],
    goodFor: {
      vi: 'cấp và gỡ vai trò quản trị, nhưng không thêm được người dùng',
      en: 'granting and removing admin roles, without the right to add users',
    },
  },
  {
    name: 'Hoàng Thị Mai',
    jobTitle: 'Phụ trách giấy phép',
    roles: ['licenseAdministrator'],
    licences: ['businessStandard'],
    goodFor: {
      vi: 'gán và thu hồi giấy phép, ngoài ra không gì khác',
      en: 'assigning licences, nothing else',
    },
  },
  {
    name: 'Vũ Đức Anh',
    jobTitle: 'Kỹ thuật viên hỗ trợ',
    roles: ['helpdeskAdministrator'],
    groups: ['HelpdeskAgents'],
    licences: ['businessStandard'],
    goodFor: {
      vi: 'hỗ trợ khách hàng ở mức hạn chế, đặt lại mật khẩu cho người không có vai trò',
      en: 'limited support access to clients, resetting passwords of people without a role',
    },
  },
  {
    name: 'Nguyễn Thị Lan',
    jobTitle: 'Nhân viên kinh doanh',
    language: 'vi-VN',
    groups: ['SalesAgents'],
    licences: ['businessStandard'],
    goodFor: {
      vi: 'nhân viên kinh doanh chỉ nói tiếng Việt: xem, tìm, chào hàng; không thêm được người dùng',
      en: 'a sales clerk who speaks only Vietnamese: views, finds, offers; cannot add users',
    },
  },
  {
    name: 'Đặng Quốc Bảo',
    jobTitle: 'Chuyên viên triển khai',
    groups: ['AdminAgents'],
    licences: ['businessStandard'],
    goodFor: {
      vi: 'toàn quyền hỗ trợ khách hàng, nhưng không có vai trò nào trong công ty',
      en: 'full support access to clients, yet no admin role in the own company',
    },
  },
  {
    name: 'Bùi Ngọc Trâm',
    jobTitle: 'Kế toán',
    licences: ['businessStandard'],
    goodFor: {
      vi: 'người không có quyền gì: xem mọi lời từ chối',
      en: 'a person with no rights at all: see every refusal',
    },
  },
];

const ordinaryNames = [
  'Nguyễn Văn An',
  'Trần Thị Bích',
  'Lê Hoàng Cường',
  'Phạm Minh Đức',
  'Hoàng Thị Giang',
  'Huỳnh Văn Hải',
  'Phan Thị Hạnh',
  'Vũ Thanh Hiếu',
  'Võ Thị Hoa',
  'Đặng Văn Khoa',
  'Bùi Thị Kim Liên',
  'Đỗ Quang Long',
  'Hồ Thị Lý',
  'Ngô Văn Mạnh',
  'Dương Thị Mỹ',
  'Lý Văn Nam',
  'Nguyễn Thị Ngọc Ánh',
  'Trần Quốc Nghĩa',
  'Lê Thị Nhung',
  'Phạm Văn Phong',
  'Hoàng Minh Phúc',
  'Huỳnh Thị Phương',
  'Phan Văn Quân',
  'Vũ Thị Quỳnh',
  'Võ Văn Sơn',
  'Đặng Thị Tâm',
  'Bùi Văn Thắng',
  'Đỗ Thị Thảo',
  'Hồ Văn Thịnh',
  'Ngô Thị Thu',
  'Dương Văn Tiến',
  'Lý Thị Trang',
  'Nguyễn Đình Trung',
  'Trần Anh Tuấn',
  'Lê Thị Tuyết',
  'Phạm Quang Vinh',
  'Hoàng Thị Yến',
];

/** Gives its members a licence of its own. */
const officeGroup = 'Khối văn phòng';
/** Has that licence from the group and none of his own. */
const inOfficeGroup = 'Trần Quốc Nghĩa';

/** Nine take the last Business Premium seats (Hùng has the tenth), eleven a Business Standard one. */
const ordinary: SeedPerson[] = ordinaryNames.map((name, index) => ({
  name,
  jobTitle: 'Nhân viên',
  ...(name === inOfficeGroup ? { licenceGroups: [officeGroup] } : { licences: licencesAt(index) }),
}));

function licencesAt(index: number): ProductName[] {
  if (index < 9) return ['businessPremium'];
  if (index < 20) return ['businessStandard'];
  return index < 26 ? ['fabricFree'] : [];
}

const special: SeedPerson[] = [
  { name: "O'Brien & Sons #1", signInName: 'obrien.sons1', jobTitle: 'Nhà thầu' },
  { name: 'Trịnh Văn Nghỉ', jobTitle: 'Đã nghỉ việc', disabled: true },
  {
    name: 'Karen Berg',
    signInName: 'karen_fabrikam.onmicrosoft.com',
    jobTitle: 'Khách mời',
    guest: true,
  },
];

/** A CSP direct reseller in Vietnam with everything authorised. */
export const contoso: SeedCompany = {
  key: 'contoso-partner',
  tenant: {
    cloud: 'worldwide',
    role: 'partner',
    displayName: 'Contoso Partner',
    countryLetterCode: 'VN',
    partnerTenantType: 'resellerPartnerDelegatedAdmin',
    preferredLanguage: 'vi-VN',
    phone: '+84 28 3822 0100',
    street: '12 Lê Lợi, Phường Bến Nghé',
    city: 'Thành phố Hồ Chí Minh',
    mail: 'lienhe@contosopartner.vn',
  },
  domains: [
    { id: 'contosopartner.vn', isDefault: true },
    { id: 'contosopartner.onmicrosoft.com', isInitial: true },
    { id: 'moi.contosopartner.vn', isVerified: false },
  ],
  bought: { businessStandard: 25, businessPremium: 10, enterpriseE3: 5, fabricFree: 10000 },
  subscriptions: [
    { product: 'businessStandard', seats: 25, boughtAt: '2025-04-15T03:00:00Z', termMonths: 12 },
    { product: 'businessPremium', seats: 10, boughtAt: '2025-09-01T03:00:00Z', termMonths: 12 },
    { product: 'enterpriseE3', seats: 5, boughtAt: '2025-03-20T03:00:00Z', termMonths: 1 },
    { product: 'fabricFree', seats: 10000, boughtAt: '2025-03-03T02:00:00Z', termMonths: null },
    // A purchase of earlier days that nobody paid: its seats are not among the 25.
    {
      product: 'businessStandard',
      seats: 8,
      boughtAt: '2025-03-05T03:00:00Z',
      termMonths: 12,
      status: 'Suspended',
    },
  ],
  partnerAccount: {
    partnerId: '6481034',
    agreementSigned: true,
    legalName: 'Công ty TNHH Contoso Partner Việt Nam',
    contact: { lastName: 'Trần', firstName: 'Văn Hùng', email: 'hung.tran@contosopartner.vn' },
    postalCode: '700000',
    supportMail: 'hotro@contosopartner.vn',
    supportPhone: '+84 28 3822 0199',
    website: 'www.contosopartner.vn',
    taxId: '0312345678',
    currency: 'USD',
  },
  agentGroups: true,
  licenceGroups: { [officeGroup]: ['businessStandard'] },
  people: [...staff, ...ordinary, ...special],
};
