import { agentGroupsOf } from '../sign-in/people.ts';
import type { Call } from './call.ts';
import { refuseAsForbidden } from './refusal.ts';
import { role } from './rights.ts';

const reading = 'DelegatedAdminRelationship.Read.All';
const writing = 'DelegatedAdminRelationship.ReadWrite.All';

/**
 * 403 unless the caller may see the relationships of its own partner company: the pages name the permission; that
 * it takes an agent, a Global administrator or a Global reader is ours.
 */
export async function demandRelationshipReader(call: Call): Promise<void> {
  const permitted = [reading, writing].some((one) => call.permissions.includes(one));
  if (!permitted || !(await isPartner(call))) refuseAsForbidden();
  const { objectId, roles, tenantId } = call.caller;
  if (objectId === undefined || roles.includes(role.global) || roles.includes(role.globalReader)) return;
  if ((await agentGroupsOf(call.world, tenantId, objectId)).length === 0) refuseAsForbidden();
}

/** 403 unless the caller may make and end them: a Global administrator or an Admin agent. */
export async function demandRelationshipWriter(call: Call): Promise<void> {
  if (!call.permissions.includes(writing) || !(await isPartner(call))) refuseAsForbidden();
  const { objectId, roles, tenantId } = call.caller;
  if (objectId === undefined) return refuseAsForbidden();
  if (roles.includes(role.global)) return;
  const groups = await agentGroupsOf(call.world, tenantId, objectId);
  if (!groups.includes('AdminAgents')) refuseAsForbidden();
}

/** "The caller must be in the partner tenant", by a token of that tenant. */
async function isPartner({ world, caller }: Call): Promise<boolean> {
  const tenant = await world.get('tenant', caller.tenantId, caller.tenantId);
  return tenant?.role === 'partner' && caller.homeTenantId === undefined;
}
