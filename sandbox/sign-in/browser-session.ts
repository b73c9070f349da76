import type { SandboxRequest } from '../http.ts';
import type { World } from '../world.ts';
import type { Grants } from './grants.ts';
import { findPerson, type Person } from './people.ts';

const name = 'sandbox_sign_in';
const lifeMs = 24 * 3_600_000;

/**
 * The session that a browser has at the sign-in host once somebody picked an account there: single sign-on and silent
 * requests go by it. https://learn.microsoft.com/entra/identity/conditional-access/concept-session-lifetime
 */
export function createBrowserSessions({
  world,
  grants,
  now,
}: {
  world: World;
  grants: Grants;
  now: () => number;
}) {
  return {
    /** The Set-Cookie value that keeps this person signed in at this host. */
    async begin(host: string, { tenant, user }: Person): Promise<string> {
      const secret = await grants.issueSession({ tenantId: tenant.id, objectId: user.id });
      return `${name}=${secret}; Path=/${host}/; HttpOnly; SameSite=Lax; Max-Age=${lifeMs / 1000}`;
    },

    /** Who is signed in here and may still be: not who is blocked, and not after their sessions were revoked. */
    async read({ headers }: SandboxRequest): Promise<Person | undefined> {
      const pairs = (headers['cookie'] ?? '').split(';').map((pair) => pair.trim());
      const secret = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
      const session = secret === undefined ? undefined : await grants.readSession(secret);
      if (session === undefined || now() - session.issuedAt > lifeMs) return undefined;
      const person = await findPerson(world, session.grant.tenantId, session.grant.objectId);
      if ('error' in person || session.issuedAt < person.user.sessionsValidFrom) return undefined;
      return person;
    },

    end: (host: string) => `${name}=; Path=/${host}/; HttpOnly; SameSite=Lax; Max-Age=0`,
  };
}
