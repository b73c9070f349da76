import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clouds, onSandbox, sandboxApplication } from '../../microsoft/clouds.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox.ts';

export const redirectUri = 'http://localhost:3978/sign-in/callback';
export const graphScope = `openid profile offline_access ${clouds.worldwide.graph}/.default`;

/** A listening sandbox with a file of its own, and how to throw both away. */
export async function startSandbox(
  options: Partial<SandboxOptions> = {},
): Promise<{ sandbox: Sandbox; end: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const sandbox = await createSandbox({ file: join(folder, 'sandbox.sqlite'), port: 0, ...options });
  await sandbox.listen();
  return {
    sandbox,
    end: async () => {
      await sandbox.close();
      await rm(folder, { recursive: true });
    },
  };
}

export interface TokenAnswer {
  access_token: string;
  refresh_token: string;
  id_token: string;
  expires_in: number;
  scope: string;
  client_info: string;
}

export interface TokenRefusal {
  error: string;
  error_description: string;
  error_codes: number[];
  timestamp: string;
  trace_id: string;
  correlation_id: string;
}

interface Account {
  tenantId: string;
  objectId: string;
}

/** Somebody with a browser and an application, at the sandbox's address. */
export function createVisitor(origin: string, loginAddress: string = clouds.worldwide.login) {
  const verifier = randomBytes(48).toString('base64url');

  function authorizeAddress(more: Record<string, string> = {}, authority = 'common'): string {
    const parameters = new URLSearchParams({
      client_id: sandboxApplication.clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: graphScope,
      state: 'the-state',
      nonce: 'the-nonce',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    });
    return onSandbox(origin, `${loginAddress}/${authority}/oauth2/v2.0/authorize?${parameters}`);
  }

  function choose(account: Account, address = authorizeAddress(), headers: Record<string, string> = {}) {
    return fetch(address, {
      method: 'POST',
      redirect: 'manual',
      headers,
      body: new URLSearchParams({ account: `${account.tenantId}/${account.objectId}` }),
    });
  }

  async function codeFor(account: Account, address = authorizeAddress()): Promise<string> {
    const answer = await choose(account, address);
    assert.equal(answer.status, 302, await answer.text());
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code');
    assert.ok(code);
    return code;
  }

  async function token(
    parameters: Record<string, string>,
    authority = 'common',
  ): Promise<{ status: number; body: TokenAnswer & TokenRefusal }> {
    const answer = await fetch(onSandbox(origin, `${loginAddress}/${authority}/oauth2/v2.0/token`), {
      method: 'POST',
      body: new URLSearchParams({
        client_id: sandboxApplication.clientId,
        client_secret: sandboxApplication.clientSecret,
        ...parameters,
      }),
    });
    return { status: answer.status, body: (await answer.json()) as TokenAnswer & TokenRefusal };
  }

  function redeem(code: string, more: Record<string, string> = {}, authority = 'common') {
    return token(
      {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
        ...more,
      },
      authority,
    );
  }

  async function signIn(account: Account, address = authorizeAddress()): Promise<TokenAnswer> {
    const answer = await redeem(await codeFor(account, address));
    assert.equal(answer.status, 200, answer.body.error_description);
    return answer.body;
  }

  /** A call of Graph; `path` starts after the version. */
  async function graph(accessToken: string, path: string, init: RequestInit & { json?: unknown } = {}) {
    const { json, ...rest } = init;
    return fetch(onSandbox(origin, `${clouds.worldwide.graph}/v1.0${path}`), {
      ...rest,
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...rest.headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
  }

  return { verifier, authorizeAddress, choose, codeFor, token, redeem, signIn, graph };
}

/** A user that Graph accepts, with a sign-in name in the seeded company's domain. */
export function newUser(localPart: string): Record<string, unknown> {
  return {
    accountEnabled: true,
    displayName: 'Người Mới',
    mailNickname: localPart,
    userPrincipalName: `${localPart}@contosopartner.vn`,
    passwordProfile: { password: 'Kh0ng-doan-duoc!', forceChangePasswordNextSignIn: true },
  };
}
