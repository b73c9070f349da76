import { addDays, type Day, localParts, startOfDay } from './days.ts';

const hourMs = 60 * 60 * 1000;
/** Monday to Friday; the hours in which nobody minds a reminder. */
const opens = 8;
const closes = 18;

/** This instant (ms) where people work then in this zone, else the moment at which they begin again. */
export function workingMoment(zone: string, at: number): number {
  const { day, hour, weekday } = localParts(zone, at);
  if (weekday <= 5 && hour >= opens && hour < closes) return at;
  let next = weekday <= 5 && hour < opens ? day : addDays(day, 1);
  while (weekdayOf(zone, next) > 5) next = addDays(next, 1);
  return momentOf(zone, next, opens);
}

/** When so many working hours (ms) have gone by since then. */
export function afterWorkingHours(zone: string, since: number, ms: number): number {
  let left = ms;
  let from = workingMoment(zone, since);
  for (;;) {
    const end = momentOf(zone, localParts(zone, from).day, closes);
    if (from + left <= end) return from + left;
    left -= end - from;
    from = workingMoment(zone, end);
  }
}

const weekdayOf = (zone: string, day: Day) => localParts(zone, startOfDay(zone, day)).weekday;

/** When the clock there shows this hour; the day may be shorter or longer than 24 hours. */
function momentOf(zone: string, day: Day, hour: number): number {
  const guess = startOfDay(zone, day) + hour * hourMs;
  const shown = localParts(zone, guess);
  return guess + ((hour - shown.hour) * 60 - shown.minute) * 60_000;
}
