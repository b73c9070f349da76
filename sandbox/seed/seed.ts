import type { WorldDocument } from '../world-store.ts';
import { agreementDocuments } from './agreements.ts';
import { catalogueDocuments } from './catalogue.ts';
import { adventureWorks, clients, fabrikam, moved, tailwind, wideWorld } from './clients.ts';
import { accountOf, documentsOf, tenantIdOf } from './company.ts';
import { contoso } from './contoso.ts';
import { contractDocuments } from './contracts.ts';
import { delegationDocuments } from './delegations.ts';
import { advisor, china, nothingAuthorised, withoutDelegation } from './other-partners.ts';

/** The world as it is on first start and after every reset. */
export function seedDocuments(): WorldDocument[] {
  const companies = [contoso, advisor, withoutDelegation, china, nothingAuthorised, ...clients, tailwind];
  return [
    ...companies.flatMap(documentsOf),
    ...contractDocuments(contoso, clients),
    ...delegationDocuments(contoso, { direct: wideWorld, moved }),
    ...agreementDocuments(),
    ...catalogueDocuments(),
  ];
}

/** Ids of the seeded companies that tests and stories name. */
export const seedTenants = {
  contoso: tenantIdOf(contoso),
  advisor: tenantIdOf(advisor),
  withoutDelegation: tenantIdOf(withoutDelegation),
  china: tenantIdOf(china),
  nothingAuthorised: tenantIdOf(nothingAuthorised),
  fabrikam: tenantIdOf(fabrikam),
  adventureWorks: tenantIdOf(adventureWorks),
  wideWorld: tenantIdOf(wideWorld),
  tailwind: tenantIdOf(tailwind),
} as const;

/** Accounts that tests and stories name. */
export const seedAccounts = {
  globalAdmin: accountOf(contoso, 'hung.tran'),
  userAdmin: accountOf(contoso, 'ha.pham'),
  privilegedRoleAdmin: accountOf(contoso, 'minh.le'),
  licenceAdmin: accountOf(contoso, 'mai.hoang'),
  helpdesk: accountOf(contoso, 'anh.vu'),
  sales: accountOf(contoso, 'lan.nguyen'),
  adminAgent: accountOf(contoso, 'bao.dang'),
  plain: accountOf(contoso, 'tram.bui'),
  obrien: accountOf(contoso, 'obrien.sons1'),
  disabled: accountOf(contoso, 'nghi.trinh'),
  guest: accountOf(contoso, 'karen_fabrikam.onmicrosoft.com#EXT#'),
  advisorGlobalAdmin: accountOf(advisor, 'thanh.cao'),
  withoutDelegationGlobalAdmin: accountOf(withoutDelegation, 'khoi.ta'),
  chinaGlobalAdmin: accountOf(china, 'li.wei'),
  nothingAuthorisedGlobalAdmin: accountOf(nothingAuthorised, 'huy.lam'),
  fabrikamGlobalAdmin: accountOf(fabrikam, 'minh.doan'),
  fabrikamBilling: accountOf(fabrikam, 'dieu.ton'),
  fabrikamPlain: accountOf(fabrikam, 'oanh.quach'),
  adventureWorksGlobalAdmin: accountOf(adventureWorks, 'loi.thai'),
  wideWorldGlobalAdmin: accountOf(wideWorld, 'han.chau'),
  tailwindGlobalAdmin: accountOf(tailwind, 'thuy.mac'),
  tailwindBilling: accountOf(tailwind, 'toan.nghiem'),
} as const;
