import type { CompanyMailboxes } from '../partner/company-mailbox.ts';
import type { ClientNoticeKind, NoticeKind } from '../partner/notices.ts';
import type { Storage } from '../storage/storage.ts';
import { createCompanyWrongDuty } from './company-duty.ts';
import { createDelegationEventDuty, createDelegationNewsDuty } from './delegation-duty.ts';
import type { DutyOf } from './duty.ts';
import { createExpiredDuty, createOfferDuty } from './offer-duty.ts';

/** Whose business each kind of notice is. */
export function createDuties(
  storage: Storage,
  mailboxes: CompanyMailboxes,
): Readonly<Record<NoticeKind, DutyOf>> {
  const offerDuty = (kind: ClientNoticeKind) => createOfferDuty({ storage, mailboxes }, kind);
  return {
    accepted: offerDuty('accepted'),
    declined: offerDuty('declined'),
    wished: offerDuty('wished'),
    asked: offerDuty('asked'),
    'withdrawn-by-client': offerDuty('withdrawn-by-client'),
    noted: offerDuty('noted'),
    'offer-expired': createExpiredDuty(storage),
    'delegation-event': createDelegationEventDuty(storage),
    'delegation-news': createDelegationNewsDuty(storage),
    'company-wrong': createCompanyWrongDuty(storage),
  };
}
