import { createHash, timingSafeEqual } from 'node:crypto';
import { type Cloud, sandboxApplication } from '../../microsoft/clouds.ts';
import { form, type HttpAnswer, json, type SandboxRequest } from '../http.ts';
import type { SandboxClock, World } from '../world.ts';
import { entryTo } from './entry.ts';
import { problems, type SignInProblem, tokenProblem } from './errors.ts';
import { codeLifeMs, type Grants, refreshTokenLifeMs } from './grants.ts';
import { findPerson, findTenant, type Person } from './people.ts';
import { applicationPermissions, grantedPermissions, type ReadScopes, readScopes } from './scopes.ts';
import { type Tokens, tokenLifeSeconds, type WorkPlace } from './tokens.ts';

export interface TokenEndpoint {
  answer(request: SandboxRequest, cloud: Cloud, tenantName: string): Promise<HttpAnswer>;
}

type Outcome = { body: Record<string, unknown> } | SignInProblem;

const sharedAuthorities = ['common', 'organizations'];

/** `POST /{tenant}/oauth2/v2.0/token`: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow */
export function createTokenEndpoint(dependencies: {
  world: World;
  clock: SandboxClock;
  /** Real time in ms. */
  real: () => number;
  grants: Grants;
  tokens: Tokens;
}): TokenEndpoint {
  const { world, clock, grants, tokens } = dependencies;

  async function byGrantType(
    parameters: URLSearchParams,
    cloud: Cloud,
    tenantName: string,
  ): Promise<Outcome> {
    const grantType = parameters.get('grant_type') ?? '';
    if (grantType === '') return problems.missing('grant_type');
    switch (grantType) {
      case 'authorization_code':
        return byCode(parameters, cloud, tenantName);
      case 'refresh_token':
        return byRefreshToken(parameters, cloud, tenantName);
      case 'client_credentials':
        return byApplication(parameters, cloud, tenantName);
      default:
        return problems.unknownGrantType(grantType);
    }
  }

  async function byCode(parameters: URLSearchParams, cloud: Cloud, tenantName: string): Promise<Outcome> {
    const code = parameters.get('code') ?? '';
    if (code === '') return problems.missing('code');
    const redeemed = await grants.redeemCode(code);
    if (redeemed === 'unknown') return problems.malformedGrant;
    if (redeemed === 'used') return problems.codeUsed;
    const { grant, issuedAt } = redeemed;
    if (clock.now() - issuedAt > codeLifeMs) return problems.codeExpired;
    const redirectUri = parameters.get('redirect_uri') ?? '';
    if (redirectUri !== grant.redirectUri) return problems.otherRedirect(redirectUri);
    if (!verifies(parameters.get('code_verifier') ?? '', grant.codeChallenge)) return problems.wrongVerifier;
    if (!(await authorityFits(tenantName, grant.tenantId))) return problems.codeOfAnotherApplication;
    const person = await findPerson(world, grant.tenantId, grant.objectId);
    if ('error' in person) return person;
    const scopes = scopesOf(parameters, grant.scopes, cloud);
    if ('error' in scopes) return scopes;
    return { body: await userTokens(person, grant.clientId, scopes, { nonce: grant.nonce }) };
  }

  async function byRefreshToken(
    parameters: URLSearchParams,
    cloud: Cloud,
    tenantName: string,
  ): Promise<Outcome> {
    const token = parameters.get('refresh_token') ?? '';
    if (token === '') return problems.missing('refresh_token');
    const stored = await grants.readRefreshToken(token);
    if (stored === undefined) return problems.malformedGrant;
    const { grant, issuedAt } = stored;
    if (clock.now() - issuedAt > refreshTokenLifeMs) return problems.refreshExpired;
    const person = await findPerson(world, grant.tenantId, grant.objectId);
    if ('error' in person) return person;
    if (issuedAt < person.user.sessionsValidFrom) return problems.refreshRevoked;
    const scopes = scopesOf(parameters, grant.scopes, cloud);
    if ('error' in scopes) return scopes;
    if (await authorityFits(tenantName, grant.tenantId))
      return { body: await userTokens(person, grant.clientId, scopes, { nonce: undefined }) };
    const entry = await entryTo(dependencies, person, cloud, tenantName);
    if ('error' in entry) return entry;
    const { at, consented } = entry;
    return { body: await userTokens(person, grant.clientId, scopes, { nonce: undefined, at, consented }) };
  }

  async function byApplication(
    parameters: URLSearchParams,
    cloud: Cloud,
    tenantName: string,
  ): Promise<Outcome> {
    const tenant = await findTenant(world, tenantName);
    if (tenant === undefined || tenant.cloud !== cloud.name) return problems.unknownTenant(tenantName);
    const scope = parameters.get('scope') ?? '';
    const scopes = readScopes(words(scope), cloud);
    if (scopes === undefined || scopes.permissions.join() !== '.default') return problems.badAppScope(scope);
    const { clientId } = sandboxApplication;
    if (tenant.role !== 'partner') return problems.applicationNotInTenant(clientId, tenant.id);
    const access_token = await tokens.appToken(tenant, {
      clientId,
      resource: scopes.resource,
      permissions: scopes.resource === 'graph' ? applicationPermissions : [],
    });
    return { body: { token_type: 'Bearer', ...life, access_token } };
  }

  async function userTokens(
    person: Person,
    clientId: string,
    scopes: ReadScopes,
    more: { nonce: string | undefined; at?: WorkPlace; consented?: readonly string[] },
  ): Promise<Record<string, unknown>> {
    const { tenant, user } = person;
    const { nonce, at, consented } = more;
    const permissions = grantedPermissions(scopes, consented);
    const offline = scopes.openId.includes('offline_access');
    const withProfile = scopes.openId.includes('profile');
    const grant = { tenantId: tenant.id, objectId: user.id, clientId, scopes: scopes.asked };
    return {
      token_type: 'Bearer',
      scope: scopeText(scopes, permissions),
      ...life,
      access_token: await tokens.accessToken(person, {
        clientId,
        resource: scopes.resource,
        permissions,
        at,
      }),
      ...(offline ? { refresh_token: await grants.issueRefreshToken(grant) } : {}),
      ...(scopes.openId.includes('openid')
        ? { id_token: await tokens.idToken(person, { clientId, nonce, withProfile, at }) }
        : {}),
      client_info: Buffer.from(JSON.stringify({ uid: user.id, utid: tenant.id })).toString('base64url'),
    };
  }

  async function authorityFits(tenantName: string, tenantId: string): Promise<boolean> {
    if (sharedAuthorities.includes(tenantName.toLowerCase())) return true;
    return (await findTenant(world, tenantName))?.id === tenantId;
  }

  return {
    async answer(request, cloud, tenantName) {
      const parameters = form(request);
      const correlationId = request.headers['client-request-id'] ?? crypto.randomUUID();
      const problem = applicationProblem(request, parameters);
      const outcome = problem ?? (await byGrantType(parameters, cloud, tenantName));
      if ('error' in outcome) return tokenProblem(outcome, { clock, correlationId });
      return json(200, outcome.body, { pragma: 'no-cache', 'client-request-id': correlationId });
    },
  };
}

const life = { expires_in: tokenLifeSeconds - 1, ext_expires_in: tokenLifeSeconds - 1 };

function applicationProblem(request: SandboxRequest, parameters: URLSearchParams): SignInProblem | undefined {
  const basic = basicCredential(request.headers['authorization']);
  const clientId = basic?.clientId ?? parameters.get('client_id') ?? '';
  const clientSecret = basic?.clientSecret ?? parameters.get('client_secret') ?? '';
  if (clientId === '') return problems.missing('client_id');
  if (clientId !== sandboxApplication.clientId) return problems.unknownApplication(clientId);
  if (clientSecret === '') return problems.noCredential;
  return same(clientSecret, sandboxApplication.clientSecret) ? undefined : problems.wrongSecret(clientId);
}

function basicCredential(header: string | undefined): { clientId: string; clientSecret: string } | undefined {
  const encoded = header?.match(/^Basic (.+)$/i)?.[1];
  if (encoded === undefined) return undefined;
  const [clientId = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { clientId, clientSecret: secret.join(':') };
}

/** PKCE: https://datatracker.ietf.org/doc/html/rfc7636#section-4.6 */
function verifies(verifier: string, challenge: string | undefined): boolean {
  if (challenge === undefined) return verifier === '';
  return same(createHash('sha256').update(verifier).digest('base64url'), challenge);
}

function same(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

function scopesOf(
  parameters: URLSearchParams,
  granted: readonly string[],
  cloud: Cloud,
): ReadScopes | SignInProblem {
  const scope = parameters.get('scope') ?? '';
  const wanted = scope === '' ? granted : words(scope);
  return readScopes(wanted, cloud) ?? problems.badScope(scope);
}

function words(scope: string): string[] {
  return scope.split(/\s+/).filter((word) => word !== '');
}

/** The answer's `scope` names permissions with their resource, and repeats `.default` when it was asked. */
function scopeText(scopes: ReadScopes, permissions: string[]): string {
  const resourceScopes = scopes.asked.filter((scope) => scope.includes('/'));
  const addresses = resourceScopes.map((scope) => scope.slice(0, scope.lastIndexOf('/')));
  const address = addresses[0];
  const named = permissions.map((permission) => {
    const isOpenId = scopes.openId.includes(permission);
    return isOpenId || address === undefined ? permission : `${address}/${permission}`;
  });
  const openId = scopes.openId.filter((scope) => scope !== 'offline_access');
  return [...new Set([...openId, ...named, ...resourceScopes])].join(' ');
}
