import assert from 'node:assert/strict';
import { pruneAll } from '../../helpers/prune-all.ts';
import { cardAction, job, message, operation, signIn } from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

const day = 24 * 60 * 60 * 1000;

export function retentionContract(storage: Opened): void {
  describe('retention', () => {
    it('deletes what is over and old, nothing else', async () => {
      const real = Date.now();
      const domain = 1_760_000_000_000;
      const answered = (activityId: string, at: number) => {
        return { conversationKey: 'c', activityId, answer: null, at };
      };
      await storage().commit({
        outbox: ['sent', 'failed', 'waiting'].map((key) => message(key)),
        inbound: [answered('old', real - 1), answered('new', real + 2 * day)],
        cardActions: [
          { add: cardAction('old', { expiresAt: domain - day - 1 }) },
          { add: cardAction('new', { expiresAt: domain - day }) },
        ],
        signIns: [
          { add: signIn('old', { expiresAt: domain - day - 1 }) },
          { add: signIn('new', { expiresAt: domain - day }) },
        ],
        vault: [
          { put: { key: 'old', secret: 's', expiresAt: domain } },
          { put: { key: 'new', secret: 's', expiresAt: domain + 1 } },
        ],
        state: [{ key: 'k', version: 0, schema: 1, body: {} }],
        operations: [{ add: operation('o', { createdAt: 0 }) }],
        jobs: [job('j', { dueAt: 0 })],
      });
      await storage().outbox.sent('sent', null);
      await storage().outbox.ended('failed', 'failed');

      await pruneAll(storage(), { real, domain: 0 });
      assert.ok(await storage().outbox.find('sent'));
      assert.ok(await storage().inbound.find('c', 'old'));
      assert.ok(await storage().cardActions.find('old'));
      assert.ok(await storage().signIns.find('old'));

      await pruneAll(storage(), { real: real + 31 * day, domain });
      assert.equal(await storage().outbox.find('sent'), undefined);
      assert.equal(await storage().outbox.find('failed'), undefined);
      assert.equal(await storage().inbound.find('c', 'old'), undefined);
      assert.equal(await storage().cardActions.find('old'), undefined);
      assert.equal(await storage().signIns.find('old'), undefined);
      assert.equal(await storage().vault.open('old', 0), undefined);

      assert.ok(await storage().outbox.find('waiting'));
      assert.ok(await storage().inbound.find('c', 'new'));
      assert.ok(await storage().cardActions.find('new'));
      assert.ok(await storage().signIns.find('new'));
      assert.equal(await storage().vault.open('new', domain), 's');
      assert.ok(await storage().state.find('k'));
      assert.ok(await storage().operations.find('o'));
      assert.equal((await storage().jobs.nextDue()).real, 0);
    });

    it('deletes more than one step at a time', async () => {
      const nonces = Array.from({ length: 1001 }, (_, index) => `n${index}`);
      await storage().commit({ cardActions: nonces.map((nonce) => ({ add: cardAction(nonce) })) });
      await pruneAll(storage(), { real: 0, domain: 2 * day });
      const left = await Promise.all(nonces.map((nonce) => storage().cardActions.find(nonce)));
      assert.equal(left.filter((action) => action !== undefined).length, 0);
    });
  });
}
