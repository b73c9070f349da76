import { createHash } from 'node:crypto';
import { type AccountRef, accountKey } from '../../partner/accounts.ts';
import { PartnerError } from '../../partner/errors.ts';
import type { AccessTokens, SignIn, TokenStore } from '../../partner/sign-in.ts';
import { type Cloud, onSandbox } from '../clouds.ts';
import { createHttp } from '../http.ts';
import type { Log } from '../log.ts';
import { withApplication } from './application.ts';
import { readCompanyName } from './company-name.ts';
import { createIdTokens } from './id-token.ts';
import { createOneAtATime } from './one-at-a-time.ts';

interface SignInDependencies {
  cloud: Cloud;
  clientId: string;
  clientSecret: string;
  /** `http://127.0.0.1:3979`; absent = Microsoft itself. */
  sandboxOrigin?: string | undefined;
  tokenStore: TokenStore;
  /** Per call, ms. */
  timeoutMs?: number | undefined;
  log: Log;
}

type Resource = 'graph' | 'partner-center';

/** An app-only token is left this early, so that it does not end on its way. */
const endsEarlyMs = 5 * 60_000;

/**
 * The partner application's sign-in and its tokens, through MSAL. Each account's MSAL cache is one text in the
 * token store; calls for one account run one after the other, so that a new refresh token is never lost.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 */
export function createSignIn(dependencies: SignInDependencies): { signIn: SignIn; tokens: AccessTokens } {
  const { cloud, clientId, clientSecret, sandboxOrigin, tokenStore, timeoutMs, log } = dependencies;
  const http = createHttp({ cloud, sandboxOrigin, timeoutMs, log });
  const registration = { cloud, clientId, clientSecret, http };
  const idTokens = createIdTokens({ cloud, clientId, http, log });
  const oneAtATime = createOneAtATime();

  const scopes = (resource: Resource) => [
    `${resource === 'graph' ? cloud.graph : cloud.partnerCenter}/.default`,
  ];

  const signIn: SignIn = {
    async address(attempt, signInName) {
      const address = await withApplication(registration, 'organizations', 'sign-in', (application) =>
        application.getAuthCodeUrl({
          scopes: scopes('graph'),
          redirectUri: attempt.redirectUri,
          state: attempt.state,
          nonce: attempt.nonce,
          codeChallenge: createHash('sha256').update(attempt.codeVerifier).digest('base64url'),
          codeChallengeMethod: 'S256',
          responseMode: 'query',
          loginHint: signInName,
        }),
      );
      return sandboxOrigin === undefined ? address : onSandbox(sandboxOrigin, address);
    },

    finish: (attempt, code) =>
      withApplication(registration, 'organizations', 'sign-in', async (application) => {
        const { redirectUri, codeVerifier, nonce } = attempt;
        // A confidential application takes the nonce from the request only; one in the payload is dropped.
        const request = { code, scopes: scopes('graph'), redirectUri, codeVerifier, nonce };
        const result = await application.acquireTokenByCode(request);
        const claims = await idTokens.verify(result.idToken, nonce);
        const {
          tid: tenantId,
          oid: objectId,
          name: displayName,
          preferred_username: signInName,
          wids,
        } = claims;
        const companyName = await readCompanyName({ cloud, http, log }, result.accessToken, signInName);
        const account = { tenantId, objectId, displayName, signInName, companyName, wids };
        return { account, tokens: application.getTokenCache().serialize() };
      }),
  };

  async function refresh(account: AccountRef, resource: Resource, tenantId: string, fresh: boolean) {
    const stored = await tokenStore.load(account);
    if (stored === undefined) throw new PartnerError('sign-in-needed');
    const { generation, tokens } = stored;
    return withApplication(registration, tenantId, 'refresh', async (application) => {
      const cache = application.getTokenCache();
      cache.deserialize(tokens);
      const person = await cache.getAccountByLocalId(account.objectId);
      if (person === null) throw new PartnerError('sign-in-needed');
      // MSAL looks for a cached token by the account's tenant, not the authority's: without this a call for a
      // client's tenant would get the token of the home tenant.
      const known = { ...person, tenantId };
      const authority = `${cloud.login}/${tenantId}`;
      const request = { account: known, authority, scopes: scopes(resource), forceRefresh: fresh };
      const { accessToken } = await application.acquireTokenSilent(request);
      const changed = cache.serialize();
      // Who signed out meanwhile is not acted for any more, though the token is there.
      const isKept = changed === tokens || (await tokenStore.renew(account, { generation, tokens: changed }));
      if (!isKept) throw new PartnerError('sign-in-needed');
      return accessToken;
    });
  }

  /** Equal wishes that wait at the same time are one call. */
  const underWay = new Map<string, Promise<string>>();
  const appTokens = new Map<string, { token: string; endsAt: number }>();

  async function newAppToken(key: string, tenantId: string, resource: Resource): Promise<string> {
    const result = await withApplication(registration, tenantId, 'app', (application) =>
      application.acquireTokenByClientCredential({ scopes: scopes(resource) }),
    );
    if (result === null) throw new PartnerError('unexpected');
    appTokens.set(key, { token: result.accessToken, endsAt: result.expiresOn?.getTime() ?? 0 });
    return result.accessToken;
  }

  function shared(key: string, start: () => Promise<string>): Promise<string> {
    const running = underWay.get(key);
    if (running !== undefined) return running;
    const started = start().finally(() => underWay.delete(key));
    underWay.set(key, started);
    return started;
  }

  const tokens: AccessTokens = {
    forAccount(account, resource, { tenantId = account.tenantId, fresh = false } = {}) {
      const key = `${accountKey(account)} ${resource} ${tenantId} ${fresh}`;
      return shared(key, () =>
        oneAtATime(accountKey(account), () => refresh(account, resource, tenantId, fresh)),
      );
    },

    async forApp(tenantId, resource) {
      const key = `app ${tenantId} ${resource}`;
      const held = appTokens.get(key);
      if (held !== undefined && Date.now() < held.endsAt - endsEarlyMs) return held.token;
      return shared(key, () => newAppToken(key, tenantId, resource));
    },
  };

  return { signIn, tokens };
}
