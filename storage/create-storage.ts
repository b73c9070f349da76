import type { Log } from '../partner/log.ts';
import { createAcceptanceStore } from './acceptances.ts';
import { createAccountStore } from './accounts.ts';
import { createApprovalStore } from './approvals.ts';
import { createAttemptStore } from './attempts.ts';
import { createAuditStore } from './audit.ts';
import { createAuditChain } from './audit-chain.ts';
import { createHeadSeal } from './audit-hash.ts';
import { createCardActionStore } from './card-actions.ts';
import { createColleagueStore } from './colleagues.ts';
import { createCommit } from './commit.ts';
import { createCompanyZoneStore } from './company-zones.ts';
import { createConfirmationStore } from './confirmations.ts';
import { type DatabaseAddress, openDatabase } from './database.ts';
import { createDelegationStore } from './delegations.ts';
import { createForgottenStore } from './forgotten.ts';
import { createInboundStore } from './inbound.ts';
import { createJobStore } from './jobs.ts';
import { createKeySetupStore } from './key-setups.ts';
import { chainMigration } from './migrations/source.ts';
import { createNoticeStore } from './notices.ts';
import { createOfferEventStore } from './offer-events.ts';
import { createOfferGuards } from './offer-guards.ts';
import { createOfferVersionStore } from './offer-versions.ts';
import { createOfferStore } from './offers.ts';
import { createOperationCardStore } from './operation-cards.ts';
import { createOperationStore } from './operations.ts';
import { createOpinionStore } from './opinions.ts';
import { createOutboxStore } from './outbox.ts';
import { createPeopleStore } from './people.ts';
import { createRetention } from './retention.ts';
import { createSeal } from './seal.ts';
import { createSignInStore } from './sign-ins.ts';
import { createSignOutStore } from './sign-outs.ts';
import { createStateStore } from './state.ts';
import { createStatementStore } from './statements.ts';
import type { Storage } from './storage.ts';
import { createTokenStore } from './tokens.ts';
import { createVault } from './vault.ts';

type StorageOptions = DatabaseAddress & {
  /** 32 bytes; seals what the vault holds. */
  vaultKey: Buffer;
  /** Keys of before, 32 bytes each: they still open what they sealed. */
  formerVaultKeys?: Buffer[];
  /** Hears of rows that cannot be read, and of how far the history goes. */
  log?: Log;
  /** Domain time, ms, for what the history cannot tell the time of otherwise; the machine's own unless given. */
  now?: () => number;
};

/**
 * Opens the database (`file`: SQLite, created if missing, or `:memory:`; `url`: PostgreSQL), brings it up to date
 * and gives every noun its store. One process per SQLite file. Throws plain Errors: without storage nothing starts.
 */
export async function createStorage(options: StorageOptions): Promise<Storage> {
  const { vaultKey, formerVaultKeys = [], now = Date.now, log } = options;
  const seal = createSeal({ key: vaultKey, formerKeys: formerVaultKeys });
  const database = await openDatabase(options, log);
  const { knex } = database;

  const stores = {
    state: createStateStore({ knex, realNow: Date.now }),
    inbound: createInboundStore(database),
    people: createPeopleStore(database),
    accounts: createAccountStore(database),
    signOuts: createSignOutStore(database),
    forgotten: createForgottenStore(),
    tokens: createTokenStore({ knex, seal }),
    attempts: createAttemptStore(database),
    signIns: createSignInStore(database),
    outbox: createOutboxStore({ ...database, realNow: Date.now }),
    cardActions: createCardActionStore(database),
    operations: createOperationStore({ ...database, realNow: Date.now }),
    operationCards: createOperationCardStore(),
    approvals: createApprovalStore(database),
    jobs: createJobStore(database),
    vault: createVault({ knex, seal }),
    confirmations: createConfirmationStore(database),
    statements: createStatementStore(database),
    companyZones: createCompanyZoneStore(database),
    offers: createOfferStore(database),
    offerGuards: createOfferGuards(),
    offerVersions: createOfferVersionStore(),
    acceptances: createAcceptanceStore(database),
    delegations: createDelegationStore(database),
    keySetups: createKeySetupStore(database),
    notices: createNoticeStore(database),
    offerEvents: createOfferEventStore(database),
    colleagues: createColleagueStore(database),
    opinions: createOpinionStore(database),
  };
  const chain = createAuditChain({ seal: createHeadSeal(vaultKey, formerVaultKeys), log });
  if (database.migrated.includes(chainMigration)) chain.tell(await chain.sealMigrated(knex));
  const { commit, onCommitted } = createCommit({ database, stores, history: { chain, now } });

  return {
    ...stores,
    audit: createAuditStore(database),
    commit,
    onCommitted,
    retention: createRetention(stores),
    close: () => database.close(),
  };
}
