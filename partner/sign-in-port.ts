import type { Account, AccountRef } from './accounts.ts';
import type { CloudName } from './capabilities.ts';
import type { SignInAttempt } from './sign-in.ts';

/** What a sign-in is for: the chat that asked under `state`, or a path of ours to come back to. */
export type SignInPurpose = { state: string } | { returnTo: string };

/**
 * A sign-in on its way in one browser, which alone can finish it. `staff`: Microsoft has said who it is, somebody of a
 * partner company, and is asked now for what staff work with.
 */
export interface SignInUnderWay {
  purpose: SignInPurpose;
  cloud: CloudName;
  attempt: SignInAttempt;
  staff?: AccountRef | undefined;
}

/** Where the browser goes next, and what it keeps for the way back. */
export interface SignInStep {
  address: string;
  keep: SignInUnderWay;
}

/**
 * How a sign-in ended, or that it goes on: `code` is to be typed into the chat, `done` needs nothing more,
 * `page` goes back to a page of ours.
 */
export type SignInOutcome =
  | ({ kind: 'further' } & SignInStep)
  | { kind: 'code'; code: string; account: Account }
  | { kind: 'done'; account: Account }
  | { kind: 'page'; returnTo: string; account: Account };

/** What web pages know of signing in. */
export interface SignInPort {
  /** Asks Microsoft who it is, and nothing else; undefined when nobody waits for this sign-in (any more). */
  begin(purpose: SignInPurpose, cloud: string | null): Promise<SignInStep | undefined>;
  /** The same where the company is known whose account is wanted: its cloud has a sign-in page of its own. */
  beginFor(returnTo: string, tenantId: string): Promise<SignInStep | undefined>;
  /** Redeems Microsoft's code, once. Throws PartnerError. */
  finish(underWay: SignInUnderWay, code: string): Promise<SignInOutcome>;
}
