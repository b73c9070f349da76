import assert from 'node:assert/strict';
import { signedIn } from '../../bot/signed-in.ts';
import { newNotice } from '../../partner/notices.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { lanAccount, operation, person } from '../storage/samples.ts';

describe('an account that has signed in', () => {
  it('has its tokens and its waiting work in one commit, whichever way it came', async () => {
    const storage = await memoryStorage();
    try {
      const { tenantId, objectId } = lanAccount;
      const actor = { tenantId, objectId };
      const untold = newNotice({ id: 'n', company: tenantId, subject: 'offer/o', kind: 'accepted', at: 1 });
      await storage.commit({
        notices: [{ add: untold }],
        operations: [{ add: operation('o', { actor, status: 'waiting-sign-in' }) }],
      });
      const deps = {
        storage,
        operationJob: (id: string) => ({
          ...{ key: `run:${id}`, kind: 'run-operation', args: { operationId: id } },
          ...{ dueAt: 0, clock: 'real' as const },
        }),
        isPartner: () => true,
        now: 7,
      };
      const into = person('msteams/lan');
      const changes = await signedIn(deps, { account: lanAccount, tokens: 'of lan' }, into);
      assert.deepEqual(
        changes.operations.map((write) => 'save' in write && [write.save.id, write.save.status]),
        [['o', 'running']],
      );
      assert.deepEqual(
        changes.jobs.map(({ key }) => key),
        ['run:o', 'notices:offer/o'],
      );
      assert.deepEqual(
        changes.tokens.map(({ secret }) => secret),
        ['of lan'],
      );
    } finally {
      await storage.close();
    }
  });
});
