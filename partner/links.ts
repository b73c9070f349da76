/** Pages of Microsoft's portals where a person does by hand what the bot does not or may not do. */
export const manualRoutes = [
  'admin-center-users',
  'admin-center-roles',
  'admin-center-domains',
  'admin-center-subscriptions',
  'admin-center-settings',
  'admin-center-audit',
  'partner-center-users',
  'partner-center-company',
] as const;
export type ManualRoute = (typeof manualRoutes)[number];

/** Entry pages as Microsoft documents them; where a deep page is not documented, the portal's own front page. */
const links: Readonly<Record<'worldwide' | '21vianet', Readonly<Record<ManualRoute, string>>>> = {
  worldwide: {
    'admin-center-users': 'https://admin.microsoft.com/Adminportal/Home#/users',
    'admin-center-roles': 'https://admin.microsoft.com/Adminportal/Home#/rbac/directory',
    'admin-center-domains': 'https://admin.microsoft.com/Adminportal/Home#/Domains',
    'admin-center-subscriptions': 'https://admin.microsoft.com/Adminportal/Home#/subscriptions',
    'admin-center-settings': 'https://admin.microsoft.com/Adminportal/Home#/Settings/Services',
    'admin-center-audit': 'https://entra.microsoft.com/',
    'partner-center-users': 'https://partner.microsoft.com/dashboard/account/v3/usermanagement',
    'partner-center-company': 'https://partner.microsoft.com/dashboard',
  },
  '21vianet': {
    'admin-center-users': 'https://portal.partner.microsoftonline.cn/',
    'admin-center-roles': 'https://portal.partner.microsoftonline.cn/',
    'admin-center-domains': 'https://portal.partner.microsoftonline.cn/',
    'admin-center-subscriptions': 'https://portal.partner.microsoftonline.cn/',
    'admin-center-settings': 'https://portal.partner.microsoftonline.cn/',
    'admin-center-audit': 'https://portal.partner.microsoftonline.cn/',
    'partner-center-users': 'https://partner.partnercenter.microsoftonline.cn/',
    'partner-center-company': 'https://partner.partnercenter.microsoftonline.cn/',
  },
};

/** Where a person does this by hand in the company's cloud. */
export function manualLink(route: ManualRoute, cloud: 'worldwide' | '21vianet'): string {
  return links[cloud][route];
}

/** Where people of a new account sign in for the first time. */
export function peopleSignInPage(cloud: 'worldwide' | '21vianet'): string {
  return cloud === '21vianet' ? 'https://portal.partner.microsoftonline.cn' : 'https://www.office.com';
}
