import type { CloudName } from '../microsoft/clouds.ts';

/** Where the bot may send messages, and with them its token. */
export interface ServiceUrlRules {
  /** Exact hosts, lower case, `host` or `host:port`; https only unless `loopback` is set. */
  hosts: readonly string[];
  /** Local mode: loopback at any port, over http too. No token travels then. */
  loopback: boolean;
}

/**
 * Connector hosts per cloud. Exact names: anyone can register a name under trafficmanager.net.
 * The path is left open, as it names a region and a tenant that only the channel knows.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
 */
const connectorHosts: Readonly<Record<CloudName, readonly string[]>> = {
  worldwide: [
    'smba.trafficmanager.net',
    'directline.botframework.com',
    'europe.directline.botframework.com',
    'india.directline.botframework.com',
    'webchat.botframework.com',
    'europe.webchat.botframework.com',
    'india.webchat.botframework.com',
  ],
  // Not all of them are documented: a deployment adds what it sees through the configuration.
  '21vianet': [
    'frontend.botapi.msg.infra.teams.microsoftonline.cn',
    'directline.botframework.azure.cn',
    'webchat.botframework.azure.cn',
  ],
};

const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

// A URL parser drops line breaks and tabs and turns backslashes round; what is checked must be what is used.
const plainAddress = /^[\x21-\x5b\x5d-\x7e]+$/;

/** The rules for a mode; `extraHosts` are exact `host` or `host:port` names of the configuration. */
export function serviceUrlRules(
  mode: CloudName | 'local',
  extraHosts: readonly string[] = [],
): ServiceUrlRules {
  const own = mode === 'local' ? [] : connectorHosts[mode];
  return { hosts: [...own, ...extraHosts.map((host) => host.toLowerCase())], loopback: mode === 'local' };
}

/** Whether this serviceUrl may be answered. False for anything that is not an exact, plain address. */
export function isAllowedServiceUrl(address: unknown, rules: ServiceUrlRules): boolean {
  if (typeof address !== 'string' || !plainAddress.test(address)) return false;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined) return false;
  const isBare = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (!isBare || !/^https?:\/\/[^/]/i.test(address)) return false;
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:';
  if (rules.loopback && isHttp && loopbackHosts.includes(url.hostname)) return true;
  const isSafe = url.protocol === 'https:' || (rules.loopback && url.protocol === 'http:');
  return isSafe && rules.hosts.includes(url.host);
}
