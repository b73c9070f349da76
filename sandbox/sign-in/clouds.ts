import { type Cloud, clouds } from '../../microsoft/clouds.ts';

/** What a token is for. */
export type Resource = 'graph' | 'partner-center';

interface CloudHosts {
  cloud: Cloud;
  loginHosts: string[];
  graphHosts: string[];
  partnerCenterHosts: string[];
  /** Issuer host of access tokens in the older format, which Graph's own tokens have. */
  tokenIssuer: string;
}

const hostOf = (address: string): string => new URL(address).host;

/** The hosts that the sandbox stands in for. */
export const cloudHosts: readonly CloudHosts[] = [
  {
    cloud: clouds.worldwide,
    loginHosts: [hostOf(clouds.worldwide.login), 'login.windows.net', 'login.microsoft.com'],
    graphHosts: [hostOf(clouds.worldwide.graph)],
    partnerCenterHosts: [hostOf(clouds.worldwide.partnerCenter)],
    tokenIssuer: 'https://sts.windows.net',
  },
  {
    cloud: clouds['21vianet'],
    loginHosts: [hostOf(clouds['21vianet'].login), 'login.chinacloudapi.cn'],
    graphHosts: [hostOf(clouds['21vianet'].graph)],
    partnerCenterHosts: [hostOf(clouds['21vianet'].partnerCenter)],
    tokenIssuer: 'https://sts.chinacloudapi.cn',
  },
];

export const cloudOfLogin = (host: string): CloudHosts | undefined =>
  cloudHosts.find(({ loginHosts }) => loginHosts.includes(host));
export const cloudOfGraph = (host: string): CloudHosts | undefined =>
  cloudHosts.find(({ graphHosts }) => graphHosts.includes(host));
export const cloudOfPartnerCenter = (host: string): CloudHosts | undefined =>
  cloudHosts.find(({ partnerCenterHosts }) => partnerCenterHosts.includes(host));
export const hostsOf = (name: Cloud['name']): CloudHosts | undefined =>
  cloudHosts.find(({ cloud }) => cloud.name === name);
