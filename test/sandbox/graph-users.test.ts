import assert from 'node:assert/strict';
import {
  bodyOf,
  type Company,
  createCompany,
  errorOf,
  names,
  newUser,
  roleId,
  skuId,
  tenantId,
} from './graph-world.ts';

describe('sandbox Graph: users', () => {
  let company: Company;

  beforeEach(async () => {
    company = await createCompany();
  });

  const create = (body: unknown, as = company.hr) => company.ask('POST', '/users', { as, body });
  const patch = (id: string, body: unknown, as = company.hr) =>
    company.ask('PATCH', `/users/${id}`, { as, body });
  const kept = (id: string) => company.world.get('user', tenantId, id);

  it('creates a user and answers the default properties only', async () => {
    const answer = await create(newUser('no.le', { givenName: 'Nở', usageLocation: 'VN' }));
    assert.equal(answer.status, 201);
    assert.equal(Object.keys(bodyOf(answer)).length, 12);
    assert.equal(
      bodyOf(answer)['@odata.context'],
      'https://graph.microsoft.com/v1.0/$metadata#users/$entity',
    );
    const user = await kept(String(bodyOf(answer)['id']));
    assert.equal(user?.usageLocation, 'VN');
    assert.equal(user?.createdDateTime, '2026-03-01T08:00:00Z');
    assert.equal(user?.forceChangePassword, true);
    assert.ok(!JSON.stringify(user).includes('Chuoi-Dai-7'));
  });

  it('lets exactly one of many win the same sign-in name', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => create(newUser('race'))));
    assert.equal(answers.filter((answer) => answer.status === 201).length, 1);
    const lost = answers.find((answer) => answer.status === 400);
    assert.deepEqual(
      bodyOf(lost ?? { status: 0 }).error?.details?.map(({ code, target }) => ({ code, target })),
      [{ code: 'ObjectConflict', target: 'userPrincipalName' }],
    );
    const users = await company.world.all('user', tenantId);
    assert.equal(users.filter((user) => user.userPrincipalName === 'race@contoso.example').length, 1);
  });

  it('says what is wrong with a new user', async () => {
    const refused = async (more: Record<string, unknown>) => errorOf(await create(newUser('x.y', more)));
    for (const name of [
      'accountEnabled',
      'displayName',
      'mailNickname',
      'passwordProfile',
      'userPrincipalName',
    ]) {
      const { [name]: _left, ...body } = newUser('x.y');
      assert.match(errorOf(await create(body)), new RegExp(`^400 Request_BadRequest: .*'${name}'`));
    }
    assert.match(
      await refused({ userPrincipalName: 'no-at-sign' }),
      /^400 Request_BadRequest: One or more properties/,
    );
    assert.match(
      await refused({ userPrincipalName: 'nở@contoso.example' }),
      /Property userPrincipalName is invalid/,
    );
    assert.match(await refused({ userPrincipalName: 'x@new.example' }), /domain portion/);
    assert.match(await refused({ userPrincipalName: 'x@fabrikam.example' }), /domain portion/);
    assert.match(await refused({ mailNickname: 'nở' }), /'mailNickname'/);
    assert.match(await refused({ displayName: 'a'.repeat(257) }), /'displayName'/);
    assert.match(await refused({ usageLocation: 'Vietnam' }), /'usageLocation'/);
    assert.match(await refused({ shoeSize: 43 }), /'shoeSize'/);
    for (const password of ['Ab1-', 'abcdefgh', 'Abcdefgh', `X.y-${'1'.repeat(260)}`, 'x.y-Xx12']) {
      assert.match(await refused({ passwordProfile: { password } }), /password complexity/, password);
    }
    assert.match(errorOf(await create('text')), /^400 BadRequest/);
  });

  it('finds a user by sign-in name with characters that a path must escape', async () => {
    await create(newUser('it', { userPrincipalName: "o'b#1@contoso.example" }));
    const found = await company.ask('GET', "/users/o'b%231%40contoso.example", { as: company.clerk });
    assert.equal(bodyOf(found)['userPrincipalName'], "o'b#1@contoso.example");
    assert.match(
      errorOf(await company.ask('GET', '/users/%E0%A4%A', { as: company.clerk })),
      /^400 BadRequest/,
    );
  });

  it('obeys the roles held now', async () => {
    assert.match(errorOf(await create(newUser('a'), company.clerk)), /^403 Authorization_RequestDenied/);
    assert.match(errorOf(await patch(company.hr, { jobTitle: 'X' }, company.clerk)), /^403/);
    assert.match(errorOf(await company.ask('POST', '/users', { body: newUser('a') })), /^403/, 'app-only');
    assert.equal((await company.ask('GET', '/users')).status, 200);
    const guest = await company.person('Khách', 'khach', { userType: 'Guest' });
    assert.equal((await company.ask('GET', '/me', { as: guest })).status, 200);
    assert.equal((await company.ask('GET', '/users', { as: guest })).status, 403);
    assert.equal((await company.ask('GET', `/users/${company.hr}`, { as: guest })).status, 403);
    await patch(company.clerk, { accountEnabled: false });
    assert.match(
      errorOf(await company.ask('GET', '/me', { as: company.clerk })),
      /^401 InvalidAuthenticationToken/,
    );
  });

  it('lets nobody reset the password of a person who ranks higher', async () => {
    const desk = await company.person('Bàn Trợ Giúp', 'desk', {}, [roleId.helpdesk]);
    const reports = await company.person('Báo Cáo', 'reports', {}, [roleId.reportsReader]);
    const seller = await company.person('Bán Hàng', 'seller', {}, [roleId.license]);
    const reset = async (id: string, as: string) =>
      (await patch(id, { passwordProfile: { password: 'Moi-Nguyen-9' } }, as)).status;
    assert.deepEqual(
      await Promise.all([company.clerk, reports, desk].map((id) => reset(id, desk))),
      [204, 204, 204],
    );
    assert.deepEqual(
      await Promise.all([company.hr, company.boss, seller].map((id) => reset(id, desk))),
      [403, 403, 403],
    );
    assert.deepEqual(
      await Promise.all([desk, company.boss, seller].map((id) => reset(id, company.hr))),
      [204, 403, 403],
    );
    assert.equal(await reset(company.boss, company.boss), 204);
    assert.equal(await reset(company.clerk, company.clerk), 403);
    assert.equal((await kept(company.clerk))?.sessionsValidFrom, company.time.now);
    assert.equal((await patch(company.boss, { accountEnabled: false })).status, 403);
  });

  it('changes what was sent and nothing else', async () => {
    assert.equal((await patch(company.clerk, { usageLocation: 'US', officeLocation: '5B' })).status, 204);
    const user = await kept(company.clerk);
    assert.deepEqual(
      [user?.usageLocation, user?.officeLocation, user?.displayName],
      ['US', '5B', 'Nguyễn Thị Lan'],
    );
    assert.match(errorOf(await patch(company.clerk, { id: 'x' })), /^400/);
    assert.match(errorOf(await patch(company.clerk, {})), /^400/);
    assert.match(
      errorOf(await patch(company.clerk, { userPrincipalName: 'ha.pham@contoso.example' })),
      /already exists/,
    );
    assert.match(
      errorOf(await patch('nobody@contoso.example', { jobTitle: 'x' })),
      /^404 Request_ResourceNotFound/,
    );
  });

  it('lets a group give its members licences, which the group alone takes again', async () => {
    const id = await company.group('Khối văn phòng');
    const group = await company.world.get('group', tenantId, id);
    assert.ok(group);
    await company.world.put('group', tenantId, id, { ...group, licences: [skuId.two] });
    const { clerk, hr: as } = company;
    const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${clerk}` };
    const select = '$select=assignedLicenses,licenseAssignmentStates';
    const held = async () => bodyOf(await company.ask('GET', `/users/${clerk}?${select}`, { as }));
    const take = () =>
      company.ask('POST', `/users/${clerk}/assignLicense`, {
        ...{ as, body: { addLicenses: [], removeLicenses: [skuId.two] } },
      });
    const join = await company.ask('POST', `/groups/${id}/members/$ref`, { as, body: reference });
    assert.equal(join.status, 204);
    const { assignedLicenses, licenseAssignmentStates } = await held();
    assert.deepEqual(assignedLicenses, [{ disabledPlans: [], skuId: skuId.two }]);
    const [state, ...others] = licenseAssignmentStates as Record<string, unknown>[];
    assert.deepEqual([others, state?.['assignedByGroup'], state?.['state']], [[], id, 'Active']);
    assert.match(errorOf(await take()), /^400 Request_BadRequest.*inherited from a group membership/);
    await company.ask('DELETE', `/groups/${id}/members/${clerk}/$ref`, { as });
    assert.deepEqual((await held())['assignedLicenses'], []);
    assert.match(errorOf(await take()), /corresponding license/);
  });

  it('gives licences while there are any, to users with a usage location', async () => {
    const assign = (id: string, addLicenses: unknown, removeLicenses: unknown = []) =>
      company.ask('POST', `/users/${id}/assignLicense`, {
        as: company.hr,
        body: { addLicenses, removeLicenses },
      });
    const nowhere = await company.person('Không Nơi', 'nowhere', { usageLocation: null });
    assert.match(errorOf(await assign(nowhere, [{ skuId: skuId.two }])), /invalid usage location/);
    assert.match(errorOf(await assign(company.clerk, undefined)), /missing parameters are: addLicenses/);
    assert.match(errorOf(await assign(company.clerk, [{ skuId: 'x' }])), /Edm\.Guid/);
    assert.match(errorOf(await assign(company.clerk, [{ skuId: tenantId }])), /valid company License/);

    const answers = await Promise.all(
      [company.clerk, company.hr, company.boss].map((id) => assign(id, [{ skuId: skuId.two }])),
    );
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 200, 400]);
    const lost = answers.find((answer) => answer.status === 400) ?? { status: 0 };
    assert.match(errorOf(lost), /does not have any available licenses/);
    assert.equal(
      (await assign(company.clerk, [{ skuId: skuId.two }])).status,
      200,
      'again is no second unit',
    );
    const consumed = async () => {
      const skus = bodyOf(await company.ask('GET', '/subscribedSkus', { as: company.clerk })).value;
      return skus?.find((sku) => sku['skuId'] === skuId.two)?.['consumedUnits'];
    };
    assert.equal(await consumed(), 2);
    const swapped = await assign(company.clerk, [{ skuId: skuId.plenty }], [skuId.two]);
    assert.deepEqual(bodyOf(swapped)['assignedLicenses'], [{ disabledPlans: [], skuId: skuId.plenty }]);
    assert.equal(await consumed(), 1);
    assert.match(errorOf(await assign(company.clerk, [], [skuId.two])), /corresponding license/);
  });

  it('ends sessions', async () => {
    const answer = await company.ask('POST', '/me/revokeSignInSessions', { as: company.clerk });
    assert.equal(bodyOf(answer)['value'], true);
    assert.equal((await kept(company.clerk))?.sessionsValidFrom, company.time.now);
    const other = await company.ask('POST', `/users/${company.hr}/revokeSignInSessions`, {
      as: company.clerk,
    });
    assert.equal(other.status, 403);
  });

  it('deletes for 30 days and restores with name, groups and roles', async () => {
    const group = await company.group('SalesAgents');
    const id = await company.person('Tạm Nghỉ', 'tam.nghi', { licences: [skuId.plenty] }, [
      roleId.reportsReader,
    ]);
    const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` };
    await company.ask('POST', `/groups/${group}/members/$ref`, { as: company.hr, body: reference });
    assert.equal((await company.ask('DELETE', `/users/${id}`, { as: company.boss })).status, 204);
    assert.equal((await company.ask('GET', `/users/${id}`, { as: company.hr })).status, 404);
    assert.deepEqual(names(await company.ask('GET', `/groups/${group}/members`, { as: company.hr })), []);

    const bin = () => company.ask('GET', '/directory/deletedItems/microsoft.graph.user', { as: company.hr });
    assert.deepEqual(names(await bin()), ['Tạm Nghỉ']);
    assert.match(String(bodyOf(await bin()).value?.[0]?.['userPrincipalName']), /^[0-9a-f]{32}tam\.nghi@/);
    const restore = () => company.ask('POST', `/directory/deletedItems/${id}/restore`, { as: company.hr });
    assert.equal(bodyOf(await restore())['userPrincipalName'], 'tam.nghi@contoso.example');
    assert.deepEqual(names(await company.ask('GET', `/users/${id}/memberOf`, { as: company.hr })).sort(), [
      'Reports Reader',
      'SalesAgents',
    ]);

    await company.ask('DELETE', `/users/${id}`, { as: company.boss });
    company.time.now += 31 * 24 * 3600 * 1000;
    assert.deepEqual(names(await bin()), []);
    assert.equal((await restore()).status, 404);
  });
});
