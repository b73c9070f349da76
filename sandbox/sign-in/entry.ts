import { type Cloud, sandboxApplication } from '../../microsoft/clouds.ts';
import { delegatedRolesOf } from '../delegation/access.ts';
import type { Times } from '../delegation/times.ts';
import { problems, type SignInProblem } from './errors.ts';
import { findTenant, isAgent, type Person } from './people.ts';
import type { WorkPlace } from './tokens.ts';

/** A way into the directory of a client. */
export interface Entry {
  at: WorkPlace;
  /** Permissions that were allowed to the application there. */
  consented: readonly string[];
}

/**
 * Whether somebody of a partner gets a token of a client's directory: the application must be allowed to work there
 * (65001 until then), and the person must hold a delegated role by a group, in a relationship that works already.
 */
export async function entryTo(
  times: Times,
  person: Person,
  cloud: Cloud,
  tenantName: string,
): Promise<Entry | SignInProblem> {
  const { world } = times;
  const tenant = await findTenant(world, tenantName);
  if (tenant === undefined || tenant.cloud !== cloud.name) return problems.unknownTenant(tenantName);
  const { clientId } = sandboxApplication;
  const ids = { partnerId: person.tenant.id, userId: person.user.id, clientId: tenant.id };
  const roles = await delegatedRolesOf(times, ids);
  const worksForClients = roles.length > 0 || (await isAgent(world, person));
  if (!worksForClients) return problems.guest;
  const consent = await world.get('applicationConsent', tenant.id, clientId);
  if (consent === undefined) return problems.noConsent(clientId);
  if (roles.length === 0) return problems.notDelegated(tenant.id);
  return { at: { tenant, roles }, consented: consent.scopes };
}
