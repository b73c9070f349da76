import type { NoticeKind } from '../partner/notices.ts';
import type { Storage } from '../storage/storage.ts';
import { createCompanyWrongDuty } from './company-duty.ts';
import { createDelegationEventDuty, createDelegationNewsDuty } from './delegation-duty.ts';
import type { DutyOf } from './duty.ts';
import { createExpiredDuty, createOfferDuty } from './offer-duty.ts';

/** Whose business each kind of notice is. */
export function createDuties(storage: Storage): Readonly<Record<NoticeKind, DutyOf>> {
  return {
    accepted: createOfferDuty(storage, 'accepted'),
    declined: createOfferDuty(storage, 'declined'),
    wished: createOfferDuty(storage, 'wished'),
    asked: createOfferDuty(storage, 'asked'),
    'withdrawn-by-client': createOfferDuty(storage, 'withdrawn-by-client'),
    noted: createOfferDuty(storage, 'noted'),
    'offer-expired': createExpiredDuty(storage),
    'delegation-event': createDelegationEventDuty(storage),
    'delegation-news': createDelegationNewsDuty(storage),
    'company-wrong': createCompanyWrongDuty(storage),
  };
}
