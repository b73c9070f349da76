import type { Clock } from '../partner/clock.ts';
import type { Log } from '../partner/log.ts';
import type { Job } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { createLoop, type Loop } from './loop.ts';

/** What a job says when it returns: finished, or wanted again at a time on one of the two clocks. */
export type JobOutcome = 'done' | { againAt: number; clock: 'real' | 'domain' };

/** Runs one kind of job. A throw is logged and the job is tried again with back-off. */
export type JobHandler = (job: Job) => Promise<JobOutcome>;

const usualLeaseMs = 60_000;
const atOnce = 8;

/**
 * Takes due jobs under a lease and runs them, several at a time but each key only once. A lease is renewed while
 * its job runs, however long that takes; it runs out only when the process is gone.
 */
export function createRunner(deps: {
  storage: Pick<Storage, 'jobs'>;
  handlers: Readonly<Record<string, JobHandler>>;
  clock: Clock;
  /** Names this process in leases. */
  owner: string;
  leaseMs?: number;
  log: Log;
}): Loop {
  const { storage, handlers, clock, owner, leaseMs = usualLeaseMs, log } = deps;
  const inHand = new Map<string, Promise<void>>();
  const loop = createLoop({ look, log, name: 'jobs' });
  let renewAt = 0;

  async function run(job: Job): Promise<void> {
    const handler = handlers[job.kind];
    try {
      if (handler === undefined) throw new Error(`no handler for jobs of kind ${job.kind}`);
      const outcome = await handler(job);
      if (outcome === 'done') await storage.jobs.done(job.key, owner);
      else await again(job, outcome);
    } catch (error) {
      log.error({ err: error, job: job.key, attempts: job.attempts }, 'job failed and will be tried again');
      await again(job, { againAt: Date.now() + backOffMs(job.attempts), clock: 'real' });
    }
  }

  async function again(job: Job, { againAt, clock: by }: Exclude<JobOutcome, 'done'>): Promise<void> {
    await storage.jobs.again(job.key, owner, againAt, by);
    if (by === 'real') loop.wakeAt(againAt);
  }

  async function renew(): Promise<void> {
    const now = Date.now();
    if (inHand.size === 0 || now < renewAt) return;
    await storage.jobs.renew([...inHand.keys()], { owner, until: now + leaseMs });
    renewAt = now + leaseMs / 3;
  }

  async function look(): Promise<void> {
    await renew();
    const free = atOnce - inHand.size;
    if (free <= 0) return;
    const real = Date.now();
    const jobs = await storage.jobs.claim(
      { real, domain: clock.now() },
      { owner, until: real + leaseMs },
      free,
    );
    for (const job of jobs) take(job);
  }

  function take(job: Job): void {
    // Its lease ran out while this process was held up: the claim has renewed it.
    if (inHand.has(job.key)) return;
    const work = run(job)
      .catch((error) => log.error({ err: error, job: job.key }, 'a job could not be put back'))
      .finally(() => {
        inHand.delete(job.key);
        loop.wake();
      });
    inHand.set(job.key, work);
  }

  return {
    ...loop,
    async stop() {
      await loop.stop();
      await Promise.all(inHand.values());
    },
  };
}

/** 1, 2, 4 … up to 60 seconds. */
export function backOffMs(attempts: number): number {
  return Math.min(60_000, 1_000 * 2 ** Math.min(attempts, 6));
}
