/** A Microsoft work account: the tenant and the object id, both lower-case GUIDs. */
export interface AccountRef {
  tenantId: string;
  objectId: string;
}

/** An account as its verified ID token described it at the last sign-in. */
export interface Account extends AccountRef {
  displayName: string;
  signInName: string;
  /** Name of the company at sign-in, for cards that say who one is. */
  companyName: string;
  /** Directory role template ids from the token's `wids` claim; undefined when the token had none. */
  wids: string[] | undefined;
  /** Microsoft's cloud in which a client's person signed in: what another one says of a company counts for nothing there. */
  cloud?: 'worldwide' | '21vianet';
}

/** One text for maps and columns. */
export function accountKey(account: AccountRef): string {
  return `${account.tenantId}/${account.objectId}`;
}
