import assert from 'node:assert/strict';
import { pruneAll } from '../../helpers/prune-all.ts';
import { lan } from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

export function vaultContract(storage: Opened): void {
  const put = (key: string, secret: string, expiresAt: number | null = null) =>
    storage().commit({ vault: [{ put: { key, secret, expiresAt } }] });

  describe('vault', () => {
    it('opens what was put until it is replaced or removed', async () => {
      await put('k', 'mật khẩu 1');
      assert.equal(await storage().vault.open('k', 0), 'mật khẩu 1');
      await put('k', '');
      assert.equal(await storage().vault.open('k', 0), '');
      await storage().commit({ vault: [{ remove: 'k' }] });
      assert.equal(await storage().vault.open('k', 0), undefined);
    });

    it('is shut from the moment of expiry', async () => {
      await put('k', 'secret', 1000);
      assert.equal(await storage().vault.open('k', 999), 'secret');
      assert.equal(await storage().vault.open('k', 1000), undefined);
      assert.equal(await storage().vault.take('k', 1000), undefined);
      assert.equal(await storage().vault.take('k', 999), 'secret');
    });

    it('gives a taken secret once, to one of many at once', async () => {
      await put('k', 'secret');
      const taken = await Promise.all(Array.from({ length: 10 }, () => storage().vault.take('k', 0)));
      assert.deepEqual(
        taken.filter((secret) => secret !== undefined),
        ['secret'],
      );
      assert.equal(await storage().vault.take('k', 0), undefined);
      assert.equal(await storage().vault.open('k', 0), undefined);
    });

    it('keeps the tokens of each account until they are removed', async () => {
      const minh = { ...lan, objectId: 'minh' };
      await storage().tokens.save(lan, 'of lan');
      await storage().tokens.save(minh, 'of minh');
      await storage().tokens.save(lan, 'of lan, newer');
      await pruneAll(storage(), { real: 1e14, domain: 1e14 });
      assert.equal(await storage().tokens.load(lan), 'of lan, newer');
      await storage().tokens.remove(lan);
      assert.equal(await storage().tokens.load(lan), undefined);
      assert.equal(await storage().tokens.load(minh), 'of minh');
    });
  });
}
