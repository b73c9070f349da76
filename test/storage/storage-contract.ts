import type { Storage } from '../../storage/storage.ts';
import { acceptanceContract } from './contract/acceptances.ts';
import { approvalContract } from './contract/approvals.ts';
import { commitContract } from './contract/commit.ts';
import { companyContract } from './contract/companies.ts';
import { delegationContract } from './contract/delegations.ts';
import { forgottenContract } from './contract/forgotten.ts';
import { forgottenHistoryContract } from './contract/forgotten-history.ts';
import { guardContract } from './contract/guards.ts';
import { historyContract } from './contract/history.ts';
import { jobContract } from './contract/jobs.ts';
import { keySetupContract } from './contract/key-setups.ts';
import { offerContract } from './contract/offers.ts';
import { outboxContract } from './contract/outbox.ts';
import { retentionContract } from './contract/retention.ts';
import { rowContract } from './contract/rows.ts';
import { signInContract } from './contract/sign-ins.ts';
import { vaultContract } from './contract/vault.ts';

/** Gives the storage of the running test. */
export type Opened = () => Storage;

/** What every database must do. `open` gives an empty storage for each test. */
export function storageContract(database: string, open: () => Promise<Storage>): void {
  describe(`storage on ${database}`, () => {
    let storage: Storage;

    beforeEach(async () => {
      storage = await open();
    });

    afterEach(() => storage.close());

    const opened: Opened = () => storage;
    rowContract(opened);
    commitContract(opened);
    guardContract(opened);
    approvalContract(opened);
    companyContract(opened);
    offerContract(opened);
    acceptanceContract(opened);
    delegationContract(opened);
    keySetupContract(opened);
    historyContract(opened);
    outboxContract(opened);
    jobContract(opened);
    vaultContract(opened);
    signInContract(opened);
    retentionContract(opened);
    forgottenContract(opened);
    forgottenHistoryContract(opened);
  });
}
