import {
  ConfidentialClientApplication,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node';
import { PartnerError } from '../../partner/errors.ts';
import type { Cloud } from '../clouds.ts';
import { type Http, requestIdOf } from '../http.ts';
import { retryAfterSeconds } from '../retry-after.ts';
import { tokenError } from './token-errors.ts';

interface ApplicationDependencies {
  cloud: Cloud;
  clientId: string;
  clientSecret: string;
  http: Http;
}

/** A tenant id, or `organizations` while nobody knows the tenant yet. */
type Authority = string;

/**
 * MSAL for one call: an application with a cache of its own, so that people's tokens never meet in memory.
 * Nothing is discovered over the network; all addresses follow from the cloud.
 * Throws PartnerError only. https://learn.microsoft.com/entra/msal/node
 */
export async function withApplication<T>(
  dependencies: ApplicationDependencies,
  authority: Authority,
  during: 'sign-in' | 'refresh' | 'app',
  use: (application: ConfidentialClientApplication) => Promise<T>,
): Promise<T> {
  const { cloud, clientId, clientSecret, http } = dependencies;
  // MSAL keeps only the text of a failure in the network; this keeps the failure.
  let failure: unknown;
  const post = async <Body>(url: string, options?: NetworkRequestOptions) => {
    try {
      return await callLogin<Body>(http, 'POST', url, options);
    } catch (error) {
      failure = error;
      throw error;
    }
  };
  const networkClient: INetworkModule = {
    sendPostRequestAsync: post,
    sendGetRequestAsync: (url, options) => callLogin(http, 'GET', url, options),
  };
  const application = new ConfidentialClientApplication({
    auth: {
      clientId,
      clientSecret,
      authority: `${cloud.login}/${authority}`,
      knownAuthorities: [new URL(cloud.login).host],
      authorityMetadata: metadataOf(cloud, authority),
    },
    system: { networkClient },
  });
  try {
    return await use(application);
  } catch (error) {
    throw tokenError(failure ?? error, during);
  }
}

/** What `…/v2.0/.well-known/openid-configuration` says of a tenant. */
function metadataOf(cloud: Cloud, authority: Authority): string {
  const base = `${cloud.login}/${authority}`;
  return JSON.stringify({
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    issuer: `${cloud.login}/{tenantid}/v2.0`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
  });
}

/** One call of the sign-in endpoints, which answer JSON. Throws PartnerError when they are busy or away. */
export async function callLogin<Body>(
  http: Http,
  method: 'GET' | 'POST',
  url: string,
  options: NetworkRequestOptions = {},
): Promise<NetworkResponse<Body>> {
  const { headers = {}, body } = options;
  const answer = await http.send({
    method,
    url,
    headers,
    changesSomething: false,
    ...(body === undefined ? {} : { body }),
  });
  const requestId = requestIdOf(answer.headers);
  const wait = retryAfterSeconds(answer.headers);
  if (answer.status === 429) {
    throw new PartnerError('microsoft-busy', { requestId, retryAfterSeconds: wait ?? 10 });
  }
  const parsed = jsonOf(await answer.text());
  if (answer.status >= 500 || parsed === undefined) {
    throw new PartnerError('microsoft-unavailable', { requestId, retryAfterSeconds: wait });
  }
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: parsed as Body };
}

function jsonOf(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
