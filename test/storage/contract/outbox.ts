import assert from 'node:assert/strict';
import { message } from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

export function outboxContract(storage: Opened): void {
  const due = async (now = 0) => (await storage().outbox.due(now, 100)).map(({ key }) => key);
  const found = async (key: string) => {
    const row = await storage().outbox.find(key);
    assert.ok(row, `no message ${key}`);
    return row;
  };

  describe('outbox', () => {
    it('gives the oldest waiting message of each conversation, in the order of their commits', async () => {
      await storage().commit({ outbox: [message('a1'), message('a2')] });
      await storage().commit({ outbox: [message('b1', { conversationKey: 'b' }), message('a3')] });
      assert.deepEqual(await due(), ['a1', 'b1']);
      assert.deepEqual(await storage().outbox.due(0, 1), [await found('a1')]);

      await storage().outbox.sent('a1', 'id-1');
      assert.deepEqual(await due(), ['a2', 'b1']);
      await storage().outbox.ended('a2', 'failed');
      assert.deepEqual(await due(), ['b1', 'a3']);
    });

    it('finds messages by the beginning of their key, in which nothing is a wildcard', async () => {
      const keys = ['approval.1.b', 'approval.1.a', 'approval.12.a', 'approvalx1.a', 'x.approval.1.a'];
      await storage().commit({ outbox: keys.map((key) => message(key)) });
      const under = async (stem: string) => (await storage().outbox.under(stem)).map(({ key }) => key);
      assert.deepEqual(await under('approval.1.'), ['approval.1.b', 'approval.1.a']);
      assert.deepEqual(await under('approval_1.'), []);
      assert.deepEqual(await under('%'), []);
    });

    it('lets no later message pass one that backs off', async () => {
      await storage().commit({ outbox: [message('a1'), message('a2')] });
      await storage().outbox.later('a1', 500, true);
      assert.deepEqual(await due(499), []);
      assert.equal(await storage().outbox.nextDue(), 500);
      assert.deepEqual(await due(500), ['a1']);
      assert.equal((await found('a1')).attempts, 1);

      await storage().outbox.sent('a1', null);
      assert.equal(await storage().outbox.nextDue(), 0);
      assert.deepEqual(await due(0), ['a2']);
    });

    it('keeps what became of a message, and its id in the channel', async () => {
      const keys = ['sent', 'dropped', 'unknown', 'failed'];
      await storage().commit({ outbox: keys.map((key) => message(key)) });
      await storage().outbox.sent('sent', 'id-1');
      await storage().outbox.ended('dropped', 'dropped');
      await storage().outbox.ended('unknown', 'unknown');
      await storage().outbox.ended('failed', 'failed');
      for (const key of keys) assert.equal((await found(key)).status, key);
      assert.equal((await found('sent')).channelActivityId, 'id-1');
      assert.equal(await storage().outbox.nextDue(), undefined);
    });

    it('keeps nothing of what a message said, nor to whom, once it has ended', async () => {
      const { activity, reference } = message('sent');
      await storage().commit({ outbox: ['sent', 'failed', 'waiting'].map((key) => message(key)) });
      await storage().outbox.sent('sent', 'id');
      await storage().outbox.ended('failed', 'failed');
      for (const key of ['sent', 'failed']) {
        const row = await storage().outbox.find(key);
        assert.deepEqual([row?.activity, row?.reference], [{}, {}], key);
      }
      const waiting = await storage().outbox.find('waiting');
      assert.deepEqual(
        [waiting?.activity, waiting?.reference],
        [{ ...activity, text: 'waiting' }, reference],
      );
    });

    it('ends a message once', async () => {
      await storage().commit({ outbox: [message('m')] });
      await storage().outbox.sent('m', 'id-1');
      await assert.rejects(storage().outbox.sent('m', 'id-2'), /not waiting/);
      await assert.rejects(storage().outbox.ended('m', 'failed'), /not waiting/);
      await assert.rejects(storage().outbox.later('m', 1, true), /not waiting/);
      assert.equal((await found('m')).channelActivityId, 'id-1');
    });

    it('knows whether a later message takes the place of the same card', async () => {
      await storage().commit({
        outbox: [
          message('card'),
          message('card:1', { replaces: 'card' }),
          message('other', { replaces: 'another card' }),
          message('card elsewhere', { replaces: 'card', conversationKey: 'b' }),
        ],
      });
      const overtaken = async (key: string) => storage().outbox.overtaken(await found(key));
      assert.equal(await overtaken('card'), true);
      assert.equal(await overtaken('card:1'), false);
      assert.equal(await overtaken('other'), false);

      await storage().commit({ outbox: [message('card:2', { replaces: 'card' })] });
      assert.equal(await overtaken('card:1'), true);
      await storage().outbox.ended('card:2', 'failed');
      assert.equal(await overtaken('card:1'), false);
    });

    it('tells by its first key where a card is now', async () => {
      const replaces = 'card';
      await storage().commit({
        outbox: [message('card', { passing: true }), message('card:1', { replaces }), message('other')],
      });
      await storage().outbox.ended('card', 'dropped');
      assert.equal((await found('card')).channelActivityId, null);
      await storage().outbox.sent('card:1', 'id-1');
      const card = await found('card');
      assert.deepEqual([card.status, card.channelActivityId], ['dropped', 'id-1']);
      assert.equal((await found('other')).channelActivityId, null);
    });

    it('holds back messages for accounts until they are released to a chat', async () => {
      const nowhere = { conversationKey: 'conversation-1', reference: {} };
      await storage().commit({
        outbox: [
          message('lan 1', { ...nowhere, forAccount: 't/lan' }),
          message('minh 1', { ...nowhere, forAccount: 't/minh' }),
          message('lan 2', { ...nowhere, forAccount: 't/lan' }),
          message('direct'),
        ],
      });
      assert.deepEqual(await due(), ['direct']);
      assert.deepEqual(await storage().outbox.waitingForAccounts(), [
        { account: 't/lan', count: 2 },
        { account: 't/minh', count: 1 },
      ]);

      const reference = { conversation: { id: 'of lan' } };
      assert.equal(await storage().outbox.release('t/lan', { conversationKey: 'of lan', reference }), 2);
      assert.deepEqual(await due(), ['lan 1', 'direct']);
      const { conversationKey, forAccount, ...released } = await found('lan 1');
      assert.deepEqual([conversationKey, forAccount, released.reference], ['of lan', null, reference]);
      assert.deepEqual(await storage().outbox.waitingForAccounts(), [{ account: 't/minh', count: 1 }]);
    });

    it('is empty for the clock while all messages wait for accounts', async () => {
      await storage().commit({ outbox: [message('m', { forAccount: 't/lan' })] });
      assert.equal(await storage().outbox.nextDue(), undefined);
    });
  });
}
