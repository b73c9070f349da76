import assert from 'node:assert/strict';
import { ConflictError } from '../../../storage/changes.ts';
import { approval, lan, minh } from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

export function approvalContract(storage: Opened): void {
  const ids = (found: { id: string }[]) => found.map(({ id }) => id);
  const decide = (id: string, status: 'approved' | 'declined' | 'withdrawn', at = 50) =>
    storage().commit({ approvals: [{ decide: { id, status, by: minh, at } }] });

  describe('approvals', () => {
    it('come back as they were asked for', async () => {
      await storage().commit({ approvals: [{ add: approval('a') }] });
      assert.deepEqual(await storage().approvals.find('a'), approval('a'));
      assert.deepEqual(await storage().approvals.ofOperation('operation-1'), approval('a'));
      assert.equal(await storage().approvals.find('x'), undefined);
      assert.equal(await storage().approvals.ofOperation('x'), undefined);
    });

    it('keep the decision, who made it and when', async () => {
      await storage().commit({
        approvals: [{ add: approval('a') }, { decide: { id: 'a', status: 'approved', by: minh, at: 50 } }],
      });
      const approved = approval('a', { status: 'approved', decidedBy: minh, decidedAt: 50 });
      assert.deepEqual(await storage().approvals.find('a'), approved);

      await storage().commit({ approvals: [{ add: approval('b') }, { add: approval('c') }] });
      await storage().commit({ approvals: [{ decide: { id: 'b', status: 'expired', by: null, at: 60 } }] });
      const expired = approval('b', { status: 'expired', decidedBy: null, decidedAt: 60 });
      assert.deepEqual(await storage().approvals.find('b'), expired);
      assert.deepEqual(await storage().approvals.find('c'), approval('c'));
    });

    it('are decided once, by one of two at once', async () => {
      await storage().commit({ approvals: [{ add: approval('a') }] });
      const decisions = await Promise.allSettled([decide('a', 'approved'), decide('a', 'declined')]);
      const lost = decisions.filter((decision) => decision.status === 'rejected');
      assert.equal(lost.length, 1);
      assert.ok(lost[0]?.reason instanceof ConflictError);
      const first = await storage().approvals.find('a');
      await assert.rejects(decide('a', 'withdrawn', 99), ConflictError);
      assert.deepEqual(await storage().approvals.find('a'), first);
    });

    it('name the newest of an operation', async () => {
      await storage().commit({
        approvals: [{ add: approval('z') }, { add: approval('of another', { operationId: 'o2' }) }],
      });
      await decide('z', 'declined');
      await storage().commit({ approvals: [{ add: approval('a') }] });
      assert.equal((await storage().approvals.ofOperation('operation-1'))?.id, 'a');
    });

    it('tell from which chats an operation was asked for', async () => {
      await storage().commit({
        approvals: ['one', 'two', 'two'].map((key, index) => ({
          add: approval(String(index), { requesterPersonKey: key }),
        })),
      });
      assert.deepEqual((await storage().approvals.askedFrom('operation-1')).sort(), ['one', 'two']);
      assert.deepEqual(await storage().approvals.askedFrom('x'), []);
    });

    it('wait in their company, the oldest first', async () => {
      await storage().commit({
        approvals: [
          { add: approval('later', { createdAt: 20 }) },
          { add: approval('sooner', { createdAt: 10 }) },
          { add: approval('decided', { createdAt: 5 }) },
          { add: approval('elsewhere', { createdAt: 1, company: 'tenant-2' }) },
        ],
      });
      await decide('decided', 'declined');
      assert.deepEqual(ids(await storage().approvals.waiting('tenant-1')), ['sooner', 'later']);
      assert.deepEqual(await storage().approvals.waiting('tenant-3'), []);
    });

    it('are over from the moment of expiry, some at a time', async () => {
      await storage().commit({
        approvals: [
          { add: approval('third', { expiresAt: 300 }) },
          { add: approval('first', { expiresAt: 100, company: 'tenant-2' }) },
          { add: approval('second', { expiresAt: 200 }) },
          { add: approval('decided', { expiresAt: 50 }) },
        ],
      });
      await decide('decided', 'approved', 40);
      assert.deepEqual(await storage().approvals.expired(99, 10), []);
      assert.deepEqual(ids(await storage().approvals.expired(200, 10)), ['first', 'second']);
      assert.deepEqual(ids(await storage().approvals.expired(300, 2)), ['first', 'second']);
    });

    it('are not asked for twice under one id', async () => {
      await storage().commit({ approvals: [{ add: approval('a') }] });
      const again = approval('a', { requester: minh });
      await assert.rejects(storage().commit({ approvals: [{ add: again }] }), ConflictError);
      assert.deepEqual((await storage().approvals.find('a'))?.requester, lan);
    });
  });
}
