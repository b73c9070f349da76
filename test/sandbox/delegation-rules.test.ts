import assert from 'node:assert/strict';
import { clouds, onSandbox, sandboxApplication } from '../../microsoft/clouds.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { signIn } from '../contract/sign-in.ts';
import { atOnce, createDelegations, helpdesk, relationships, rolesOf, wanted } from './delegation-world.ts';
import { redirectUri, startSandbox } from './visitor.ts';

const { adminAgent, sales, plain, helpdesk: technician } = seedAccounts;
const { fabrikamGlobalAdmin, fabrikamBilling, adventureWorksGlobalAdmin, chinaGlobalAdmin } = seedAccounts;
const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';
const byNobody = { tenantId: crypto.randomUUID() };

describe('sandbox: the rules of delegated administration', () => {
  let sandbox: Sandbox;
  let end: () => Promise<void>;
  const gdap = createDelegations(() => sandbox);

  before(async () => {
    ({ sandbox, end } = await startSandbox());
    await sandbox.world.put('delegationSettings', 'delegation', 'settings', atOnce);
  });
  after(() => end());

  let made = 0;
  const create = (more: Record<string, unknown> = {}, by = adminAgent) => {
    made += 1;
    const json = wanted(`Quan hệ ${made}`, more);
    return gdap.ask(by, relationships, { method: 'POST', json });
  };
  const locked = async (more: Record<string, unknown> = {}): Promise<string> => {
    const { id } = (await create(more)).body;
    assert.equal((await gdap.request(adminAgent, id, 'lockForApproval')).status, 201);
    return id;
  };

  it('refuses what Microsoft does not take, and takes the bounds', async () => {
    const bad: Record<string, unknown>[] = [
      { displayName: 'x'.repeat(51) },
      { displayName: ' ' },
      { displayName: undefined },
      ...['P0D', 'P3Y', 'P731D', 'PT24H', '30', undefined].map((duration) => ({ duration })),
      { customer: byNobody },
      { customer: { tenantId: seedTenants.contoso } },
      { customer: { tenantId: seedTenants.china } },
      { customer: { tenantId: 'fabrikam.vn' } },
      { accessDetails: undefined },
      { accessDetails: rolesOf() },
      { accessDetails: rolesOf(crypto.randomUUID()) },
      ...['P90D', 180].map((autoExtendDuration) => ({ autoExtendDuration })),
      { accessDetails: rolesOf(helpdesk, globalAdministrator), autoExtendDuration: 'P180D' },
      { status: 'active' },
    ];
    for (const more of bad) assert.equal((await create(more)).status, 400, JSON.stringify(more));
    const good: Record<string, unknown>[] = [
      { displayName: 'x'.repeat(50) },
      ...['P1D', 'P2Y', 'P730D', 'P6M'].map((duration) => ({ duration })),
      { customer: undefined, autoExtendDuration: undefined },
      { accessDetails: rolesOf(globalAdministrator), autoExtendDuration: 'P0D' },
      { autoExtendDuration: 'P180D' },
    ];
    for (const more of good) assert.equal((await create(more)).status, 201, JSON.stringify(more));
  });

  it('makes of one name one relationship, also when it is asked for twice at once', async () => {
    const both = await Promise.all([1, 2].map(() => create({ displayName: 'Cùng tên' })));
    assert.deepEqual(both.map(({ status }) => status).toSorted(), [201, 409]);
    const filter = encodeURIComponent("displayName eq 'Cùng tên'");
    assert.equal((await gdap.ask(sales, `${relationships}?$filter=${filter}`)).body.value.length, 1);
  });

  it('lets agents read, Admin agents and Global administrators write, and nobody else anything', async () => {
    for (const reader of [sales, technician, adminAgent, seedAccounts.globalAdmin])
      assert.equal((await gdap.ask(reader, relationships)).status, 200);
    assert.equal((await gdap.ask(plain, relationships)).status, 403);
    assert.equal((await create({}, sales)).status, 403);
    assert.equal((await create({}, technician)).status, 403);
    assert.equal((await create({}, seedAccounts.globalAdmin)).status, 201);
    assert.equal((await gdap.ask(fabrikamGlobalAdmin, relationships)).status, 403);
    const token = await signIn(sandbox.url, clouds['21vianet'], chinaGlobalAdmin);
    const { graph } = clouds['21vianet'];
    const inChina = await fetch(onSandbox(sandbox.url, `${graph}/v1.0${relationships}`), {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.equal(inChina.status, 400);
  });

  it('keeps the relationships of one partner from another', async () => {
    const { id } = (await create()).body;
    const { advisorGlobalAdmin } = seedAccounts;
    assert.equal(await gdap.statusOf(advisorGlobalAdmin, id), 404);
    assert.deepEqual((await gdap.ask(advisorGlobalAdmin, relationships)).body.value, []);
  });

  it('changes and deletes only what was read last, and only in its status', async () => {
    const { id, '@odata.etag': etag } = (await create()).body;
    const write = (method: string, headers: Record<string, string>, json?: object) =>
      gdap.ask(adminAgent, `${relationships}/${id}`, { method, headers, ...(json && { json }) });
    const renamed = { displayName: `Đổi tên ${id.slice(0, 8)}` };
    assert.equal((await write('PATCH', {}, renamed)).status, 400);
    assert.equal((await write('PATCH', { 'If-Match': 'W/"old"' }, renamed)).status, 412);
    assert.equal((await write('DELETE', { 'If-Match': 'W/"old"' })).status, 412);
    const { status, body } = await write('PATCH', { 'If-Match': etag }, renamed);
    assert.deepEqual([status, body.displayName], [200, renamed.displayName]);
    assert.equal((await write('DELETE', { 'If-Match': etag })).status, 412);
    assert.equal((await write('DELETE', { 'If-Match': body['@odata.etag'] })).status, 204);
    assert.equal(await gdap.statusOf(sales, id), 404);

    const other = await locked({ accessDetails: rolesOf(helpdesk, globalAdministrator) });
    const change = async (method: string, json?: object) => {
      const read = await gdap.ask(sales, `${relationships}/${other}`);
      const headers = { 'If-Match': read.body['@odata.etag'] };
      return gdap.ask(adminAgent, `${relationships}/${other}`, {
        method,
        headers,
        ...(json && { json }),
      });
    };
    assert.equal((await change('DELETE')).status, 400);
    assert.equal((await change('PATCH', renamed)).status, 400);
    assert.equal(await gdap.answer(fabrikamGlobalAdmin, other, 'approve'), 303);
    assert.equal((await change('PATCH', { duration: 'P60D' })).status, 400);
    assert.equal((await change('PATCH', { autoExtendDuration: 'P180D' })).status, 400);
    assert.equal((await change('PATCH', { accessDetails: rolesOf(globalAdministrator) })).status, 400);
    assert.equal((await change('PATCH', { accessDetails: rolesOf(helpdesk) })).status, 202);
    assert.equal((await change('PATCH', { autoExtendDuration: 'P180D' })).status, 200);
  });

  it('assigns roles of the relationship to groups of the partner, each group once', async () => {
    const id = await locked({ accessDetails: rolesOf(helpdesk) });
    await gdap.answer(fabrikamGlobalAdmin, id, 'approve');
    const groups = await sandbox.world.all('group', seedTenants.contoso);
    const agents = groups.find(({ displayName }) => displayName === 'HelpdeskAgents')?.id ?? '';
    const assign = async (group: string, type: string, roles = rolesOf(helpdesk), by = adminAgent) => {
      const json = {
        accessContainer: { accessContainerId: group, accessContainerType: type },
        accessDetails: roles,
      };
      const path = `${relationships}/${id}/accessAssignments`;
      return (await gdap.ask(by, path, { method: 'POST', json })).status;
    };
    assert.equal(await assign(crypto.randomUUID(), 'securityGroup'), 400);
    assert.equal(await assign(agents, 'unifiedGroup'), 400);
    assert.equal(await assign(agents, 'securityGroup', rolesOf(helpdesk, globalAdministrator)), 400);
    assert.equal(await assign(agents, 'securityGroup', rolesOf(helpdesk), sales), 403);
    assert.equal(await assign(agents, 'securityGroup'), 201);
    assert.equal(await assign(agents, 'securityGroup'), 409);
  });

  it('shows the client what is asked for, and takes answers from its own pages only', async () => {
    const id = await locked({ autoExtendDuration: 'P180D' });
    const choice = await gdap.look(id);
    assert.match(choice.text, /Phê duyệt vai trò của đối tác: Contoso Partner/);
    assert.match(choice.text, /Đoàn Tuấn Minh/);
    assert.doesNotMatch(choice.text, /Thái Bá Lợi/);
    const page = await gdap.look(id, fabrikamGlobalAdmin, 'en');
    assert.match(page.text, /Helpdesk Administrator.*Cloud Application Administrator/s);
    assert.match(page.text, /<strong>30<\/strong> days.*extends itself by 6 months/s);
    assert.match((await gdap.look(id, fabrikamBilling)).text, /Chỉ Quản trị viên toàn cầu/);
    const stranger = await gdap.look(id, adventureWorksGlobalAdmin, 'en');
    assert.match(stranger.text, /for another company/);
    assert.doesNotMatch(stranger.text, /Helpdesk Administrator|<form method="post"/);
    const foreign = { origin: 'https://example.com' };
    assert.equal(await gdap.answer(fabrikamGlobalAdmin, id, 'approve', foreign), 403);
    assert.equal(await gdap.answer(adminAgent, id, 'approve'), 404);
    assert.equal(await gdap.answer(fabrikamGlobalAdmin, id, 'approve'), 303);
    assert.equal(await gdap.answer(fabrikamGlobalAdmin, id, 'decline'), 403);
    assert.match((await gdap.look(id, fabrikamGlobalAdmin, 'en')).text, /These roles are active/);
  });

  it('lets the first company that approves be the client of a relationship without one', async () => {
    const id = await locked({ customer: undefined });
    assert.equal(await gdap.answer(adventureWorksGlobalAdmin, id, 'approve'), 303);
    assert.equal(await gdap.answer(fabrikamGlobalAdmin, id, 'approve'), 403);
    const { customer } = (await gdap.ask(sales, `${relationships}/${id}`)).body;
    assert.deepEqual(customer, { tenantId: seedTenants.adventureWorks, displayName: 'Adventure Works' });
    assert.equal(await gdap.remove(fabrikamGlobalAdmin, id), 303);
    assert.equal(await gdap.statusOf(sales, id), 'active');
  });

  it('leads from Microsoft’s own address to the page that its fragment means', async () => {
    const home = onSandbox(sandbox.url, `${clouds.worldwide.adminCenter}/AdminPortal/Home`);
    const page = await fetch(home);
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-security-policy') ?? '', /script-src 'self'/);
    const source = /<script src="([^"]+)">/.exec(await page.text())?.[1] ?? '';
    const script = await fetch(sandbox.url + source);
    assert.match(script.headers.get('content-type') ?? '', /^text\/javascript/);
    const text = await script.text();
    const leadsTo = (hash: string): string | undefined => {
      let went: string | undefined;
      const location = { hash, pathname: '/a/Home', search: '', replace: (to: string) => (went = to) };
      new Function('location', 'addEventListener', text)(location, () => undefined);
      return went;
    };
    const path = '/partners/invitation/granularAdminRelationships/1a2b-3c';
    assert.equal(leadsTo(`#${path}`), `/a/Home${path}`);
    assert.equal(leadsTo('#/partners'), '/a/Home/partners');
    for (const hash of ['', '#/users', '#//example.com/partners', '#/partners/../x'])
      assert.equal(leadsTo(hash), undefined, hash);
  });

  it('lets a Global administrator of the client allow the application without any delegation', async () => {
    const { login } = clouds.worldwide;
    const query = new URLSearchParams({
      client_id: sandboxApplication.clientId,
      redirect_uri: redirectUri,
      state: 'the-state',
    });
    const address = onSandbox(sandbox.url, `${login}/${seedTenants.wideWorld}/v2.0/adminconsent?${query}`);
    const press = ({ tenantId, objectId }: { tenantId: string; objectId: string }) =>
      fetch(address, {
        method: 'POST',
        body: new URLSearchParams({ account: `${tenantId}/${objectId}` }),
        redirect: 'manual',
      });
    assert.match(await (await fetch(address)).text(), /Châu Ngọc Hân/);
    assert.deepEqual((await gdap.tokenAt(technician, seedTenants.wideWorld)).body.error_codes, [65001]);
    assert.equal((await press(fabrikamGlobalAdmin)).status, 200);
    const back = await press(seedAccounts.wideWorldGlobalAdmin);
    const { searchParams } = new URL(back.headers.get('location') ?? '');
    assert.deepEqual(
      [back.status, searchParams.get('admin_consent'), searchParams.get('tenant'), searchParams.get('state')],
      [302, 'True', seedTenants.wideWorld, 'the-state'],
    );
    assert.equal((await gdap.tokenAt(technician, seedTenants.wideWorld)).status, 200);
  });
});
