import { z } from 'zod';
import type { User } from '../../partner/directory.ts';
import type { Cloud } from '../clouds.ts';
import type { Graph } from './client.ts';
import { readAll } from './paging.ts';
import { eq } from './query.ts';
import { assignmentShape, assignmentsPath, isEverywhere } from './roles.ts';
import { byName, userShape, usersById } from './users.ts';

interface From {
  graph: Graph;
  cloud: Cloud;
}

/** Groups and applications hold roles too; Microsoft's page shows people without a sign-in name in this place. */
const principalShape = z.union([
  userShape,
  z
    .object({ id: z.string(), '@odata.type': z.string().nullish() })
    .transform(({ id, '@odata.type': type }) => ({ id, isUser: type === '#microsoft.graph.user' })),
]);

/** The principal is null where it was deleted meanwhile. */
const heldShape = assignmentShape.extend({ principal: principalShape.nullish() });

type Principal = z.infer<typeof principalShape>;

/** A principal that was given whole. */
function isWhole(principal: Principal): principal is User {
  return 'signInName' in principal;
}

/** Roles of people for the whole company, each person once per role. */
async function readHeld(
  from: From,
  query: Record<string, string>,
): Promise<{ roleTemplateId: string; principal: Principal }[]> {
  const expanded = { ...query, $expand: 'principal' };
  const held = await readAll(from, { path: assignmentsPath, query: expanded, item: heldShape });
  const found = new Map<string, { roleTemplateId: string; principal: Principal }>();
  for (const assignment of held) {
    const { roleDefinitionId: roleTemplateId, principal } = assignment;
    if (!isEverywhere(assignment) || principal === null || principal === undefined) continue;
    if (isWhole(principal) || principal.isUser) {
      found.set(`${roleTemplateId}/${principal.id}`, { roleTemplateId, principal });
    }
  }
  return [...found.values()];
}

/**
 * Who was given this role for the whole company, by name; not who has it through a group.
 * https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignments
 */
export async function holdersOf(from: From, roleTemplateId: string): Promise<User[]> {
  const held = await readHeld(from, { $filter: eq('roleDefinitionId', roleTemplateId) });
  const principals = held.map(({ principal }) => principal);
  const whole = principals.filter(isWhole);
  const nameless = principals.filter((principal) => !isWhole(principal)).map(({ id }) => id);
  return [...whole, ...(await usersById(from, nameless))].toSorted(byName);
}

/**
 * The roles that people hold for the whole company, with how many do.
 * https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignments
 */
export async function rolesInUse(from: From): Promise<{ roleTemplateId: string; holders: number }[]> {
  const counts = new Map<string, number>();
  for (const { roleTemplateId } of await readHeld(from, {})) {
    counts.set(roleTemplateId, (counts.get(roleTemplateId) ?? 0) + 1);
  }
  return [...counts].map(([roleTemplateId, holders]) => ({ roleTemplateId, holders }));
}
