import type { SandboxRelationship } from '../delegation-kinds.ts';
import { isPast, type Times } from './times.ts';

const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
/** A relationship that nobody approves is gone after so many days. */
const unapprovedDays = 90;
/** By this much it extends itself, each time its term ends. */
const extensionDays = 180;
/** How long Microsoft takes to bring an end about, by the sandbox's clock; the length is ours. */
const expiringMs = hourMs;

/**
 * The status as it follows from what happened and from the clock; undefined while nobody can read the relationship
 * yet, and once it is gone. https://learn.microsoft.com/graph/api/resources/delegatedadminrelationship
 */
export function statusOf(times: Times, relationship: SandboxRelationship): string | undefined {
  const { approval, end, isLocked, createdAt, readable } = relationship;
  if (!isPast(times, readable)) return undefined;
  const now = times.clock.now();
  if (approval === null) {
    if (now >= createdAt + unapprovedDays * dayMs) return undefined;
    return relationship.strangeStatus ?? (isLocked ? 'approvalPending' : 'created');
  }
  if (end !== null) {
    if (isPast(times, end.terminated)) return 'terminated';
    return isPast(times, end.terminating) ? 'terminating' : 'terminationRequested';
  }
  const endsAt = endOf(times, relationship) ?? 0;
  if (now >= endsAt + expiringMs) return 'expired';
  if (now >= endsAt) return 'expiring';
  if (isPast(times, approval.active)) return relationship.strangeStatus ?? 'active';
  return isPast(times, approval.activating) ? 'activating' : 'approved';
}

/** Whether its name is still taken: also before anybody can read it. */
export function isAlive(times: Times, relationship: SandboxRelationship): boolean {
  return !isPast(times, relationship.readable) || statusOf(times, relationship) !== undefined;
}

/** When the term ends, extensions so far included; ms of sandbox time, null before there is an approval. */
export function endOf({ clock }: Times, { approval, end, autoExtends }: SandboxRelationship): number | null {
  if (approval === null) return null;
  if (end !== null) return Math.min(end.requestedAt, approval.endsAt);
  if (!autoExtends) return approval.endsAt;
  const over = clock.now() - approval.endsAt;
  const extensions = over < 0 ? 0 : Math.floor(over / (extensionDays * dayMs)) + 1;
  return approval.endsAt + extensions * extensionDays * dayMs;
}

/** The relationship after a change now, extensions so far made part of it. */
export function changed(
  times: Times,
  relationship: SandboxRelationship,
  change: Partial<SandboxRelationship>,
): SandboxRelationship {
  const { approval, end } = relationship;
  const endsAt = endOf(times, relationship);
  const settled = approval === null || endsAt === null || end !== null ? approval : { ...approval, endsAt };
  const { version } = relationship;
  return {
    ...relationship,
    approval: settled,
    modifiedAt: times.clock.now(),
    version: version + 1,
    ...change,
  };
}
