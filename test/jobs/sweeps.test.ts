import assert from 'node:assert/strict';
import { createExpireApprovals, expiryJob } from '../../jobs/expire-approvals.ts';
import { createRetention, retentionJob } from '../../jobs/retention.ts';
import type { Storage } from '../../storage/storage.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { approval, operation } from '../storage/samples.ts';

const clock = { now: () => 9_000 };

describe('sweeps', () => {
  let storage: Storage;
  let warned: object[];
  const log = { info() {}, warn: (facts: object) => void warned.push(facts), error() {} };
  beforeEach(async () => {
    storage = await memoryStorage();
    warned = [];
  });
  afterEach(() => storage.close());

  it('end each approval whose time is over, although one of them cannot be drawn', async () => {
    const ids = ['stuck', 'other'];
    await storage.commit({
      operations: ids.map((id) => ({ add: operation(id, { status: 'waiting-approval' }) })),
      approvals: ids.map((id, index) => ({ add: approval(id, { operationId: id, expiresAt: index }) })),
    });
    const handler = createExpireApprovals({
      ...{ storage, clock, log, newId: () => crypto.randomUUID() },
      async expired({ id }) {
        if (id === 'stuck') throw new Error('cannot be drawn');
        return [];
      },
    });
    const outcome = await handler({ ...expiryJob('stuck', 0), attempts: 1 });
    assert.ok(outcome !== 'done' && outcome.clock === 'real' && outcome.againAt > Date.now());
    const statuses = ids.map(async (id) => (await storage.approvals.find(id))?.status);
    assert.deepEqual(await Promise.all(statuses), ['waiting', 'expired']);
    const [{ item = '', what = '' } = {}] = warned as { item?: string; what?: string }[];
    assert.deepEqual([warned.length, item, what], [1, 'stuck', 'expire-approvals']);
  });

  it('delete what is old of each kind, although one kind cannot be deleted', async () => {
    const pruned: string[] = [];
    const retention = storage.retention.map(({ name }) => ({
      name,
      async prune() {
        pruned.push(name);
        if (name === 'inbound') throw new Error('locked');
      },
    }));
    const handler = createRetention({ storage: { retention }, clock, log });
    const soon = await handler({ ...retentionJob(0), attempts: 1 });
    assert.ok(soon !== 'done' && soon.againAt < Date.now() + 60_000);
    assert.deepEqual(pruned, ['outbox', 'inbound', 'cardActions', 'signIns', 'vault']);
    assert.equal(warned.length, 1);
  });
});
