import { createHash } from 'node:crypto';
import { ServerError } from '@azure/msal-node';
import { z } from 'zod';
import type { ClientSignIn } from '../../partner/client-sign-in.ts';
import { PartnerError } from '../../partner/errors.ts';
import type { SignInAttempt } from '../../partner/sign-in.ts';
import { type Cloud, onSandbox } from '../clouds.ts';
import { createHttp, type Http } from '../http.ts';
import type { Log } from '../log.ts';
import { callLogin } from './application.ts';
import { createIdTokens } from './id-token.ts';
import { tokenError } from './token-errors.ts';

interface ClientSignInDependencies {
  cloud: Cloud;
  clientId: string;
  clientSecret: string;
  /** `http://127.0.0.1:3979`; absent = Microsoft itself. */
  sandboxOrigin?: string | undefined;
  /** Per call, ms. */
  timeoutMs?: number | undefined;
  log: Log;
}

/** Whoever signs in with a personal account belongs to this tenant. */
const personalAccounts = '9188040d-6c67-4c5b-b112-36a304b66dad';
const scope = 'openid profile';

/**
 * Sign-in of people of clients, without MSAL: that always asks for lasting access (`offline_access`) too, and the
 * consent page would say so. https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 */
export function createClientSignIn(dependencies: ClientSignInDependencies): ClientSignIn {
  const { cloud, clientId, clientSecret, sandboxOrigin, timeoutMs, log } = dependencies;
  const http = createHttp({ cloud, sandboxOrigin, timeoutMs, log });
  const idTokens = createIdTokens({ cloud, clientId, http, log });
  const endpoint = (name: 'authorize' | 'token') => `${cloud.login}/organizations/oauth2/v2.0/${name}`;

  return {
    async address({ redirectUri, state, nonce, codeVerifier }, again) {
      const query = new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        response_mode: 'query',
        scope,
        redirect_uri: redirectUri,
        state,
        nonce,
        code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...promptFor(again),
      });
      const address = `${endpoint('authorize')}?${query}`;
      return sandboxOrigin === undefined ? address : onSandbox(sandboxOrigin, address);
    },

    async finish(attempt, code) {
      const application = { client_id: clientId, client_secret: clientSecret };
      const idToken = await redeem(http, endpoint('token'), { ...application, ...grantOf(attempt, code) });
      const claims = await idTokens.verify(idToken, attempt.nonce);
      if (claims.tid === personalAccounts)
        throw new PartnerError('sign-in-failed', { details: { reason: 'personal-account' } });
      const { tid: tenantId, oid: objectId, name, preferred_username: signInName, wids: roles } = claims;
      return { tenantId, objectId, name, signInName, roles };
    },
  };
}

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code */
function promptFor(again: { signInName: string; silent: boolean } | undefined): Record<string, string> {
  if (again === undefined) return { prompt: 'select_account' };
  return { login_hint: again.signInName, ...(again.silent ? { prompt: 'none' } : {}) };
}

function grantOf({ redirectUri, codeVerifier }: SignInAttempt, code: string): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
    scope,
  };
}

const granted = z.object({ id_token: z.string() });
const refused = z.object({
  error: z.string().catch(''),
  error_description: z.string().catch(''),
  correlation_id: z.string().catch(''),
});

/** The ID token; the access token beside it is left where it is. */
async function redeem(http: Http, url: string, grant: Record<string, string>): Promise<string> {
  const { status, body } = await callLogin<object>(http, 'POST', url, {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(grant).toString(),
  });
  const answer = granted.safeParse(body);
  if (status === 200 && answer.success) return answer.data.id_token;
  const { error, error_description: description, correlation_id: id } = refused.parse(body);
  throw tokenError(new ServerError(error, id, description), 'sign-in');
}
