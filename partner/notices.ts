import { type AccountRef, accountKey } from './accounts.ts';
import type { OfferEventKind } from './offers.ts';
import type { JsonObject } from './operations.ts';

/** What a client does about an offer that the staff hear of at once; a look is a line of the timeline and no more. */
export const clientNoticeKinds = [
  'accepted',
  'declined',
  'wished',
  'asked',
  'withdrawn-by-client',
  'noted',
] as const satisfies OfferEventKind[];
export type ClientNoticeKind = (typeof clientNoticeKinds)[number];

/** What the staff hear of. */
export const noticeKinds = [
  ...clientNoticeKinds,
  /** The time of an offer is over, and nobody answered. */
  'offer-expired',
  /** What the client or Microsoft did with a delegation, as the offer's timeline has it. */
  'delegation-event',
  /** What the daily look found of a delegation: a `DelegationNews`. */
  'delegation-news',
  /** Somebody says that the company's details are wrong. */
  'company-wrong',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What a notice is about: an offer, a delegation or the company, by its id. */
export type NoticeSubject = `offer/${string}` | `delegation/${string}` | `company/${string}`;

/**
 * Something that is to be told to whoever has the duty, not to one person: who that is, and whether it is still so, is looked
 * at when it is told. Times are domain time, ms.
 */
export interface Notice {
  id: string;
  /** Tenant id of the partner. */
  company: string;
  subject: NoticeSubject;
  kind: NoticeKind;
  /** Line of the offer's timeline that it tells. */
  eventId: string | null;
  /** What no other record has; never a secret. */
  details: JsonObject;
  /** Member of staff whose words these are, and who hears the answer. */
  by: AccountRef | null;
  at: number;
  /** Account keys of those who were told. */
  toldTo: string[];
  /** When the first of them was. */
  toldAt: number | null;
  /** Since when it is for everybody who may act; null: only for whom it is first. */
  everyoneAt: number | null;
  /** `over`: told and nothing to do, taken by somebody, or no longer so. */
  status: 'open' | 'over';
  /** Counts stored changes; a save with an old one is a conflict. */
  rev: number;
}

interface Traits {
  /** Somebody has to do something: after four working hours everybody who may is told. */
  wants: boolean;
  /** Several of one offer within minutes are told in one message. */
  gathers: boolean;
}

export const noticeTraits: Readonly<Record<NoticeKind, Traits>> = {
  accepted: { wants: true, gathers: true },
  declined: { wants: false, gathers: true },
  wished: { wants: true, gathers: true },
  asked: { wants: true, gathers: true },
  'withdrawn-by-client': { wants: false, gathers: true },
  noted: { wants: false, gathers: true },
  'offer-expired': { wants: false, gathers: false },
  'delegation-event': { wants: false, gathers: false },
  'delegation-news': { wants: false, gathers: false },
  'company-wrong': { wants: true, gathers: false },
};

/** Nobody did anything: a date has come. It waits for working hours; what answers somebody's act does not. */
export function isNudge({ kind, details }: Notice): boolean {
  const byTheClock: unknown[] = ['reminder', 'expired', 'unapproved'];
  return kind === 'offer-expired' || (kind === 'delegation-news' && byTheClock.includes(details['what']));
}

export function newNotice(
  begun: Pick<Notice, 'id' | 'company' | 'subject' | 'kind' | 'at'> &
    Partial<Pick<Notice, 'eventId' | 'details' | 'by'>>,
): Notice {
  const untold = { toldTo: [], toldAt: null, everyoneAt: null, status: 'open', rev: 1 } as const;
  return { eventId: null, details: {}, by: null, ...begun, ...untold, toldTo: [] };
}

/** After these accounts were told; one that wants nothing is over with that. */
export function toldNotice(notice: Notice, accounts: readonly string[], now: number): Notice {
  if (accounts.length === 0) return notice;
  return {
    ...notice,
    toldTo: [...notice.toldTo, ...accounts],
    toldAt: notice.toldAt ?? now,
    status: noticeTraits[notice.kind].wants ? notice.status : 'over',
  };
}

export const wasToldTo = ({ toldTo }: Notice, account: AccountRef): boolean =>
  toldTo.includes(accountKey(account));

export const isNoticeSubject = (value: unknown): value is NoticeSubject =>
  typeof value === 'string' && /^(?:offer|delegation|company)\/./.test(value);

/** The id behind the kind of thing. */
export const idOfSubject = (subject: NoticeSubject): string => subject.slice(subject.indexOf('/') + 1);

/** Every card of a notice has a key of this stem; the rest tells for whom. */
export const noticeStem = (noticeId: string): string => `notice.${noticeId}.`;
