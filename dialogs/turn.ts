import type { TurnContext } from 'botbuilder';
import type { Card } from '../cards/render.ts';
import type { Words } from '../locales/words.ts';
import type { Account, AccountRef } from '../partner/accounts.ts';
import type { Approval, ApprovalDecision } from '../partner/approvals.ts';
import type { AuditRow } from '../partner/audit-row.ts';
import type { Authorisations } from '../partner/authorisations.ts';
import type { CapabilityId, CloudName, Situation } from '../partner/capabilities.ts';
import type { Commerce } from '../partner/commerce.ts';
import type { CompanyDesk } from '../partner/company.ts';
import type { AuthorisationStatement } from '../partner/company-authorisations.ts';
import type { CompanyConfirmation } from '../partner/company-confirmation.ts';
import type { CompanyMailbox } from '../partner/company-mailbox.ts';
import type { CompanyZone, ZoneStatement } from '../partner/company-zones.ts';
import type { Directory, PeopleDesk } from '../partner/directory.ts';
import type { Colleague, Opinion } from '../partner/help.ts';
import type { MailFacts } from '../partner/mail-guard.ts';
import type { JsonObject, Operation } from '../partner/operations.ts';
import type { Relationships } from '../partner/relationships.ts';
import type { Tenants } from '../partner/tenants.ts';
import type { DelegationDesk } from './delegation-desk.ts';
import type { Consent } from './judgement.ts';
import type { KeySetupDesk } from './key-setup-desk.ts';
import type { NoticeDesk } from './notice-desk.ts';
import type { OfferDesk } from './offer-desk.ts';
import type { ForgettingDesk } from './sign-in/forgetting-desk.ts';

/** What a person sent with a button: Action.Submit and Action.Execute look the same here. All of it is untrusted. */
export interface FormSubmit {
  verb: string;
  nonce: string | undefined;
  inputs: Readonly<Record<string, unknown>>;
}

export interface Input {
  /** Typed text without mentions; empty for a press. */
  text: string;
  submit: FormSubmit | undefined;
}

/** What a single-use button stands for; it stays on the server. */
export interface ButtonMeaning {
  verb: string;
  args: JsonObject;
}

/**
 * One message or press, as conversations see it. Everything said or recorded here is gathered
 * and takes effect in one commit after the turn; a throw means the turn did not happen.
 */
export interface Turn {
  readonly input: Input;
  /** Goes on as if this had been said now, e.g. what a person did before they had to sign in. */
  replay(input: Input): void;
  /** Domain time, ms. */
  readonly now: number;
  /** In the language chosen last and the zone of the chat; where that tells none, in the company's. */
  readonly words: Words;
  /** The zone of the signed-in person's company, whatever the chat's: its clients read that. Throws `sign-in-needed`. */
  companyZone(): Promise<string>;
  /** As `words`, for a client of this partner company: where the chat tells no zone, or others read along, in the partner's. */
  wordsFrom(company: string): Promise<Words>;
  readonly account: Account | undefined;
  /** The signed-in account, or PartnerError `sign-in-needed`. */
  requireAccount(): Account;
  /** The signed-in person's own directory; throws `sign-in-needed`. Reads share the turn's time. */
  directory(): Directory & PeopleDesk;
  /** The company's details at Microsoft, as this person sees them; throws `sign-in-needed`. */
  companyDesk(): CompanyDesk;
  /** What is bought and sold in Partner Center, as this person; throws `sign-in-needed`. */
  commerce(): Commerce;
  /** Companies that are perhaps no clients yet; throws `sign-in-needed`. */
  tenants(): Tenants;
  readonly offers: OfferDesk;
  readonly delegations: DelegationDesk;
  readonly keySetups: KeySetupDesk;
  readonly notices: NoticeDesk;
  /** What mails are about, as it is stored: the same that is asked when they leave. */
  readonly mailFacts: MailFacts;
  /** From which mails leave that nobody presses; undefined: from none. */
  companyMailbox(): Promise<CompanyMailbox | undefined>;
  /** Delegated administration at Microsoft, as this person; throws `sign-in-needed`. */
  relationships(): Relationships;
  /** The person's rights, read from Microsoft once per turn. */
  situation(): Promise<Situation>;
  /** What the company is allowed by Microsoft, and how that is known. `fresh` asks Microsoft again. */
  authorisations(options?: { fresh?: boolean }): Promise<Authorisations>;
  say(text: string): void;
  /** Shows a card; `replaces` names an earlier one that it takes the place of. Returns the card's key. */
  show(card: Card, place?: { key?: string; replaces?: string | undefined }): string;
  newId(): string;
  /** A short number that a person can quote; these facts are in the log under it. */
  reference(facts: object): string;
  /** Makes a single-use button, for this person or for a colleague, and returns its nonce. */
  button(meaning: ButtonMeaning, colleague?: Reachable): string;
  /** Records a new operation with the job that runs it. */
  record(operation: Operation, consent: Consent): void;
  /** Stores a changed operation (e.g. tried again) and has it run. */
  resume(operation: Operation, consent: Consent): void;
  /** Has an operation that runs look at once whether it can go on. */
  hurry(operation: Operation): void;
  findOperation(id: string): Promise<Operation | undefined>;
  /** Stores a changed operation without running it, e.g. one that was withdrawn. */
  keep(operation: Operation): void;
  /** Records an operation that waits for a second person. */
  recordWaiting(operation: Operation, approval: Approval, consent: Consent): void;
  /** Has a recorded operation wait for a second person once more. */
  waitAgain(operation: Operation, approval: Approval, consent: Consent): void;
  /** Keyed by nobody: only for telling whether something is still the same. */
  hash(text: string): string;
  /** Others of the company who have opened the bot and may do this, or say yes to it, now; each with their language. */
  colleaguesWho(capability: CapabilityId, as?: ColleagueAs): Promise<Reachable[]>;
  /** Everybody of the company who has opened the bot and is signed in, this person too. */
  everyoneReachable(): Promise<Reachable[]>;
  /** The chat of this account, if it has opened the bot. */
  reach(account: AccountRef): Promise<Reachable | undefined>;
  /** Who this account of the own company is, as the bot saw them last. */
  accountOf(account: AccountRef): Promise<Account | undefined>;
  /** Sends a card into somebody else's own chat. */
  tell(to: Reachable, card: Card, place?: { key?: string; replaces?: string | undefined }): void;
  /** Answers what somebody asked or did: a new message where they spoke last, or when they sign in next. */
  tellAccount(to: AccountRef, message: { key?: string; draw(reader: AnswerReader): Card }): Promise<void>;
  /** Whether a message of this key was put on its way before. */
  wasTold(key: string): Promise<boolean>;
  /** Draws the progress card of this operation in its actor's own chat, or keeps it until they are signed in. */
  showProgress(operation: Operation, said?: (words: Words) => readonly string[]): Promise<void>;
  /** Shows an operation as the newest card, in this chat; from here on its progress is drawn there. */
  showAnew(operation: Operation): Promise<void>;
  /** The progress card stands where this operation says. */
  placeCard(operation: Operation): void;
  /** Tells whoever had this operation that somebody of this name carries it on. */
  tellTakenOver(operation: Operation, by: string): Promise<void>;
  /** An approval has ended so: the cards that asked for it lose their buttons, in every chat, and say how. */
  closeApproval(ended: Approval): Promise<void>;
  readonly records: Records;
  readonly forgetting: ForgettingDesk;
  readonly chat: ChatSide;
}

/** Whether they are to do it, or to say yes to somebody's doing it. */
export type ColleagueAs = 'doer' | 'approver';

/** Whom a card answers; unknown where the bot has not seen them yet. */
export interface AnswerReader {
  account: Account | undefined;
  words: Words;
  language: 'vi' | 'en';
}

/** Somebody else's 1:1 chat with the bot. */
export interface Reachable {
  personKey: string;
  account: Account;
  words: Words;
  language: 'vi' | 'en';
}

/** An act as the history has it, with the name of who did it: '' of the clock, and of who is forgotten. */
export interface HistoryLine extends AuditRow {
  number: number;
  actorName: string;
  /** All rows of its operation, in their order; empty where none did it. */
  ofOperation: readonly AuditRow[];
}

/** What the bot itself keeps for the company of the signed-in person; writes are gathered like everything else. */
export interface Records {
  approval(id: string): Promise<Approval | undefined>;
  approvalOf(operationId: string): Promise<Approval | undefined>;
  /** Whether a yes to this operation was asked for in this chat, now or before. */
  wasAskedHere(operationId: string): Promise<boolean>;
  waitingApprovals(): Promise<Approval[]>;
  decide(decision: ApprovalDecision): void;
  /** Newest first; `object` is a part of the object's name; `people`: rows about them and by them as well. */
  history(query: {
    own: boolean;
    object?: string;
    people?: readonly { objectId: string; signInName: string }[];
    beforeNumber?: number;
    withoutMails?: boolean;
    limit: number;
  }): Promise<HistoryLine[]>;
  /** Own operations that failed or wait. */
  openOperations(): Promise<Operation[]>;
  /** Of somebody in the company: what waits for their sign-in or for a second person, at most 50. */
  waitingWorkOf(objectId: string): Promise<Operation[]>;
  confirmation(): Promise<CompanyConfirmation | undefined>;
  confirm(confirmation: CompanyConfirmation): void;
  statements(): Promise<AuthorisationStatement[]>;
  state(statement: AuthorisationStatement): void;
  /** Whose day its clients have. */
  zone(): Promise<CompanyZone>;
  stateZone(statement: ZoneStatement): void;
  colleague(): Promise<Colleague | undefined>;
  setColleague(colleague: Colleague): void;
  opinion(opinion: Opinion): void;
}

/** Where a person signs in who lives in this cloud. */
export interface SignInLink {
  cloud: CloudName;
  address: string;
}

/** The chat person's own side: language, sign-in, 1:1 or group. */
export interface ChatSide {
  readonly personKey: string;
  readonly language: 'vi' | 'en';
  readonly languageChosen: boolean;
  readonly personal: boolean;
  /** This turn goes on from a sign-in that has just ended: Microsoft's word about this person is of now. */
  readonly isJustSignedIn: boolean;
  /** Whether the bilingual welcome was shown to this person before. */
  readonly welcomed: boolean;
  markWelcomed(): void;
  chooseLanguage(language: 'vi' | 'en'): void;
  /**
   * Starts a sign-in and returns the address to open for each cloud; earlier open ones of this person end. `too-often`:
   * as many as an hour allows were begun.
   */
  beginSignIn(): Promise<SignInLink[] | 'too-often'>;
  /**
   * Checks the 6-digit code of a sign-in that waits for it. `too-often` voids the sign-in; after `hourly` no code is
   * looked at for an hour.
   */
  enterCode(code: string): Promise<'signed-in' | 'not-yet' | 'wrong' | 'too-often' | 'hourly' | 'expired'>;
  /** Ends the open sign-in of this person: its link and its code lead to nothing any more. */
  endSignIn(): Promise<void>;
  /** Whether the sign-in begun last has ended well, here or in a browser. */
  isSignInOver(): Promise<boolean>;
  /** The account leaves every chat and page, and its stored tokens are gone. */
  signOut(): void;
}

const turnKey = Symbol('turn');

export function putTurn(context: TurnContext, turn: Turn): void {
  context.turnState.set(turnKey, turn);
}

export function turnOf(context: TurnContext): Turn {
  const turn = context.turnState.get<Turn | undefined>(turnKey);
  if (turn === undefined) throw new Error('a dialog ran outside a turn');
  return turn;
}
