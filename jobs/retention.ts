import type { Clock } from '../partner/clock.ts';
import type { Log } from '../partner/log.ts';
import type { NewJob } from '../storage/changes.ts';
import type { RetentionPart, Storage } from '../storage/storage.ts';
import { createEachApart } from './each-apart.ts';
import type { JobHandler } from './runner.ts';

const everyMs = 6 * 60 * 60 * 1000;

/** Deletes what nobody needs any more, four times a day: what, and when, docs/decisions/014-what-is-kept.md says. */
export function createRetention(deps: {
  storage: Pick<Storage, 'retention'>;
  clock: Clock;
  isPartner(company: string): boolean;
  log: Log;
}): JobHandler {
  const each = createEachApart<RetentionPart>({ idOf: ({ name }) => name, what: 'retention', log: deps.log });
  return async () => {
    const look = { real: Date.now(), domain: deps.clock.now(), isStaff: deps.isPartner };
    const comeBack = await each(deps.storage.retention, (part) => part.prune(look));
    return comeBack ?? { againAt: Date.now() + everyMs, clock: 'real' };
  };
}

export const retentionJob = (now: number): NewJob => ({
  key: 'retention',
  kind: 'retention',
  args: {},
  dueAt: now,
  clock: 'real',
});
