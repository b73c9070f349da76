import type { AccountRef } from './accounts.ts';
import type { SignInAttempt } from './sign-in.ts';

/** Who of a client company signed in, by the verified ID token alone. */
export interface ClientAccount extends AccountRef {
  name: string;
  signInName: string;
  /** Directory role template ids from the token's `wids`, lower case; undefined when the token had none. */
  roles: string[] | undefined;
}

/**
 * Sign-in of people of clients. It asks Microsoft for `openid profile` and nothing else, reads nothing of their
 * company and keeps no token.
 */
export interface ClientSignIn {
  /**
   * Address of Microsoft's page for this attempt. `again`: who signed in before is asked for; `silent` without a page
   * of Microsoft's, which then answers with an error where it wants to show one.
   */
  address(attempt: SignInAttempt, again?: { signInName: string; silent: boolean }): Promise<string>;
  /** Redeems the code. Throws PartnerError `sign-in-failed`, `guest-account`, `consent-missing`, `conditional-access`. */
  finish(attempt: SignInAttempt, code: string): Promise<ClientAccount>;
}
