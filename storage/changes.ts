import type { Account, AccountRef } from '../partner/accounts.ts';
import type { Approval, ApprovalDecision } from '../partner/approvals.ts';
import type { AuthorisationStatement } from '../partner/company-authorisations.ts';
import type { CompanyConfirmation } from '../partner/company-confirmation.ts';
import type { ZoneStatement } from '../partner/company-zones.ts';
import type { Delegation } from '../partner/delegations.ts';
import type { ErrorCode } from '../partner/errors.ts';
import type { Colleague, Opinion } from '../partner/help.ts';
import type { KeySetup } from '../partner/key-setups.ts';
import type { Notice } from '../partner/notices.ts';
import type { Acceptance, Offer, OfferEvent, OfferVersion } from '../partner/offers.ts';
import type { Json, JsonObject, Operation, OperationCard } from '../partner/operations.ts';
import type { AttemptWrite, Forgotten, SignOut, TokensWrite } from './sign-in-changes.ts';

/**
 * Everything that a turn, a page request or a job step wants written, as one plain value.
 * `storage.commit` applies it in one transaction or not at all; a lost race throws `ConflictError`.
 */
export interface Changes {
  state?: StateWrite[];
  inbound?: InboundAnswer[];
  people?: ChatPerson[];
  accounts?: Account[];
  signOuts?: SignOut[];
  forgotten?: Forgotten[];
  tokens?: TokensWrite[];
  attempts?: AttemptWrite[];
  signIns?: SignInWrite[];
  outbox?: OutboxMessage[];
  cardActions?: CardActionWrite[];
  operations?: OperationWrite[];
  operationCards?: OperationCardWrite[];
  approvals?: ApprovalWrite[];
  deeds?: Deed[];
  jobs?: NewJob[];
  vault?: VaultWrite[];
  confirmations?: CompanyConfirmation[];
  statements?: AuthorisationStatement[];
  companyZones?: CompanyZoneWrite[];
  colleagues?: Colleague[];
  opinions?: Opinion[];
  offers?: OfferWrite[];
  offerGuards?: OfferGuard[];
  offerVersions?: OfferVersion[];
  acceptances?: AcceptanceWrite[];
  offerEvents?: OfferEvent[];
  delegations?: DelegationWrite[];
  keySetups?: KeySetupWrite[];
  notices?: NoticeWrite[];
}

/** Bot state of one conversation; `version` is the one read (0 = there was none). */
export interface StateWrite {
  key: string;
  version: number;
  schema: number;
  body: JsonObject;
}

/** The stored answer to an activity, so that a redelivered one gets it again. `null` body: nothing to say. */
export interface InboundAnswer {
  conversationKey: string;
  activityId: string;
  answer: { status: number; body: Json } | null;
  at: number;
}

/**
 * A person in a channel: who to write to, in which language, and as which account they are signed in.
 * `version` is the one read (0 = there was none): a person may be in several conversations and on a page at once.
 */
export interface ChatPerson {
  /** Teams: `<channelId>/<from.id>`, stable per person and bot; elsewhere with the conversation's id behind it. */
  key: string;
  /** Reference of the 1:1 conversation, once there is one. */
  reference: JsonObject | null;
  language: 'vi' | 'en' | null;
  account: AccountRef | null;
  /** IANA name of the zone that their messages carried last; null: of none yet. */
  zone: string | null;
  welcomedAt: number | null;
  /** When they last wrote or pressed (domain time, ms), to the day; null: not since this is kept. */
  seenAt: number | null;
  version: number;
}

export interface SignInRequest {
  state: string;
  /** Chat person who asked. */
  personKey: string;
  conversationKey: string;
  /** Domain time, ms. */
  expiresAt: number;
  status: 'open' | 'waiting-for-code' | 'finished' | 'failed';
  account: AccountRef | null;
  /** Keyed hash of the 6-digit code, while one is awaited. */
  codeHash: string | null;
}

/** `from` guards against a second end of the same one: another status there is a conflict. */
export type SignInWrite = { add: SignInRequest } | { update: SignInRequest; from: SignInRequest['status'] };

/** A message on its way to a chat. */
export interface OutboxMessage {
  /** Our own key of the card or message; later rows may replace it. */
  key: string;
  conversationKey: string;
  reference: JsonObject;
  activity: JsonObject;
  /** Key of the message that this one takes the place of, where the channel can. */
  replaces: string | null;
  /** A step on the way: dropped when a later one for the same card is waiting, or the channel cannot update. */
  passing: boolean;
  /** Account key whose sign-in it waits for; `personKey` and reference are then filled in at sign-in. */
  forAccount: string | null;
}

/** A row of the outbox as the sender sees it. `seq` orders a conversation; `channelActivityId` is known once sent. */
export interface OutboxRow extends OutboxMessage {
  seq: number;
  attempts: number;
  status: 'waiting' | 'sent' | 'dropped' | 'unknown' | 'failed';
  channelActivityId: string | null;
  /** Real time, ms. */
  notBefore: number;
}

/** What a button stands for. Arguments and permission stay here; the card carries verb and nonce only. */
export interface CardAction {
  nonce: string;
  verb: string;
  schema: number;
  personKey: string;
  accountKey: string | null;
  company: string | null;
  args: JsonObject;
  /** Domain time, ms. */
  expiresAt: number;
  usedAt: number | null;
}

/** `use` of a nonce that is used already is a conflict. */
export type CardActionWrite = { add: CardAction } | { use: string; at: number };

/**
 * `save` carries the version that was read and stores version + 1, and leaves the card where it stands; `by`: who did it,
 * where that is not its actor; `obsolete`: why it is called off without being done, where nothing was left to do. `same`: it
 * must still be as it was read, though nothing of it is written.
 */
export type OperationWrite =
  | { add: Operation }
  | { save: Operation; by?: AccountRef; obsolete?: ErrorCode }
  | { same: Pick<Operation, 'id' | 'version'> };

/** `place` moves the card; `same`: it must still stand where it was read, since something is drawn in its place. */
export type OperationCardWrite = { place: OperationCard } | { same: OperationCard };

/** A waiting approval is decided once: `decide` of one that is not waiting is a conflict. */
export type ApprovalWrite = { add: Approval } | { decide: ApprovalDecision };

/** `save` carries the `rev` that was read and stores rev + 1; another one there is a conflict. */
export type OfferWrite = { add: Offer } | { save: Offer };

/** An offer that must still be as it was read, though nothing of it is written; another `rev` there is a conflict. */
export type OfferGuard = Pick<Offer, 'id' | 'rev'>;

/** A client company has one acceptance of an offer: adding a second one is a conflict. `save` as for offers. */
export type AcceptanceWrite = { add: Acceptance } | { save: Acceptance };

/**
 * One of each offer and client: adding a second one is a conflict. `save` as for offers; `by`: who says it of one that is
 * recorded by hand.
 */
export type DelegationWrite = { add: Delegation } | { save: Delegation; by?: AccountRef };

/** `read`: the country as Microsoft had it then (domain time, ms), null where it names none. The two do not touch each other. */
export type CompanyZoneWrite =
  | { read: { company: string; country: string | null; at: number } }
  | { state: ZoneStatement };

/** `save` as for offers, with who did it. */
export type KeySetupWrite = { add: KeySetup } | { save: KeySetup; by: AccountRef };

/**
 * `save` as for offers; it changes who was told and whether it is over, and nothing else. `by`: who took or answered it,
 * where somebody did.
 */
export type NoticeWrite = { add: Notice } | { save: Notice; by?: AccountRef };

/** What somebody did that changes nothing else here, for the history alone. `at`: domain time, ms. */
export interface Deed {
  did: 'reveal-password';
  by: AccountRef;
  operation: Operation;
  at: number;
}

export interface NewJob {
  /** At most one open job has a key; adding it again moves its due time forward, never back. */
  key: string;
  kind: string;
  args: JsonObject;
  dueAt: number;
  /** Which clock `dueAt` is on: back-off follows real time, reminders and expiries the domain's. */
  clock: 'real' | 'domain';
}

export interface Job extends NewJob {
  attempts: number;
}

/** Secrets. Sealed with AES-256-GCM under their key before they touch the database. */
export type VaultWrite =
  | {
      put: {
        key: string;
        secret: string /** Domain time, ms; null = kept until removed. */;
        expiresAt: number | null;
      };
    }
  | { remove: string };

/** A commit that lost a race. The message holds the words that the SDK's own middleware looks for. */
export class ConflictError extends Error {
  constructor(what: string) {
    super(`etag conflict: ${what}`);
    this.name = 'ConflictError';
  }
}
