import assert from 'node:assert/strict';
import { ConflictError } from '../../../storage/changes.ts';
import { keySetup, lan, minh } from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

export function keySetupContract(storage: Opened): void {
  describe('set-ups with product keys', () => {
    it('come back as they were written', async () => {
      const noted = { by: lan, byName: 'Lan', at: 7 };
      const full = keySetup('full', {
        client: { tenantId: null, name: 'Công ty mới', domain: null },
        done: { keys: noted, delegation: { ...noted, by: minh } },
        reported: { partnerId: '1234567', reportedBy: 'Minh', on: '2026-01-05', noted },
      });
      await storage().commit({ keySetups: [{ add: full }, { add: keySetup('empty') }] });
      assert.deepEqual(await storage().keySetups.find('full'), full);
      assert.deepEqual(await storage().keySetups.find('empty'), keySetup('empty'));
      assert.equal(await storage().keySetups.find('x'), undefined);
    });

    it('are listed while they go on, the oldest first, of their own company', async () => {
      const all = [
        keySetup('newer', { createdAt: 3 }),
        keySetup('older', { createdAt: 1 }),
        keySetup('finished', { status: 'finished', createdAt: 1 }),
        keySetup('dropped', { status: 'dropped', createdAt: 2 }),
        keySetup('foreign', { company: 'tenant-2' }),
      ];
      await storage().commit({ keySetups: all.map((add) => ({ add })) });
      const ids = (setups: { id: string }[]) => setups.map(({ id }) => id);
      assert.deepEqual(ids(await storage().keySetups.open('tenant-1')), ['older', 'newer']);
      assert.deepEqual(ids(await storage().keySetups.over('tenant-1')), ['dropped', 'finished']);
    });

    it('keep whose they are, and take one save of each state', async () => {
      await storage().commit({ keySetups: [{ add: keySetup('a') }] });
      const other = keySetup('a', { company: 'tenant-2', createdBy: minh, createdAt: 1, product: 'E3' });
      const races = ['finished', 'dropped'].map((status) =>
        storage().commit({
          keySetups: [{ save: { ...other, status: status as 'finished' | 'dropped' }, by: minh }],
        }),
      );
      const lost = (await Promise.allSettled(races)).filter((race) => race.status === 'rejected');
      assert.equal(lost.length, 1);
      assert.ok(lost[0]?.reason instanceof ConflictError);
      const { company, createdBy, createdAt, product, rev } =
        (await storage().keySetups.find('a')) ?? keySetup('');
      assert.deepEqual([company, createdBy, createdAt], ['tenant-1', lan, keySetup('a').createdAt]);
      assert.deepEqual([product, rev], ['E3', 2]);
    });
  });
}
