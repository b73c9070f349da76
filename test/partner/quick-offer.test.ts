import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CatalogueItem } from '../../partner/commerce.ts';
import { readQuickOffer } from '../../partner/quick-offer.ts';
import { readAmount } from '../../partner/stated-price.ts';
import { findServices, inUsualOrder, usualServices } from '../../partner/usual-services.ts';

describe('an offer typed in one line', () => {
  const standard = 'O365_BUSINESS_PREMIUM';
  const read: [string, string, number | undefined, string, string][] = [
    ['15 Fabrikam business standard', 'purchase', 15, 'Fabrikam', standard],
    ['15 fabrikam Business Standard.', 'purchase', 15, 'fabrikam', standard],
    ['15 business standard cho Fabrikam', 'purchase', 15, 'Fabrikam', standard],
    ['15 giấy phép Business Standard cho Công ty Đại Phát', 'purchase', 15, 'Công ty Đại Phát', standard],
    ['chào hàng 15 Fabrikam business standard', 'purchase', 15, 'Fabrikam', standard],
    ["3 O'Brien & Sons #1 business premium", 'purchase', 3, "O'Brien & Sons #1", 'SPB'],
    [
      '20 fabrikam.vn microsoft 365 business basic',
      'purchase',
      20,
      'fabrikam.vn',
      'O365_BUSINESS_ESSENTIALS',
    ],
    ['5 exchange online plan 1 cho Northwind', 'purchase', 5, 'Northwind', 'EXCHANGESTANDARD'],
    ['7 office 365 e3', 'purchase', 7, '', 'ENTERPRISEPACK'],
    ['mời dùng thử Fabrikam business standard', 'trial', undefined, 'Fabrikam', standard],
    ['Fabrikam dung thu business premium', 'trial', undefined, 'Fabrikam', 'SPB'],
    ['trial 25 business basic for Fabrikam', 'trial', undefined, 'Fabrikam', 'O365_BUSINESS_ESSENTIALS'],
  ];
  for (const [text, kind, seats, client, partNumber] of read) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.deepEqual(readQuickOffer(text), { kind, seats, client, partNumber });
    });
  }

  const others = [
    '',
    '15',
    'Fabrikam business standard',
    '15 Fabrikam',
    '0 Fabrikam business standard',
    '-1 Fabrikam business standard',
    '1.5 Fabrikam business standard',
    '1000000000 Fabrikam business standard',
    'mười Fabrikam business standard',
    'Nguyễn Thị Lan',
    '123456',
    `15 ${'x'.repeat(200)} business standard`,
  ];
  for (const text of others) {
    it(`leaves ${JSON.stringify(text.slice(0, 40))} alone`, () => {
      assert.equal(readQuickOffer(text), undefined);
    });
  }

  it('never throws, and never makes up seats', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const seats = readQuickOffer(`${text} business standard`)?.seats;
        assert.ok(seats === undefined || (Number.isSafeInteger(seats) && text.includes(String(seats))));
      }),
    );
  });
});

describe('the usual services', () => {
  const item = (name: string, trial = false): CatalogueItem => ({
    ...{ item: `P:${name}`, productId: 'P', skuId: name, name, description: '', trial },
    ...{ minSeats: 1, maxSeats: 300, terms: [{ term: 'P1Y', billing: 'monthly' }] },
  });
  const catalogue = [
    item('Visio Plan 1'),
    item('Microsoft 365 Business Premium'),
    item('Microsoft 365 Business Basic'),
    item('Microsoft 365 Business Standard Trial', true),
    { ...item('Exchange Online Kiosk'), terms: [] },
    item('Exchange Online (Plan 1)'),
    item('Exchange Online (Plan 2)'),
  ];
  const names = (items: readonly CatalogueItem[]) => items.map(({ name }) => name);

  it('are all known by name', () => {
    assert.equal(usualServices.length, 8);
  });

  it('come first; what cannot be bought and the other kind do not come', () => {
    assert.deepEqual(names(inUsualOrder(catalogue, 'purchase')), [
      'Microsoft 365 Business Basic',
      'Microsoft 365 Business Premium',
      'Exchange Online (Plan 1)',
      'Exchange Online (Plan 2)',
      'Visio Plan 1',
    ]);
    assert.deepEqual(names(inUsualOrder(catalogue, 'trial')), ['Microsoft 365 Business Standard Trial']);
  });

  it('are found by what people call them, by a part of the name, or not', () => {
    assert.deepEqual(names(findServices(catalogue, 'business premium')), ['Microsoft 365 Business Premium']);
    assert.deepEqual(names(findServices(catalogue, 'business standard')), [
      'Microsoft 365 Business Standard Trial',
    ]);
    assert.deepEqual(names(findServices(catalogue, 'exchange')), ['Exchange Online (Plan 1)']);
    assert.deepEqual(
      names(findServices(catalogue, 'exch plan')),
      ['Exchange Online Kiosk', 'Exchange Online (Plan 1)', 'Exchange Online (Plan 2)'].slice(1),
    );
    assert.deepEqual(names(findServices(catalogue, 'dynamics')), []);
    assert.deepEqual(names(findServices(catalogue, '  ')), []);
  });
});

describe('a price as people type it', () => {
  const amounts: [string, string, string | undefined][] = [
    ['250000', 'VND', '250000'],
    ['250.000', 'VND', '250000'],
    ['250,000', 'VND', '250000'],
    ['1.250.000', 'VND', '1250000'],
    ['250 000', 'VND', '250000'],
    ['250000.5', 'VND', undefined],
    ['5.50', 'USD', '5.50'],
    ['5,5', 'EUR', '5.5'],
    ['1.234,50', 'EUR', '1234.50'],
    ['1,234.50', 'USD', '1234.50'],
    ['1.234', 'USD', undefined],
    ['1.234.567', 'USD', '1234567'],
    ['007', 'USD', '7'],
    ['0', 'USD', undefined],
    ['-5', 'USD', undefined],
    ['1e9', 'USD', undefined],
    ['mười', 'VND', undefined],
    ['12.34.56', 'USD', undefined],
    ['', 'VND', undefined],
    ['99999999999999999', 'VND', undefined],
  ];
  for (const [typed, currency, amount] of amounts) {
    it(`reads ${JSON.stringify(typed)} ${currency} as ${amount ?? 'nothing'}`, () => {
      assert.equal(readAmount(typed, currency), amount);
    });
  }
});
