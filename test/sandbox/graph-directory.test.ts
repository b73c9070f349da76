import assert from 'node:assert/strict';
import {
  bodyOf,
  type Company,
  createCompany,
  errorOf,
  names,
  newUser,
  roleId,
  tenantId,
} from './graph-world.ts';

describe('sandbox Graph: roles, groups, company and batches', () => {
  let company: Company;

  beforeEach(async () => {
    company = await createCompany();
  });

  const roles = '/roleManagement/directory';

  it('lists the built-in roles by id and name', async () => {
    const all = await company.ask('GET', `${roles}/roleDefinitions`, { as: company.clerk });
    assert.ok(names(all).length > 30);
    const filter = new URLSearchParams({
      $filter: "displayName eq 'User Administrator' and isBuiltIn eq true",
    });
    const one = await company.ask('GET', `${roles}/roleDefinitions?${filter}`, { as: company.clerk });
    assert.deepEqual(
      bodyOf(one).value?.map((item) => [item['id'], item['templateId']]),
      [[roleId.user, roleId.user]],
    );
  });

  it('grants and removes roles for who may, once', async () => {
    const keeper = await company.person('Giữ Quyền', 'keeper', {}, [roleId.privilegedRole]);
    const body = { roleDefinitionId: roleId.license, principalId: company.clerk, directoryScopeId: '/' };
    const grant = (as: string, more = {}) =>
      company.ask('POST', `${roles}/roleAssignments`, { as, body: { ...body, ...more } });
    assert.equal((await grant(company.hr)).status, 403);
    const made = await grant(keeper);
    assert.equal(made.status, 201);
    assert.match(errorOf(await grant(company.boss)), /^400 Request_BadRequest: A conflicting object/);
    assert.equal((await grant(keeper, { principalId: tenantId })).status, 404);
    assert.equal((await grant(keeper, { roleDefinitionId: tenantId })).status, 404);
    assert.equal((await grant(keeper, { directoryScopeId: undefined })).status, 400);

    const filter = new URLSearchParams({
      $filter: `principalId eq '${company.clerk}'`,
      $expand: 'principal',
    });
    const list = () => company.ask('GET', `${roles}/roleAssignments?${filter}`, { as: company.clerk });
    const found = bodyOf(await list()).value?.[0];
    assert.equal(found?.['roleDefinitionId'], roleId.license);
    const principal = (found?.['principal'] ?? {}) as Record<string, unknown>;
    assert.equal(principal['displayName'], 'Nguyễn Thị Lan');
    const id = String(bodyOf(made)['id']);
    assert.equal(
      (await company.ask('DELETE', `${roles}/roleAssignments/${id}`, { as: company.hr })).status,
      403,
    );
    assert.equal((await company.ask('DELETE', `${roles}/roleAssignments/${id}`, { as: keeper })).status, 204);
    assert.equal((await company.ask('DELETE', `${roles}/roleAssignments/${id}`, { as: keeper })).status, 404);
    assert.deepEqual(bodyOf(await list()).value, []);
  });

  it('adds to a group once and takes out again', async () => {
    const group = await company.group('HelpdeskAgents');
    const add = (id: string, as = company.hr) =>
      company.ask('POST', `/groups/${group}/members/$ref`, {
        as,
        body: { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` },
      });
    assert.equal((await add(company.clerk, company.clerk)).status, 403);
    assert.equal((await add(company.clerk)).status, 204);
    assert.match(
      errorOf(await add(company.clerk)),
      /^400 Request_BadRequest: One or more added object references/,
    );
    assert.equal((await add(tenantId)).status, 404);
    assert.match(errorOf(await add('x')), /^400/);

    const filter = new URLSearchParams({ $filter: "displayName eq 'HelpdeskAgents'" });
    const groups = bodyOf(await company.ask('GET', `/groups?${filter}`, { as: company.clerk })).value;
    assert.deepEqual(
      groups?.map((item) => item['id']),
      [group],
    );
    const mine = await company.ask('GET', '/me/transitiveMemberOf/microsoft.graph.group', {
      as: company.clerk,
    });
    assert.deepEqual(names(mine), ['HelpdeskAgents']);
    const remove = () =>
      company.ask('DELETE', `/groups/${group}/members/${company.clerk}/$ref`, { as: company.hr });
    assert.equal((await remove()).status, 204);
    assert.equal((await remove()).status, 404);
    assert.equal((await company.ask('GET', `/users/${company.clerk}`, { as: company.hr })).status, 200);
  });

  it('wants more than a user administrator for AdminAgents', async () => {
    const group = await company.group('AdminAgents');
    const body = { '@odata.id': `https://graph.microsoft.com/v1.0/users/${company.clerk}` };
    const add = (as: string) => company.ask('POST', `/groups/${group}/members/$ref`, { as, body });
    assert.equal((await add(company.hr)).status, 403);
    assert.equal((await add(company.boss)).status, 204);
  });

  it('deletes the user where /$ref is forgotten', async () => {
    const group = await company.group('SalesAgents');
    await company.world.put('membership', tenantId, `${group}_${company.clerk}`, {
      groupId: group,
      userId: company.clerk,
    });
    const path = `/groups/${group}/members/${company.clerk}`;
    assert.equal((await company.ask('DELETE', path, { as: company.clerk })).status, 403);
    assert.equal((await company.ask('DELETE', path, { as: company.hr })).status, 204);
    assert.equal(await company.world.get('user', tenantId, company.clerk), undefined);
  });

  it('tells groups and directory roles of a person', async () => {
    const answer = await company.ask('GET', '/me/memberOf', { as: company.boss });
    const found = bodyOf(answer).value?.[0];
    assert.equal(found?.['@odata.type'], '#microsoft.graph.directoryRole');
    assert.equal(found?.['roleTemplateId'], roleId.global);
    assert.notEqual(found?.['id'], roleId.global);
  });

  it('shows one company and changes five of its properties', async () => {
    const shown = bodyOf(await company.ask('GET', '/organization', { as: company.clerk })).value;
    assert.equal(shown?.length, 1);
    const domain = { name: 'contoso.example', type: 'Managed', isDefault: true, isInitial: false };
    const verified = [{ ...domain, capabilities: 'Email, OfficeCommunicationsOnline' }];
    assert.deepEqual(shown?.[0]?.['verifiedDomains'], verified);
    const patch = (body: unknown, as = company.boss) =>
      company.ask('PATCH', `/organization/${tenantId}`, { as, body });
    assert.equal((await patch({ technicalNotificationMails: ['a@b.example'] })).status, 204);
    const after = bodyOf(await company.ask('GET', `/organization/${tenantId}`, { as: company.clerk }));
    assert.deepEqual(after['technicalNotificationMails'], ['a@b.example']);
    assert.match(errorOf(await patch({ displayName: 'Khác' })), /^400 .*'displayName' is read-only/);
    assert.match(errorOf(await patch({ marketingNotificationEmails: null })), /^400/);
    assert.equal((await patch({ marketingNotificationEmails: [] }, company.hr)).status, 403);
    assert.equal(
      (await company.ask('GET', `/organization/${roleId.user}`, { as: company.clerk })).status,
      404,
    );
  });

  it('tells a strange path from a wrong method', async () => {
    const ask = async (method: string, path: string) =>
      errorOf(await company.ask(method, path, { as: company.clerk }));
    assert.match(await ask('GET', '/user'), /^400 BadRequest: Resource not found for the segment 'user'/);
    assert.match(await ask('GET', `/users/${company.hr}/shoes`), /segment 'shoes'/);
    assert.match(await ask('PUT', '/users'), /^405 Request_BadRequest/);
    assert.match(errorOf(await company.ask('GET', '/me')), /^400 BadRequest: \/me request/);
  });

  it('answers a batch part by part', async () => {
    const json = { 'Content-Type': 'application/json' };
    const requests = [
      { id: '1', method: 'GET', url: '/me?$select=displayName' },
      { id: '2', method: 'POST', url: 'users', headers: json, body: newUser('lo.hang') },
      { id: '3', method: 'POST', url: '/users', headers: json, body: newUser('lo.hang') },
      { id: '4', method: 'GET', url: '/users/lo.hang@contoso.example', dependsOn: ['3'] },
      {
        id: '5',
        method: 'GET',
        url: '/users?$search="displayName:hà"',
        headers: { ConsistencyLevel: 'eventual' },
      },
    ];
    const batch = (body: unknown) => company.ask('POST', '/$batch', { as: company.hr, body });
    const answer = await batch({ requests });
    const responses = bodyOf(answer)['responses'] as {
      id: string;
      status: number;
      body: Record<string, unknown>;
    }[];
    assert.deepEqual(
      responses.map(({ id, status }) => [id, status]),
      [
        ['1', 200],
        ['2', 201],
        ['3', 400],
        ['4', 424],
        ['5', 200],
      ],
    );
    assert.equal(responses[0]?.body['displayName'], 'Phạm Thu Hà');
    const refused = responses[2]?.body ?? {};
    assert.match(
      JSON.stringify(refused),
      /"innerError":\{"date":"2026-03-01T08:00:00","request-id":"[0-9a-f-]{36}"/,
    );
    const many = Array.from({ length: 21 }, (_, id) => ({ id: `${id}`, method: 'GET', url: '/me' }));
    for (const wrong of [many, [], [many[0], many[0]], [{ id: '1', method: 'GET', url: '/v1.0/me' }]]) {
      assert.match(errorOf(await batch({ requests: wrong })), /^400 BadRequest/);
    }
  });
});
