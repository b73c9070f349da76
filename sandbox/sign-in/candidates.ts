import type { CloudName } from '../../microsoft/clouds.ts';
import { folded } from '../seed/identifiers.ts';
import type { World } from '../world.ts';
import { type Person, rolesOf } from './people.ts';

/** A person on the sign-in page. */
export interface Candidate extends Person {
  roles: string[];
}

export interface Candidates {
  /** Accounts that the seed says something about. */
  known: Candidate[];
  /** Everybody else of the same companies, at most `limit`. */
  others: Candidate[];
  /** More were left out than are shown. */
  more: boolean;
}

const limit = 60;

/**
 * Who may be picked: people of one cloud, of one company when the authority names it. `search` looks in names
 * and sign-in names, Vietnamese with or without marks.
 */
export async function findCandidates(
  world: World,
  about: { cloud: CloudName; tenantId: string | undefined; search: string },
): Promise<Candidates> {
  const wanted = folded(about.search);
  const found: Person[] = [];
  for (const tenant of await world.tenants()) {
    if (tenant.cloud !== about.cloud) continue;
    if (about.tenantId !== undefined && tenant.id !== about.tenantId) continue;
    for (const user of await world.all('user', tenant.id)) {
      const text = folded(`${user.displayName} ${user.userPrincipalName} ${tenant.displayName}`);
      if (text.includes(wanted)) found.push({ tenant, user });
    }
  }
  const known = found.filter(({ user }) => user.goodFor !== null);
  // Newest first: the tester most likely looks for the user just made.
  const others = found
    .filter(({ user }) => user.goodFor === null)
    .sort((one, other) => other.user.createdDateTime.localeCompare(one.user.createdDateTime));
  return {
    known: await withRoles(world, known),
    others: await withRoles(world, others.slice(0, limit)),
    more: others.length > limit,
  };
}

async function withRoles(world: World, people: Person[]): Promise<Candidate[]> {
  const all: Candidate[] = [];
  for (const person of people)
    all.push({ ...person, roles: await rolesOf(world, person.tenant.id, person.user.id) });
  return all;
}
