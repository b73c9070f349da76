import assert from 'node:assert/strict';
import { message } from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

export function outboxContract(storage: Opened): void {
  /** Claimed, and free again for the next one at once. */
  const due = async (now = 0, owner = 'me') =>
    (await storage().outbox.claim(now, { owner, until: now }, { limit: 100 })).map(({ key }) => key);
  type End = 'dropped' | 'unknown' | 'failed';
  const sent = async (key: string, id: string | null) => {
    await due();
    await storage().outbox.sent(key, 'me', id);
  };
  const ended = async (key: string, status: End) => {
    await due();
    await storage().outbox.ended(key, 'me', status);
  };
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
      const [first, ...more] = await storage().outbox.claim(0, { owner: 'me', until: 0 }, { limit: 1 });
      assert.deepEqual([first, more], [await found('a1'), []]);

      await sent('a1', 'id-1');
      assert.deepEqual(await due(), ['a2', 'b1']);
      await ended('a2', 'failed');
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
      await due();
      await storage().outbox.later('a1', 'me', 500, true);
      assert.deepEqual(await due(499), []);
      assert.equal(await storage().outbox.nextDue(), 500);
      assert.deepEqual(await due(500), ['a1']);
      assert.equal((await found('a1')).attempts, 1);

      await sent('a1', null);
      assert.equal(await storage().outbox.nextDue(), 0);
      assert.deepEqual(await due(0), ['a2']);
    });

    it('keeps what became of a message, and its id in the channel', async () => {
      const keys = ['sent', 'dropped', 'unknown', 'failed'];
      await storage().commit({ outbox: keys.map((key) => message(key)) });
      await sent('sent', 'id-1');
      await ended('dropped', 'dropped');
      await ended('unknown', 'unknown');
      await ended('failed', 'failed');
      for (const key of keys) assert.equal((await found(key)).status, key);
      assert.equal((await found('sent')).channelActivityId, 'id-1');
      assert.equal(await storage().outbox.nextDue(), undefined);
    });

    it('keeps nothing of what a message said, nor to whom, once it has ended', async () => {
      const { activity, reference } = message('sent');
      await storage().commit({ outbox: ['sent', 'failed', 'waiting'].map((key) => message(key)) });
      await sent('sent', 'id');
      await ended('failed', 'failed');
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

    it('ends a message once, and by whoever holds it', async () => {
      await storage().commit({ outbox: [message('m')] });
      await due();
      await storage().outbox.sent('m', 'other', 'id-0');
      await storage().outbox.ended('m', 'other', 'failed');
      await storage().outbox.later('m', 'other', 99, true);
      const { status, attempts, notBefore } = await found('m');
      assert.deepEqual([status, attempts, notBefore], ['waiting', 0, 0]);
      await storage().outbox.sent('m', 'me', 'id-1');
      await storage().outbox.sent('m', 'me', 'id-2');
      await storage().outbox.ended('m', 'me', 'failed');
      assert.deepEqual([(await found('m')).status, (await found('m')).channelActivityId], ['sent', 'id-1']);
    });

    const claim = async (owner: string, now: number, except: string[] = []) => {
      const lease = { owner, until: now + 100 };
      return (await storage().outbox.claim(now, lease, { limit: 10, except })).map(({ key }) => key);
    };

    it('gives each message to one owner, and nothing else of its conversation meanwhile', async () => {
      await storage().commit({
        outbox: [message('a1'), message('a2'), message('b1', { conversationKey: 'b' })],
      });
      const claims = await Promise.all(['one', 'two', 'three'].map((owner) => claim(owner, 0)));
      assert.deepEqual(claims.flat().toSorted(), ['a1', 'b1']);
      const owner = ['one', 'two', 'three'][claims.findIndex((keys) => keys.includes('a1'))] ?? '';
      assert.deepEqual(await claim('another', 99), []);
      await storage().outbox.sent('a1', owner, 'id-1');
      assert.deepEqual(await claim('another', 99), ['a2']);
    });

    it('is given again once its lease ran out, and to its owner before', async () => {
      await storage().commit({ outbox: [message('a1'), message('b1', { conversationKey: 'b' })] });
      assert.deepEqual(await claim('one', 0, ['b']), ['a1']);
      assert.deepEqual(await claim('one', 1, ['b']), ['a1']);
      assert.deepEqual(await claim('one', 1, ['conversation-1']), ['b1']);
      assert.deepEqual(await claim('two', 100), []);
      await storage().outbox.renew(['a1', 'b1'], { owner: 'two', until: 900 });
      await storage().outbox.renew(['a1'], { owner: 'one', until: 900 });
      assert.deepEqual(await claim('two', 101), ['b1']);
      await storage().outbox.later('a1', 'one', 300, true);
      assert.deepEqual(await claim('two', 300), ['a1', 'b1']);
      await storage().outbox.ended('b1', 'one', 'failed');
      assert.equal((await found('b1')).status, 'waiting');
      await storage().outbox.releaseAll();
      assert.deepEqual(await claim('three', 300), ['a1', 'b1']);
    });

    it('is not overtaken by an older one that waited for an account', async () => {
      await storage().commit({
        outbox: [message('old', { forAccount: 't/lan' }), message('new')],
      });
      assert.deepEqual(await claim('one', 0), ['new']);
      const { reference, conversationKey } = message('old');
      await storage().outbox.release('t/lan', { conversationKey, reference });
      assert.deepEqual(await claim('two', 1), []);
      await storage().outbox.sent('new', 'one', 'id');
      assert.deepEqual(await claim('two', 1), ['old']);
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
    });

    it('tells by its first key where a card is now', async () => {
      const replaces = 'card';
      await storage().commit({
        outbox: [message('card', { passing: true }), message('card:1', { replaces }), message('other')],
      });
      await ended('card', 'dropped');
      assert.equal((await found('card')).channelActivityId, null);
      await sent('card:1', 'id-1');
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
