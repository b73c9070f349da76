import { type Account, type AccountRef, accountKey } from './accounts.ts';

/** Single-use values of one sign-in. `codeVerifier` and `nonce` are secrets until it is finished. */
export interface SignInAttempt {
  state: string;
  nonce: string;
  codeVerifier: string;
  redirectUri: string;
}

/** Microsoft's sign-in for the partner application (authorisation code with PKCE). */
export interface SignIn {
  /** Address of Microsoft's page for this attempt. */
  address(attempt: SignInAttempt): Promise<string>;
  /** Redeems the code, verifies the ID token and stores the person's tokens. Throws PartnerError. */
  finish(attempt: SignInAttempt, code: string): Promise<Account>;
  /** Forgets the stored tokens of this account. */
  forget(account: AccountRef): Promise<void>;
}

/** Where an account's tokens lie in the vault. */
export function tokensKey(account: AccountRef): string {
  return `tokens:${accountKey(account)}`;
}

/** Tokens of one account, one opaque text (MSAL's cache). Kept encrypted. */
export interface TokenStore {
  load(account: AccountRef): Promise<string | undefined>;
  save(account: AccountRef, tokens: string): Promise<void>;
  remove(account: AccountRef): Promise<void>;
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
