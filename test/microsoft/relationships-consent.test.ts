import assert from 'node:assert/strict';
import { PartnerError } from '../../partner/errors.ts';
import { failureOf } from './commerce-stage.ts';
import { client, clientId, list, ok, openRelationships, partner, refusal } from './relationships-stage.ts';

type Open = Awaited<ReturnType<typeof openRelationships>>;

describe('our application at a client', () => {
  let open: Open | undefined;
  async function stage(...args: Parameters<typeof openRelationships>) {
    open = await openRelationships(...args);
    return open;
  }
  afterEach(async () => {
    await open?.close();
    open = undefined;
  });

  describe('consent for our application', () => {
    const partnerCenterRefusal = (status: number, code: number) => ({
      status,
      body: { code, description: 'Permission entry already exists.', data: [] },
    });

    it('is given over Partner Center, for Graph; what was given before is success', async () => {
      const { relationships, requests } = await stage(({ count }) =>
        count === 1 ? ok({}, 201) : partnerCenterRefusal(409, 1),
      );
      await relationships.consent(client);
      await relationships.consent(client);
      const [first] = requests;
      assert.equal(
        first?.path,
        `/api.partnercenter.microsoft.com/v1/customers/${client}/applicationconsents`,
      );
      assert.equal(first?.headers.authorization, 'Bearer lan partner-center home');
      assert.match(String(first?.headers['ms-requestid']), /^[0-9a-f-]{36}$/);
      const { applicationId, applicationGrants } = JSON.parse(first?.body ?? '');
      assert.equal(applicationId, clientId);
      assert.deepEqual(applicationGrants, [
        {
          enterpriseApplicationId: '00000003-0000-0000-c000-000000000000',
          scope: 'User.ReadWrite.All,Directory.Read.All',
        },
      ]);
    });

    it('says who may not, what is no client of ours, and what nobody knows', async () => {
      const answers = [
        partnerCenterRefusal(403, 900_150),
        partnerCenterRefusal(400, 20_002),
        refusal(502, 'x'),
      ];
      const { relationships } = await stage(({ count }) => answers[count - 1]);
      const codes: string[] = [];
      for (const _ of answers) codes.push((await failureOf(relationships.consent(client))).code);
      assert.deepEqual(codes, ['not-allowed', 'not-our-customer', 'microsoft-unknown-outcome']);
    });
  });

  describe('the probe', () => {
    it('reads the client’s directory with a token that is new each time', async () => {
      const asked: unknown[] = [];
      const { relationships, requests } = await stage(() => list({ id: client.toUpperCase() }), {
        tokens: {
          forAccount: async (...of) => {
            asked.push(of);
            return `fresh ${asked.length}`;
          },
        },
      });
      assert.equal(await relationships.probe(client), true);
      assert.equal(await relationships.probe(client), true);
      const once = [partner, 'graph', { tenantId: client, fresh: true }];
      assert.deepEqual(asked, [once, once]);
      assert.deepEqual(
        requests.map(({ headers }) => headers.authorization),
        ['Bearer fresh 1', 'Bearer fresh 2'],
      );
      assert.match(requests[0]?.path ?? '', /^\/graph\.microsoft\.com\/v1\.0\/organization\?/);
    });

    it('is false while there is no token for that tenant', async () => {
      const notYet = [
        new PartnerError('consent-missing', { details: { aadsts: '65001' } }),
        new PartnerError('guest-account', { details: { aadsts: '50177' } }),
        new PartnerError('sign-in-needed', { details: { aadsts: '50034' } }),
      ];
      for (const failure of notYet) {
        const { relationships, requests, close } = await stage(() => list({ id: client }), {
          tokens: { forAccount: () => Promise.reject(failure) },
        });
        assert.equal(await relationships.probe(client), false, failure.code);
        assert.equal(requests.length, 0);
        await close();
      }
      open = undefined;
    });

    it('is false while the directory turns the token away or is not that client’s', async () => {
      const answers = [
        refusal(401, 'x'),
        refusal(401, 'x'),
        refusal(403, 'x'),
        refusal(404, 'x'),
        list({ id: 'home' }),
      ];
      const { relationships, requests } = await stage(({ count }) => answers[count - 1]);
      for (const name of ['401', '403', '404', 'another'])
        assert.equal(await relationships.probe(client), false, name);
      assert.equal(requests.length, 5);
    });

    it('throws where a person has to do something, and where Microsoft does not answer', async () => {
      for (const code of ['sign-in-needed', 'conditional-access', 'microsoft-busy'] as const) {
        const { relationships, close } = await stage(() => undefined, {
          tokens: { forAccount: () => Promise.reject(new PartnerError(code)) },
        });
        assert.equal((await failureOf(relationships.probe(client))).code, code);
        await close();
      }
      const { relationships } = await stage(() => refusal(500, 'x'));
      assert.equal((await failureOf(relationships.probe(client))).code, 'microsoft-unavailable');
    });
  });
});
