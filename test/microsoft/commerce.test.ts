import assert from 'node:assert/strict';
import { client, failureOf, listOf, openCommerce, refusal, type Script } from './commerce-stage.ts';

describe('commerce over Partner Center', () => {
  const opened: { close(): Promise<void> }[] = [];
  after(() => Promise.all(opened.map((one) => one.close())));

  async function scripted(script: Script, more: Parameters<typeof openCommerce>[1] = {}) {
    const stage = await openCommerce(script, more);
    opened.push(stage);
    return stage;
  }

  const company = (id: string, name: string | null, more: object = {}) => ({
    id,
    companyProfile: { tenantId: id.toUpperCase(), companyName: name, domain: `${id}.vn`, email: null },
    relationshipToPartner: 'Reseller',
    ...more,
  });

  describe('customers', () => {
    it('are found by name and by domain, each once', async () => {
      const { commerce, requests } = await scripted(({ query }) =>
        listOf(
          query.get('filter')?.includes('Domain')
            ? [
                company('a1', 'Đông Á'),
                company('b2', 'Adatum'),
                company('c3', 'Cũ', { relationshipToPartner: 'none' }),
              ]
            : [company('b2', 'Adatum')],
        ),
      );
      const found = await commerce.findCustomers("  O'Brien & Sons #1 ");
      assert.deepEqual(found, [
        { tenantId: 'b2', name: 'Adatum', domain: 'b2.vn', relationship: 'reseller' },
        { tenantId: 'a1', name: 'Đông Á', domain: 'a1.vn', relationship: 'reseller' },
      ]);
      const sent = requests.map(({ path }) => new URL(path, 'http://x').searchParams);
      assert.deepEqual(
        sent.map((query) => [[...query.keys()].join(), JSON.parse(query.get('filter') ?? '')]).sort(),
        ['CompanyName', 'Domain'].map((Field) => [
          'size,filter',
          { Field, Value: "O'Brien & Sons #1", Operator: 'starts_with' },
        ]),
      );
    });

    it('are the first page of all when nothing is typed', async () => {
      const { commerce, requests } = await scripted(() =>
        listOf([company('a1', null)], { uri: '/customers?size=50&seekOperation=Next', token: 'more' }),
      );
      assert.deepEqual(await commerce.findCustomers(' '), [
        { tenantId: 'a1', name: '', domain: 'a1.vn', relationship: 'reseller' },
      ]);
      assert.deepEqual(
        requests.map(({ path }) => path),
        ['/api.partnercenter.microsoft.com/v1/customers?size=50'],
      );
    });

    it('are read one by one, and undefined when they are none of ours', async () => {
      const { commerce } = await scripted(({ path }) => {
        if (path.endsWith('/ours')) return { status: 200, body: company('ours', 'Fabrikam', { novel: [] }) };
        if (path.endsWith('/gone'))
          return { status: 200, body: company('gone', 'X', { relationshipToPartner: 'None' }) };
        if (path.endsWith('/other')) return refusal(403, 20002);
        if (path.endsWith('/unknown')) return refusal(404, 60003);
        return refusal(403, 900150);
      });
      assert.equal((await commerce.customer('ours'))?.name, 'Fabrikam');
      for (const id of ['gone', 'other', 'unknown']) assert.equal(await commerce.customer(id), undefined);
      assert.equal((await failureOf(commerce.customer('any'))).code, 'not-allowed');
    });

    it('come by one link, which is Microsoft’s own or none', async () => {
      const url = 'https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId=1#/x';
      const good = await scripted(() => ({ status: 200, body: { url, attributes: {} } }));
      const inSandbox = new URL(await good.commerce.relationshipLink());
      assert.equal(`https:/${inSandbox.pathname}${inSandbox.search}${inSandbox.hash}`, url);
      assert.deepEqual(good.calls(), ['GET /customers/relationshiprequests']);
      const bad = await scripted(() => ({ status: 200, body: { url: 'javascript:alert(1)' } }));
      assert.equal((await failureOf(bad.commerce.relationshipLink())).code, 'unexpected');
    });
  });

  describe('agreement', () => {
    const answers =
      (signed: boolean, confirmed: object[], templates: object[]): Script =>
      ({ path }) => {
        if (path.endsWith('/directSignedMicrosoftCustomerAgreementStatus'))
          return { status: 200, body: { isSigned: signed } };
        return listOf(path === '/agreements' ? templates : confirmed);
      };
    const template = (templateId: string, versionRank: number | null, agreementType?: string) => ({
      templateId,
      versionRank,
      agreementType: agreementType ?? 'MicrosoftCustomerAgreement',
    });

    it('is accepted when the client signed or we attested it', async () => {
      const signed = await scripted(answers(true, [], []));
      assert.deepEqual(await signed.commerce.agreement(client), { state: 'accepted' });
      const attested = await scripted(answers(false, [{ type: 'microsoftCustomerAgreement' }], []));
      assert.deepEqual(await attested.commerce.agreement(client), { state: 'accepted' });
      const asked = attested.requests.map(({ path }) => path).find((path) => path.includes('?'));
      assert.ok(asked?.endsWith(`/customers/${client}/agreements?agreementType=MicrosoftCustomerAgreement`));
    });

    it('is missing otherwise, with the newest template of the right kind', async () => {
      const { commerce } = await scripted(
        answers(
          false,
          [{ type: 'MicrosoftCloudAgreement' }],
          [template('old', 0), template('new', 2), template('cloud', 9, 'MicrosoftCloudAgreement')],
        ),
      );
      assert.deepEqual(await commerce.agreement(client), { state: 'missing', templateId: 'new' });
      const without = await scripted(answers(false, [], []));
      assert.equal((await failureOf(without.commerce.agreement(client))).code, 'unexpected');
    });

    const attestation = {
      templateId: 'new',
      firstName: 'Minh',
      lastName: 'Trần',
      mail: 'minh@fabrikam.vn',
      phone: '',
      agreedOn: '2026-03-01',
    };

    it('is attested with the stored request id, without a phone where there is none', async () => {
      const { commerce, requests } = await scripted(() => ({ status: 201, body: { userId: 'x' } }));
      await commerce.attestAgreement(client, attestation, 'request-1');
      await commerce.attestAgreement(client, { ...attestation, phone: '0901' }, 'request-2');
      const [first, second] = requests;
      assert.equal(first?.headers['ms-requestid'], 'request-1');
      assert.deepEqual(JSON.parse(first?.body ?? ''), {
        primaryContact: { firstName: 'Minh', lastName: 'Trần', email: 'minh@fabrikam.vn' },
        templateId: 'new',
        dateAgreed: '2026-03-01T00:00:00.000Z',
        type: 'MicrosoftCustomerAgreement',
      });
      assert.equal(JSON.parse(second?.body ?? '').primaryContact.phoneNumber, '0901');
    });

    it('of a stranger is refused, and a lost answer stays unknown', async () => {
      const stranger = await scripted(() => refusal(403, 20002));
      assert.equal((await failureOf(stranger.commerce.agreement(client))).code, 'not-our-customer');
      const { commerce } = stranger;
      const refused = await failureOf(commerce.attestAgreement(client, attestation, 'request'));
      assert.equal(refused.code, 'not-our-customer');
      const lost = await scripted(() => 'reset');
      const failure = await failureOf(lost.commerce.attestAgreement(client, attestation, 'request'));
      assert.deepEqual([failure.code, lost.requests.length], ['microsoft-unknown-outcome', 1]);
    });

    it('is not there in 21Vianet’s cloud', async () => {
      const { commerce, requests } = await scripted(() => refusal(500, 1), { cloud: '21vianet' });
      assert.equal((await failureOf(commerce.agreement(client))).code, 'not-in-cloud');
      const refused = await failureOf(commerce.attestAgreement(client, attestation, 'request'));
      assert.equal(refused.code, 'not-in-cloud');
      assert.equal(requests.length, 0);
    });
  });

  describe('orders', () => {
    const order = (id: string, more: object = {}) => ({
      id,
      status: 'Pending',
      creationDate: '2026-03-01T08:00:00Z',
      totalPrice: 1234.5,
      lineItems: [{ offerId: 'CFQ7TTC0LH18:0001:CFQ7TTC0K971', quantity: 5, pricing: { listPrice: 77 } }],
      ...more,
    });

    it('are read page by page with the continuation token, and without any price', async () => {
      const { commerce, requests } = await scripted(({ request }) =>
        request.headers['ms-continuationtoken'] === 'page 2'
          ? listOf([order('two', { status: null, creationDate: null, lineItems: null })])
          : listOf([order('one')], { uri: `/v1/customers/${client}/orders?seek=Next`, token: 'page 2' }),
      );
      const orders = await commerce.orders(client);
      assert.deepEqual(orders, [
        {
          orderId: 'one',
          status: 'pending',
          lines: [{ item: 'CFQ7TTC0LH18:0001', quantity: 5, subscriptionId: undefined }],
          createdAt: '2026-03-01T08:00:00Z',
        },
        { orderId: 'two', status: 'unknown', lines: [], createdAt: '' },
      ]);
      assert.doesNotMatch(JSON.stringify(orders), /77|1234/);
      const host = '/api.partnercenter.microsoft.com/v1';
      assert.deepEqual(
        requests.map(({ path }) => path),
        [`${host}/customers/${client}/orders`, `${host}/customers/${client}/orders?seek=Next`],
      );
    });

    it('are not followed to another host, nor in a circle', async () => {
      for (const uri of [
        'https://evil.example/v1/customers',
        '//evil.example/x',
        'https://a:b@evil.example/',
      ]) {
        const { commerce, requests } = await scripted(() => listOf([order('one')], { uri }));
        assert.equal((await failureOf(commerce.orders(client))).code, 'unexpected');
        assert.equal(requests.length, 1, uri);
      }
      const circle = await scripted(() => listOf([], { uri: `/customers/${client}/orders` }));
      assert.equal((await failureOf(circle.commerce.orders(client))).code, 'unexpected');
    });

    it('may not show yet, and one that cannot be read is not passed over', async () => {
      const none = await scripted(() => refusal(404, 20000));
      assert.deepEqual(await none.commerce.orders(client), []);
      assert.deepEqual(await none.commerce.subscriptionsOf(client, 'one'), []);
      const empty = await scripted(() => listOf(null));
      assert.deepEqual(await empty.commerce.orders(client), []);
      const stranger = await scripted(() => refusal(404, 60003));
      assert.equal((await failureOf(stranger.commerce.orders(client))).code, 'not-our-customer');
      const odd = await scripted(() => listOf([order('one'), { status: 'completed' }]));
      assert.equal((await failureOf(odd.commerce.orders(client))).code, 'unexpected');
    });

    it('lead to their subscriptions', async () => {
      const { commerce, requests } = await scripted(() =>
        listOf([
          {
            id: 's1',
            friendlyName: null,
            offerName: 'Basic',
            quantity: 5,
            status: 'Disabled',
            orderId: 'ORDER/1',
          },
          { id: 's2', friendlyName: 'Mine', quantity: null, status: 'active', orderId: null },
          { id: 's3', friendlyName: 'Other', quantity: 1, status: 'active', orderId: 'order/2' },
        ]),
      );
      assert.deepEqual(await commerce.subscriptionsOf(client, 'order/1'), [
        { subscriptionId: 's1', name: 'Basic', quantity: 5, status: 'disabled', orderId: 'ORDER/1' },
        { subscriptionId: 's2', name: 'Mine', quantity: 0, status: 'active', orderId: undefined },
      ]);
      assert.ok(requests[0]?.path.endsWith(`/customers/${client}/subscriptions?order_id=order%2F1`));
    });
  });
});
