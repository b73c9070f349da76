/**
 * Calendar days belong to people: each is a day of somebody's zone, and never the server's. Zones are IANA names
 * that Intl knows, instants are ms. https://data.iana.org/time-zones/theory.html
 */

/** A calendar day, `2026-11-30`; which instants it covers depends on the zone. */
export type Day = `${number}-${number}-${number}`;

/** An instant as a clock and a calendar on the wall of this zone show it. */
export interface LocalParts {
  day: Day;
  /** Monday is 1, Sunday 7. */
  weekday: number;
  hour: number;
  minute: number;
}

/** The zone as Intl spells it; undefined for what is no name of a zone, an offset such as `+07:00` included. */
export function zoneNamed(text: unknown): string | undefined {
  if (typeof text !== 'string' || !/^[A-Za-z][\w+/-]{0,59}$/.test(text)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Whether a text is a day that the calendar has. */
export function isDay(text: string): text is Day {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && utcDay(at) === text;
}

/** What the wall shows there at this instant. */
export function localParts(zone: string, at: number): LocalParts {
  const { year, month, day, hour, minute } = wall(zone, at);
  const utc = Date.UTC(year, month - 1, day);
  return { day: utcDay(utc), weekday: new Date(utc).getUTCDay() || 7, hour, minute };
}

/** The calendar day that this instant belongs to there; of the instant that is now: today. */
export function dayOf(zone: string, at: number): Day {
  return localParts(zone, at).day;
}

/** The first instant of the day there: midnight, or later where clocks are put forward at midnight. */
export function startOfDay(zone: string, day: Day): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Clocks there are at most a day from UTC: the offsets before and after that are all there are around it.
  const offsets = [midnight - dayMs, midnight, midnight + dayMs].map((at) => offsetAt(zone, at));
  const possible = offsets.map((offset) => midnight - offset).filter((at) => dayOf(zone, at) >= day);
  return Math.min(...possible);
}

/** The last instant of the day there. */
export function endOfDay(zone: string, day: Day): number {
  return startOfDay(zone, addDays(day, 1)) - 1;
}

/** So many calendar days later, or earlier. */
export function addDays(day: Day, days: number): Day {
  return utcDay(Date.parse(`${day}T00:00:00Z`) + days * dayMs);
}

/** How many calendar days from the one to the other; negative when that is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs;
}

const dayMs = 24 * 60 * 60 * 1000;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** How far the wall is ahead of UTC, ms. */
function offsetAt(zone: string, at: number): number {
  const { year, month, day, hour, minute, second } = wall(zone, at);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

function wall(zone: string, at: number) {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    const numeric = 'numeric';
    clock = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
      ...{ timeZone: zone, hourCycle: 'h23', year: numeric, month: numeric, day: numeric },
      ...{ hour: numeric, minute: numeric, second: numeric },
    });
    clocks.set(zone, clock);
  }
  const parts = clock.formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((each) => each.type === type)?.value);
  return {
    ...{ year: part('year'), month: part('month'), day: part('day') },
    ...{ hour: part('hour'), minute: part('minute'), second: part('second') },
  };
}

function utcDay(at: number): Day {
  return new Date(at).toISOString().slice(0, 10) as Day;
}
