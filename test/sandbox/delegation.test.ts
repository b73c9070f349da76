import assert from 'node:assert/strict';
import { sandboxApplication } from '../../microsoft/clouds.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import {
  cloudApplications,
  createDelegations,
  helpdesk,
  knowsAll,
  relationships,
  rolesOf,
  stepByStep,
  wanted,
} from './delegation-world.ts';
import { createPartner } from './partner-center-world.ts';
import { createVisitor, startSandbox } from './visitor.ts';

const { adminAgent, sales, globalAdmin, helpdesk: technician } = seedAccounts;
const { fabrikamGlobalAdmin, fabrikamBilling, adventureWorksGlobalAdmin } = seedAccounts;
const { fabrikam } = seedTenants;
const users = 'fe930be7-5e62-47db-91af-98c3a49a38b1';
const seconds = 1000;
const days = 24 * 3_600_000;

describe('sandbox: the life of delegated administration', () => {
  let sandbox: Sandbox;
  let end: () => Promise<void>;
  const gdap = createDelegations(() => sandbox);
  const partner = createPartner(() => sandbox);

  before(async () => {
    ({ sandbox, end } = await startSandbox());
    await sandbox.world.put('delegationSettings', 'delegation', 'settings', stepByStep);
  });
  after(() => end());

  const groupOf = async (name: string): Promise<string> => {
    const groups = await sandbox.world.all('group', seedTenants.contoso);
    return groups.find(({ displayName }) => displayName === name)?.id ?? '';
  };
  const assign = async (id: string, roles = rolesOf(helpdesk, cloudApplications)) =>
    gdap.ask(adminAgent, `${relationships}/${id}/accessAssignments`, {
      method: 'POST',
      json: {
        accessContainer: {
          accessContainerId: await groupOf('AdminAgents'),
          accessContainerType: 'securityGroup',
        },
        accessDetails: roles,
      },
    });
  const consent = (by = adminAgent, scope = 'User.Read.All,Organization.Read.All') =>
    partner.outcome(by, `/customers/${fabrikam}/applicationconsents`, {
      method: 'POST',
      body: {
        applicationId: sandboxApplication.clientId,
        displayName: 'Partner Bot',
        applicationGrants: [{ enterpriseApplicationId: '00000003-0000-0000-c000-000000000000', scope }],
      },
    });
  const readAt = async (token: string, path: string) =>
    (await createVisitor(sandbox.url).graph(token, path)).status;
  const refusalAt = async (tenantId: string) =>
    (await gdap.tokenAt(adminAgent, tenantId)).body.error_codes ?? [];
  /** For a relationship that a test needs to be active. */
  async function allowed(name: string, more: object = {}): Promise<string> {
    const id = await gdap.create(adminAgent, wanted(name, { ...more }));
    await sandbox.clock.advance(10 * seconds);
    await gdap.request(adminAgent, id, 'lockForApproval');
    assert.equal(await gdap.answer(fabrikamGlobalAdmin, id, 'approve'), 303);
    await sandbox.clock.advance(40 * seconds);
    assert.equal(await gdap.statusOf(sales, id), 'active');
    return id;
  }

  it('goes from the request to a token of the client, each step when its time has come', async () => {
    const id = await gdap.create(adminAgent, wanted('Từ đầu đến cuối'));
    assert.equal(await gdap.statusOf(sales, id), 404);
    assert.equal((await gdap.request(adminAgent, id, 'lockForApproval')).status, 404);
    await sandbox.clock.advance(10 * seconds);
    assert.equal(await gdap.statusOf(sales, id), 'created');
    assert.equal((await gdap.look(id)).status, 404);

    assert.equal((await gdap.request(adminAgent, id, 'lockForApproval')).status, 201);
    assert.equal((await gdap.request(adminAgent, id, 'lockForApproval')).status, 400);
    assert.equal(await gdap.statusOf(sales, id), 'approvalPending');
    assert.equal((await assign(id)).body.error.message.includes('delegatedAdminRelationshipId'), true);

    assert.equal(await gdap.answer(fabrikamBilling, id, 'approve'), 403);
    assert.equal(await gdap.answer(adventureWorksGlobalAdmin, id, 'approve'), 403);
    assert.equal(await gdap.statusOf(sales, id), 'approvalPending');
    assert.equal(await gdap.answer(fabrikamGlobalAdmin, id, 'approve'), 303);
    const seen = [await gdap.statusOf(sales, id)];
    for (const _ of [1, 2]) {
      await sandbox.clock.advance(10 * seconds);
      seen.push(await gdap.statusOf(sales, id));
    }
    assert.deepEqual(seen, ['approved', 'activating', 'active']);

    assert.equal((await assign(id)).body.status, 'pending');
    assert.deepEqual(await refusalAt(fabrikam), [65001]);
    assert.deepEqual(await consent(), [403, 900308]);
    await sandbox.clock.advance(10 * seconds);
    const { body } = await gdap.ask(sales, `${relationships}/${id}/accessAssignments`);
    assert.equal(body.value[0].status, 'active');
    assert.equal((await consent())[0], 201);
    assert.deepEqual(await consent(), [409, 409]);
    const { status, body: tokens } = await gdap.tokenAt(adminAgent, fabrikam);
    assert.equal(status, 200, tokens.error_description);
    assert.match(tokens.scope, /User\.Read\.All/);
    assert.equal(await readAt(tokens.access_token, '/organization'), 200);
    assert.equal(await readAt(tokens.access_token, '/me'), 404);
    assert.equal(await readAt(tokens.access_token, relationships), 403);
    const names = await createVisitor(sandbox.url).graph(tokens.access_token, '/users');
    assert.match(await names.text(), /Đoàn Tuấn Minh/);
    // An agent of another group, and somebody who does not work for clients.
    assert.deepEqual((await gdap.tokenAt(technician, fabrikam)).body.error_codes, [50177]);
    assert.deepEqual((await gdap.tokenAt(sales, fabrikam)).body.error_codes, [50020]);

    assert.equal(await gdap.remove(fabrikamBilling, id), 403);
    assert.match(await gdap.partners(fabrikamGlobalAdmin), /Gỡ vai trò của đối tác/);
    assert.equal(await gdap.remove(fabrikamGlobalAdmin, id), 303);
    assert.equal(await readAt(tokens.access_token, '/organization'), 403);
    const last = [await gdap.statusOf(sales, id)];
    for (const _ of [1, 2]) {
      await sandbox.clock.advance(10 * seconds);
      last.push(await gdap.statusOf(sales, id));
    }
    assert.deepEqual(last, ['terminationRequested', 'terminating', 'terminated']);
    assert.deepEqual(await refusalAt(fabrikam), [50177]);
    assert.match(await gdap.partners(fabrikamGlobalAdmin), /đã hết hiệu lực/);
  });

  it('lets nobody in for minutes although everything is there: a new relationship does not work yet', async () => {
    const put = (worksAfterMs: number) =>
      sandbox.world.put('delegationSettings', 'delegation', 'settings', { ...stepByStep, worksAfterMs });
    await put(180 * seconds);
    const id = await allowed('Chưa dùng được');
    await assign(id);
    await sandbox.clock.advance(10 * seconds);
    assert.deepEqual(await refusalAt(fabrikam), [50177]);
    await sandbox.clock.advance(150 * seconds);
    assert.equal((await gdap.tokenAt(adminAgent, fabrikam)).status, 200);
    await put(stepByStep.worksAfterMs);
    await gdap.request(adminAgent, id, 'terminate');
  });

  it('gives a token the roles of the moment it is made, and acts by them', async () => {
    const id = await allowed('Theo vai trò', { accessDetails: rolesOf(helpdesk, users) });
    await assign(id, rolesOf(helpdesk));
    await sandbox.clock.advance(10 * seconds);
    const first = (await gdap.tokenAt(adminAgent, fabrikam)).body.access_token;
    const [assignment] = (await gdap.ask(sales, `${relationships}/${id}/accessAssignments`)).body.value;
    const path = `${relationships}/${id}/accessAssignments/${assignment.id}`;
    const change = (etag: string, roles = rolesOf(helpdesk, users)) =>
      gdap.ask(adminAgent, path, {
        method: 'PATCH',
        headers: { 'If-Match': etag },
        json: { accessDetails: roles },
      });
    assert.equal((await change(assignment['@odata.etag'], rolesOf(helpdesk))).status, 200);
    const changed = await change(assignment['@odata.etag']);
    assert.deepEqual([changed.status, changed.headers.get('retry-after')], [202, '10']);
    assert.equal((await change(assignment['@odata.etag'])).status, 412);
    const operation = `${relationships}/${id}/operations/${changed.headers.get('location')?.split('/').at(-1)}`;
    assert.equal((await gdap.ask(sales, operation)).body.status, 'running');
    await sandbox.clock.advance(10 * seconds);
    assert.equal((await gdap.ask(sales, operation)).body.status, 'succeeded');
    // An old token keeps what it was made with.
    const wids = (token: string) =>
      JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).wids;
    assert.deepEqual(wids(first), [helpdesk]);
    const second = (await gdap.tokenAt(adminAgent, fabrikam)).body.access_token;
    assert.deepEqual(wids(second).toSorted(), [users, helpdesk].toSorted());
    const { objectId } = seedAccounts.fabrikamPlain;
    const reset = await createVisitor(sandbox.url).graph(second, `/users/${objectId}`, {
      method: 'PATCH',
      json: { passwordProfile: { password: 'Moi-Hoan-Toan-9' } },
    });
    assert.equal(reset.status, 204);
    const rename = async (token: string) => {
      const how = { method: 'PATCH', json: { jobTitle: 'Khác' } };
      return (await createVisitor(sandbox.url).graph(token, `/users/${objectId}`, how)).status;
    };
    assert.deepEqual([await rename(first), await rename(second)], [403, 204]);

    const { body } = await gdap.ask(sales, `${relationships}/${id}/accessAssignments`);
    const etag = body.value[0]['@odata.etag'];
    const gone = await gdap.ask(adminAgent, path, { method: 'DELETE', headers: { 'If-Match': etag } });
    assert.equal(gone.status, 204);
    assert.equal(await readAt(second, '/organization'), 403);
    await sandbox.clock.advance(10 * seconds);
    const left = (await gdap.ask(sales, `${relationships}/${id}/accessAssignments`)).body.value;
    assert.deepEqual(
      left.map(({ status }: { status: string }) => status),
      ['deleted'],
    );
    assert.equal((await assign(id, rolesOf(helpdesk))).status, 201);
  });

  it('ends when its term is over, or extends itself, also when it was switched on late', async () => {
    const plain = await allowed('Hết hạn');
    const extending = await allowed('Tự gia hạn', { autoExtendDuration: 'P180D' });
    const late = await allowed('Gia hạn sau');
    const { '@odata.etag': etag, endDateTime } = (await gdap.ask(sales, `${relationships}/${late}`)).body;
    const extend = (autoExtendDuration: string, tag: string) =>
      gdap.ask(adminAgent, `${relationships}/${late}`, {
        method: 'PATCH',
        headers: { 'If-Match': tag },
        json: { autoExtendDuration },
      });
    const written = await extend('P180D', etag);
    assert.deepEqual([written.status, written.body.autoExtendDuration], [200, 'P180D']);
    assert.equal((await extend('PT0S', etag)).status, 412);
    await sandbox.clock.advance(30 * days);
    const statuses = async () => Promise.all([plain, extending, late].map((id) => gdap.statusOf(sales, id)));
    assert.deepEqual(await statuses(), ['expiring', 'active', 'active']);
    await sandbox.clock.advance(days);
    assert.deepEqual(await statuses(), ['expired', 'active', 'active']);
    const { body } = await gdap.ask(sales, `${relationships}/${late}`);
    assert.equal(Date.parse(body.endDateTime) - Date.parse(endDateTime), 180 * days);
    // Switched off again it keeps the extension that it had.
    assert.equal((await extend('PT0S', body['@odata.etag'])).body.endDateTime, body.endDateTime);
    await sandbox.clock.advance(200 * days);
    assert.deepEqual(await statuses(), ['expired', 'active', 'expired']);
    await sandbox.clock.advance(-231 * days);
  });

  it('is gone after 90 days that nobody approves, declined or not, and its name is free', async () => {
    const id = await gdap.create(adminAgent, wanted('Không ai trả lời'));
    await sandbox.clock.advance(10 * seconds);
    await gdap.request(adminAgent, id, 'lockForApproval');
    assert.equal(await gdap.answer(fabrikamGlobalAdmin, id, 'decline'), 303);
    assert.equal(await gdap.statusOf(sales, id), 'approvalPending');
    assert.match((await gdap.look(id, fabrikamGlobalAdmin)).text, /Công ty bạn đã từ chối/);
    await sandbox.clock.advance(89 * days);
    assert.equal(await gdap.statusOf(sales, id), 'approvalPending');
    await sandbox.clock.advance(days);
    assert.equal(await gdap.statusOf(sales, id), 404);
    assert.equal((await gdap.look(id, fabrikamGlobalAdmin)).status, 404);
    assert.equal(await gdap.answer(fabrikamGlobalAdmin, id, 'approve'), 404);
    await gdap.create(adminAgent, wanted('Không ai trả lời'));
    await sandbox.clock.reset();
  });

  it('is ended by the partner when active, and only then', async () => {
    const id = await allowed('Đối tác kết thúc');
    assert.equal((await gdap.request(sales, id, 'terminate')).status, 403);
    assert.equal((await gdap.request(globalAdmin, id, 'terminate')).status, 201);
    assert.equal((await gdap.request(globalAdmin, id, 'terminate')).status, 400);
    const list = async () =>
      (await gdap.ask(sales, `${relationships}/${id}/requests`)).body.value
        .map(({ action, status }: { action: string; status: string }) => `${action} ${status}`)
        .toSorted();
    assert.deepEqual(await list(), ['lockForApproval succeeded', 'terminate running']);
    await sandbox.clock.advance(20 * seconds);
    assert.deepEqual(await list(), ['lockForApproval succeeded', 'terminate succeeded']);
  });

  it('tells statuses outside the list to those who ask, and has what Microsoft moved by itself', async () => {
    const id = await allowed('Trạng thái lạ');
    const kept = await sandbox.world.get('relationship', seedTenants.contoso, id);
    assert.ok(kept !== undefined);
    await sandbox.world.put('relationship', seedTenants.contoso, id, {
      ...kept,
      strangeStatus: 'underReview',
    });
    const read = async (headers: Record<string, string>) =>
      (await gdap.ask(sales, `${relationships}/${id}`, { headers })).body.status;
    assert.deepEqual([await read({}), await read(knowsAll)], ['unknownFutureValue', 'underReview']);
    const { value } = (await gdap.ask(sales, relationships)).body;
    const seeded = value.filter(({ status }: { status: string }) => status === 'active');
    const moved = seeded.filter(({ displayName }: { displayName: string }) => /^MLT_/.test(displayName));
    assert.equal(moved.length, 2);
    const customers = (await gdap.ask(sales, '/tenantRelationships/delegatedAdminCustomers')).body.value;
    assert.ok(customers.some(({ tenantId }: { tenantId: string }) => tenantId === seedTenants.wideWorld));
  });
});
