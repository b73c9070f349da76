import { html } from '../html.ts';
import { type HttpAnswer, json, page, type SandboxRequest } from '../http.ts';
import { languageOf } from '../pages/language.ts';
import { layout } from '../pages/layout.ts';
import type { SandboxClock, World } from '../world.ts';
import { createAdminConsent } from './admin-consent.ts';
import { createAuthorize } from './authorize.ts';
import { createBrowserSessions } from './browser-session.ts';
import { cloudOfLogin } from './clouds.ts';
import { instances, openIdConfiguration, publishedKeys } from './discovery.ts';
import { problems, tokenProblem } from './errors.ts';
import type { Grants } from './grants.ts';
import type { SigningKeys } from './keys.ts';
import { findTenant } from './people.ts';
import { createTokenEndpoint } from './token-endpoint.ts';
import type { Tokens } from './tokens.ts';

/** Everything under a sign-in host: discovery, keys, the account list and tokens. */
export function createSignInRoutes(dependencies: {
  world: World;
  clock: SandboxClock;
  /** Real time in ms. */
  real: () => number;
  grants: Grants;
  keys: SigningKeys;
  tokens: Tokens;
}): (request: SandboxRequest) => Promise<HttpAnswer> {
  const { world, clock, keys } = dependencies;
  const adminConsent = createAdminConsent(dependencies);
  const sessions = createBrowserSessions({ ...dependencies, now: () => clock.now() });
  const authorize = createAuthorize({ ...dependencies, sessions });
  const tokenEndpoint = createTokenEndpoint(dependencies);

  async function discovery(request: SandboxRequest, authority: string): Promise<HttpAnswer> {
    const cloud = cloudOfLogin(request.host)?.cloud;
    const shared = ['common', 'organizations'].includes(authority.toLowerCase());
    const tenant = shared ? undefined : await findTenant(world, authority);
    if (cloud === undefined || (!shared && tenant?.cloud !== cloud.name))
      return tokenProblem(problems.unknownTenant(authority), { clock, correlationId: crypto.randomUUID() });
    return openIdConfiguration(cloud, authority, tenant?.id);
  }

  return async (request) => {
    const cloud = cloudOfLogin(request.host)?.cloud;
    const [, authority = '', ...rest] = request.path.split('/');
    if (cloud === undefined) return json(404, { error: 'not_found' });
    const get = request.method === 'GET' || request.method === 'HEAD';
    switch (`${get ? 'GET' : request.method} ${rest.join('/')}`) {
      case 'GET v2.0/.well-known/openid-configuration':
        return discovery(request, decodeURIComponent(authority));
      case 'GET discovery/v2.0/keys':
        return publishedKeys(cloud, keys);
      case 'GET discovery/instance':
        return instances(cloud);
      case 'GET oauth2/v2.0/authorize':
      case 'POST oauth2/v2.0/authorize':
        return authorize.answer(request, cloud, decodeURIComponent(authority));
      case 'GET v2.0/adminconsent':
      case 'POST v2.0/adminconsent':
        return adminConsent(request, cloud, decodeURIComponent(authority));
      case 'POST oauth2/v2.0/token':
        return tokenEndpoint.answer(request, cloud, decodeURIComponent(authority));
      case 'GET oauth2/v2.0/logout':
        return signedOut(request, sessions.end(request.host));
      default:
        return json(404, { error: 'not_found', error_description: 'The sandbox has no such address.' });
    }
  };
}

/** Ends the session of this browser. */
function signedOut(request: SandboxRequest, cookie: string): HttpAnswer {
  const language = languageOf(request);
  const title = { vi: 'Bạn đã đăng xuất', en: 'You signed out' }[language];
  const shown = page(layout({ language, title, body: html`<main class="narrow"><h1>${title}</h1></main>` }));
  return { ...shown, headers: { ...shown.headers, 'set-cookie': cookie } };
}
