import { foundDelegation } from './delegation-found.ts';
import { move } from './delegation-life.ts';
import { isNameOf } from './delegation-names.ts';
import type { Delegation } from './delegations.ts';
import type { Relationship } from './relationships.ts';

/**
 * What we know together with what Microsoft says now. Relationships that were made elsewhere and are not kept yet come
 * with the id ''; those that are over, and those of a delegation whose operation has just made them, are left out.
 */
export function withRelationships(
  known: readonly Delegation[],
  relationships: readonly Relationship[],
  at: { company: string; now: number; zone: string },
): Delegation[] {
  const ids = new Set(known.map(({ relationshipId }) => relationshipId));
  const fresh = new Map(relationships.map((each) => [each.id, each]));
  const others = relationships
    .filter(({ id, name }) => !ids.has(id) && !known.some((each) => isNameOf(name, each.id)))
    .flatMap((relationship) => foundDelegation(relationship, { id: '', ...at }) ?? []);
  return [...known.map((each) => asRead(each, fresh.get(each.relationshipId ?? ''))), ...others];
}

/** The delegation as Microsoft has it now, where that was read. */
export function asRead(delegation: Delegation, relationship: Relationship | undefined): Delegation {
  const isItsOwn = relationship !== undefined && delegation.relationshipId === relationship.id;
  return isItsOwn && delegation.state !== 'declined'
    ? move(delegation, { do: 'read', relationship })
    : delegation;
}
