import { createHmac, timingSafeEqual } from 'node:crypto';
import { type AccountRef, accountKey } from '../partner/accounts.ts';

/** Tokens of forms: a form that another site made has none, and one of another person or page has another. */
export interface FormTokens {
  tokenFor(account: AccountRef, path: string): string;
  isToken(account: AccountRef, path: string, token: string): boolean;
}

export function createFormTokens(key: Buffer): FormTokens {
  const tokenFor = (account: AccountRef, path: string) =>
    createHmac('sha256', key)
      .update(`form ${accountKey(account)} ${path}`)
      .digest('base64url');
  return {
    tokenFor,
    isToken(account, path, token) {
      const [given, expected] = [Buffer.from(token), Buffer.from(tokenFor(account, path))];
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
