import assert from 'node:assert/strict';
import { createRunner, type JobHandler } from '../../jobs/runner.ts';
import type { Job } from '../../storage/changes.ts';
import type { JobStore, Storage } from '../../storage/storage.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { job } from '../storage/samples.ts';

const log = { info() {}, warn() {}, error() {} };
const clock = { now: () => 0 };

describe('the runner of jobs', () => {
  let storage: Storage;
  let stop: () => Promise<void>;
  beforeEach(async () => {
    storage = await memoryStorage();
  });
  afterEach(async () => {
    await stop();
    await storage.close();
  });

  function start(handler: JobHandler, leaseMs: number, jobs: Partial<JobStore> = {}) {
    const handlers = { 'run-operation': handler };
    const watched = { jobs: { ...storage.jobs, ...jobs } };
    const runner = createRunner({ storage: watched, handlers, clock, owner: 'this process', leaseMs, log });
    stop = runner.stop;
    runner.start();
    return runner;
  }

  /** A handler that runs until it is let go. */
  function longWork() {
    const started: Job[] = [];
    let letGo = () => {};
    const end = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const handler: JobHandler = async (taken) => {
      started.push(taken);
      await end;
      return 'done';
    };
    return { handler, started, letGo };
  }

  it('runs a job once at a time, also when its lease ran out under it', async () => {
    await storage.commit({ jobs: [job('long')] });
    const { handler, started, letGo } = longWork();
    let claims = 0;
    const runner = start(handler, 1, {
      // The process was held up so long that nothing was renewed.
      renew: async () => undefined,
      async claim(...given) {
        const found = await storage.jobs.claim(...given);
        if (found.length > 0) claims += 1;
        return found;
      },
    });
    await waitUntil(
      () => {
        runner.wake();
        return claims >= 3 || undefined;
      },
      { what: 'three claims of the same job' },
    );
    assert.equal(started.length, 1);
    letGo();
    await waitUntil(async () => (await storage.jobs.claim(anyTime, other, 1)).length === 0 || undefined, {
      what: 'the end of the job',
    });
    assert.equal(started.length, 1);
  });

  it('renews the lease of a job that runs for long, so that nobody else takes it', async () => {
    await storage.commit({ jobs: [job('long')] });
    const { handler, letGo } = longWork();
    let leasedUntil = 0;
    let renewedUntil = 0;
    const runner = start(handler, 300, {
      claim(now, lease, limit) {
        leasedUntil ||= lease.until;
        return storage.jobs.claim(now, lease, limit);
      },
      async renew(keys, lease) {
        await storage.jobs.renew(keys, lease);
        renewedUntil = lease.until;
      },
    });
    try {
      // Renewed in the very millisecond of the claim, a lease is no longer than before: the next one is.
      await waitUntil(
        () => {
          runner.wake();
          return renewedUntil > leasedUntil || undefined;
        },
        { what: 'a longer lease' },
      );
      assert.deepEqual(await storage.jobs.claim({ real: leasedUntil, domain: 0 }, other, 1), []);
    } finally {
      letGo();
    }
  });

  it('runs a job again that was wished for while it ran', async () => {
    await storage.commit({ jobs: [job('j')] });
    const { handler, started, letGo } = longWork();
    const runner = start(handler, 60_000);
    await waitUntil(() => started.length === 1 || undefined, { what: 'the first run' });
    await storage.commit({ jobs: [job('j')] });
    letGo();
    runner.wake();
    await waitUntil(() => started.length === 2 || undefined, { what: 'the second run' });
  });
});

const anyTime = { real: 0, domain: 0 };
const other = { owner: 'another process', until: Number.MAX_SAFE_INTEGER };
