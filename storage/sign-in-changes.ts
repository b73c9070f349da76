import type { Account, AccountRef } from '../partner/accounts.ts';
import type { Operation } from '../partner/operations.ts';

/** An account leaves every chat and page, and its tokens are gone; sessions of before `at` (real time, ms) count no more. */
export interface SignOut {
  account: AccountRef;
  at: number;
  /** What is done in the name of staff stays in the history; anybody else leaves no name behind. */
  keepsName: boolean;
}

/**
 * Somebody who wants nothing kept of them: their chats with all that was said in them, their names, and the texts that they
 * wrote. Chats and work that goes on must be as they were read; a change of them is a conflict.
 */
export interface Forgotten {
  /** Null where nobody is signed in: then it is about the chat alone. */
  account: Pick<Account, 'tenantId' | 'objectId' | 'displayName' | 'signInName'> | null;
  /** The account's chats, and the one in which it was said. `version` is the one read. */
  chats: readonly { personKey: string; version: number; conversationKey: string }[];
  /** All operations of the account that go on by themselves, as they were read. */
  running: readonly Pick<Operation, 'id' | 'version'>[];
  /** What the last sentence hangs on: the activity that it answers, and the card that it takes the place of. */
  answering: { activityId: string; message: string };
}

/**
 * Puts a new sign-in, of the next generation, in the place of the one before; with `inChat` only where the account is
 * signed in to some chat.
 */
export interface TokensWrite {
  signedIn: AccountRef;
  secret: string;
  inChat?: boolean;
}

/** Something that may be tried only so often. `what` is a kind of try, `who` the person, account or sign-in. */
export interface Attempt {
  /** Of what made the try, so that the same one counts once. */
  id: string;
  what: string;
  who: string;
  /** Domain time, ms. */
  at: number;
}

/**
 * `add` of one that is counted already changes nothing; `forgive` is the id of one that was none after all; `forgiveAll`
 * are those of one kind by one person.
 */
export type AttemptWrite =
  | { add: Attempt }
  | { forgive: string }
  | { forgiveAll: Pick<Attempt, 'what' | 'who'> };
