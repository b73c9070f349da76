import { delegationNewsCard } from '../cards/delegation-news.ts';
import {
  type DelegationNoticeView,
  isToldOfDelegation,
  offerDelegationNoticeCard,
} from '../cards/offer-delegation-notice.ts';
import type { DelegationNews } from '../partner/delegation-news.ts';
import { accessLost, daysLeft, isAlive, otherAlive } from '../partner/delegation-standing.ts';
import type { Delegation, DelegationState } from '../partner/delegations.ts';
import { idOfSubject, type Notice } from '../partner/notices.ts';
import type { Storage } from '../storage/storage.ts';
import { type Duty, type DutyOf, nobodysDuty } from './duty.ts';
import { takeNonce } from './offer-duty.ts';

type Sources = Pick<Storage, 'delegations' | 'offerEvents'>;

const capabilities = ['extend-delegation', 'record-delegation'] as const;

/** In which states of the delegation an event of its offer's timeline is still news. */
const statesOf: Readonly<Record<DelegationNoticeView['event']['kind'], readonly DelegationState[]>> = {
  'delegation-allowed': ['requested', 'waiting-for-approval', 'active', 'usable', 'expiring', 'failed'],
  'delegation-declined': ['declined'],
  'delegation-approved': ['active', 'usable', 'expiring', 'failed'],
  'delegation-usable': ['active', 'usable', 'expiring'],
  'delegation-ended': ['ended', 'expired'],
  'delegation-unapproved': ['unapproved'],
};

/** What the client or Microsoft did with a delegation; of several only the last is told. */
export function createDelegationEventDuty(storage: Sources): DutyOf {
  return async (notices) => {
    const delegation = await delegationOf(storage, notices);
    if (delegation === undefined) return nobodysDuty;
    const events = await Promise.all(
      notices.map(({ eventId }) => (eventId === null ? undefined : storage.offerEvents.find(eventId))),
    );
    const last = events.at(-1);
    const isSo =
      last !== undefined && isToldOfDelegation(last) && statesOf[last.kind].includes(delegation.state);
    return {
      ...dutyFor(delegation, isSo ? notices.slice(-1) : []),
      draw(reader, [notice]) {
        if (last === undefined || notice === undefined || !isToldOfDelegation(last))
          throw new Error('an event that nobody is told of');
        const { words, language, account, insteadOf } = reader;
        const take = takeFor(reader, delegation, notice);
        return offerDelegationNoticeCard(words, language, {
          ...{ account, delegation, event: last, insteadOf, take },
        });
      },
    };
  };
}

/** What the daily look found, of a delegation that nobody was working on. */
export function createDelegationNewsDuty(storage: Sources): DutyOf {
  return async (notices) => {
    const delegation = await delegationOf(storage, notices);
    if (delegation === undefined) return nobodysDuty;
    const all = await storage.delegations.withClient(delegation.company, delegation.client.tenantId);
    const other = otherAlive(all, delegation);
    const lastReminder = notices.findLast(isReminder);
    return {
      ...dutyFor(
        delegation,
        notices.filter(
          (notice) => isStillSo(delegation, notice) && (!isReminder(notice) || notice === lastReminder),
        ),
      ),
      draw(reader, [notice]) {
        if (notice === undefined) throw new Error('no news of a delegation');
        const { words, language, account, insteadOf, now } = reader;
        const news = asOfNow(delegation, notice.details as DelegationNews, { now, zone: words.zone });
        const take = takeFor(reader, delegation, notice);
        return delegationNewsCard(words, language, { account, delegation, news, other, insteadOf, take });
      },
    };
  };
}

async function delegationOf(storage: Sources, [one]: readonly Notice[]): Promise<Delegation | undefined> {
  return one && storage.delegations.find(idOfSubject(one.subject));
}

function dutyFor(delegation: Delegation, still: readonly Notice[]): Omit<Duty, 'draw'> {
  return {
    first: delegation.maker,
    capabilities,
    takes: ['offer-delegation', 'record-delegation'],
    still: new Set(still.map(({ id }) => id)),
  };
}

/** Of one that was made elsewhere nobody is first, and there is nothing to be taken. */
function takeFor(reader: Parameters<typeof takeNonce>[0], { maker }: Delegation, notice: Notice): string {
  return maker === null ? '' : takeNonce(reader, { maker }, notice);
}

const isReminder = ({ details }: Notice) => (details as DelegationNews).what === 'reminder';

/** A reminder may have waited for working hours since the look that found it. */
function asOfNow(
  delegation: Delegation,
  news: DelegationNews,
  { now, zone }: { now: number; zone: string },
): DelegationNews {
  return news.what === 'reminder' ? { ...news, days: daysLeft(delegation, now, zone) ?? news.days } : news;
}

function isStillSo(delegation: Delegation, { details }: Notice): boolean {
  const { state, reason, endsAt } = delegation;
  switch ((details as DelegationNews).what) {
    case 'reminder':
      return isAlive(delegation) && endsAt === details['endsAt'];
    case 'no-access':
      return isAlive(delegation) && reason === accessLost;
    case 'approved':
      return state === 'active' || state === 'expiring' || state === 'failed';
    case 'expired':
    case 'ended':
    case 'unapproved':
      return state === details['what'];
  }
}
