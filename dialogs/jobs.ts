import { addUserJob } from './add-user.ts';
import { approvalsJob } from './approvals.ts';
import type { Job } from './job.ts';
import { operationsJob } from './operation-buttons.ts';
import { overviewJob } from './overview.ts';
import { usersJob } from './users.ts';
import { wishJob } from './wish.ts';

/** Everything that the bot does for people. A new job is one file and one line here. */
export const jobs: readonly Job[] = [overviewJob, usersJob, addUserJob, operationsJob, wishJob, approvalsJob];
