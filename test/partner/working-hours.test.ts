import assert from 'node:assert/strict';
import { afterWorkingHours, workingMoment } from '../../partner/working-hours.ts';

const hourMs = 60 * 60 * 1000;
const hanoi = 'Asia/Ho_Chi_Minh';
const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString();

describe('working hours', () => {
  // 30 November 2026 is a Monday; Ha Noi is 7 hours ahead.
  const moments: [string, string, string, string][] = [
    ['stays within them', hanoi, '2026-11-30T02:00:00Z', '2026-11-30T02:00:00.000Z'],
    ['begins at eight', hanoi, '2026-11-30T00:30:00Z', '2026-11-30T01:00:00.000Z'],
    ['is over at six', hanoi, '2026-11-30T11:00:00Z', '2026-12-01T01:00:00.000Z'],
    ['goes over a weekend', hanoi, '2026-12-04T12:00:00Z', '2026-12-07T01:00:00.000Z'],
    ['knows Sunday', hanoi, '2026-12-06T03:00:00Z', '2026-12-07T01:00:00.000Z'],
    ['takes the day of the zone, not of UTC', hanoi, '2026-12-06T18:00:00Z', '2026-12-07T01:00:00.000Z'],
    // Clocks are put forward in the night to Sunday, 28 March 2027.
    ['begins at eight in summer time', 'Europe/Berlin', '2027-03-27T12:00:00Z', '2027-03-29T06:00:00.000Z'],
    ['begins at eight in winter time', 'Europe/Berlin', '2027-03-26T02:00:00Z', '2027-03-26T07:00:00.000Z'],
  ];
  for (const [what, zone, from, expected] of moments) {
    it(what, () => assert.equal(iso(workingMoment(zone, at(from))), expected));
  }

  const later: [string, string, number, string, string][] = [
    ['count within a day', hanoi, 4, '2026-11-30T02:00:00Z', '2026-11-30T06:00:00.000Z'],
    ['go on the next morning', hanoi, 4, '2026-11-30T09:00:00Z', '2026-12-01T03:00:00.000Z'],
    ['end with the day exactly', hanoi, 4, '2026-11-30T07:00:00Z', '2026-11-30T11:00:00.000Z'],
    ['count from eight when it was night', hanoi, 4, '2026-11-30T16:00:00Z', '2026-12-01T05:00:00.000Z'],
    ['count from Monday when it was Saturday', hanoi, 4, '2026-12-05T05:00:00Z', '2026-12-07T05:00:00.000Z'],
    ['pass over days', hanoi, 24, '2026-12-03T02:00:00Z', '2026-12-07T06:00:00.000Z'],
    ['know a short weekend', 'Europe/Berlin', 4, '2027-03-26T15:00:00Z', '2027-03-29T08:00:00.000Z'],
  ];
  for (const [what, zone, hours, from, expected] of later) {
    it(what, () => assert.equal(iso(afterWorkingHours(zone, at(from), hours * hourMs)), expected));
  }
});
