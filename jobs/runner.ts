import type { Clock } from '../partner/clock.ts';
import type { Log } from '../partner/log.ts';
import type { Job } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { createLoop, type Loop } from './loop.ts';

/** What a job says when it returns: finished, or wanted again at a time on one of the two clocks. */
export type JobOutcome = 'done' | { againAt: number; clock: 'real' | 'domain' };

/** Runs one kind of job. A throw is logged and the job is tried again with back-off. */
export type JobHandler = (job: Job) => Promise<JobOutcome>;

const leaseMs = 60_000;
const atOnce = 8;

/** Takes due jobs under a lease and runs them, several at a time but each key only once. */
export function createRunner(deps: {
  storage: Storage;
  handlers: Readonly<Record<string, JobHandler>>;
  clock: Clock;
  /** Names this process in leases. */
  owner: string;
  log: Log;
}): Loop {
  const { storage, handlers, clock, owner, log } = deps;
  const running = new Set<Promise<void>>();
  const loop = createLoop({ look, log, name: 'jobs' });

  async function run(job: Job): Promise<void> {
    const handler = handlers[job.kind];
    try {
      if (handler === undefined) throw new Error(`no handler for jobs of kind ${job.kind}`);
      const outcome = await handler(job);
      if (outcome === 'done') await storage.jobs.done(job.key, owner);
      else await storage.jobs.again(job.key, owner, outcome.againAt, outcome.clock);
    } catch (error) {
      log.error({ err: error, job: job.key, attempts: job.attempts }, 'job failed and will be tried again');
      await storage.jobs.again(job.key, owner, Date.now() + backOffMs(job.attempts), 'real');
    }
  }

  async function look(): Promise<void> {
    const free = atOnce - running.size;
    if (free <= 0) return;
    const real = Date.now();
    const jobs = await storage.jobs.claim(
      { real, domain: clock.now() },
      { owner, until: real + leaseMs },
      free,
    );
    for (const job of jobs) {
      const work: Promise<void> = run(job)
        .catch((error) => log.error({ err: error, job: job.key }, 'a job could not be put back'))
        .finally(() => {
          running.delete(work);
          loop.wake();
        });
      running.add(work);
    }
  }

  return {
    ...loop,
    async stop() {
      await loop.stop();
      await Promise.all(running);
    },
  };
}

/** 1, 2, 4 … up to 60 seconds. */
export function backOffMs(attempts: number): number {
  return Math.min(60_000, 1_000 * 2 ** Math.min(attempts, 6));
}
