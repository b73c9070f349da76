import assert from 'node:assert/strict';
import { createHandOver } from '../../jobs/hand-over.ts';
import { operationJob } from '../../jobs/run-operations.ts';
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
      conversationKeyOf: () => 'her chat',
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
    assert.equal(given.conversationKey, 'her chat');
    assert.deepEqual(given.reference, person('msteams/lan').reference);
    assert.equal((await storage.outbox.find('his'))?.forAccount, key(minh));
  });
});
