import { type TokenStore, tokensKey } from '../partner/sign-in.ts';
import type { Storage } from './storage.ts';

/** Tokens of signed-in accounts, kept in the vault until they are removed. */
export function createTokenStore({ commit, vault }: Pick<Storage, 'commit' | 'vault'>): TokenStore {
  return {
    // These entries never expire, so any time will do.
    load: (account) => vault.open(tokensKey(account), 0),
    save: (account, tokens) =>
      commit({ vault: [{ put: { key: tokensKey(account), secret: tokens, expiresAt: null } }] }),
    remove: (account) => commit({ vault: [{ remove: tokensKey(account) }] }),
  };
}
