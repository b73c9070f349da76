import type { Clock } from '../partner/clock.ts';
import type { NewJob } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import type { JobHandler } from './runner.ts';

const everyMs = 6 * 60 * 60 * 1000;

/** Deletes what nobody needs any more (sent messages, old answers, expired buttons and secrets), four times a day. */
export function createRetention(deps: { storage: Storage; clock: Clock }): JobHandler {
  return async () => {
    await deps.storage.retention.prune({ real: Date.now(), domain: deps.clock.now() });
    return { againAt: Date.now() + everyMs, clock: 'real' };
  };
}

export const retentionJob = (now: number): NewJob => ({
  key: 'retention',
  kind: 'retention',
  args: {},
  dueAt: now,
  clock: 'real',
});
