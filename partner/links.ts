import type { ManualRoute } from './capabilities.ts';

/** Pages of Microsoft's portals, all in one place; each is a documented entry page, nothing is made up. */
const links: Readonly<Record<'worldwide' | '21vianet', Readonly<Record<ManualRoute, string>>>> = {
  worldwide: {
    'admin-center-users': 'https://admin.microsoft.com/Adminportal/Home#/users',
    'admin-center-roles': 'https://admin.microsoft.com/Adminportal/Home#/rbac/directory',
    'partner-center-users': 'https://partner.microsoft.com/dashboard/account/v3/usermanagement',
  },
  '21vianet': {
    'admin-center-users': 'https://portal.partner.microsoftonline.cn/',
    'admin-center-roles': 'https://portal.partner.microsoftonline.cn/',
    'partner-center-users': 'https://partner.partnercenter.microsoftonline.cn/',
  },
};

/** Where a person does this by hand in the company's cloud. */
export function manualLink(route: ManualRoute, cloud: 'worldwide' | '21vianet'): string {
  return links[cloud][route];
}
