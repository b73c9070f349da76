import assert from 'node:assert/strict';
import { failureOf } from './commerce-stage.ts';
import {
  client,
  helpdesk,
  list,
  ok,
  refusal,
  relationshipId,
  relationshipsStage,
  support,
  wanted,
  written,
} from './relationships-stage.ts';

describe('delegated administration, written over Graph', () => {
  const { stage, opened } = relationshipsStage();

  describe('creating', () => {
    it('sends what Microsoft wants and gives back what it made', async () => {
      const { relationships, requests } = await stage(() => ok(written(), 201));
      assert.equal((await relationships.create(wanted)).id, relationshipId);
      assert.deepEqual(JSON.parse(requests[0]?.body ?? ''), {
        displayName: 'Contoso 42',
        duration: 'P365D',
        customer: { tenantId: client },
        accessDetails: { unifiedRoles: [{ roleDefinitionId: support }, { roleDefinitionId: helpdesk }] },
        autoExtendDuration: 'P180D',
      });
    });

    it('asks for no extension with the duration that means none', async () => {
      const { relationships, requests } = await stage(() => ok(written(), 201));
      await relationships.create({ ...wanted, autoExtend: false });
      assert.equal(JSON.parse(requests[0]?.body ?? '').autoExtendDuration, 'PT0S');
    });

    it('tells a taken name from any other refusal, whatever Microsoft’s words are', async () => {
      const says = 'The domain of the customer is invalid.';
      const { relationships } = await stage(({ method, count, query }) => {
        if (method === 'POST') return refusal(count === 1 ? 409 : 400, 'badRequest', says);
        return query.get('$filter')?.includes('42') ? list(written()) : list();
      });
      const conflict = await failureOf(relationships.create({ ...wanted, name: 'Contoso 1' }));
      const taken = await failureOf(relationships.create(wanted));
      const refused = await failureOf(relationships.create({ ...wanted, name: 'Contoso 1' }));
      assert.deepEqual(
        [conflict.code, taken.code, refused.code],
        ['relationship-name-taken', 'relationship-name-taken', 'relationship-refused'],
      );
      assert.equal(refused.requestId, 'r-1');
    });

    it('does not send it again after an outcome that nobody knows', async () => {
      const { relationships, calls } = await stage(({ count }) =>
        count === 1 ? refusal(503, 'x') : count === 2 ? 'reset' : ok({ strange: true }, 201),
      );
      for (const _ of ['busy gateway', 'broken line', 'senseless answer'])
        assert.equal((await failureOf(relationships.create(wanted))).code, 'microsoft-unknown-outcome');
      assert.deepEqual(calls(), ['POST /all', 'POST /all', 'POST /all']);
    });

    it('leaves a missing right what it is', async () => {
      const { relationships } = await stage(() => refusal(403, 'Authorization_RequestDenied'));
      assert.equal((await failureOf(relationships.create(wanted))).code, 'not-allowed');
    });
  });

  describe('asking and ending', () => {
    it('asks the client once; asked before is success', async () => {
      const { relationships, requests, calls } = await stage(({ path, count }) => {
        if (path === '/one') return ok(written({ status: 'approvalPending' }));
        return count === 1 ? ok({ id: 'q', status: 'created' }, 201) : refusal(400, 'badRequest');
      });
      await relationships.lockForApproval(relationshipId);
      await relationships.lockForApproval(relationshipId);
      assert.deepEqual(JSON.parse(requests[0]?.body ?? ''), { action: 'lockForApproval' });
      assert.deepEqual(calls(), ['POST /one/requests', 'POST /one/requests', 'GET /one']);
    });

    it('says when asking was refused, and when there is nothing to ask for', async () => {
      const { relationships } = await stage(({ path, method, count }) => {
        if (method === 'POST') return refusal(count === 1 ? 400 : 404, 'badRequest');
        return path === '/one' && count === 1 ? ok(written()) : undefined;
      });
      assert.equal(
        (await failureOf(relationships.lockForApproval(relationshipId))).code,
        'relationship-refused',
      );
      assert.equal((await failureOf(relationships.lockForApproval(relationshipId))).code, 'not-found');
    });

    it('ends what is active; ending, ended and gone are success', async () => {
      const before = ['terminationRequested', 'terminating', 'terminated', 'expired', 'gone'];
      const { relationships, requests } = await stage(({ method, count }) => {
        if (method === 'POST')
          return count === 1 ? ok({}, 201) : refusal(count === 6 ? 404 : 409, 'conflict');
        const status = before[count - 1];
        return status === 'gone' ? undefined : ok(written({ status }));
      });
      for (const _ of ['active', ...before]) await relationships.terminate(relationshipId);
      assert.deepEqual(JSON.parse(requests[0]?.body ?? ''), { action: 'terminate' });
      assert.equal(requests.length, 11);
    });

    it('says when ending was refused', async () => {
      const { relationships } = await stage(({ method }) =>
        method === 'POST' ? refusal(400, 'badRequest') : ok(written({ status: 'approvalPending' })),
      );
      assert.equal((await failureOf(relationships.terminate(relationshipId))).code, 'relationship-refused');
    });
  });

  describe('changing what was read', () => {
    const etag = (n: number) => ({ '@odata.etag': `W/"${n}"`, autoExtendDuration: 'PT0S' });

    it('extends with the etag just read, and writes nothing that is so already', async () => {
      const { relationships, requests, calls } = await stage(({ method }) =>
        ok(written(etag(1)), method === 'PATCH' ? 202 : 200),
      );
      await relationships.setAutoExtend(relationshipId, true);
      await relationships.setAutoExtend(relationshipId, false);
      assert.deepEqual(calls(), ['GET /one', 'PATCH /one', 'GET /one']);
      assert.equal(requests[1]?.headers['if-match'], 'W/"1"');
      assert.deepEqual(JSON.parse(requests[1]?.body ?? ''), { autoExtendDuration: 'P180D' });
    });

    it('reads again once where somebody came first, and writes nothing where they did the same', async () => {
      const { relationships, requests } = await stage(({ method, count }) => {
        if (method === 'GET') return ok(written(etag(count)));
        return count === 1 ? refusal(412, 'PreconditionFailed') : ok(written());
      });
      await relationships.setAutoExtend(relationshipId, true);
      assert.deepEqual(
        requests.filter(({ method }) => method === 'PATCH').map(({ headers }) => headers['if-match']),
        ['W/"1"', 'W/"2"'],
      );
      await opened()?.close();
      const same = await stage(({ method, count }) => {
        if (method === 'PATCH') return refusal(412, 'PreconditionFailed');
        return ok(written(count === 1 ? etag(1) : {}));
      });
      await same.relationships.setAutoExtend(relationshipId, true);
      assert.deepEqual(same.calls(), ['GET /one', 'PATCH /one', 'GET /one']);
    });

    it('gives up where somebody comes first twice', async () => {
      const { relationships, calls } = await stage(({ method }) =>
        method === 'GET' ? ok(written(etag(1))) : refusal(412, 'PreconditionFailed'),
      );
      const failure = await failureOf(relationships.setAutoExtend(relationshipId, true));
      assert.equal(failure.code, 'changed-meanwhile');
      assert.equal(calls().length, 4);
    });

    it('says when Microsoft refuses the extension, or there is nothing to extend', async () => {
      const { relationships } = await stage(({ method, count }) => {
        if (method === 'PATCH') return refusal(400, 'badRequest', 'Global Administrator');
        return count === 1 ? ok(written(etag(1))) : undefined;
      });
      const refused = await failureOf(relationships.setAutoExtend(relationshipId, true));
      assert.equal(refused.code, 'relationship-refused');
      assert.equal((await failureOf(relationships.setAutoExtend(relationshipId, true))).code, 'not-found');
    });

    it('removes what nobody was asked for; gone before or meanwhile is success', async () => {
      const { relationships, requests, calls } = await stage(({ method, count }) => {
        if (method === 'GET') return count <= 3 ? ok(written(etag(count))) : undefined;
        if (count === 1) return refusal(412, 'PreconditionFailed');
        return count === 2 ? { status: 204 } : refusal(404, 'Request_ResourceNotFound');
      });
      await relationships.remove(relationshipId);
      await relationships.remove(relationshipId);
      await relationships.remove(relationshipId);
      assert.deepEqual(
        requests.filter(({ method }) => method === 'DELETE').map(({ headers }) => headers['if-match']),
        ['W/"1"', 'W/"2"', 'W/"3"'],
      );
      assert.equal(calls().length, 7);
    });

    it('says when it may not be removed any more', async () => {
      const { relationships } = await stage(({ method }) =>
        method === 'GET' ? ok(written({ status: 'active' })) : refusal(400, 'badRequest'),
      );
      assert.equal((await failureOf(relationships.remove(relationshipId))).code, 'relationship-refused');
    });
  });
});
