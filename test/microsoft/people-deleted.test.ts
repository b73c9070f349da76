import assert from 'node:assert/strict';
import { products, roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { nobody, type PeopleStage, peopleStage } from './people-stage.ts';

describe('deleting and restoring people over Graph', () => {
  let stage: PeopleStage;
  let admin: PeopleStage['admin'];
  before(async () => {
    stage = await peopleStage();
    admin = stage.admin;
  });
  afterEach(() => stage.sandbox.faults.clear());
  after(() => stage.close());

  it('deletes a user, shows them under the old name and brings them back with everything', async () => {
    const user = await stage.newUser('Trần Đã Xóa');
    await admin.changeLicences(user.id, { add: [products.enterpriseE3.skuId], remove: [] });
    await admin.grantRole(user.id, roleTemplates.helpdeskAdministrator);
    await admin.addToSupportGroup(user.id, 'limited');
    const before = await admin.userById(user.id);

    await admin.deleteUser(user.id);
    assert.equal(await admin.userById(user.id), undefined);
    await admin.deleteUser(user.id);
    const { items } = await admin.deletedUsers({ find: 'da xoa', size: 5 });
    const deletedAt = items[0]?.deletedAt ?? '';
    assert.ok(Math.abs(Date.parse(deletedAt) - stage.sandbox.clock.now()) < 120_000, deletedAt);
    const { id, displayName, signInName } = user;
    assert.deepEqual(items, [{ id, displayName, signInName, deletedAt, accountEnabled: true }]);

    await admin.restoreUser(user.id);
    assert.deepEqual(await admin.userById(user.id), before);
    assert.deepEqual(await admin.rolesOf(user.id), [roleTemplates.helpdeskAdministrator]);
    assert.deepEqual(await admin.supportOf(user.id), ['limited']);
    await admin.restoreUser(user.id);
    assert.deepEqual((await admin.deletedUsers({ find: 'da xoa', size: 5 })).items, []);
  });

  it('says why a deletion or a restoration is refused', async () => {
    const userAdmin = await stage.as('userAdmin');
    const { objectId } = seedAccounts.globalAdmin;
    await assert.rejects(userAdmin.deleteUser(objectId), { code: 'not-allowed' });
    assert.ok(await stage.stored(objectId));
    await assert.rejects(admin.deleteUser(''), { code: 'unexpected' });
    await assert.rejects(admin.restoreUser(nobody), { code: 'not-found' });
    const user = await stage.newUser();
    await admin.deleteUser(user.id);
    const plain = await stage.as('plain');
    await assert.rejects(plain.restoreUser(user.id), { code: 'not-allowed' });
    await assert.rejects(plain.deletedUsers({ size: 5 }), { code: 'not-allowed' });
    await stage.sandbox.clock.advance(31 * 24 * 60 * 60 * 1000);
    await assert.rejects(admin.restoreUser(user.id), { code: 'not-found' });
  });

  it('does not restore a user whose name somebody else has', async () => {
    const user = await stage.newUser('Lý Cũ', 'trung.ten');
    await admin.deleteUser(user.id);
    await stage.newUser('Lý Mới', 'trung.ten');
    await assert.rejects(admin.restoreUser(user.id), { code: 'sign-in-name-taken' });
    assert.equal(await stage.stored(user.id), undefined);
  });

  for (const status of [400, 409]) {
    it(`knows a taken name without Microsoft's words for it: ${status}`, async () => {
      const name = `khong.loi${status}`;
      const user = await stage.newUser('Hồ Cũ', name);
      const other = await stage.newUser('Hồ Khác');
      await admin.deleteUser(user.id);
      await admin.deleteUser(other.id);
      await stage.newUser('Hồ Mới', name);
      const error = { code: 'Request_Conflict', message: 'Conflicting values found.' };
      const { signInAs, directories } = await stage.meddled({
        instead: ({ path }) => (path.endsWith('/restore') ? { status, body: { error } } : undefined),
      });
      const directory = directories.as(await signInAs(seedAccounts.globalAdmin));
      await assert.rejects(directory.restoreUser(user.id), { code: 'sign-in-name-taken' });
      // Refused for another reason: the name is free.
      await assert.rejects(directory.restoreUser(other.id), {
        code: status === 400 ? 'microsoft-refused' : 'changed-meanwhile',
      });
    });
  }

  it('pages through the deleted, the latest first, with and without a search', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      const { id } = await stage.newUser(`Đinh Trang ${index}`);
      await stage.sandbox.clock.advance(60_000);
      await admin.deleteUser(id);
      ids.unshift(id);
    }
    for (const find of [undefined, 'dinh trang']) {
      const seen: string[] = [];
      let next: string | undefined;
      do {
        const page = await admin.deletedUsers({ find, next, size: 3 });
        assert.ok(page.items.length <= 3);
        assert.ok(!page.next?.includes('://'));
        seen.push(...page.items.map(({ id }) => id));
        next = page.next;
      } while (next !== undefined);
      assert.deepEqual(seen.slice(0, 7), ids);
      assert.equal(new Set(seen).size, seen.length);
    }
    for (const next of ['https://evil.example/', 'n:-1', 'q:$top=1#x', 'x']) {
      await assert.rejects(admin.deletedUsers({ next, size: 5 }), { code: 'unexpected' }, next);
    }
  });

  for (const kind of ['unavailable', 'reset-after-doing'] as const) {
    it(`sends no deletion twice: ${kind}`, async () => {
      const { id } = await stage.newUser();
      stage.sandbox.faults.add({ kind, match: { method: 'DELETE', path: '/v1.0/' } });
      await assert.rejects(admin.deleteUser(id), { code: 'microsoft-unknown-outcome' });
      assert.equal(stage.calls('DELETE', id), 1);
      assert.equal((await stage.stored(id)) === undefined, kind === 'reset-after-doing');
      // What an operation does after having looked: a repeat is no harm.
      await admin.deleteUser(id);
      assert.equal(await stage.stored(id), undefined);
    });
  }
});
