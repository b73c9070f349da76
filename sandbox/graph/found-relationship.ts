import { statusOf } from '../delegation/life.ts';
import type { SandboxRelationship } from '../delegation-kinds.ts';
import { type Call, param } from './call.ts';
import { refuse, refuseAsMissing } from './refusal.ts';
import { etag } from './relationship-shape.ts';

export interface FoundRelationship {
  relationship: SandboxRelationship;
  status: string;
  etag: string;
}

/** The relationship that the address names; 404 while nobody can read it, and when it is gone. */
export async function findRelationship(call: Call): Promise<FoundRelationship> {
  return (await relationshipIn(call)) ?? refuseAsMissing(param(call, 'relationship'));
}

export async function relationshipIn(call: Call): Promise<FoundRelationship | undefined> {
  const id = param(call, 'relationship').toLowerCase();
  const relationship = await call.world.get('relationship', call.caller.tenantId, id);
  const status = relationship && statusOf(call, relationship);
  if (relationship === undefined || status === undefined) return undefined;
  return { relationship, status, etag: etag(id, relationship.version, status) };
}

export function refuseStatus(status: string): never {
  refuse(400, 'BadRequest', `This is not possible while the relationship is in status '${status}'.`);
}
