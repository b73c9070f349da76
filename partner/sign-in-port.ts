import type { Account } from './accounts.ts';

/**
 * How a sign-in ended: `code` is to be typed into the chat, `done` needs nothing more,
 * `page` goes back to a page of ours.
 */
export type SignInOutcome =
  | { kind: 'code'; code: string; account: Account }
  | { kind: 'done'; account: Account }
  | { kind: 'page'; returnTo: string; account: Account };

/** What web pages know of signing in. */
export interface SignInPort {
  /**
   * A sign-in that leads back to a path of ours; answers the address to go to. `tenantId`: the company whose
   * account is wanted, since its cloud has a sign-in page of its own.
   */
  begin(returnTo: string, tenantId?: string): Promise<string>;
  /** Microsoft's page for an open sign-in, in the cloud of this name; undefined when there is none (any more). */
  address(state: string, cloud: string | null): Promise<string | undefined>;
  /** Redeems Microsoft's code, once. Throws PartnerError. */
  finish(state: string, code: string): Promise<SignInOutcome>;
}
