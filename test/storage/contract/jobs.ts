import assert from 'node:assert/strict';
import { job } from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

export function jobContract(storage: Opened): void {
  const lease = (owner: string, until = 1000) => ({ owner, until });
  const claim = (owner: string, now: { real?: number; domain?: number } = {}, until = 1000) =>
    storage().jobs.claim({ real: now.real ?? 100, domain: now.domain ?? 0 }, lease(owner, until), 10);
  const keys = (jobs: { key: string }[]) => jobs.map(({ key }) => key);

  describe('jobs', () => {
    it('are claimed when due, each by its own clock, the earliest first', async () => {
      const reminder = job('reminder', { clock: 'domain', dueAt: 50 });
      await storage().commit({ jobs: [job('now'), job('sooner', { dueAt: 90 }), reminder] });
      await storage().commit({ jobs: [job('next', { dueAt: 101 })] });
      assert.deepEqual(await storage().jobs.nextDue(), { real: 90, domain: 50 });
      assert.deepEqual(keys(await claim('a')), ['sooner', 'now']);
      assert.deepEqual(await storage().jobs.nextDue(), { real: 101, domain: 50 });
      assert.deepEqual(await claim('a', { domain: 49 }), []);
      assert.deepEqual(await claim('a', { domain: 50 }), [{ ...reminder, attempts: 1 }]);
    });

    it('are claimed up to the limit', async () => {
      await storage().commit({ jobs: ['a', 'b', 'c'].map((key) => job(key)) });
      const now = { real: 100, domain: 0 };
      assert.deepEqual(keys(await storage().jobs.claim(now, lease('x'), 2)), ['a', 'b']);
      assert.deepEqual(keys(await storage().jobs.claim(now, lease('x'), 2)), ['c']);
    });

    it('go to one of two claims at once', async () => {
      await storage().commit({ jobs: ['a', 'b', 'c'].map((key) => job(key)) });
      const [one, other] = await Promise.all([claim('one'), claim('other')]);
      assert.deepEqual([...keys(one), ...keys(other)].sort(), ['a', 'b', 'c']);
    });

    it('are taken again when the lease has run out, and end by the new owner only', async () => {
      await storage().commit({ jobs: [job('j')] });
      await claim('first', {}, 1000);
      assert.deepEqual(await claim('second', { real: 999 }), []);
      const [again] = await claim('second', { real: 1000 }, 2000);
      assert.equal(again?.attempts, 2);

      await storage().jobs.done('j', 'first');
      await storage().jobs.again('j', 'first', 0, 'real');
      assert.deepEqual(await claim('third', { real: 1999 }), []);
      const [third] = await claim('third', { real: 2000 }, 3000);
      assert.equal(third?.attempts, 3);
      await storage().jobs.done('j', 'third');
      assert.deepEqual(await claim('fourth', { real: 1e12, domain: 1e12 }), []);
    });

    it('stay with the owner who renews the lease, and only with that one', async () => {
      await storage().commit({ jobs: [job('j'), job('k')] });
      await claim('first', {}, 1000);
      await storage().jobs.renew(['j'], { owner: 'first', until: 5000 });
      await storage().jobs.renew(['k'], { owner: 'somebody else', until: 5000 });
      assert.deepEqual(keys(await claim('second', { real: 1000 }, 9000)), ['k']);
      assert.deepEqual(keys(await claim('second', { real: 5000 }, 9000)), ['j']);
    });

    it('wished for while a lease runs out are not lost', async () => {
      await storage().commit({ jobs: [job('j')] });
      await claim('first', {}, 1000);
      await storage().commit({ jobs: [job('j', { dueAt: 1500 })] });
      assert.deepEqual(keys(await claim('second', { real: 1000 }, 2000)), ['j']);
      await storage().jobs.done('j', 'second');
      assert.deepEqual(keys(await claim('third', { real: 1500 }, 3000)), ['j']);
    });

    it('run again at the time asked for', async () => {
      await storage().commit({ jobs: [job('j')] });
      await claim('a');
      await storage().jobs.again('j', 'a', 300, 'real');
      assert.deepEqual(await storage().jobs.nextDue(), { real: 300, domain: undefined });
      assert.deepEqual(await claim('a', { real: 299 }), []);
      assert.deepEqual(await claim('a', { real: 300 }), [{ ...job('j', { dueAt: 300 }), attempts: 2 }]);
    });

    it('have one due time, the earlier one', async () => {
      await storage().commit({ jobs: [job('j', { dueAt: 100 })] });
      await storage().commit({ jobs: [job('j', { dueAt: 200 })] });
      assert.equal((await storage().jobs.nextDue()).real, 100);
      await storage().commit({ jobs: [job('j', { dueAt: 50 })] });
      assert.equal((await storage().jobs.nextDue()).real, 50);
      assert.deepEqual(keys(await claim('a', { real: 50 })), ['j']);
      await storage().jobs.done('j', 'a');
      assert.deepEqual(await claim('a', { real: 1e12 }), []);
    });

    it('wished for on both clocks run once, on the one that comes first', async () => {
      await storage().commit({ jobs: [job('j', { dueAt: 5000, clock: 'domain' })] });
      await storage().commit({ jobs: [job('j', { dueAt: 100, clock: 'real' })] });
      assert.deepEqual(await claim('a'), [{ ...job('j'), attempts: 1 }]);
      await storage().jobs.done('j', 'a');
      assert.deepEqual(await claim('a', { real: 1e12, domain: 1e12 }), []);
    });

    it('wished for while they run are not lost', async () => {
      await storage().commit({ jobs: [job('j')] });
      await claim('a');
      await storage().commit({ jobs: [job('j', { dueAt: 150 })] });
      assert.deepEqual(await claim('b', { real: 200 }), [], 'another run at the same time');
      await storage().jobs.done('j', 'a');
      assert.deepEqual(await claim('a', { real: 149 }), []);
      assert.deepEqual(await claim('a', { real: 150 }), [{ ...job('j', { dueAt: 150 }), attempts: 1 }]);
    });

    it('wished for while they run do not wait for a later back-off', async () => {
      await storage().commit({ jobs: [job('j'), job('k')] });
      await claim('a');
      await storage().commit({ jobs: [job('j', { dueAt: 150 }), job('k', { dueAt: 400 })] });
      await storage().jobs.again('j', 'a', 300, 'real');
      await storage().jobs.again('k', 'a', 300, 'real');
      assert.deepEqual(keys(await claim('a', { real: 150 })), ['j']);
      assert.deepEqual(keys(await claim('a', { real: 300 })), ['k']);
    });

    it('of a process that ended are due at once', async () => {
      await storage().commit({ jobs: [job('held'), job('free', { dueAt: 700 })] });
      await claim('before', {}, 1e12);
      await storage().jobs.releaseAll();
      assert.deepEqual(keys(await claim('after')), ['held']);
      assert.equal((await storage().jobs.nextDue()).real, 700);
    });
  });
}
