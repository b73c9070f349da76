import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CatalogueItem } from '../../partner/commerce.ts';
import { termsFor } from '../../partner/delegation-terms.ts';
import { isPortalLink, lineFrom, problemsOf, withSeats } from '../../partner/offer-terms.ts';
import type { OfferTerms } from '../../partner/offers.ts';
import { roleIds } from '../../partner/role-ids.ts';
import { line, termsOf, trialLine } from './offer-samples.ts';

const item: CatalogueItem = {
  ...{ item: 'CFQ7:0001', productId: 'CFQ7', skuId: '0001', name: 'Business Standard', description: '' },
  ...{ trial: false, minSeats: 0, maxSeats: 300 },
  terms: [
    { term: 'P1Y', billing: 'monthly' },
    { term: 'P1M', billing: 'monthly' },
  ],
};
const price = { amount: '250000', currency: 'VND', per: 'month', vat: 'excluded' } as const;
const delegation = termsFor('limited', { days: 365, autoExtend: false });
const portalLink = 'https://portal.office.com/partner/partnersignup.aspx?type=Trial&id=1';

describe('a line of an offer', () => {
  it("has the item's usual term and its bounds, from one licence", () => {
    const { seats, minSeats, maxSeats, term, billing, price } = lineFrom(item, 15);
    assert.deepEqual([seats, minSeats, maxSeats, term, billing, price], [15, 1, 300, 'P1Y', 'monthly', null]);
  });

  it('has the term of last time where that can still be bought', () => {
    assert.equal(lineFrom(item, 1, { term: 'P1M', billing: 'monthly' }).term, 'P1M');
    assert.equal(lineFrom(item, 1, { term: 'P3Y', billing: 'monthly' }).term, 'P1Y');
    assert.equal(lineFrom(item, 1, { term: 'P1M', billing: 'annual' }).term, 'P1Y');
  });

  it('of a trial has its fixed number of licences, whatever was asked for', () => {
    for (const [most, fixed] of [
      [25, 25],
      [10_000, 25],
      [1, 1],
    ] as const) {
      const { seats, minSeats, maxSeats } = lineFrom({ ...item, trial: true, maxSeats: most }, 7);
      assert.deepEqual([seats, minSeats, maxSeats], [fixed, fixed, fixed]);
    }
  });

  it('cannot be made of what cannot be bought', () => {
    assert.throws(() => lineFrom({ ...item, terms: [] }, 1), { code: 'service-withdrawn' });
  });
});

describe('terms of an offer', () => {
  const problems = (more: Partial<OfferTerms>) =>
    problemsOf(termsOf(more)).map(({ what, line }) => (line === undefined ? what : `${what} ${line}`));

  it('with every default can be published', () => {
    assert.deepEqual(problems({}), []);
    assert.deepEqual(problems({ lines: [line({ price }), line()] }), []);
    assert.deepEqual(problems({ kind: 'trial', lines: [trialLine] }), []);
    assert.deepEqual(problems({ route: 'advisor', portalLink }), []);
    assert.deepEqual(problems({ delegation }), []);
    assert.deepEqual(problems({ kind: 'delegation', lines: [], delegation }), []);
    assert.deepEqual(problems({ kind: 'delegation', route: 'advisor', lines: [], delegation }), []);
    assert.deepEqual(
      problems({ lines: Array.from({ length: 20 }, () => line()), note: 'x'.repeat(1000) }),
      [],
    );
  });

  const wrong: [string, Partial<OfferTerms>, string[]][] = [
    ['no line', { lines: [] }, ['no-lines']],
    ['21 lines', { lines: Array.from({ length: 21 }, () => line()) }, ['too-many-lines']],
    ['a trial among purchases', { lines: [line(), trialLine] }, ['trial-lines']],
    ['two trials', { kind: 'trial', lines: [trialLine, trialLine] }, ['trial-lines']],
    ['a purchase as a trial', { kind: 'trial', lines: [line()] }, ['trial-lines']],
    ['a trial of another number', { kind: 'trial', lines: [{ ...trialLine, minSeats: 1 }] }, ['seats 0']],
    ['a trial with a price', { kind: 'trial', lines: [{ ...trialLine, price }] }, ['price 0']],
    ['no day', { validDays: 0 }, ['days']],
    ['half a day', { validDays: 1.5 }, ['days']],
    ['91 days', { validDays: 91 }, ['days']],
    ['an advisor without a link', { route: 'advisor' }, ['portal-link']],
    ['a reseller with a link', { portalLink }, ['portal-link']],
    ['a delegation of no day', { delegation: { ...delegation, days: 0 } }, ['delegation']],
    ['a delegation without roles', { delegation: { ...delegation, roles: [] } }, ['delegation']],
    [
      'a Global Administrator that extends by itself',
      { delegation: { ...delegation, roles: [roleIds.globalAdministrator], autoExtend: true } },
      ['delegation'],
    ],
    ['neither services nor a delegation', { kind: 'delegation', lines: [] }, ['delegation']],
    ['services as a delegation', { kind: 'delegation', delegation }, ['delegation']],
    [
      'a delegation with a link',
      { kind: 'delegation', route: 'advisor', lines: [], delegation, portalLink },
      ['portal-link'],
    ],
    ['a long note', { note: 'x'.repeat(1001) }, ['note']],
  ];
  for (const [what, more, expected] of wrong) {
    it(`with ${what} cannot be published`, () => assert.deepEqual(problems(more), expected));
  }

  for (const seats of [0, -1, 1.5, 1e9, 301, Number.NaN, Number.POSITIVE_INFINITY]) {
    it(`with ${seats} licences cannot be published`, () => {
      assert.deepEqual(problems({ lines: [line(), line({ seats })] }), ['seats 1']);
    });
  }

  it('with bounds that allow nothing, or no end, cannot be published', () => {
    assert.deepEqual(problems({ lines: [line({ minSeats: 16 })] }), ['seats 0']);
    assert.deepEqual(problems({ lines: [line({ minSeats: 0 })] }), ['seats 0']);
    assert.deepEqual(problems({ lines: [line({ maxSeats: Number.POSITIVE_INFINITY })] }), ['seats 0']);
  });

  for (const amount of ['', '0', '-1', '1,5', '1e5', '250.000.000', '١', '1.00001']) {
    it(`with the price “${amount}” cannot be published`, () => {
      assert.deepEqual(problems({ lines: [line({ price: { ...price, amount } })] }), ['price 0']);
    });
  }

  it('with a currency that is none cannot be published', () => {
    assert.deepEqual(problems({ lines: [line({ price: { ...price, currency: 'đ' } })] }), ['price 0']);
  });

  it('as a client wished can be published, and are else the same', () => {
    const wish = fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 }));
    fc.assert(
      fc.property(wish, (seats) => {
        const before = termsOf({ lines: [line({ minSeats: 5 }), line({ price })] });
        const after = withSeats(before, seats);
        assert.deepEqual(problemsOf(after), []);
        assert.deepEqual(
          after.lines.map((each) => each.seats),
          seats,
        );
        const bounds = ({ seats: _, minSeats, maxSeats, ...rest }: (typeof before.lines)[number]) => rest;
        assert.deepEqual(after.lines.map(bounds), before.lines.map(bounds));
      }),
    );
    assert.deepEqual(withSeats(termsOf({ lines: [trialLine] }), [40]).lines, [trialLine]);
    assert.deepEqual(withSeats(termsOf(), []), termsOf());
  });
});

describe('a link of the partner portal', () => {
  for (const good of [
    portalLink,
    'https://admin.microsoft.com/Adminportal/Home#/partners/invitation/1',
    'https://PARTNER.Microsoft.com/x',
    'https://portal.partner.microsoftonline.cn/x',
  ])
    it(`can be ${good}`, () => assert.equal(isPortalLink(good), true));

  for (const bad of [
    '',
    'portal.office.com',
    'http://admin.microsoft.com/x',
    'https://admin.microsoft.com.example/x',
    'https://notmicrosoft.com/x',
    'https://admin.microsoft.com@example.com/x',
    'https://me:secret@admin.microsoft.com/x',
    'https://admin.microsoft.com:8443/x',
    'javascript:alert("https://admin.microsoft.com")',
  ])
    it(`cannot be “${bad}”`, () => assert.equal(isPortalLink(bad), false));
});
