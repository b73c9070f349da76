import assert from 'node:assert/strict';
import { failureOf } from './commerce-stage.ts';
import {
  client,
  clientId,
  consentReturn,
  helpdesk,
  list,
  ok,
  refusal,
  relationshipId,
  relationshipsStage,
  support,
  wanted,
} from './relationships-stage.ts';

describe('access of our groups and our application at a client', () => {
  const { stage } = relationshipsStage();

  describe('access assignments', () => {
    const group = '869713c9-0b28-4d08-8949-ae07ae1bf528';
    const assigned = (more: Record<string, unknown> = {}) => ({
      id: 'a1',
      status: 'active',
      accessContainer: { accessContainerId: group.toUpperCase(), accessContainerType: 'securityGroup' },
      accessDetails: { unifiedRoles: [{ roleDefinitionId: support }, { roleDefinitionId: helpdesk }] },
      ...more,
    });

    it('reads them, also with a status that nobody knew', async () => {
      const { relationships } = await stage(() => list(assigned({ status: 'newStatus' })));
      assert.deepEqual(await relationships.assignments(relationshipId), [
        { id: 'a1', groupId: group, roles: [support, helpdesk], status: 'newStatus' },
      ]);
    });

    it('gives a group its roles', async () => {
      const { relationships, requests } = await stage(({ method }) =>
        method === 'GET' ? list() : ok(assigned({ status: 'pending' }), 201),
      );
      await relationships.assign(relationshipId, group, [support]);
      assert.deepEqual(JSON.parse(requests[1]?.body ?? ''), {
        accessContainer: { accessContainerId: group, accessContainerType: 'securityGroup' },
        accessDetails: { unifiedRoles: [{ roleDefinitionId: support }] },
      });
    });

    it('sends nothing where the group has them, pending or active', async () => {
      const { relationships, calls } = await stage(({ count }) =>
        list(assigned({ status: count === 1 ? 'pending' : 'active' })),
      );
      await relationships.assign(relationshipId, group, [helpdesk, support]);
      await relationships.assign(relationshipId, group, [support.toUpperCase()]);
      assert.deepEqual(calls(), ['GET /one/accessAssignments', 'GET /one/accessAssignments']);
    });

    it('gives them again where they were taken away, to another group or with fewer roles', async () => {
      const others = [
        assigned({ status: 'deleted' }),
        assigned({ status: 'error' }),
        assigned({ accessContainer: { accessContainerId: 'another' } }),
        assigned({ accessDetails: { unifiedRoles: [{ roleDefinitionId: helpdesk }] } }),
      ];
      const { relationships, calls } = await stage(({ method, count }) =>
        method === 'GET' ? list(others[count - 1] ?? {}) : ok({}, 201),
      );
      for (const _ of others) await relationships.assign(relationshipId, group, [support, helpdesk]);
      assert.equal(calls().filter((call) => call.startsWith('POST')).length, 4);
    });

    it('believes the list where Microsoft refuses what somebody did meanwhile', async () => {
      const { relationships } = await stage(({ method, count }) => {
        if (method === 'POST') return refusal(409, 'conflict');
        return count === 2 ? list(assigned()) : list();
      });
      await relationships.assign(relationshipId, group, [support]);
      const failure = await failureOf(relationships.assign(relationshipId, group, [support]));
      assert.deepEqual([failure.code, failure.requestId], ['relationship-refused', 'r-1']);
    });

    it('does not send it again after an outcome that nobody knows', async () => {
      const { relationships, calls } = await stage(({ method }) => (method === 'GET' ? list() : 'reset'));
      const failure = await failureOf(relationships.assign(relationshipId, group, [support]));
      assert.equal(failure.code, 'microsoft-unknown-outcome');
      assert.equal(calls().length, 2);
    });

    it('knows our groups by their names', async () => {
      const named = (id: string, displayName: string) => ({ id, displayName, securityEnabled: true });
      const { relationships } = await stage(({ count }) =>
        count === 3 ? list() : list(named('full-id', 'AdminAgents'), named('limited-id', 'HelpdeskAgents')),
      );
      assert.equal(await relationships.groupOf('full'), 'full-id');
      assert.equal(await relationships.groupOf('limited'), 'limited-id');
      assert.equal((await failureOf(relationships.groupOf('full'))).code, 'not-found');
    });
  });

  it('leads to Microsoft’s pages as they are found here, the fragment kept', async () => {
    const { relationships, desks } = await stage(() => ok());
    const approval = new URL(relationships.approvalLink(relationshipId));
    assert.equal(approval.pathname, '/admin.microsoft.com/AdminPortal/Home');
    assert.equal(approval.hash, `#/partners/invitation/granularAdminRelationships/${relationshipId}`);
    assert.equal(desks.asPartner('partner-tenant').approvalLink(relationshipId), approval.href);
    const consent = new URL(relationships.consentLink(client));
    assert.equal(consent.pathname, `/login.microsoftonline.com/${client}/v2.0/adminconsent`);
    assert.deepEqual(Object.fromEntries(consent.searchParams), {
      client_id: clientId,
      // Named one by one: nothing that the application holds for other work is asked of a client.
      scope: ['User.ReadWrite.All', 'Directory.Read.All']
        .map((each) => `https://graph.microsoft.com/${each}`)
        .join(' '),
      redirect_uri: consentReturn,
    });
  });

  it('has nothing of it in the cloud of 21Vianet', async () => {
    const { desks, relationships: there, requests } = await stage(() => ok(), { cloud: '21vianet' });
    const jobs = desks.asPartner('partner-tenant');
    const calls: (() => Promise<unknown>)[] = [
      () => there.create(wanted),
      () => there.find('x'),
      () => there.byName('x'),
      () => there.list(),
      () => there.lockForApproval('x'),
      () => there.terminate('x'),
      () => there.remove('x'),
      () => there.setAutoExtend('x', true),
      () => there.assignments('x'),
      () => there.assign('x', 'g', []),
      () => there.groupOf('full'),
      async () => there.approvalLink('x'),
      () => there.consent(client),
      async () => there.consentLink(client),
      () => there.probe(client),
      () => jobs.list(),
    ];
    for (const call of calls) assert.equal((await failureOf(call())).code, 'not-in-cloud');
    assert.equal(requests.length, 0);
  });
});
