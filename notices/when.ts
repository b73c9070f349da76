import { type Notice, noticeTraits } from '../partner/notices.ts';
import { afterWorkingHours } from '../partner/working-hours.ts';

const minuteMs = 60 * 1000;
const hourMs = 60 * minuteMs;
/** So long whoever is first has for it before everybody who may act is told; working time. */
const patienceMs = 4 * hourMs;
/** More of one kind about one offer are told together, this long after the message before. */
export const gatherMs = 2 * minuteMs;
/** What found nobody looks again so often, beside each sign-in. */
const lookAgainMs = 24 * hourMs;
/** Somebody's rights could not be read. */
export const unreadMs = 15 * minuteMs;

/** This moment of domain time, ms, and whose day it is (IANA zone). */
interface Moment {
  zone: string;
  now: number;
}

/** When everybody who may act is told of what was told to one alone. */
function patienceEnds({ zone }: Moment, { kind, toldAt, everyoneAt }: Notice): number | undefined {
  if (!noticeTraits[kind].wants || toldAt === null || everyoneAt !== null) return undefined;
  return afterWorkingHours(zone, toldAt, patienceMs);
}

export function isOverdue(moment: Moment, notice: Notice): boolean {
  const end = patienceEnds(moment, notice);
  return end !== undefined && moment.now >= end;
}

export function nextLook(moment: Moment, notice: Notice): number[] {
  if (notice.status === 'over') return [];
  if (notice.toldAt === null) return [moment.now + lookAgainMs];
  const end = patienceEnds(moment, notice);
  return end === undefined ? [] : [end];
}
