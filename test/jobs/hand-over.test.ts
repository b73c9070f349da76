import assert from 'node:assert/strict';
import { createHandOver } from '../../jobs/hand-over.ts';
import { operationJob } from '../../jobs/run-operations.ts';
import { chatOf } from '../../notices/chats.ts';
import { conversationKeyOf } from '../../notices/conversation-key.ts';
import type { Storage } from '../../storage/storage.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { lan, message, minh, person } from '../storage/samples.ts';

const wake = (id: string) => operationJob(id, 0);

const key = ({ tenantId, objectId }: { tenantId: string; objectId: string }) => `${tenantId}/${objectId}`;

describe('messages for an account', () => {
  let storage: Storage;
  beforeEach(async () => {
    storage = await memoryStorage();
  });
  afterEach(() => storage.close());

  it('that were stored at the moment of its sign-in are given to the chat, others go on waiting', async () => {
    await storage.commit({
      people: [
        person('msteams/lan', { account: lan }),
        person('msteams/new', { account: minh, reference: null }),
      ],
      outbox: [
        message('hers', { conversationKey: '', reference: {}, forAccount: key(lan) }),
        message('his', { conversationKey: '', reference: {}, forAccount: key(minh) }),
      ],
    });
    const log = { info() {}, warn() {}, error() {} };
    const handOver = createHandOver({
      storage,
      chatOf: (account) => chatOf(storage, account),
      operationJob: wake,
      log,
    });
    handOver.start();
    const given = await waitUntil(
      async () => {
        const row = await storage.outbox.find('hers');
        return row?.forAccount === null ? row : undefined;
      },
      { what: 'her message' },
    );
    await handOver.stop();
    assert.equal(given.conversationKey, conversationKeyOf(person('msteams/lan').reference ?? {}));
    assert.deepEqual(given.reference, person('msteams/lan').reference);
    assert.equal((await storage.outbox.find('his'))?.forAccount, key(minh));
  });

  it('reach the one although the chat of another cannot be made out, which is not asked each second', async () => {
    const accounts = [lan, minh].toSorted((one, other) => key(one).localeCompare(key(other)));
    const [first = lan, second = minh] = accounts;
    await storage.commit({
      people: [person('msteams/first', { account: first }), person('msteams/second', { account: second })],
      outbox: accounts.map((account) =>
        message(key(account), { conversationKey: '', reference: {}, forAccount: key(account) }),
      ),
    });
    let asked = 0;
    const log = { info() {}, warn() {}, error() {} };
    const handOver = createHandOver({
      ...{ storage, operationJob: wake, log },
      async chatOf(account) {
        if (key(account) !== key(first)) return chatOf(storage, account);
        asked += 1;
        throw new Error('no chat');
      },
    });
    handOver.start();
    const isGiven = async (id: string) => (await storage.outbox.find(id))?.forAccount === null || undefined;
    await waitUntil(() => isGiven(key(second)), { what: 'the other message' });
    // Looks that follow at once pass over the first one.
    await storage.commit({
      outbox: [message('later', { conversationKey: '', reference: {}, forAccount: key(second) })],
    });
    handOver.wake();
    await waitUntil(() => isGiven('later'), { what: 'the later message' });
    await handOver.stop();
    assert.equal(asked, 1);
    assert.equal((await storage.outbox.find(key(first)))?.forAccount, key(first));
  });
});
