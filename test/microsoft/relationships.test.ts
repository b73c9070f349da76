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
  written,
} from './relationships-stage.ts';

describe('delegated administration, read over Graph', () => {
  const { stage, opened } = relationshipsStage();

  describe('reading', () => {
    it('reads a relationship that is not active: no date that has not come, no end', async () => {
      const { relationships, requests } = await stage(() => ok(written()));
      assert.deepEqual(await relationships.find(relationshipId), {
        id: relationshipId,
        name: 'Contoso 42',
        status: 'created',
        client: { tenantId: client, name: 'Fabrikam' },
        roles: [support, helpdesk],
        durationDays: 365,
        autoExtend: true,
        createdAt: '2026-02-10T11:24:42.314Z',
        activatedAt: undefined,
        endsAt: undefined,
        etag: 'W/"JyIxIic="',
      });
      assert.equal(requests[0]?.headers['prefer'], 'include-unknown-enum-members');
      assert.equal(requests[0]?.headers.authorization, 'Bearer lan graph home');
    });

    it('takes what Microsoft leaves out, names anew, or writes in another way', async () => {
      const bare = {
        customer: null,
        accessDetails: {},
        duration: 'P2Y',
        autoExtendDuration: 'PT0S',
        activatedDateTime: '2026-02-11T00:00:00Z',
        status: 'somethingNew',
      };
      const { relationships } = await stage(() => ok(written(bare)));
      const found = await relationships.find(relationshipId);
      assert.deepEqual(
        [found?.status, found?.client, found?.roles, found?.durationDays, found?.autoExtend, found?.endsAt],
        ['somethingNew', null, [], 730, false, '2027-02-10T11:24:42.314Z'],
      );
      assert.equal(found?.activatedAt, '2026-02-11T00:00:00.000Z');
    });

    it('knows a client whose name Microsoft does not say, and dates that are null', async () => {
      const nameless = { customer: { tenantId: client, displayName: null }, activatedDateTime: null };
      const { relationships } = await stage(() => ok(written({ ...nameless, endDateTime: null })));
      const found = await relationships.find(relationshipId);
      assert.deepEqual([found?.client, found?.endsAt], [{ tenantId: client, name: '' }, undefined]);
    });

    it('says undefined for what is not there, and throws what is not an answer', async () => {
      const { relationships } = await stage(({ count }) =>
        count === 1 ? undefined : refusal(503, 'serviceNotAvailable'),
      );
      assert.equal(await relationships.find(relationshipId), undefined);
      assert.equal((await failureOf(relationships.find(relationshipId))).code, 'microsoft-unavailable');
    });

    it('lists page by page and leaves out what Microsoft made', async () => {
      const next =
        'https://graph.microsoft.com/v1.0/tenantRelationships/delegatedAdminRelationships?$skiptoken=2';
      const { relationships, requests } = await stage(({ query }) =>
        query.has('$skiptoken')
          ? list(written({ id: 'second' }))
          : ok({ value: [written(), written({ id: 'm', displayName: 'MLT_a_b' })], '@odata.nextLink': next }),
      );
      const found = await relationships.list();
      assert.deepEqual(
        found.map(({ id }) => id),
        [relationshipId, 'second'],
      );
      assert.match(requests[0]?.path ?? '', /\$top=300/);
    });

    it('follows no link to another host', async () => {
      const next = 'https://graph.microsoft.example/v1.0/tenantRelationships/delegatedAdminRelationships?p=2';
      const { relationships } = await stage(() => ok({ value: [written()], '@odata.nextLink': next }));
      assert.equal((await failureOf(relationships.list())).code, 'unexpected');
    });

    it('finds one by its name, also where Microsoft ignores or refuses the question', async () => {
      const other = written({ id: 'other', displayName: 'Contoso 4' });
      const { relationships } = await stage(({ query, count }) => {
        if (count === 2 && query.has('$filter')) return refusal(400, 'BadRequest');
        return list(other, written());
      });
      const asked = await relationships.byName("Contoso 42'");
      assert.equal(asked, undefined);
      assert.equal((await relationships.byName('Contoso 42'))?.id, relationshipId);
      const first = new URL(opened()?.requests[0]?.path ?? '', 'http://sandbox');
      assert.equal(first.searchParams.get('$filter'), "displayName eq 'Contoso 42'''");
      assert.equal(opened()?.requests.length, 3);
    });

    it('reads with the application’s own token for jobs', async () => {
      const { desks, requests } = await stage(({ path }) =>
        path === '/one' ? ok(written()) : list(written()),
      );
      const jobs = desks.asPartner('partner-tenant');
      assert.equal((await jobs.find(relationshipId))?.id, relationshipId);
      assert.equal((await jobs.list()).length, 1);
      assert.deepEqual(
        requests.map(({ headers }) => headers.authorization),
        ['Bearer app partner-tenant', 'Bearer app partner-tenant'],
      );
    });
  });
});
