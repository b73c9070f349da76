import { createHash, randomBytes } from 'node:crypto';
import { type Cloud, onSandbox, sandboxApplication } from '../../microsoft/clouds.ts';

const redirectUri = 'http://localhost:3978/auth/callback';

/** An access token, for Graph unless told, got as the bot gets it: account list, code with PKCE, token. */
export async function signIn(
  sandboxUrl: string,
  cloud: Cloud,
  account: { tenantId: string; objectId: string },
  resource: string = cloud.graph,
): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const scope = `openid profile offline_access ${resource}/.default`;
  const wish = new URLSearchParams({
    client_id: sandboxApplication.clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const authority = onSandbox(sandboxUrl, `${cloud.login}/organizations/oauth2/v2.0`);
  const picked = await fetch(`${authority}/authorize?${wish}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ account: `${account.tenantId}/${account.objectId}` }),
  });
  const code = new URL(picked.headers.get('location') ?? 'about:blank').searchParams.get('code') ?? '';
  const answer = await fetch(`${authority}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: sandboxApplication.clientId,
      client_secret: sandboxApplication.clientSecret,
      grant_type: 'authorization_code',
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
      scope,
    }),
  });
  const body = (await answer.json()) as { access_token?: string; error_description?: string };
  if (body.access_token === undefined) throw new Error(`No token: ${body.error_description}`);
  return body.access_token;
}
