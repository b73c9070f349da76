import assert from 'node:assert/strict';
import type { Directory } from '../../partner/directory.ts';
import { PartnerError } from '../../partner/errors.ts';
import { products, roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { connect, type OpenSandbox, openSandbox } from './signed-in.ts';

const password = 'Hoa-Sen-2719-xanh';

describe('the directory over Graph', () => {
  let open: OpenSandbox;
  let admin: Directory;
  let connection: ReturnType<typeof connect>;
  const as = async (account: keyof typeof seedAccounts) => {
    await connection.signInAs(seedAccounts[account]);
    return connection.directories.as(seedAccounts[account]);
  };
  before(async () => {
    open = await openSandbox();
    connection = connect(open.sandbox);
    admin = await as('globalAdmin');
  });
  after(() => open.close());

  async function found(find: string, directory = admin) {
    const { items } = await directory.users({ find, size: 50 });
    return items.map((user) => user.displayName);
  }

  function newUser(signInName: string) {
    const mailNickname = signInName.split('@')[0] ?? '';
    return {
      displayName: 'Mới',
      givenName: undefined,
      surname: undefined,
      signInName,
      mailNickname,
      password,
    };
  }

  it('tells who is signed in, with roles and support access', async () => {
    const me = await admin.me();
    assert.equal(me.id, seedAccounts.globalAdmin.objectId);
    assert.equal(me.displayName, 'Trần Văn Hùng');
    assert.deepEqual(me.roles, [roleTemplates.globalAdministrator]);
    assert.deepEqual(me.support, ['full']);
    const sales = await (await as('sales')).me();
    assert.deepEqual([sales.roles, sales.support], [[], ['sales']]);
  });

  it('tells about the company, its domains and licences', async () => {
    assert.deepEqual(await admin.company(), {
      tenantId: seedTenants.contoso,
      displayName: 'Contoso Partner',
      countryCode: 'VN',
      partnerTenantType: 'resellerPartnerDelegatedAdmin',
    });
    const domains = await admin.domains();
    assert.deepEqual(
      domains.filter((domain) => domain.isDefault).map(({ name }) => name),
      ['contosopartner.vn'],
    );
    assert.deepEqual(
      domains.filter((domain) => !domain.isVerified).map(({ name }) => name),
      ['moi.contosopartner.vn'],
    );
    const premium = (await admin.skus()).find(({ skuId }) => skuId === products.businessPremium.skuId);
    assert.deepEqual(premium, {
      skuId: products.businessPremium.skuId,
      partNumber: 'SPB',
      total: 10,
      left: 0,
      active: true,
    });
  });

  it('pages through all users by name, each once', async () => {
    const names: string[] = [];
    let next: string | undefined;
    do {
      const page = await admin.users({ next, size: 7 });
      assert.ok(page.items.length <= 7);
      assert.ok(!page.next?.includes('://'));
      names.push(...page.items.map((user) => user.signInName));
      next = page.next;
    } while (next !== undefined);
    const all = await open.sandbox.world.all('user', seedTenants.contoso);
    assert.deepEqual(names.toSorted(), all.map((user) => user.userPrincipalName).toSorted());
  });

  it("finds O'Brien & Sons #1", async () => {
    assert.deepEqual(await found("O'Brien & Sons #1"), ["O'Brien & Sons #1"]);
    assert.deepEqual(await found('obrien'), ["O'Brien & Sons #1"]);
  });

  it('finds Vietnamese names typed without marks, in pages', async () => {
    assert.deepEqual(await found('dang bao'), ['Đặng Quốc Bảo']);
    assert.deepEqual(await found('lan.nguyen'), ['Nguyễn Thị Lan']);
    assert.deepEqual(await found('không có ai'), []);
    const first = await admin.users({ find: 'nguyen', size: 2 });
    const second = await admin.users({ find: 'nguyen', next: first.next, size: 50 });
    const both = [...first.items, ...second.items].map((user) => user.displayName);
    assert.deepEqual([first.items.length, second.next], [2, undefined]);
    assert.deepEqual(both, await found('nguyen'));
  });

  it('lets Microsoft search a directory too large to be read whole', async () => {
    const large = connect(open.sandbox, { wholeDirectoryUpTo: 5 });
    await large.signInAs(seedAccounts.globalAdmin);
    const directory = large.directories.as(seedAccounts.globalAdmin);
    assert.deepEqual(await found('Đặng Bảo', directory), ['Đặng Quốc Bảo']);
    assert.deepEqual(await found('lan.nguyen', directory), ['Nguyễn Thị Lan']);
    assert.deepEqual(await found(`O'Brien & "Sons #1`, directory), ["O'Brien & Sons #1"]);
    assert.deepEqual(await found('&', directory), []);
    // Microsoft's search minds the marks: the limit of large directories.
    assert.deepEqual(await found('dang bao', directory), []);
    const first = await directory.users({ find: 'Nguyễn', size: 2 });
    const second = await directory.users({ find: 'Nguyễn', next: first.next, size: 50 });
    assert.deepEqual(
      [...first.items, ...second.items].map((user) => user.displayName),
      await found('Nguyễn', directory),
    );
    assert.equal(first.items.length, 2);
  });

  it('refuses a token for the next page that it did not give', async () => {
    for (const next of ['https://evil.example/', 'n:-1', 'q:$top=1#x', 'x']) {
      await assert.rejects(admin.users({ next, size: 5 }), { code: 'unexpected' }, next);
    }
  });

  it('finds one user by id and by name, or nobody', async () => {
    const { objectId, userPrincipalName } = seedAccounts.sales;
    const user = await admin.userById(objectId);
    assert.equal(user?.signInName, userPrincipalName);
    assert.deepEqual(user?.licences, [products.businessStandard.skuId]);
    assert.deepEqual(await admin.userBySignInName(userPrincipalName.toUpperCase()), user);
    assert.equal(await admin.userById(crypto.randomUUID()), undefined);
    assert.equal(await admin.userBySignInName("o'nobody#1@contosopartner.vn"), undefined);
  });

  it('tells taken sign-in names, more than one question may hold', async () => {
    const free = Array.from({ length: 20 }, (_, index) => `nobody${index}@contosopartner.vn`);
    const taken = seedAccounts.sales.userPrincipalName.toUpperCase();
    assert.deepEqual(await admin.takenSignInNames([...free, taken]), [taken]);
    assert.deepEqual(await admin.takenSignInNames([]), []);
  });

  it('adds a user with everything, and reads it back', async () => {
    const signInName = 'nguyen.do@contosopartner.vn';
    const created = await admin.createUser({
      ...newUser(signInName),
      displayName: 'Đỗ Văn Nguyên',
      givenName: 'Nguyên',
      surname: 'Đỗ',
    });
    await admin.setUsageLocation(created.id, 'VN');
    await admin.addLicences(created.id, [products.enterpriseE3.skuId]);
    await admin.grantRole(created.id, roleTemplates.helpdeskAdministrator);
    await admin.addToSupportGroup(created.id, 'limited');
    const read = await admin.userById(created.id);
    assert.deepEqual(
      { ...read, createdAt: undefined },
      {
        ...created,
        givenName: 'Nguyên',
        surname: 'Đỗ',
        usageLocation: 'VN',
        licences: [products.enterpriseE3.skuId],
      },
    );
    assert.ok(read?.createdAt !== undefined);
    assert.deepEqual(await admin.rolesOf(created.id), [roleTemplates.helpdeskAdministrator]);
    assert.deepEqual(await admin.supportOf(created.id), ['limited']);
    const [stored] = (await open.sandbox.world.all('user', seedTenants.contoso)).filter(
      ({ id }) => id === created.id,
    );
    assert.equal(stored?.forceChangePassword, true);

    // Once more: what is there already is no failure.
    await admin.grantRole(created.id, roleTemplates.helpdeskAdministrator);
    await admin.addToSupportGroup(created.id, 'limited');
    assert.deepEqual(await admin.rolesOf(created.id), [roleTemplates.helpdeskAdministrator]);
  });

  it('sets a password that must be changed at the next sign-in', async () => {
    const created = await admin.createUser(newUser('mat.khau@contosopartner.vn'));
    const stored = await open.sandbox.world.get('user', seedTenants.contoso, created.id);
    assert.ok(stored !== undefined);
    const changedAlready = { ...stored, forceChangePassword: false };
    await open.sandbox.world.put('user', seedTenants.contoso, created.id, changedAlready);
    await admin.setPassword(created.id, 'Khac-Han-8812-do');
    const after = await open.sandbox.world.get('user', seedTenants.contoso, created.id);
    assert.notEqual(after?.passwordHash, stored.passwordHash);
    assert.equal(after?.forceChangePassword, true);
  });

  it('says why Microsoft refuses', async () => {
    const named = (signInName: string) => admin.createUser(newUser(signInName));
    await assert.rejects(named(seedAccounts.sales.userPrincipalName), { code: 'sign-in-name-taken' });
    await assert.rejects(named('x.y@moi.contosopartner.vn'), { code: 'domain-not-verified' });
    await assert.rejects(named('đỗ@contosopartner.vn'), { code: 'sign-in-name-invalid' });
    await assert.rejects(admin.createUser({ ...newUser('yeu@contosopartner.vn'), password: 'ngan' }), {
      code: 'password-rejected',
    });
    const user = await admin.createUser(newUser('ly.do@contosopartner.vn'));
    const licence = (product: keyof typeof products) => admin.addLicences(user.id, [products[product].skuId]);
    await assert.rejects(licence('enterpriseE3'), { code: 'usage-location-missing' });
    await admin.setUsageLocation(user.id, 'VN');
    await assert.rejects(licence('businessPremium'), { code: 'no-licence-left' });
    await assert.rejects(admin.setUsageLocation(user.id, 'Việt Nam'), { code: 'microsoft-refused' });
    await assert.rejects(admin.setUsageLocation(crypto.randomUUID(), 'VN'), { code: 'not-found' });
    const plain = await as('plain');
    await assert.rejects(plain.createUser(newUser('khong@contosopartner.vn')), { code: 'not-allowed' });
    await assert.rejects(plain.grantRole(user.id, roleTemplates.userAdministrator), { code: 'not-allowed' });
  });

  it("gives Microsoft's request id with a failure", async () => {
    const failure = await admin.setUsageLocation(crypto.randomUUID(), 'VN').catch((error: unknown) => error);
    assert.ok(failure instanceof PartnerError);
    assert.equal(failure.requestId, open.sandbox.requests().at(-1)?.requestId);
  });

  it('takes no group for a support group that is no security group', async () => {
    const { world } = open.sandbox;
    const id = crypto.randomUUID();
    await world.put('group', seedTenants.contoso, id, {
      id,
      displayName: 'AdminAgents',
      securityEnabled: false,
    });
    const userId = seedAccounts.plain.objectId;
    await world.put('membership', seedTenants.contoso, `${id}_${userId}`, { groupId: id, userId });
    const another = connect(open.sandbox);
    await another.signInAs(seedAccounts.plain);
    assert.deepEqual((await another.directories.as(seedAccounts.plain).me()).support, []);
    await world.remove('group', seedTenants.contoso, id);
  });

  it('shows each company its own people', async () => {
    const advisor = await as('advisorGlobalAdmin');
    assert.equal((await advisor.company()).tenantId, seedTenants.advisor);
    assert.equal(await advisor.userById(seedAccounts.sales.objectId), undefined);
  });

  it('leaves no secret in the log', () => {
    const noted = JSON.stringify(connection.log.lines);
    assert.ok(connection.log.lines.length > 50);
    assert.ok(!noted.includes(password));
    assert.doesNotMatch(noted, /eyJ[\w-]{10}|Bearer|client_secret|\$filter/);
  });
});

describe('the directory in the cloud of 21Vianet', () => {
  it('is found at its own hosts', async () => {
    const open = await openSandbox();
    try {
      const { signInAs, directories, log } = connect(open.sandbox, { cloud: '21vianet' });
      const account = await signInAs(seedAccounts.chinaGlobalAdmin);
      assert.equal((await directories.as(account).company()).tenantId, seedTenants.china);
      const hosts = new Set(log.lines.map(({ values }) => 'host' in values && values.host));
      assert.deepEqual([...hosts], ['login.partner.microsoftonline.cn', 'microsoftgraph.chinacloudapi.cn']);
    } finally {
      await open.close();
    }
  });
});
