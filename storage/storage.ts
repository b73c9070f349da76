import type { Account, AccountRef } from '../partner/accounts.ts';
import type { Approval } from '../partner/approvals.ts';
import type { AuditRow } from '../partner/audit-row.ts';
import type { AuthorisationStatement } from '../partner/company-authorisations.ts';
import type { CompanyConfirmation } from '../partner/company-confirmation.ts';
import type { KeptZone } from '../partner/company-zones.ts';
import type { Delegation, DelegationState } from '../partner/delegations.ts';
import type { Colleague } from '../partner/help.ts';
import type { KeySetup } from '../partner/key-setups.ts';
import type { Notice, NoticeKind, NoticeSubject } from '../partner/notices.ts';
import type {
  Acceptance,
  AcceptanceState,
  ClientCompany,
  Offer,
  OfferEvent,
  OfferEventKind,
  OfferVersion,
} from '../partner/offers.ts';
import type { Operation, OperationStatus } from '../partner/operations.ts';
import type { TokenStore } from '../partner/sign-in.ts';
import type {
  CardAction,
  Changes,
  ChatPerson,
  InboundAnswer,
  Job,
  OutboxRow,
  SignInRequest,
  StateWrite,
} from './changes.ts';
import type { Attempt } from './sign-in-changes.ts';

/** The database as the rest of the house sees it. Reads are verbs per noun; writes go through `commit`. */
export interface Storage {
  /** Applies all of it in one transaction. Throws ConflictError when a guard fails; nothing is written then. */
  commit(changes: Changes): Promise<void>;
  /** Called after each commit that added outbox rows or jobs, or with which an account signed in. */
  onCommitted(listener: (changes: Changes) => void): void;
  state: { find(key: string): Promise<StateWrite | undefined> };
  inbound: {
    find(conversationKey: string, activityId: string): Promise<InboundAnswer | undefined>;
    /** When somebody last wrote or pressed in this conversation (real time, ms); undefined: not as long as that is kept. */
    lastAt(conversationKey: string): Promise<number | undefined>;
  };
  people: {
    find(key: string): Promise<ChatPerson | undefined>;
    signedInAs(account: AccountRef): Promise<ChatPerson[]>;
    /** Everybody who is signed in with an account of this tenant. */
    inCompany(tenantId: string): Promise<ChatPerson[]>;
  };
  accounts: { find(account: AccountRef): Promise<Account | undefined> };
  signOuts: {
    /** When this account last left every chat and page (real time, ms); undefined: not of late. */
    last(account: AccountRef): Promise<number | undefined>;
  };
  signIns: {
    find(state: string): Promise<SignInRequest | undefined>;
    /** The newest open or waiting request of this chat person that has not expired. */
    openFor(personKey: string, now: number): Promise<SignInRequest | undefined>;
    /** The newest request of this chat person, however it stands. */
    newestOf(personKey: string): Promise<SignInRequest | undefined>;
  };
  attempts: {
    /** How many of this kind by this one are not older than `since` (domain time, ms). */
    count(of: Pick<Attempt, 'what' | 'who'>, since: number): Promise<number>;
  };
  cardActions: { find(nonce: string): Promise<CardAction | undefined> };
  operations: {
    find(id: string): Promise<Operation | undefined>;
    waitingForSignIn(account: AccountRef): Promise<Operation[]>;
    /** Those that wait for a sign-in although their account has signed in since they were refused. */
    signedInSince(limit: number): Promise<Operation[]>;
    /** Newest first. */
    ofActor(account: AccountRef, statuses: readonly OperationStatus[], limit?: number): Promise<Operation[]>;
    /** Those of a company that go on by themselves, of these kinds. */
    running(company: string, kinds: readonly string[]): Promise<Operation[]>;
  };
  approvals: {
    find(id: string): Promise<Approval | undefined>;
    /** The newest one, should it have been asked more than once. */
    ofOperation(operationId: string): Promise<Approval | undefined>;
    /** The chats in which somebody asked for a yes to this operation, the first time or again. */
    askedFrom(operationId: string): Promise<string[]>;
    /** Waiting ones of a company, oldest first. */
    waiting(company: string): Promise<Approval[]>;
    /** Waiting ones whose time is over, the one that ended first at the front. */
    expired(now: number, limit: number): Promise<Approval[]>;
  };
  audit: {
    ofOperation(operationId: string): Promise<AuditLine[]>;
    /**
     * Acts, newest first: what goes on with an operation is not one of its own, and is in `ofOperation` with all the rows
     * of that. `number` of the last act is the `beforeNumber` of the next page.
     */
    ofCompany(company: string, query: AuditQuery): Promise<(AuditLine & { ofOperation: AuditLine[] })[]>;
  };
  confirmations: { find(company: string): Promise<CompanyConfirmation | undefined> };
  /** What was stated about the company's authorisations, by their names. */
  statements: { of(company: string): Promise<AuthorisationStatement[]> };
  companyZones: { find(company: string): Promise<KeptZone | undefined> };
  offers: {
    find(id: string): Promise<Offer | undefined>;
    byCode(code: string): Promise<Offer | undefined>;
    /** Newest first; `before` is the `createdAt` and id of the last one of the page before. */
    ofCompany(company: string, query: OfferQuery): Promise<Offer[]>;
    version(offerId: string, number: number): Promise<OfferVersion | undefined>;
    /** Published ones whose time is over, the one that ended first at the front. */
    expired(now: number, limit: number): Promise<Offer[]>;
  };
  acceptances: {
    find(id: string): Promise<Acceptance | undefined>;
    ofOffer(offerId: string): Promise<Acceptance[]>;
    ofClient(offerId: string, tenantId: string): Promise<Acceptance | undefined>;
    /** Of a partner, in these states, the one that was answered first at the front. */
    ofCompany(company: string, states: readonly AcceptanceState[]): Promise<Acceptance[]>;
    /** Of a partner, with a wish for other numbers that no version has answered since; the one that came first at the front. */
    wishing(company: string): Promise<Acceptance[]>;
    /** Clients with whom this partner had to do last, each once, newest first. */
    recentClients(company: string, limit?: number): Promise<ClientCompany[]>;
  };
  delegations: {
    find(id: string): Promise<Delegation | undefined>;
    ofOffer(offerId: string): Promise<Delegation[]>;
    ofClient(offerId: string, tenantId: string): Promise<Delegation | undefined>;
    byRelationship(company: string, relationshipId: string): Promise<Delegation | undefined>;
    /** All that a partner has with one client, whatever came of them; the oldest first. */
    withClient(company: string, tenantId: string): Promise<Delegation[]>;
    /** Of a partner, in these states; those that end first at the front, those without an end last. */
    ofCompany(company: string, states: readonly DelegationState[]): Promise<Delegation[]>;
  };
  keySetups: {
    find(id: string): Promise<KeySetup | undefined>;
    /** Those of a partner that go on, the oldest first. */
    open(company: string): Promise<KeySetup[]>;
    /** Those that do not, the newest first. */
    over(company: string): Promise<KeySetup[]>;
  };
  notices: {
    find(id: string): Promise<Notice | undefined>;
    /** Open ones about this, the oldest first. */
    open(subject: NoticeSubject): Promise<Notice[]>;
    /** Open ones of a company of this kind, the oldest first. */
    ofKind(company: string, kind: NoticeKind): Promise<Notice[]>;
    /** When somebody was last told something of this kind about this (domain time, ms). */
    lastTold(subject: NoticeSubject, kind: NoticeKind): Promise<number | undefined>;
    /** What open notices of a company are about that were told to nobody yet, or are for everybody who may act. */
    seeking(company: string): Promise<NoticeSubject[]>;
  };
  offerEvents: {
    find(id: string): Promise<OfferEvent | undefined>;
    /** Newest first. */
    ofOffer(offerId: string, limit: number): Promise<OfferEvent[]>;
    /** How many of these kinds are about one client, however long the timeline is. */
    count(offerId: string, tenantId: string, kinds: readonly OfferEventKind[]): Promise<number>;
    /** All of these kinds of one offer, about one client or all of it, however long the timeline is; newest first. */
    ofKinds(offerId: string, kinds: readonly OfferEventKind[], tenantId?: string): Promise<OfferEvent[]>;
    /**
     * When (domain time, ms) this offer was last answered with *no more mails*, or an offer of the same company was by whoever
     * has this address (upper and lower case are the same); undefined: never. Everybody who mails about an offer asks this.
     */
    stoppedAt(offer: Pick<Offer, 'id' | 'company'>, mail: string): Promise<number | undefined>;
    /** Newest first, of all offers of a partner. */
    ofCompany(company: string, kinds: readonly OfferEventKind[]): Promise<OfferEvent[]>;
  };
  colleagues: { find(company: string): Promise<Colleague | undefined> };
  /** Thumbs per topic, by its name. */
  opinions: { counts(): Promise<{ topic: string; up: number; down: number }[]> };
  outbox: OutboxStore;
  jobs: JobStore;
  vault: {
    /** The secret, or undefined when absent or expired. */
    open(key: string, now: number): Promise<string | undefined>;
    /** Opens and removes in one step: of two callers at once only one gets it. */
    take(key: string, now: number): Promise<string | undefined>;
  };
  tokens: TokenStore;
  /**
   * What goes by itself, and when: docs/decisions/014-what-is-kept.md.
   */
  retention: readonly RetentionPart[];
  close(): Promise<void>;
}

/** Which rows of a company's audit are asked for. */
export interface AuditQuery {
  actor?: AccountRef;
  /** Part of the object's name; upper and lower case are the same, nothing in it is a wildcard. */
  object?: string;
  /** Beside `object`: rows about exactly these, and rows of these people. */
  or?: { objects: readonly string[]; actors: readonly AccountRef[] };
  beforeNumber?: number;
  /** Leaves out the mails that the bot sends for people. */
  withoutMails?: boolean;
  limit: number;
}

/** A row with its number in its company's chain. */
export type AuditLine = AuditRow & { number: number };

/** Which offers of a company are asked for. */
export interface OfferQuery {
  maker?: AccountRef;
  /** Only those of which something is being written. */
  withDraft?: true;
  statuses?: readonly Offer['status'][];
  before?: { createdAt: number; id: string };
  limit: number;
}

/** Until when (real time, ms) something is held, and by whom; owners differ per process. */
export interface Lease {
  owner: string;
  until: number;
}

export interface OutboxStore {
  /**
   * Takes, under a lease (real time), the oldest waiting row of each conversation whose `notBefore` has come and that awaits
   * no account; none of a conversation of which somebody else holds a row. One whose lease ran out is taken again, and so
   * is one that is the owner's: `except` names the conversations that it is at work on.
   */
  claim(
    realNow: number,
    lease: Lease,
    which: { limit: number; except?: readonly string[] },
  ): Promise<OutboxRow[]>;
  /** Holds these rows of the owner until then; those that another owner took meanwhile stay theirs. */
  renew(keys: readonly string[], lease: Lease): Promise<void>;
  /** Real time at which the next waiting row is due; undefined when none waits. */
  nextDue(): Promise<number | undefined>;
  find(key: string): Promise<OutboxRow | undefined>;
  /** Rows whose key begins so, oldest first; looks through all keys, so for rare questions only. */
  under(stem: string): Promise<OutboxRow[]>;
  /** The channel's id of the message that shows it; null where it was not shown. */
  shownAs(key: string): Promise<string | null>;
  /** Whether a later waiting row of the same conversation replaces the same card. */
  overtaken(row: OutboxRow): Promise<boolean>;
  /** This and the next two change nothing of a row that another owner took meanwhile. */
  sent(key: string, owner: string, channelActivityId: string | null): Promise<void>;
  /** Puts a row off, for whoever is there then; `counted` says whether this was an attempt. */
  later(key: string, owner: string, notBefore: number, counted: boolean): Promise<void>;
  ended(key: string, owner: string, status: 'dropped' | 'unknown' | 'failed'): Promise<void>;
  /** After a restart of the only process: leases of the one before are void. */
  releaseAll(): Promise<void>;
  waitingForAccounts(): Promise<{ account: string; count: number }[]>;
  /** Gives the messages that waited for this account to a chat person. */
  release(
    accountKey: string,
    to: { conversationKey: string; reference: OutboxRow['reference'] },
  ): Promise<number>;
}

export interface JobStore {
  /** Takes up to `limit` due jobs under a lease (real time); a job whose lease ran out is taken again. */
  claim(now: { real: number; domain: number }, lease: Lease, limit: number): Promise<Job[]>;
  /** Holds these jobs of the owner until then; those that another owner took meanwhile stay theirs. */
  renew(keys: readonly string[], lease: Lease): Promise<void>;
  /** The earliest due time per clock among jobs nobody holds. */
  nextDue(): Promise<{ real: number | undefined; domain: number | undefined }>;
  done(key: string, owner: string): Promise<void>;
  again(key: string, owner: string, dueAt: number, clock: 'real' | 'domain'): Promise<void>;
  /** After a restart of the only process: leases of the one before are void. */
  releaseAll(): Promise<void>;
}

/** When retention looks (ms), and of which companies people are staff here. */
export interface RetentionLook {
  real: number;
  domain: number;
  isStaff(tenantId: string): boolean;
}

/** Deletes what of one kind nobody needs any more. */
export interface RetentionPart {
  name: string;
  prune(look: RetentionLook): Promise<void>;
}
