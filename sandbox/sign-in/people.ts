import type { SandboxTenant, SandboxUser, World } from '../world.ts';
import { problems, type SignInProblem } from './errors.ts';

/** A person with the company they belong to. */
export interface Person {
  tenant: SandboxTenant;
  user: SandboxUser;
}

/** Directory role template ids that a person holds now. */
export async function rolesOf(world: World, tenantId: string, objectId: string): Promise<string[]> {
  const assignments = await world.all('roleAssignment', tenantId);
  const held = assignments.filter(({ principalId }) => principalId === objectId);
  return [...new Set(held.map(({ roleDefinitionId }) => roleDefinitionId))];
}

/** Finds a company by id or by one of its domains. */
export async function findTenant(world: World, name: string): Promise<SandboxTenant | undefined> {
  const wanted = name.toLowerCase();
  for (const tenant of await world.tenants()) {
    if (tenant.id === wanted) return tenant;
    if ((await world.get('domain', tenant.id, wanted)) !== undefined) return tenant;
  }
  return undefined;
}

/** A person who may sign in now, or the reason why not. */
export async function findPerson(
  world: World,
  tenantId: string,
  objectId: string,
): Promise<Person | SignInProblem> {
  const tenant = await world.get('tenant', tenantId, tenantId);
  const user = await world.get('user', tenantId, objectId);
  if (tenant === undefined || user === undefined) return problems.accountMissing;
  if (user.userType === 'Guest') return problems.guest;
  if (!user.accountEnabled) return problems.accountDisabled;
  return { tenant, user };
}

const agentGroups = ['AdminAgents', 'HelpdeskAgents', 'SalesAgents'];

/** Names of the partner company's agent groups that a person is in. */
export async function agentGroupsOf(world: World, tenantId: string, userId: string): Promise<string[]> {
  const groups = await world.all('group', tenantId);
  const found = await Promise.all(
    groups
      .filter(({ displayName }) => agentGroups.includes(displayName))
      .map(async ({ id, displayName }) => {
        const membership = await world.get('membership', tenantId, `${id}_${userId}`);
        return membership === undefined ? [] : [displayName];
      }),
  );
  return found.flat();
}

/** Whether the person works for clients at all, by the partner company's agent groups. */
export async function isAgent(world: World, { tenant, user }: Person): Promise<boolean> {
  if (tenant.role !== 'partner') return false;
  const groups = await agentGroupsOf(world, tenant.id, user.id);
  return groups.some((name) => name === 'AdminAgents' || name === 'HelpdeskAgents');
}
