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

/** Settings of Microsoft's services that the bot leaves alone, in the order in which they are shown. */
export const servicePages = ['services', 'sign-in', 'mail', 'meetings', 'partner'] as const;
export type ServicePage = (typeof servicePages)[number];

/**
 * Front pages of Microsoft's admin centers; a cloud that has none of its own for something is left out.
 * https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges-21vianet for 21Vianet.
 */
const servicePageLinks: Readonly<Record<'worldwide' | '21vianet', Partial<Record<ServicePage, string>>>> = {
  worldwide: {
    services: links.worldwide['admin-center-settings'],
    'sign-in': 'https://entra.microsoft.com/',
    mail: 'https://admin.exchange.microsoft.com/',
    meetings: 'https://admin.teams.microsoft.com/',
    partner: links.worldwide['partner-center-company'],
  },
  '21vianet': {
    services: links['21vianet']['admin-center-settings'],
    'sign-in': 'https://portal.azure.cn/',
    mail: 'https://partner.outlook.cn/ecp/',
    partner: links['21vianet']['partner-center-company'],
  },
};

/** Pages that this cloud has, with their addresses. */
export function servicePagesOf(cloud: 'worldwide' | '21vianet'): { page: ServicePage; url: string }[] {
  return servicePages.flatMap((page) => {
    const url = servicePageLinks[cloud][page];
    return url === undefined ? [] : [{ page, url }];
  });
}

/**
 * Where a product key is typed, and Microsoft's guide for partners who do it for a client, as its article on expired
 * subscriptions of Microsoft 365 Apps names both. Undefined where none is documented.
 */
export function productKeyPages(
  cloud: 'worldwide' | '21vianet',
): { redeem: string; guide: string } | undefined {
  if (cloud !== 'worldwide') return undefined;
  return {
    redeem: 'https://signup.microsoft.com/productkeystart?ms.officeurl=setup365',
    guide:
      'https://support.microsoft.com/topic/partners-use-a-product-key-to-set-up-a-customer-subscription-cf22c50f-95c9-4fa2-b959-c264de256d40',
  };
}

/** Where people of a new account sign in for the first time. */
export function peopleSignInPage(cloud: 'worldwide' | '21vianet'): string {
  return cloud === '21vianet' ? 'https://portal.partner.microsoftonline.cn' : 'https://www.office.com';
}
