/**
 * The time that due dates, expiries and reminders follow, in milliseconds since 1970.
 * With the sandbox it is the sandbox's movable clock. Time-outs and back-off use real time instead.
 */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
