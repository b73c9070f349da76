import { nameFor } from '../../partner/delegation-names.ts';
import { termsFor } from '../../partner/delegation-terms.ts';
import type { Delegation } from '../../partner/delegations.ts';
import type { JsonObject, Operation } from '../../partner/operations.ts';
import type { RelationshipDesks, Relationships } from '../../partner/relationships.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { delegation } from '../storage/samples.ts';
import type { Target } from './operation-examples.ts';

const client = { tenantId: seedTenants.adventureWorks, name: 'Adventure Works' };
const terms = termsFor('full', { days: 30, autoExtend: false });

/** What the client allowed: an offer and a delegation of its own for each target. */
export function delegateExample({ userId, displayName, signInName }: Target): JsonObject {
  return {
    ...{ displayName, signInName, delegationId: userId, offerId: userId, client },
    ...{ name: nameFor({ client, id: userId }), ...terms },
  };
}

/** One that the client has approved, to be extended or ended. */
export async function changeExample(target: Target, desk: Relationships): Promise<JsonObject> {
  const { userId, displayName, signInName } = target;
  const { id } = await desk.create({
    ...{ name: nameFor({ client, id: userId }), clientTenantId: client.tenantId, roles: terms.roles },
    ...{ durationDays: terms.days, autoExtend: terms.autoExtend },
  });
  await desk.lockForApproval(id);
  await approve(desk.approvalLink(id));
  return { displayName, signInName, delegationId: userId, relationshipId: id, clientName: client.name };
}

/** What is stored of it before the operation begins; nothing where it is about no delegation. */
export function delegationsFor({ id: operationId, company, args }: Operation) {
  const { delegationId, relationshipId } = args;
  if (typeof delegationId !== 'string') return [];
  const there =
    typeof relationshipId === 'string'
      ? { state: 'usable' as const, status: 'active', relationshipId, wasUsable: true }
      : { operationId };
  const more: Partial<Delegation> = { company, offerId: delegationId, terms, ...there };
  return [{ add: delegation(delegationId, { ...more, client: { ...client, domain: '' } }) }];
}

/** Microsoft with a client that approves as soon as somebody looks. */
export function approvedAtOnce(desks: RelationshipDesks): RelationshipDesks {
  return {
    ...desks,
    asPartner(company) {
      const reading = desks.asPartner(company);
      return {
        ...reading,
        async find(id) {
          const found = await reading.find(id);
          if (found?.status !== 'approvalPending') return found;
          await approve(reading.approvalLink(id));
          return reading.find(id);
        },
      };
    },
  };
}

/** What the client's Global administrator does on Microsoft's page behind the link. */
async function approve(link: string): Promise<void> {
  const { tenantId, objectId } = seedAccounts.adventureWorksGlobalAdmin;
  const { origin, pathname, hash } = new URL(link);
  const body = new URLSearchParams({ account: `${tenantId}/${objectId}`, answer: 'approve' });
  const answer = await fetch(`${origin}${pathname}${hash.slice(1)}`, {
    ...{ method: 'POST', redirect: 'manual', body },
  });
  if (answer.status !== 303) throw new Error(`the client could not approve: ${answer.status}`);
}
