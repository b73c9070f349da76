import { acceptDelegationJob } from './accept-delegation.ts';
import { addUserJob } from './add-user.ts';
import { answerOfferJob } from './answer-offer.ts';
import { approvalDeclineJob } from './approval-decline.ts';
import { approvalsJob } from './approvals.ts';
import { authorisationsJob } from './authorisations.ts';
import { changeLicencesJob } from './change-licences.ts';
import { companyJob } from './company.ts';
import { companyEditJob } from './company-edit.ts';
import { companyMailboxJob } from './company-mailbox.ts';
import { companyWrongJob } from './company-wrong.ts';
import { companyWrongAnswerJob } from './company-wrong-answer.ts';
import { companyZoneJob } from './company-zone.ts';
import { deletedUsersJob } from './deleted-users.ts';
import { domainsJob } from './domains.ts';
import { editUserJob } from './edit-user.ts';
import { helpJob } from './help.ts';
import { historyJob } from './history.ts';
import type { Job } from './job.ts';
import { keySetupNewJob } from './key-setup-new.ts';
import { keySetupReportJob } from './key-setup-report.ts';
import { keySetupsJob } from './key-setups.ts';
import { noticeTakeJob } from './notice-take.ts';
import { offerJobs } from './offer-jobs.ts';
import { operationsJob } from './operation-buttons.ts';
import { overviewJob } from './overview.ts';
import { rolesJob } from './roles.ts';
import { forgetMeJob } from './sign-in/forget-me.ts';
import { subscriptionsJob } from './subscriptions.ts';
import { supportJob } from './support.ts';
import { userJobsJob } from './user-jobs.ts';
import { usersJob } from './users.ts';
import { wishJob } from './wish.ts';

/** Everything that the bot does for people. A new job is one file and one line here. */
export const jobs: readonly Job[] = [
  overviewJob,
  usersJob,
  userJobsJob,
  editUserJob,
  changeLicencesJob,
  deletedUsersJob,
  addUserJob,
  rolesJob,
  supportJob,
  operationsJob,
  wishJob,
  approvalsJob,
  approvalDeclineJob,
  authorisationsJob,
  companyMailboxJob,
  historyJob,
  helpJob,
  forgetMeJob,
  companyJob,
  companyEditJob,
  companyWrongJob,
  companyWrongAnswerJob,
  companyZoneJob,
  domainsJob,
  subscriptionsJob,
  ...offerJobs,
  keySetupsJob,
  keySetupNewJob,
  keySetupReportJob,
  noticeTakeJob,
  answerOfferJob,
  acceptDelegationJob,
];
