import { delegationActsJob } from './delegation-acts.ts';
import { delegationOfferJob } from './delegation-offer.ts';
import { delegationRecordJob } from './delegation-record.ts';
import { delegationStaffJob } from './delegation-staff.ts';
import { delegationTakeOverJob } from './delegation-take-over.ts';
import { delegationsJob } from './delegations.ts';
import type { Job } from './job.ts';
import { offerChangesJob } from './offer-changes.ts';
import { offerClientJob } from './offer-client.ts';
import { offerEditJob } from './offer-edit.ts';
import { offerHandOverJob } from './offer-hand-over.ts';
import { offerLinesJob } from './offer-lines.ts';
import { makeOfferJob } from './offer-make.ts';
import { offerPreviewJob } from './offer-preview.ts';
import { offerQuestionJob } from './offer-question.ts';
import { offerSendJob } from './offer-send.ts';
import { offerShareJob } from './offer-share.ts';
import { offerShowJob } from './offer-show.ts';
import { offersJob } from './offers.ts';
import { orderAttestJob } from './order-attest.ts';
import { orderConfirmJob } from './order-confirm.ts';
import { orderReopenJob } from './order-reopen.ts';
import { orderStopJob } from './order-stop.ts';
import { orderTakeOverJob } from './order-take-over.ts';

/** Everything that staff do about trial invitations and purchase offers. */
export const offerJobs: readonly Job[] = [
  makeOfferJob,
  offerPreviewJob,
  offerSendJob,
  offerLinesJob,
  offerEditJob,
  offersJob,
  offerShowJob,
  offerChangesJob,
  offerShareJob,
  offerHandOverJob,
  offerClientJob,
  offerQuestionJob,
  orderConfirmJob,
  orderAttestJob,
  orderReopenJob,
  orderStopJob,
  orderTakeOverJob,
  delegationOfferJob,
  delegationsJob,
  delegationStaffJob,
  delegationTakeOverJob,
  delegationActsJob,
  delegationRecordJob,
];
