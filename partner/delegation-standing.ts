import { dayOf, daysBetween } from './days.ts';
import { type Delegation, type DelegationState, reminderDays } from './delegations.ts';

/** `reason` of one that works, but with which nobody of ours may do anything any more. */
export const accessLost = 'access-lost';

/** The client approved, and Microsoft has not ended it. */
export const alive: readonly DelegationState[] = ['active', 'usable', 'expiring'];

/** Whether it works now, as far as it was read. */
export function isAlive(delegation: Delegation): boolean {
  return alive.includes(delegation.state);
}

/** Of all with one client, another one that works while this one ends; the one that lasts longest. */
export function otherAlive(
  all: readonly Delegation[],
  { id, client, company }: Delegation,
): Delegation | undefined {
  // Of what is recorded by hand nobody knows whose tenant it is.
  if (client.tenantId === '') return undefined;
  const others = all.filter(
    (each) =>
      each.id !== id &&
      each.company === company &&
      each.client.tenantId === client.tenantId &&
      isAlive(each) &&
      (each.wasUsable || each.answeredAt === null) &&
      each.reason !== accessLost,
  );
  return others.toSorted((one, other) => (other.endsAt ?? Infinity) - (one.endsAt ?? Infinity))[0];
}

/** Whether nothing can come of it any more. */
export function isOver(state: DelegationState): boolean {
  return state === 'ended' || state === 'expired' || state === 'unapproved';
}

/** Calendar days of this zone until the day on which it ends, 0 on that day; undefined while no end is known. */
export function daysLeft({ endsAt }: Delegation, now: number, zone: string): number | undefined {
  return endsAt === null ? undefined : daysBetween(dayOf(zone, now), dayOf(zone, endsAt));
}

/**
 * Days left of which the maker is to be reminded now (31, 14, 7 or 1), each once; only the nearest one after a long
 * pause. Undefined: nothing is due, since it extends by itself, does not work, or was never made for so long.
 */
export function dueReminder(delegation: Delegation, now: number, zone: string): number | undefined {
  const { terms, reminded, endsAt } = delegation;
  const left = daysLeft(delegation, now, zone);
  const isPast = endsAt !== null && endsAt <= now;
  if (!isAlive(delegation) || left === undefined || isPast || terms.autoExtend) return undefined;
  const due = Math.min(...reminderDays.filter((days) => left <= days && days < terms.days));
  return Number.isFinite(due) && !reminded.includes(due) ? due : undefined;
}
