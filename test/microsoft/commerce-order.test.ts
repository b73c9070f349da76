import assert from 'node:assert/strict';
import type { OrderLine } from '../../partner/commerce.ts';
import { client, failureOf, listOf, openCommerce, refusal, type Script } from './commerce-stage.ts';
import type { ScriptedAnswer } from './scripted-cloud.ts';

const line = (item: string, more: Partial<OrderLine> = {}): OrderLine => ({
  item,
  quantity: 5,
  term: 'P1Y',
  billing: 'monthly',
  trial: false,
  ...more,
});
const trialLine = line('BASIC:000T', { quantity: 25, term: 'P1M', billing: 'none', trial: true });

describe('orders placed in Partner Center', () => {
  const opened: { close(): Promise<void> }[] = [];
  after(() => Promise.all(opened.map((one) => one.close())));

  /** One product with a paid SKU and a trial; `post` answers carts and checkouts. */
  async function shop(post: (count: number) => ScriptedAnswer, gone?: Script) {
    const stage = await openCommerce((call) => {
      const found = gone?.(call);
      if (found !== undefined) return found;
      if (call.method === 'POST') return post(call.count);
      if (call.path === '/products/BASIC/skus')
        return listOf([
          { id: '0001', isTrial: false },
          { id: '000T', isTrial: true },
        ]);
      if (call.path === '/products/BASIC/skus/0001/availabilities')
        return listOf([
          { id: 'EDU', segment: 'education', terms: [{ duration: 'P1Y', billingCycle: 'Monthly' }] },
          { id: 'OLD', isPurchasable: false, terms: [{ duration: 'P1Y', billingCycle: 'Monthly' }] },
          { id: 'YEAR', terms: [{ duration: 'P1Y', billingCycle: 'Annual' }] },
          {
            id: 'NOW',
            catalogItemId: 'BASIC:0001:NOW',
            terms: [{ duration: 'P1Y', billingCycle: 'Monthly' }],
          },
        ]);
      if (call.path === '/products/BASIC/skus/000T/availabilities')
        return listOf([{ id: 'FREE', terms: [{ duration: 'P1M', billingCycle: 'None' }] }]);
      return undefined;
    });
    opened.push(stage);
    const posts = () => stage.requests.filter(({ method }) => method === 'POST');
    return { ...stage, posts };
  }

  const cart = (lineItems: object[] | null = null): ScriptedAnswer => ({
    status: 201,
    body: { id: 'cart-1', status: 'Active', lineItems },
  });

  describe('cart', () => {
    it('names the availabilities of this moment, each line in its place', async () => {
      const { commerce, posts } = await shop(() => cart([{ id: 0, pricing: { listPrice: 4 }, error: null }]));
      const made = await commerce.createCart(client, 'VN', [line('BASIC:0001'), trialLine], 'request-1');
      assert.deepEqual(made, { cartId: 'cart-1' });
      const [sent] = posts();
      assert.ok(sent?.path.endsWith(`/v1/customers/${client}/carts`));
      assert.equal(sent?.headers['ms-requestid'], 'request-1');
      assert.deepEqual(JSON.parse(sent?.body ?? ''), {
        PartnerOnRecordAttestationAccepted: true,
        lineItems: [
          {
            id: 0,
            catalogItemId: 'BASIC:0001:NOW',
            quantity: 5,
            billingCycle: 'monthly',
            termDuration: 'P1Y',
          },
          {
            id: 1,
            catalogItemId: 'BASIC:000T:FREE',
            quantity: 25,
            billingCycle: 'none',
            termDuration: 'P1M',
          },
        ],
      });
    });

    it('is not begun when a line cannot be had as it was offered', async () => {
      const lines = [
        line('BASIC:0009'),
        line('NOWHERE:0001'),
        line('no-sku'),
        line('BASIC:0001', { billing: 'one_time' }),
        line('BASIC:0001', { term: 'P3Y' }),
        // A trial that costs something now, and the other way round.
        { ...trialLine, item: 'BASIC:0001', term: 'P1Y', billing: 'monthly' },
        { ...trialLine, trial: false },
      ];
      for (const one of lines) {
        const { commerce, posts } = await shop(() => cart());
        const failure = await failureOf(commerce.createCart(client, 'VN', [trialLine, one], 'request'));
        assert.deepEqual([failure.code, failure.details['item']], ['service-withdrawn', one.item]);
        assert.equal(posts().length, 0, one.item);
      }
    });

    it('is not begun while its lines cannot be read', async () => {
      const { commerce, posts } = await shop(
        () => cart(),
        ({ path }) => (path.endsWith('/availabilities') ? refusal(500, 800003) : undefined),
      );
      const failure = await failureOf(commerce.createCart(client, 'VN', [trialLine], 'request'));
      assert.deepEqual([failure.code, posts().length], ['microsoft-unavailable', 0]);
    });

    it('may be made and still say what is wrong with a line', async () => {
      const cases: [object, string, string][] = [
        [
          { errorCode: 'CatalogItemIdIsNotValid', errorDescription: 'x' },
          'service-withdrawn',
          'CatalogItemIdIsNotValid',
        ],
        [{ errorCode: 'catalog_item_id_is_not_valid' }, 'service-withdrawn', 'catalog_item_id_is_not_valid'],
        [{ code: 27006 }, 'trial-used', '27006'],
        [{ errorCode: 10015 }, 'order-refused', '10015'],
        [{}, 'order-refused', '0'],
      ];
      for (const [error, code, partnerCode] of cases) {
        const lines = [{ id: 0 }, { id: 1, catalogItemId: 'BASIC:000T:FREE', error }];
        const { commerce } = await shop(() => cart(lines));
        const failure = await failureOf(
          commerce.createCart(client, 'VN', [line('BASIC:0001'), trialLine], 'request'),
        );
        assert.deepEqual([failure.code, failure.details], [code, { partnerCode, item: 'BASIC:000T' }]);
      }
    });
  });

  /** What carts and checkouts answer, and what people are told. */
  const refusals: [ScriptedAnswer, string][] = [
    [refusal(403, 13605), 'agreement-missing'],
    [refusal(403, 20002), 'not-our-customer'],
    [refusal(404, 60003), 'not-our-customer'],
    [refusal(404, 400019), 'service-withdrawn'],
    [refusal(403, 2091), 'service-withdrawn'],
    [refusal(400, '800070'), 'service-withdrawn'],
    [refusal(400, 27006), 'trial-used'],
    [refusal(403, 2085), 'order-refused'],
    [refusal(400, 800009), 'order-refused'],
    [refusal(403, 800069), 'order-refused'],
    [refusal(404, 800008), 'cart-expired'],
    [refusal(400, 800065), 'microsoft-unknown-outcome'],
    [refusal(409, 800064), 'microsoft-unknown-outcome'],
    [refusal(409, 800060), 'microsoft-unknown-outcome'],
    [refusal(403, 900150), 'not-allowed'],
    [refusal(403, 2032), 'not-allowed'],
    [refusal(403, 900309), 'conditional-access'],
    [refusal(401, 900421), 'mfa-needed'],
    [{ status: 403, body: 'no json' }, 'not-allowed'],
    [{ status: 429, headers: { 'retry-after': '60' }, body: { statusCode: 429 } }, 'microsoft-busy'],
    [refusal(500, 800005), 'microsoft-unknown-outcome'],
    [{ status: 201, body: 'no json' }, 'microsoft-unknown-outcome'],
    ['reset', 'microsoft-unknown-outcome'],
  ];

  it('are refused in words that say who can help, by cart and by checkout', async () => {
    for (const [answer, code] of refusals) {
      const { commerce, posts, requests } = await shop(() => answer);
      const before = JSON.stringify(answer);
      const cartFailure = await failureOf(commerce.createCart(client, 'VN', [trialLine], 'request'));
      assert.equal(cartFailure.code, code, before);
      const failure = await failureOf(commerce.checkOut(client, 'cart-1', 'request'));
      assert.equal(failure.code, code, before);
      assert.equal(posts().length, 2, 'each sent once');
      assert.equal(requests.filter(({ path }) => path.includes('/checkout')).length, 1);
    }
  });

  it('keep Microsoft’s number, the line and the request id of a refusal, and not its sentence', async () => {
    const { commerce, log } = await shop(() => ({
      ...refusal(400, 27006),
      headers: { 'ms-requestid': 'theirs' },
    }));
    const failure = await failureOf(commerce.createCart(client, 'VN', [trialLine], 'request'));
    assert.deepEqual(failure.details, {
      status: 400,
      microsoftCode: '27006',
      partnerCode: '27006',
      item: 'BASIC:000T',
    });
    assert.equal(failure.requestId, 'theirs');
    assert.doesNotMatch(JSON.stringify([failure, log.lines]), /not for people|token-of/);
  });

  describe('checkout', () => {
    it('has no body, the stored request id, and gives the orders', async () => {
      const orders = [{ id: 'order-1', status: 'pending', totalPrice: 1 }, { id: 'order-2' }];
      const { commerce, posts } = await shop((count) =>
        count === 1
          ? { status: 429, headers: { 'retry-after': '0' }, body: {} }
          : { status: 201, body: { orders, orderErrors: null } },
      );
      const done = await commerce.checkOut(client, 'cart/1', 'request-1');
      assert.deepEqual(done, { orderIds: ['order-1', 'order-2'] });
      assert.deepEqual(
        posts().map(({ body, headers }) => [body, headers['ms-requestid'], headers['content-type']]),
        [
          ['', 'request-1', undefined],
          ['', 'request-1', undefined],
        ],
      );
      const [first, second] = posts();
      assert.ok(first?.path.endsWith(`/v1/customers/${client}/carts/cart%2F1/checkout`));
      assert.equal(first?.headers['ms-correlationid'], second?.headers['ms-correlationid']);
    });

    it('tells what was refused, and what was placed all the same', async () => {
      const cases: [object, string, object][] = [
        [{ orderErrors: [{ code: 27006 }] }, 'trial-used', { partnerCode: '27006' }],
        [{ orders: [], orderErrors: [{ code: 800069 }] }, 'order-refused', { partnerCode: '800069' }],
        [
          { orders: [{ id: 'o1' }, { id: 'o2' }], orderErrors: [{ orderGroupId: '1', code: 27006 }] },
          'order-refused',
          { partnerCode: '27006', placed: 'o1, o2' },
        ],
        [{ orders: null }, 'microsoft-unknown-outcome', {}],
      ];
      for (const [body, code, details] of cases) {
        const { commerce } = await shop(() => ({ status: 201, body }));
        const failure = await failureOf(commerce.checkOut(client, 'cart-1', 'request'));
        assert.deepEqual([failure.code, failure.details], [code, details]);
      }
    });
  });
});
