import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addDays,
  type Day,
  dayOf,
  daysBetween,
  endOfDay,
  isDay,
  localParts,
  startOfDay,
  zoneNamed,
} from '../../partner/days.ts';

const hour = 60 * 60 * 1000;
const at = (text: string) => Date.parse(text);

describe('days', () => {
  it('begin in each zone at another instant', () => {
    const morning = at('2026-11-30T23:30:00Z');
    assert.deepEqual(localParts('Asia/Ho_Chi_Minh', morning), {
      ...{ day: '2026-12-01', weekday: 2, hour: 6, minute: 30 },
    });
    assert.deepEqual(localParts('America/New_York', morning), {
      ...{ day: '2026-11-30', weekday: 1, hour: 18, minute: 30 },
    });
    assert.equal(localParts('Asia/Ho_Chi_Minh', at('2026-12-05T17:30:00Z')).weekday, 7);
    assert.equal(startOfDay('Asia/Ho_Chi_Minh', '2026-12-01'), at('2026-11-30T17:00:00Z'));
    assert.equal(endOfDay('America/New_York', '2026-11-30'), at('2026-12-01T05:00:00Z') - 1);
  });

  const changes: [what: string, zone: string, day: Day, start: string, hours: number][] = [
    ['put forward in the night', 'Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z', 23],
    ['put back in the night', 'America/New_York', '2026-11-01', '2026-11-01T04:00:00Z', 25],
    ['put forward at midnight, which is not there', 'Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00Z', 23],
    [
      'put back to midnight, which is there twice',
      'Atlantic/Azores',
      '2026-10-25',
      '2026-10-25T00:00:00Z',
      25,
    ],
  ];
  for (const [what, zone, day, start, hours] of changes) {
    it(`are as long as they are where clocks are ${what}`, () => {
      assert.equal(startOfDay(zone, day), at(start));
      assert.equal(endOfDay(zone, day) + 1 - startOfDay(zone, day), hours * hour);
    });
  }

  it('hold each instant, from their first to their last, in every zone', () => {
    const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const instant = fc.integer({ min: at('1990-01-01T00:00:00Z'), max: at('2060-01-01T00:00:00Z') });
    fc.assert(
      fc.property(zone, instant, (where, when) => {
        const day = dayOf(where, when);
        const [first, last] = [startOfDay(where, day), endOfDay(where, day)];
        assert.ok(first <= when && when <= last, `${where} ${new Date(when).toISOString()}`);
        assert.equal(dayOf(where, first), day);
        assert.notEqual(dayOf(where, first - 1), day);
        assert.equal(dayOf(where, last), day);
        assert.notEqual(dayOf(where, last + 1), day);
      }),
      { numRuns: 500 },
    );
  });

  it('are counted by the calendar', () => {
    assert.equal(addDays('2026-12-31', 1), '2027-01-01');
    assert.equal(addDays('2028-03-01', -1), '2028-02-29');
    assert.equal(daysBetween('2026-03-28', '2026-03-30'), 2);
    assert.equal(daysBetween('2026-12-01', '2026-11-30'), -1);
  });

  it('are those that the calendar has', () => {
    assert.ok(isDay('2028-02-29'));
    for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '2026-11-30T00:00', ' 2026-11-30', '']) {
      assert.ok(!isDay(text), text);
    }
  });

  it('are of zones that have a name', () => {
    assert.equal(zoneNamed('Europe/Berlin'), 'Europe/Berlin');
    assert.equal(zoneNamed('asia/ho_chi_minh'), zoneNamed('Asia/Ho_Chi_Minh'));
    for (const name of ['+07:00', 'Asia/Ha Noi', 'Mars/Base', 'x'.repeat(200), '', undefined, null, 7]) {
      assert.equal(zoneNamed(name), undefined, String(name));
    }
  });
});
