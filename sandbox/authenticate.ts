import { importJWK, type JWTPayload, jwtVerify } from 'jose';
import { JWTExpired } from 'jose/errors';
import type { SigningKeys } from './sign-in/keys.ts';
import { findPerson, rolesOf } from './sign-in/people.ts';
import type { Caller, World } from './world.ts';

/**
 * A caller whose token holds, with the permissions that it names and whether the person signed in with a second
 * factor; or what is wrong with the token.
 */
export type Authenticated =
  | { caller: Caller; permissions: string[]; multiFactor: boolean }
  | { problem: string };

export type Authenticate = (authorization: string | undefined, audience: string) => Promise<Authenticated>;

/** Checks the bearer token of a call. `audience` is the cloud's address, as in `https://graph.microsoft.com`. */
export async function createAuthenticate(dependencies: {
  keys: SigningKeys;
  world: World;
  worldId: () => string;
}): Promise<Authenticate> {
  const { keys, world, worldId } = dependencies;
  const publicKey = await importJWK(keys.publicKey, 'RS256');

  async function verify(token: string, audience: string): Promise<JWTPayload | string> {
    try {
      const { payload } = await jwtVerify(token, publicKey, {
        algorithms: ['RS256'],
        audience: [audience, `${audience}/`],
        requiredClaims: ['exp', 'tid', 'appid'],
      });
      return payload;
    } catch (error) {
      if (error instanceof JWTExpired) return expiredToken;
      return 'Access token validation failure. Invalid signature, audience or form.';
    }
  }

  return async (authorization, audience) => {
    const token = authorization?.match(/^Bearer (.+)$/i)?.[1];
    if (token === undefined) return { problem: 'Access token is empty.' };
    const claims = await verify(token, audience);
    if (typeof claims === 'string') return { problem: claims };
    if (claims['sandbox_world'] !== worldId()) return { problem: revokedToken };
    const tenantId = String(claims['tid']);
    const appId = String(claims['appid']);
    const objectId = claims['oid'];
    if (typeof objectId !== 'string') {
      const granted = claims['roles'];
      const permissions = Array.isArray(granted) ? granted.map(String) : [];
      return {
        caller: { tenantId, objectId: undefined, appId, roles: [] },
        permissions,
        multiFactor: false,
      };
    }
    const person = await findPerson(world, tenantId, objectId);
    const issued = Number(claims['sandbox_issued']);
    if ('error' in person || issued < person.user.sessionsValidFrom) return { problem: revokedToken };
    const permissions = String(claims['scp'] ?? '').split(' ');
    const methods = claims['amr'];
    return {
      multiFactor: Array.isArray(methods) && methods.includes('mfa'),
      caller: { tenantId, objectId, appId, roles: await rolesOf(world, tenantId, objectId) },
      permissions,
    };
  };
}

export const expiredToken = 'Lifetime validation failed, the token is expired.';
const revokedToken = 'Access token has been revoked: the account or its sessions ended after it was issued.';
