import { dayMs } from '../delegation/life.ts';
import { longAgo } from '../delegation/times.ts';
import type { SandboxRelationship } from '../delegation-kinds.ts';
import { role } from '../graph/rights.ts';
import type { WorldDocument } from '../world-store.ts';
import { groupIdOf, type SeedCompany, tenantIdOf } from './company.ts';
import { guidFor } from './identifiers.ts';
import type { AgentGroup } from './known-ids.ts';

const serviceSupport = 'f023fd81-a637-4b56-95fd-791ac0226033';

interface Seed {
  displayName: string;
  client: SeedCompany;
  roles: string[];
  group: AgentGroup;
}

const approvedAt = Date.parse('2025-03-03T02:00:00Z');
const days = 730;

/**
 * Delegated administration from before there was a bot. It extends itself, so that it is active whenever the
 * sandbox starts. `MLT_`: made by Microsoft when it moved clients from the old delegation.
 */
export function delegationDocuments(
  partner: SeedCompany,
  { direct, moved }: { direct: SeedCompany; moved: readonly SeedCompany[] },
): WorldDocument[] {
  const support = [role.helpdesk, serviceSupport, role.directoryReaders];
  const seeds: Seed[] = [
    {
      displayName: 'Hỗ trợ chung',
      client: direct,
      roles: support,
      group: 'HelpdeskAgents',
    },
    ...moved.map(
      (client): Seed => ({
        displayName: `MLT_${tenantIdOf(client).slice(0, 8)}_${partner.key}`,
        client,
        roles: [...support, role.user, role.license],
        group: 'AdminAgents',
      }),
    ),
  ];
  return seeds.flatMap((seed) => documentsFor(partner, seed));
}

function documentsFor(partner: SeedCompany, { displayName, client, roles, group }: Seed): WorldDocument[] {
  const tenantId = tenantIdOf(partner);
  const relationship: SandboxRelationship = {
    id: `${guidFor(`relationship:${partner.key}:${client.key}`)}-${tenantId}`,
    displayName,
    duration: `P${days}D`,
    days,
    customer: { tenantId: tenantIdOf(client), displayName: client.tenant.displayName },
    roles,
    autoExtends: true,
    createdAt: approvedAt,
    modifiedAt: approvedAt,
    version: 1,
    readable: longAgo,
    isLocked: true,
    isDeclined: false,
    approval: {
      approvedAt,
      activatedAt: approvedAt,
      endsAt: approvedAt + days * dayMs,
      activating: longAgo,
      active: longAgo,
      works: longAgo,
    },
    end: null,
  };
  const id = guidFor(`assignment:${relationship.id}`);
  const assignment = {
    id,
    relationshipId: relationship.id,
    groupId: groupIdOf(partner, group),
    roles,
    createdAt: approvedAt,
    modifiedAt: approvedAt,
    version: 1,
    active: longAgo,
    deleted: null,
  };
  return [
    { kind: 'relationship', tenantId, id: relationship.id, value: relationship },
    { kind: 'accessAssignment', tenantId, id, value: assignment },
  ];
}
