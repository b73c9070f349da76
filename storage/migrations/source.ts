import type { Knex } from 'knex';
import { firstTables } from './001-first-tables.ts';
import { approvalsAndCompanies } from './002-approvals-and-companies.ts';
import { offers } from './003-offers.ts';
import { delegations } from './004-delegations.ts';
import { keySetups } from './005-key-setups.ts';
import { looksByCompany } from './006-looks-by-company.ts';
import { signInsAsRows } from './007-sign-ins.ts';
import { whatIsKept } from './008-what-is-kept.ts';
import { zones } from './009-zones.ts';
import { historyChain } from './010-history-chain.ts';
import { companyMailboxes } from './011-company-mailboxes.ts';
import { carrying } from './012-carrying.ts';
import { notices } from './013-notices.ts';
import { eventsThatDecide } from './014-events-that-decide.ts';

interface Migration {
  name: string;
  up(knex: Knex): Promise<void>;
}

/** The one that makes the heads of the history, which the start that ran it authenticates. */
export const chainMigration = '010-history-chain';

/** In the order in which they run. What was released never changes. */
const migrations: Migration[] = [
  { name: '001-first-tables', up: firstTables },
  { name: '002-approvals-and-companies', up: approvalsAndCompanies },
  { name: '003-offers', up: offers },
  { name: '004-delegations', up: delegations },
  { name: '005-key-setups', up: keySetups },
  { name: '006-looks-by-company', up: looksByCompany },
  { name: '007-sign-ins', up: signInsAsRows },
  { name: '008-what-is-kept', up: whatIsKept },
  { name: '009-zones', up: zones },
  { name: chainMigration, up: historyChain },
  { name: '011-company-mailboxes', up: companyMailboxes },
  { name: '012-carrying', up: carrying },
  { name: '013-notices', up: notices },
  { name: '014-events-that-decide', up: eventsThatDecide },
];

/** Migrations as code: no directory is scanned, so they are the same in TypeScript and in the build. */
export const migrationSource: Knex.MigrationSource<Migration> = {
  getMigrations: async () => migrations,
  getMigrationName: (migration) => migration.name,
  getMigration: async ({ name, up }) => ({
    up,
    down: async () => {
      throw new Error(`there is no way back from migration ${name}`);
    },
  }),
};
