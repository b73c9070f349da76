import { importJWK, type JWTPayload, jwtVerify } from 'jose';
import { JWTExpired } from 'jose/errors';
import { delegatedRolesOf } from './delegation/access.ts';
import type { Times } from './delegation/times.ts';
import type { SigningKeys } from './sign-in/keys.ts';
import { findPerson, rolesOf } from './sign-in/people.ts';
import type { Caller } from './world.ts';

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
  times: Times;
  worldId: () => string;
}): Promise<Authenticate> {
  const { keys, times, worldId } = dependencies;
  const { world } = times;
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

  /** At home all roles held now; at a client those that were delegated both when the token was made and now. */
  async function rolesAt(tenantId: string, home: string, objectId: string, claims: JWTPayload) {
    if (home === tenantId) return rolesOf(world, tenantId, objectId);
    const delegated = await delegatedRolesOf(times, {
      partnerId: home,
      userId: objectId,
      clientId: tenantId,
    });
    const { wids } = claims;
    return delegated.filter((id) => Array.isArray(wids) && wids.includes(id));
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
    const { idp } = claims;
    const home = typeof idp === 'string' ? (idp.split('/')[3] ?? '') : tenantId;
    const person = await findPerson(world, home, objectId);
    const issued = Number(claims['sandbox_issued']);
    if ('error' in person || issued < person.user.sessionsValidFrom) return { problem: revokedToken };
    const permissions = String(claims['scp'] ?? '').split(' ');
    const methods = claims['amr'];
    return {
      multiFactor: Array.isArray(methods) && methods.includes('mfa'),
      caller: {
        tenantId,
        objectId,
        appId,
        roles: await rolesAt(tenantId, home, objectId, claims),
        ...(home === tenantId ? {} : { homeTenantId: home }),
      },
      permissions,
    };
  };
}

export const expiredToken = 'Lifetime validation failed, the token is expired.';
const revokedToken = 'Access token has been revoked: the account or its sessions ended after it was issued.';
