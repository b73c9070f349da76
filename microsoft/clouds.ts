/** The clouds that a partner company may live in. */
export type CloudName = 'worldwide' | '21vianet';

export interface Cloud {
  name: CloudName;
  login: string;
  graph: string;
  partnerCenter: string;
  adminCenter: string;
}

/** Hosts per cloud: https://learn.microsoft.com/graph/deployments and /partner-center/developer */
export const clouds: Readonly<Record<CloudName, Cloud>> = {
  worldwide: {
    name: 'worldwide',
    login: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    partnerCenter: 'https://api.partnercenter.microsoft.com',
    adminCenter: 'https://admin.microsoft.com',
  },
  '21vianet': {
    name: '21vianet',
    login: 'https://login.partner.microsoftonline.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    partnerCenter: 'https://partner.partnercenterapi.microsoftonline.cn',
    adminCenter: 'https://portal.partner.microsoftonline.cn',
  },
};

/**
 * Where a cloud's address is found on the sandbox: the host name becomes the first part of the path,
 * `https://graph.microsoft.com/v1.0/me` → `http://127.0.0.1:3979/graph.microsoft.com/v1.0/me`.
 */
export function onSandbox(sandboxOrigin: string, address: string): string {
  const url = new URL(address);
  return `${sandboxOrigin}/${url.host}${url.pathname}${url.search}${url.hash}`;
}

/** The application registration that the sandbox knows. Not a secret: it opens nothing but the sandbox. */
export const sandboxApplication = {
  clientId: '7d0e2f5c-5a3b-4c1e-9a55-2f1f3c0de001',
  clientSecret: 'sandbox-only',
} as const;
