import assert from 'node:assert/strict';
import { products } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { nobody, type PeopleStage, peopleStage } from './people-stage.ts';

describe('changing people over Graph', () => {
  let stage: PeopleStage;
  let admin: PeopleStage['admin'];
  before(async () => {
    stage = await peopleStage();
    admin = stage.admin;
  });
  afterEach(() => stage.sandbox.faults.clear());
  after(() => stage.close());

  it('writes what is given, clears what is empty, and leaves the rest', async () => {
    const { id, signInName, mailNickname } = await stage.newUser();
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
    const { id } = await stage.newUser();
    const before = stage.sandbox.requests().length;
    await admin.updateUser(id, {});
    await admin.changeLicences(id, { add: [], remove: [] });
    await assert.rejects(admin.updateUser(id, { displayName: '' }), { code: 'input-invalid' });
    await assert.rejects(admin.updateUser(id, { usageLocation: '' }), { code: 'input-invalid' });
    assert.equal(stage.sandbox.requests().length, before);
  });

  it('says why a change is refused', async () => {
    const { id } = await stage.newUser();
    await assert.rejects(admin.updateUser(nobody, { jobTitle: 'x' }), { code: 'not-found' });
    await assert.rejects(admin.updateUser(id, { surname: 'x'.repeat(5000) }), { code: 'microsoft-refused' });
    const plain = await stage.as('plain');
    await assert.rejects(plain.updateUser(id, { jobTitle: 'x' }), { code: 'not-allowed' });
    const userAdmin = await stage.as('userAdmin');
    const phone = { mobilePhone: '+84 90 555 0102' };
    await userAdmin.updateUser(id, phone);
    await assert.rejects(userAdmin.updateUser(seedAccounts.globalAdmin.objectId, phone), {
      code: 'not-allowed',
    });
  });

  it('blocks a user and lets them in again', async () => {
    const { id } = await stage.newUser();
    await admin.setAccountEnabled(id, false);
    assert.equal((await admin.userById(id))?.accountEnabled, false);
    await admin.setAccountEnabled(id, false);
    await admin.setAccountEnabled(id, true);
    assert.equal((await admin.userById(id))?.accountEnabled, true);
    const { objectId } = seedAccounts.globalAdmin;
    await assert.rejects((await stage.as('userAdmin')).setAccountEnabled(objectId, false), {
      code: 'not-allowed',
    });
    await assert.rejects(admin.setAccountEnabled(nobody, false), { code: 'not-found' });
  });

  it('ends the sessions of a user', async () => {
    const sales = await stage.as('sales');
    await sales.company();
    await stage.sandbox.clock.advance(1000);
    await admin.revokeSessions(seedAccounts.sales.objectId);
    await assert.rejects(sales.company(), { code: 'sign-in-needed' });
    await assert.rejects(admin.revokeSessions(nobody), { code: 'not-found' });
    const plain = await stage.as('plain');
    await assert.rejects(plain.revokeSessions(seedAccounts.helpdesk.objectId), { code: 'not-allowed' });
  });

  it('gives and takes licences in one step', async () => {
    const { id } = await stage.newUser();
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
    const plain = await stage.as('plain');
    await assert.rejects(plain.changeLicences(id, { add: [], remove: [enterpriseE3.skuId] }), {
      code: 'not-allowed',
    });
  });

  it('tells why a licence that the user has can not be taken', async () => {
    const { id } = await stage.newUser();
    await admin.changeLicences(id, { add: [products.enterpriseE3.skuId], remove: [] });
    const error = { code: 'Request_BadRequest', message: 'The license is inherited from a group.' };
    const { signInAs, directories, requests } = await stage.meddled({
      instead: ({ path }) => (path.endsWith('/assignLicense') ? { status: 400, body: { error } } : undefined),
    });
    const directory = directories.as(await signInAs(seedAccounts.globalAdmin));
    const taking = directory.changeLicences(id, { add: [], remove: [products.enterpriseE3.skuId] });
    await assert.rejects(taking, { code: 'licence-from-group' });
    assert.equal(requests.filter(({ path }) => path.endsWith('/assignLicense')).length, 1);
  });

  it('leaves the outcome of every other write open too when the answer is lost', async () => {
    const { id } = await stage.newUser();
    const fabric = products.fabricFree.skuId;
    const gone = await stage.newUser();
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
        stage.sandbox.faults.add({ kind: 'unavailable-after-doing', match: { method, path: '/v1.0/' } });
      }
      await assert.rejects(write(), { code: 'microsoft-unknown-outcome' }, String(write));
      stage.sandbox.faults.clear();
      await write();
    }
    const user = await admin.details(id);
    assert.deepEqual([user?.jobTitle, user?.accountEnabled, user?.licences], ['Mới', false, []]);
    assert.ok(await stage.stored(gone.id));
  });
});
