import assert from 'node:assert/strict';
import { cardOf, withStep } from '../../../partner/operations.ts';
import { ConflictError } from '../../../storage/changes.ts';
import { cardAction, lan, operation, signIn } from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

/** Of several who want the same thing at once, one gets it and the others hear of it. */
export function guardContract(storage: Opened): void {
  describe('guards', () => {
    it('let one of two uses of a nonce through', async () => {
      await storage().commit({ cardActions: [{ add: cardAction('n') }] });
      const uses = [7, 8].map((at) => storage().commit({ cardActions: [{ use: 'n', at }] }));
      await assertOneWins(uses);
      const { usedAt } = (await storage().cardActions.find('n')) ?? {};
      assert.ok(usedAt === 7 || usedAt === 8);
    });

    it('let one of two answers to an activity through', async () => {
      const answers = [200, 202].map((status) => {
        const answer = { status, body: null };
        return storage().commit({ inbound: [{ conversationKey: 'c', activityId: 'a', answer, at: 1 }] });
      });
      await assertOneWins(answers);
    });

    it('let one of two callbacks finish a sign-in', async () => {
      await storage().commit({ signIns: [{ add: signIn('s') }] });
      const finished = signIn('s', { status: 'finished', account: lan });
      const callbacks = [1, 2].map(() => storage().commit({ signIns: [{ update: finished, from: 'open' }] }));
      await assertOneWins(callbacks);
      assert.deepEqual(await storage().signIns.find('s'), finished);
    });

    it('let one of two saves of an operation through and count the version', async () => {
      await storage().commit({ operations: [{ add: operation('o') }] });
      const started = withStep(operation('o'), 'create', { status: 'started', startedAt: 5 });
      await assertOneWins([1, 2].map(() => storage().commit({ operations: [{ save: started }] })));
      assert.deepEqual(await storage().operations.find('o'), { ...started, version: 1 });

      await storage().commit({ operations: [{ save: { ...started, version: 1, status: 'done' } }] });
      assert.deepEqual(await storage().operations.find('o'), { ...started, version: 2, status: 'done' });
    });

    it('let the card of an operation move while a save of it is on its way', async () => {
      await storage().commit({ operations: [{ add: operation('o') }] });
      const read = operation('o');
      const place = { operationId: 'o', personKey: 'elsewhere', cardKey: 'moved' };
      await storage().commit({ operations: [{ same: read }], operationCards: [{ place }, { same: place }] });
      await storage().commit({ operations: [{ save: { ...read, status: 'done' } }] });
      const { status, version, personKey, cardKey } = (await storage().operations.find('o')) ?? {};
      assert.deepEqual([status, version, personKey, cardKey], ['done', 1, 'elsewhere', 'moved']);
      await assert.rejects(storage().commit({ operations: [{ same: read }] }), ConflictError);
      await assert.rejects(storage().commit({ operationCards: [{ same: cardOf(read) }] }), ConflictError);
    });
  });
}

async function assertOneWins(commits: Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(commits);
  const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  assert.equal(lost.length, commits.length - 1);
  for (const reason of lost) assert.ok(reason instanceof ConflictError, String(reason));
}
