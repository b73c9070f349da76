import { role } from '../graph/rights.ts';
import { agentGroupsOf } from '../sign-in/people.ts';
import { refuse } from './answer.ts';
import type { PartnerCall } from './call.ts';

/**
 * 403 unless the caller has something to do in Partner Center. The pages of the interface name no roles; that a
 * user administrator sees all profiles and a Global administrator everything is in the portal's own table.
 * https://learn.microsoft.com/partner-center/permissions-overview
 */
export async function demandReader(call: PartnerCall): Promise<void> {
  const { objectId, roles, tenantId } = call.caller;
  if (objectId === undefined || roles.some((id) => id === role.global || id === role.user)) return;
  if (roles.includes(role.billing)) return;
  if ((await agentGroupsOf(call.world, tenantId, objectId)).length === 0) refuseForRole();
}

/** 403 unless the caller may see how the company is billed. */
export async function demandBillingReader(call: PartnerCall): Promise<void> {
  const { objectId, roles, tenantId } = call.caller;
  if (roles.includes(role.global) || roles.includes(role.billing)) return;
  const groups = objectId === undefined ? [] : await agentGroupsOf(call.world, tenantId, objectId);
  if (!groups.includes('AdminAgents')) refuseForRole();
}

/**
 * 403 unless the caller may sell: Global administrators, Admin and Sales agents, and applications.
 * https://learn.microsoft.com/partner-center/permissions-overview
 */
export async function demandSeller(call: PartnerCall): Promise<void> {
  const { objectId, roles, tenantId } = call.caller;
  if (objectId === undefined || roles.includes(role.global)) return;
  const groups = await agentGroupsOf(call.world, tenantId, objectId);
  if (!groups.some((name) => name === 'AdminAgents' || name === 'SalesAgents')) refuseForRole();
}

/** 403 unless the caller may change the company's profiles: in the portal only a Global administrator does. */
export function demandWriter(call: PartnerCall): void {
  if (!call.caller.roles.includes(role.global)) refuseForRole();
}

function refuseForRole(): never {
  refuse(403, 900150, 'The supplied role does not have the rights to perform the requested operation.');
}
