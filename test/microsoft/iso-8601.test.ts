import assert from 'node:assert/strict';
import { dateIn, daysIn } from '../../microsoft/graph/iso-8601.ts';

describe('ISO 8601 as Microsoft writes it', () => {
  it('counts the days of a duration', () => {
    const known: [string, number][] = [
      ['P1D', 1],
      ['P730D', 730],
      ['P2Y', 730],
      ['P1Y6M', 545],
      ['P2W', 14],
      ['P1DT12H', 1],
      ['p180d', 180],
    ];
    for (const [text, days] of known) assert.equal(daysIn(text), days, text);
    for (const text of ['PT0S', 'P0D', 'P', '', '30', 'P-1D', null, undefined]) assert.equal(daysIn(text), 0);
  });

  it('reads a date, and none where Microsoft has none', () => {
    assert.equal(dateIn('2022-02-10T11:24:42.3148266Z'), '2022-02-10T11:24:42.314Z');
    assert.equal(dateIn('2022-02-10T18:24:42+07:00'), '2022-02-10T11:24:42.000Z');
    for (const text of ['', 'soon', '0001-01-01T00:00:00Z', null, undefined])
      assert.equal(dateIn(text), undefined);
  });
});
