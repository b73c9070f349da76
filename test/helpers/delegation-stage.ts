import { termsFor } from '../../partner/delegation-terms.ts';
import type { Delegation } from '../../partner/delegations.ts';
import type { SandboxDue, SandboxRelationship } from '../../sandbox/delegation-kinds.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import type { TestBot } from './app.ts';

const dayMs = 24 * 60 * 60 * 1000;
const longAgo: SandboxDue = { by: 'real', at: 0 };

/** A relationship of Contoso with Fabrikam at Microsoft: approved and at work for so many more days, or not yet. */
export async function relationshipAt(
  bot: TestBot,
  id: string,
  { days, isApproved = true, roles = [] }: { days: number; isApproved?: boolean; roles?: readonly string[] },
): Promise<SandboxRelationship> {
  const now = bot.sandbox.clock.now();
  const begun = now - 300 * dayMs;
  const relationship: SandboxRelationship = {
    ...{ id, displayName: `Hỗ trợ ${id}`, duration: 'P365D', days: 365, autoExtends: false, version: 1 },
    customer: { tenantId: seedTenants.fabrikam, displayName: 'Fabrikam' },
    roles: [...roles],
    ...{ createdAt: isApproved ? begun : now, modifiedAt: now, readable: longAgo, isLocked: true },
    ...{ isDeclined: false, end: null },
    approval: isApproved
      ? {
          ...{ approvedAt: begun, activatedAt: begun, endsAt: now + days * dayMs },
          ...{ activating: longAgo, active: longAgo, works: longAgo },
        }
      : null,
  };
  await bot.sandbox.world.put('relationship', seedTenants.contoso, id, relationship);
  return relationship;
}

/** What the group of this relationship may do at the client. */
export async function accessAt(
  bot: TestBot,
  relationshipId: string,
  { group, roles }: { group: string; roles: readonly string[] },
): Promise<void> {
  const groups = await bot.sandbox.world.all('group', seedTenants.contoso);
  const groupId = groups.find(({ displayName }) => displayName === group)?.id ?? '';
  const id = `${relationshipId}-${group}`;
  const assignment = { id, relationshipId, groupId, roles: [...roles], createdAt: 0, modifiedAt: 0 };
  await bot.sandbox.world.put('accessAssignment', seedTenants.contoso, id, {
    ...assignment,
    ...{ version: 1, active: longAgo, deleted: null },
  });
}

/** What Fabrikam's Minh allowed Contoso, as the bot keeps it; Hùng carries it. Stored. */
export async function keptDelegation(
  bot: TestBot,
  change: Partial<Delegation> & Pick<Delegation, 'id'>,
): Promise<Delegation> {
  const { tenantId, objectId } = seedAccounts.globalAdmin;
  const minh = seedAccounts.fabrikamGlobalAdmin;
  const delegation: Delegation = {
    company: tenantId,
    client: { tenantId: seedTenants.fabrikam, name: 'Fabrikam', domain: 'fabrikam.vn' },
    terms: termsFor('limited', { days: 365, autoExtend: false }),
    person: { objectId: minh.objectId, name: 'Minh', signInName: 'minh.doan@fabrikam.vn' },
    maker: { tenantId, objectId },
    ...{ offerId: null, state: 'usable', status: 'active', relationshipId: change.id, operationId: null },
    ...{ answeredAt: 0, endsAt: null, wasUsable: true, reminded: [], reason: '', createdAt: 0, rev: 1 },
    ...change,
  };
  await bot.app.storage.commit({ delegations: [{ add: delegation }] });
  return delegation;
}
