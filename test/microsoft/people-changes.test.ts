import assert from 'node:assert/strict';
import type { Directory, PeopleDesk } from '../../partner/directory.ts';
import { products, roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { meddling } from './meddling.ts';
import { connect, type OpenSandbox, openSandbox } from './signed-in.ts';

const nobody = '00000000-1111-4222-8333-444444444444';

describe('changing people over Graph', () => {
  let open: OpenSandbox;
  let admin: Directory & PeopleDesk;
  let connection: ReturnType<typeof connect>;
  let made = 0;
  const opened: { close(): Promise<void> }[] = [];
  const as = async (account: keyof typeof seedAccounts) => {
    await connection.signInAs(seedAccounts[account]);
    return connection.directories.as(seedAccounts[account]);
  };
  before(async () => {
    open = await openSandbox();
    connection = connect(open.sandbox);
    admin = await as('globalAdmin');
  });
  afterEach(() => open.sandbox.faults.clear());
  after(async () => {
    for (const one of opened) await one.close();
    await open.close();
  });

  async function newUser(displayName = 'Người Mới', signIn?: string) {
    made += 1;
    const mailNickname = signIn ?? `nguoi.moi${made}`;
    const created = await admin.createUser({
      displayName,
      givenName: undefined,
      surname: undefined,
      signInName: `${mailNickname}@contosopartner.vn`,
      mailNickname,
      password: 'Hoa-Sen-2719-xanh',
    });
    await admin.setUsageLocation(created.id, 'VN');
    return created;
  }
  const stored = (id: string) => open.sandbox.world.get('user', seedTenants.contoso, id);
  const calls = (method: string, ending: string) =>
    open.sandbox.requests().filter((call) => call.method === method && call.path.endsWith(ending)).length;

  it('writes what is given, clears what is empty, and leaves the rest', async () => {
    const { id, signInName, mailNickname } = await newUser();
    await admin.updateUser(id, {
      displayName: 'Đỗ Thị "Mới" & #1',
      givenName: 'Mới',
      surname: 'Đỗ',
      jobTitle: 'Kế toán',
      department: 'Tài chính',
      mobilePhone: '+84 90 555 0101',
    });
    const { createdAt, ...first } = (await admin.details(id)) ?? {};
    assert.ok(createdAt !== undefined);
    const expected = {
      id,
      signInName,
      mailNickname,
      displayName: 'Đỗ Thị "Mới" & #1',
      givenName: 'Mới',
      surname: 'Đỗ',
      jobTitle: 'Kế toán',
      department: 'Tài chính',
      mobilePhone: '+84 90 555 0101',
      usageLocation: 'VN',
      accountEnabled: true,
      licences: [],
    };
    assert.deepEqual(first, expected);

    await admin.updateUser(id, { jobTitle: '', mobilePhone: '', usageLocation: 'JP' });
    const second = await admin.details(id);
    assert.deepEqual(
      { ...second, createdAt },
      { ...expected, createdAt, jobTitle: undefined, mobilePhone: undefined, usageLocation: 'JP' },
    );
  });

  it('has no details of nobody', async () => {
    assert.equal(await admin.details(nobody), undefined);
    await assert.rejects(admin.details(''), { code: 'unexpected' });
  });

  it('asks Microsoft nothing when nothing is to be written or a field may not be empty', async () => {
    const { id } = await newUser();
    const before = open.sandbox.requests().length;
    await admin.updateUser(id, {});
    await admin.changeLicences(id, { add: [], remove: [] });
    await assert.rejects(admin.updateUser(id, { displayName: '' }), { code: 'input-invalid' });
    await assert.rejects(admin.updateUser(id, { usageLocation: '' }), { code: 'input-invalid' });
    assert.equal(open.sandbox.requests().length, before);
  });

  it('says why a change is refused', async () => {
    const { id } = await newUser();
    await assert.rejects(admin.updateUser(nobody, { jobTitle: 'x' }), { code: 'not-found' });
    await assert.rejects(admin.updateUser(id, { surname: 'x'.repeat(5000) }), { code: 'microsoft-refused' });
    const plain = await as('plain');
    await assert.rejects(plain.updateUser(id, { jobTitle: 'x' }), { code: 'not-allowed' });
    const userAdmin = await as('userAdmin');
    const phone = { mobilePhone: '+84 90 555 0102' };
    await userAdmin.updateUser(id, phone);
    await assert.rejects(userAdmin.updateUser(seedAccounts.globalAdmin.objectId, phone), {
      code: 'not-allowed',
    });
  });

  it('blocks a user and lets them in again', async () => {
    const { id } = await newUser();
    await admin.setAccountEnabled(id, false);
    assert.equal((await admin.userById(id))?.accountEnabled, false);
    await admin.setAccountEnabled(id, false);
    await admin.setAccountEnabled(id, true);
    assert.equal((await admin.userById(id))?.accountEnabled, true);
    const { objectId } = seedAccounts.globalAdmin;
    await assert.rejects((await as('userAdmin')).setAccountEnabled(objectId, false), { code: 'not-allowed' });
    await assert.rejects(admin.setAccountEnabled(nobody, false), { code: 'not-found' });
  });

  it('ends the sessions of a user', async () => {
    const sales = await as('sales');
    await sales.company();
    await open.sandbox.clock.advance(1000);
    await admin.revokeSessions(seedAccounts.sales.objectId);
    await assert.rejects(sales.company(), { code: 'sign-in-needed' });
    await assert.rejects(admin.revokeSessions(nobody), { code: 'not-found' });
    const plain = await as('plain');
    await assert.rejects(plain.revokeSessions(seedAccounts.helpdesk.objectId), { code: 'not-allowed' });
  });

  it('gives and takes licences in one step', async () => {
    const { id } = await newUser();
    const { businessStandard, enterpriseE3, fabricFree, businessPremium } = products;
    await admin.changeLicences(id, { add: [businessStandard.skuId, fabricFree.skuId], remove: [] });
    await admin.changeLicences(id, { add: [enterpriseE3.skuId], remove: [businessStandard.skuId] });
    const held = async () => (await admin.userById(id))?.licences.toSorted();
    const after = [enterpriseE3.skuId, fabricFree.skuId].toSorted();
    assert.deepEqual(await held(), after);

    // Once more, as after a lost answer: Microsoft refuses to take what is not there.
    await admin.changeLicences(id, { add: [enterpriseE3.skuId], remove: [businessStandard.skuId] });
    assert.deepEqual(await held(), after);
    // One of two is there: that one goes.
    await admin.changeLicences(id, { add: [], remove: [businessStandard.skuId, fabricFree.skuId] });
    assert.deepEqual(await held(), [enterpriseE3.skuId]);
    await admin.changeLicences(id, { add: [], remove: [fabricFree.skuId] });

    await assert.rejects(
      admin.changeLicences(id, { add: [businessPremium.skuId], remove: [enterpriseE3.skuId] }),
      { code: 'no-licence-left' },
    );
    assert.deepEqual(await held(), [enterpriseE3.skuId], 'the whole step was refused');
    await assert.rejects(admin.changeLicences(nobody, { add: [], remove: [enterpriseE3.skuId] }), {
      code: 'not-found',
    });
    const plain = await as('plain');
    await assert.rejects(plain.changeLicences(id, { add: [], remove: [enterpriseE3.skuId] }), {
      code: 'not-allowed',
    });
  });

  it('tells why a licence that the user has can not be taken', async () => {
    const { id } = await newUser();
    await admin.changeLicences(id, { add: [products.enterpriseE3.skuId], remove: [] });
    const error = { code: 'Request_BadRequest', message: 'The license is inherited from a group.' };
    const { signInAs, directories, requests } = await meddling(open.sandbox, opened, {
      instead: ({ path }) => (path.endsWith('/assignLicense') ? { status: 400, body: { error } } : undefined),
    });
    const directory = directories.as(await signInAs(seedAccounts.globalAdmin));
    const taking = directory.changeLicences(id, { add: [], remove: [products.enterpriseE3.skuId] });
    await assert.rejects(taking, { code: 'microsoft-refused' });
    assert.equal(requests.filter(({ path }) => path.endsWith('/assignLicense')).length, 1);
  });

  it('deletes a user, shows them under the old name and brings them back with everything', async () => {
    const user = await newUser('Trần Đã Xóa');
    await admin.changeLicences(user.id, { add: [products.enterpriseE3.skuId], remove: [] });
    await admin.grantRole(user.id, roleTemplates.helpdeskAdministrator);
    await admin.addToSupportGroup(user.id, 'limited');
    const before = await admin.userById(user.id);

    await admin.deleteUser(user.id);
    assert.equal(await admin.userById(user.id), undefined);
    await admin.deleteUser(user.id);
    const { items } = await admin.deletedUsers({ find: 'da xoa', size: 5 });
    const deletedAt = items[0]?.deletedAt ?? '';
    assert.ok(Math.abs(Date.parse(deletedAt) - open.sandbox.clock.now()) < 120_000, deletedAt);
    const { id, displayName, signInName } = user;
    assert.deepEqual(items, [{ id, displayName, signInName, deletedAt }]);

    await admin.restoreUser(user.id);
    assert.deepEqual(await admin.userById(user.id), before);
    assert.deepEqual(await admin.rolesOf(user.id), [roleTemplates.helpdeskAdministrator]);
    assert.deepEqual(await admin.supportOf(user.id), ['limited']);
    await admin.restoreUser(user.id);
    assert.deepEqual((await admin.deletedUsers({ find: 'da xoa', size: 5 })).items, []);
  });

  it('says why a deletion or a restoration is refused', async () => {
    const userAdmin = await as('userAdmin');
    const { objectId } = seedAccounts.globalAdmin;
    await assert.rejects(userAdmin.deleteUser(objectId), { code: 'not-allowed' });
    assert.ok(await stored(objectId));
    await assert.rejects(admin.deleteUser(''), { code: 'unexpected' });
    await assert.rejects(admin.restoreUser(nobody), { code: 'not-found' });
    const user = await newUser();
    await admin.deleteUser(user.id);
    const plain = await as('plain');
    await assert.rejects(plain.restoreUser(user.id), { code: 'not-allowed' });
    await assert.rejects(plain.deletedUsers({ size: 5 }), { code: 'not-allowed' });
    await open.sandbox.clock.advance(31 * 24 * 60 * 60 * 1000);
    await assert.rejects(admin.restoreUser(user.id), { code: 'not-found' });
  });

  it('does not restore a user whose name somebody else has', async () => {
    const user = await newUser('Lý Cũ', 'trung.ten');
    await admin.deleteUser(user.id);
    await newUser('Lý Mới', 'trung.ten');
    await assert.rejects(admin.restoreUser(user.id), { code: 'sign-in-name-taken' });
    assert.equal(await stored(user.id), undefined);
  });

  for (const status of [400, 409]) {
    it(`knows a taken name without Microsoft's words for it: ${status}`, async () => {
      const name = `khong.loi${status}`;
      const user = await newUser('Hồ Cũ', name);
      const other = await newUser('Hồ Khác');
      await admin.deleteUser(user.id);
      await admin.deleteUser(other.id);
      await newUser('Hồ Mới', name);
      const error = { code: 'Request_Conflict', message: 'Conflicting values found.' };
      const { signInAs, directories } = await meddling(open.sandbox, opened, {
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
      const { id } = await newUser(`Đinh Trang ${index}`);
      await open.sandbox.clock.advance(60_000);
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
      const { id } = await newUser();
      open.sandbox.faults.add({ kind, match: { method: 'DELETE', path: '/v1.0/' } });
      await assert.rejects(admin.deleteUser(id), { code: 'microsoft-unknown-outcome' });
      assert.equal(calls('DELETE', id), 1);
      assert.equal((await stored(id)) === undefined, kind === 'reset-after-doing');
      // What an operation does after having looked: a repeat is no harm.
      await admin.deleteUser(id);
      assert.equal(await stored(id), undefined);
    });
  }

  it('leaves the outcome of every other write open too when the answer is lost', async () => {
    const { id } = await newUser();
    const fabric = products.fabricFree.skuId;
    const gone = await newUser();
    await admin.deleteUser(gone.id);
    const writes = [
      () => admin.updateUser(id, { jobTitle: 'Mới' }),
      () => admin.setAccountEnabled(id, false),
      () => admin.revokeSessions(id),
      () => admin.changeLicences(id, { add: [fabric], remove: [] }),
      () => admin.changeLicences(id, { add: [], remove: [fabric] }),
      () => admin.restoreUser(gone.id),
    ];
    for (const write of writes) {
      for (const method of ['PATCH', 'POST']) {
        open.sandbox.faults.add({ kind: 'unavailable-after-doing', match: { method, path: '/v1.0/' } });
      }
      await assert.rejects(write(), { code: 'microsoft-unknown-outcome' }, String(write));
      open.sandbox.faults.clear();
      await write();
    }
    const user = await admin.details(id);
    assert.deepEqual([user?.jobTitle, user?.accountEnabled, user?.licences], ['Mới', false, []]);
    assert.ok(await stored(gone.id));
  });
});
