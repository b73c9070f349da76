import type { SandboxEnd, SandboxRelationship } from '../delegation-kinds.ts';
import type { SandboxTenant } from '../world.ts';
import { changed, dayMs } from './life.ts';
import { dueIn, settingsOf, type Times } from './times.ts';

/** The client allows it: now it becomes active by itself. */
export async function approved(
  times: Times,
  relationship: SandboxRelationship,
  client: SandboxTenant,
): Promise<SandboxRelationship> {
  const settings = await settingsOf(times);
  const approvedAt = times.clock.now();
  const activatedAt = approvedAt + settings.activeAfterMs;
  return changed(times, relationship, {
    isDeclined: false,
    customer: { tenantId: client.id, displayName: client.displayName },
    approval: {
      approvedAt,
      activatedAt,
      endsAt: activatedAt + relationship.days * dayMs,
      activating: dueIn(times, settings, settings.activatingAfterMs),
      active: dueIn(times, settings, settings.activeAfterMs),
      works: dueIn(times, settings, settings.activeAfterMs + settings.worksAfterMs),
    },
  });
}

/** Either side ends it before its term. */
export async function ended(
  times: Times,
  relationship: SandboxRelationship,
  by: SandboxEnd['by'],
): Promise<SandboxRelationship> {
  const settings = await settingsOf(times);
  return changed(times, relationship, {
    end: {
      by,
      requestedAt: times.clock.now(),
      terminating: dueIn(times, settings, settings.terminatingAfterMs),
      terminated: dueIn(times, settings, settings.terminatedAfterMs),
    },
  });
}
