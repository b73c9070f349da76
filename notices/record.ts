import { isToldOfDelegation } from '../cards/offer-delegation-notice.ts';
import { isTold } from '../cards/offer-notice.ts';
import { type Notice, type NoticeSubject, newNotice } from '../partner/notices.ts';
import type { OfferEvent } from '../partner/offers.ts';
import type { Changes, NewJob } from '../storage/changes.ts';

/** Notices with the job that tells them; written in the commit of what they tell. */
export type Noticed = Required<Pick<Changes, 'notices' | 'jobs'>>;

/** To be added with each notice, and when somebody signs in. `at` in domain time, ms. */
export const tellNoticesJob = (subject: NoticeSubject, at: number): NewJob => ({
  key: `notices:${subject}`,
  kind: 'tell-notices',
  args: { subject },
  dueAt: at,
  clock: 'domain',
});

export function toBeTold(notices: readonly Notice[]): Noticed {
  return {
    notices: notices.map((add) => ({ add })),
    jobs: notices.map(({ subject, at }) => tellNoticesJob(subject, at)),
  };
}

/** What the staff hear of these lines of an offer's timeline. `delegationId`: of the delegation that they are about. */
export function noticesOfEvents(
  events: readonly OfferEvent[],
  { delegationId, newId }: { delegationId?: string | undefined; newId(): string },
): Noticed {
  return toBeTold(events.flatMap((event) => noticeOf(event, delegationId, newId) ?? []));
}

function noticeOf(event: OfferEvent, delegationId: string | undefined, newId: () => string) {
  const { id: eventId, company, at } = event;
  if (delegationId !== undefined && isToldOfDelegation(event)) {
    const subject = `delegation/${delegationId}` as const;
    return newNotice({ id: newId(), company, subject, kind: 'delegation-event', at, eventId });
  }
  if (!isTold(event)) return undefined;
  return newNotice({
    ...{ id: newId(), company, subject: `offer/${event.offerId}` as const },
    ...{ kind: event.kind, at, eventId, details: { client: event.client } },
  });
}
