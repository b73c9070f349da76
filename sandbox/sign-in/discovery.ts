import type { Cloud } from '../../microsoft/clouds.ts';
import { type HttpAnswer, json } from '../http.ts';
import { cloudHosts } from './clouds.ts';
import type { SigningKeys } from './keys.ts';

/** `/{tenant}/v2.0/.well-known/openid-configuration`; shared authorities keep `{tenantid}` in the issuer. */
export function openIdConfiguration(
  cloud: Cloud,
  authority: string,
  tenantId: string | undefined,
): HttpAnswer {
  const at = `${cloud.login}/${authority}`;
  return json(200, {
    token_endpoint: `${at}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    jwks_uri: `${at}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${cloud.login}/${tenantId ?? '{tenantid}'}/v2.0`,
    authorization_endpoint: `${at}/oauth2/v2.0/authorize`,
    end_session_endpoint: `${at}/oauth2/v2.0/logout`,
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'preferred_username',
      'name',
      'tid',
      'ver',
    ],
    cloud_instance_name: new URL(cloud.login).host,
    msgraph_host: new URL(cloud.graph).host,
  });
}

/** `/{tenant}/discovery/v2.0/keys` */
export function publishedKeys(cloud: Cloud, keys: SigningKeys): HttpAnswer {
  const host = new URL(cloud.login).host;
  return json(200, {
    keys: [{ ...keys.publicKey, issuer: `${cloud.login}/{tenantid}/v2.0`, cloud_instance_name: host }],
  });
}

/** `/common/discovery/instance`, which MSAL asks about hosts that it does not know. */
export function instances(cloud: Cloud): HttpAnswer {
  return json(200, {
    tenant_discovery_endpoint: `${cloud.login}/common/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: cloudHosts.map(({ loginHosts }) => ({
      preferred_network: loginHosts[0],
      preferred_cache: loginHosts[1] ?? loginHosts[0],
      aliases: loginHosts,
    })),
  });
}
