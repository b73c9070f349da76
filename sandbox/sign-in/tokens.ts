import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import type { SandboxClock, SandboxTenant, World } from '../world.ts';
import { hostsOf, type Resource } from './clouds.ts';
import type { SigningKeys } from './keys.ts';
import { type Person, rolesOf } from './people.ts';

/** Everybody who is a member of a directory has this one in `wids`, with or without an admin role. */
const memberWid = 'b79fbf4d-3ef9-4689-8143-76b194e85509';

/** The directory of a client in which a partner's person works by delegation, with the roles held there. */
export interface WorkPlace {
  tenant: SandboxTenant;
  roles: string[];
}
export const tokenLifeSeconds = 3600;

export interface Tokens {
  /**
   * Without the scope `profile` it says less of the person.
   * Claims: https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
   */
  idToken(
    person: Person,
    about: { clientId: string; nonce: string | undefined; withProfile: boolean; at?: WorkPlace | undefined },
  ): Promise<string>;
  /** Claims: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference */
  accessToken(
    person: Person,
    access: { clientId: string; resource: Resource; permissions: string[]; at?: WorkPlace | undefined },
  ): Promise<string>;
  appToken(
    tenant: Person['tenant'],
    access: { clientId: string; resource: Resource; permissions: readonly string[] },
  ): Promise<string>;
}

/**
 * Signed tokens. `iat` and `exp` follow real time, because whoever reads them does; the sandbox's own time
 * of issue travels in `sandbox_issued`, and `sandbox_world` ends every token at a reset.
 */
export function createTokens(dependencies: {
  keys: SigningKeys;
  world: World;
  clock: SandboxClock;
  worldId: () => string;
}): Tokens {
  const { keys, world, clock, worldId } = dependencies;

  function sign(claims: Record<string, unknown>): Promise<string> {
    const issuedAt = Math.floor(Date.now() / 1000);
    return new SignJWT({ ...claims, sandbox_issued: clock.now(), sandbox_world: worldId() })
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: keys.publicKey.kid })
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(issuedAt + tokenLifeSeconds)
      .sign(keys.privateKey);
  }

  /** Somebody who works for a client is no member there, and holds what was delegated when the token was made. */
  async function widsOf(person: Person, at: WorkPlace | undefined): Promise<string[]> {
    if (at !== undefined) return at.roles;
    return [...(await rolesOf(world, person.tenant.id, person.user.id)), memberWid];
  }

  /** Where somebody else's directory vouches for the person. */
  function vouching({ tenant }: Person, at: WorkPlace | undefined): Record<string, unknown> {
    return at === undefined ? {} : { idp: `${hostsOf(tenant.cloud)?.tokenIssuer}/${tenant.id}/` };
  }

  return {
    async idToken(person, { clientId, nonce, withProfile, at }) {
      const { user } = person;
      const tenant = at?.tenant ?? person.tenant;
      return sign({
        iss: issuerOf(tenant),
        aud: clientId,
        tid: tenant.id,
        sub: pairwise(clientId, user.id),
        ...(withProfile
          ? { oid: user.id, name: user.displayName, preferred_username: user.userPrincipalName }
          : {}),
        ...(nonce === undefined ? {} : { nonce }),
        ...vouching(person, at),
        wids: await widsOf(person, at),
        uti: uniqueId(),
        ver: '2.0',
      });
    },

    async accessToken(person, { clientId, resource, permissions, at }) {
      const { user } = person;
      const tenant = at?.tenant ?? person.tenant;
      return sign({
        ...forResource(tenant, resource),
        tid: tenant.id,
        oid: user.id,
        sub: pairwise(resource, user.id),
        appid: clientId,
        appidacr: '1',
        idtyp: 'user',
        amr: user.withoutSecondFactor === true ? ['pwd'] : ['pwd', 'mfa'],
        acr: '1',
        name: user.displayName,
        upn: user.userPrincipalName,
        unique_name: user.userPrincipalName,
        scp: permissions.join(' '),
        ...vouching(person, at),
        wids: await widsOf(person, at),
        uti: uniqueId(),
        ver: '1.0',
      });
    },

    async appToken(tenant, { clientId, resource, permissions }) {
      const servicePrincipal = pairwise(clientId, tenant.id);
      return sign({
        ...forResource(tenant, resource),
        tid: tenant.id,
        sub: servicePrincipal,
        appid: clientId,
        appidacr: '1',
        idtyp: 'app',
        roles: [...permissions],
        uti: uniqueId(),
        ver: '1.0',
      });
    },
  };
}

function issuerOf(tenant: Person['tenant']): string {
  return `${hostsOf(tenant.cloud)?.cloud.login}/${tenant.id}/v2.0`;
}

function forResource(tenant: Person['tenant'], resource: Resource): { aud: string; iss: string } {
  const hosts = hostsOf(tenant.cloud);
  const audience = resource === 'graph' ? hosts?.cloud.graph : hosts?.cloud.partnerCenter;
  return { aud: String(audience), iss: `${hosts?.tokenIssuer}/${tenant.id}/` };
}

function pairwise(clientId: string, objectId: string): string {
  return createHash('sha256').update(`${clientId}/${objectId}`).digest('base64url');
}

function uniqueId(): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, 22);
}
