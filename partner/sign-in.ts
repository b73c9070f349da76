import type { Account, AccountRef } from './accounts.ts';

/** Single-use values of one sign-in. `codeVerifier` and `nonce` are secrets until it is finished. */
export interface SignInAttempt {
  state: string;
  nonce: string;
  codeVerifier: string;
  redirectUri: string;
}

/** Microsoft's sign-in for the partner application (authorisation code with PKCE), for people of partner companies. */
export interface SignIn {
  /** Address of Microsoft's page for this attempt; `signInName` is who has just said there who they are. */
  address(attempt: SignInAttempt, signInName: string): Promise<string>;
  /** Redeems the code, verifies the ID token, and hands over the person's tokens. Stores nothing. Throws PartnerError. */
  finish(attempt: SignInAttempt, code: string): Promise<{ account: Account; tokens: string }>;
}

/** The tokens of one sign-in: one opaque text (MSAL's cache). A newer sign-in has a higher generation. */
export interface StoredTokens {
  generation: number;
  tokens: string;
}

/** Kept encrypted. Sign-ins and sign-outs are written by commits; only renewals are written here. */
export interface TokenStore {
  load(account: AccountRef): Promise<StoredTokens | undefined>;
  /** Puts renewed tokens in the place of those of the same sign-in; false when that is no longer there. */
  renew(account: AccountRef, renewed: StoredTokens): Promise<boolean>;
}

/**
 * Access tokens for Microsoft's clouds. Throws PartnerError `sign-in-needed` when the account has none
 * stored or Microsoft wants the person again (AADSTS700082 …), `consent-missing`, `guest-account`, `conditional-access`.
 */
export interface AccessTokens {
  forAccount(
    account: AccountRef,
    resource: 'graph' | 'partner-center',
    options?: { tenantId?: string; fresh?: boolean },
  ): Promise<string>;
  /** App-only token of the partner tenant, for reading jobs. */
  forApp(tenantId: string, resource: 'graph' | 'partner-center'): Promise<string>;
}
