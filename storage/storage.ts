import type { Account, AccountRef } from '../partner/accounts.ts';
import type { Operation } from '../partner/operations.ts';
import type { TokenStore } from '../partner/sign-in.ts';
import type {
  AuditRow,
  CardAction,
  Changes,
  ChatPerson,
  InboundAnswer,
  Job,
  OutboxRow,
  SignInRequest,
  StateWrite,
} from './changes.ts';

/** The database as the rest of the house sees it. Reads are verbs per noun; writes go through `commit`. */
export interface Storage {
  /** Applies all of it in one transaction. Throws ConflictError when a guard fails; nothing is written then. */
  commit(changes: Changes): Promise<void>;
  /** Called after each commit that added outbox rows or jobs. */
  onCommitted(listener: (changes: Changes) => void): void;
  state: { find(key: string): Promise<StateWrite | undefined> };
  inbound: { find(conversationKey: string, activityId: string): Promise<InboundAnswer | undefined> };
  people: {
    find(key: string): Promise<ChatPerson | undefined>;
    signedInAs(account: AccountRef): Promise<ChatPerson[]>;
  };
  accounts: { find(account: AccountRef): Promise<Account | undefined> };
  signIns: {
    find(state: string): Promise<SignInRequest | undefined>;
    /** The newest open or waiting request of this chat person that has not expired. */
    openFor(personKey: string, now: number): Promise<SignInRequest | undefined>;
  };
  cardActions: { find(nonce: string): Promise<CardAction | undefined> };
  operations: {
    find(id: string): Promise<Operation | undefined>;
    waitingForSignIn(account: AccountRef): Promise<Operation[]>;
  };
  audit: { ofOperation(operationId: string): Promise<AuditRow[]> };
  outbox: OutboxStore;
  jobs: JobStore;
  vault: {
    /** The secret, or undefined when absent or expired. */
    open(key: string, now: number): Promise<string | undefined>;
    /** Opens and removes in one step: of two callers at once only one gets it. */
    take(key: string, now: number): Promise<string | undefined>;
  };
  tokens: TokenStore;
  retention: {
    /**
     * Deletes messages that ended and inbound answers (real time) after 30 days, card actions and sign-ins a day
     * after they expired, and expired secrets (domain time). Times in ms.
     */
    prune(now: { real: number; domain: number }): Promise<void>;
  };
  close(): Promise<void>;
}

export interface OutboxStore {
  /** The oldest waiting row of each conversation whose `notBefore` has come and that awaits no account. */
  due(realNow: number, limit: number): Promise<OutboxRow[]>;
  /** Real time at which the next waiting row is due; undefined when none waits. */
  nextDue(): Promise<number | undefined>;
  find(key: string): Promise<OutboxRow | undefined>;
  /** Whether a later waiting row of the same conversation replaces the same card. */
  overtaken(row: OutboxRow): Promise<boolean>;
  sent(key: string, channelActivityId: string | null): Promise<void>;
  /** Puts a row off; `counted` says whether this was an attempt. */
  later(key: string, notBefore: number, counted: boolean): Promise<void>;
  ended(key: string, status: 'dropped' | 'unknown' | 'failed'): Promise<void>;
  waitingForAccounts(): Promise<{ account: string; count: number }[]>;
  /** Gives the messages that waited for this account to a chat person. */
  release(
    accountKey: string,
    to: { conversationKey: string; reference: OutboxRow['reference'] },
  ): Promise<number>;
}

export interface JobStore {
  /** Takes up to `limit` due jobs under a lease (real time); a job whose lease ran out is taken again. */
  claim(
    now: { real: number; domain: number },
    lease: { owner: string; until: number },
    limit: number,
  ): Promise<Job[]>;
  /** The earliest due time per clock among jobs nobody holds. */
  nextDue(): Promise<{ real: number | undefined; domain: number | undefined }>;
  done(key: string, owner: string): Promise<void>;
  again(key: string, owner: string, dueAt: number, clock: 'real' | 'domain'): Promise<void>;
  /** After a restart of the only process: leases of the one before are void. */
  releaseAll(): Promise<void>;
}
