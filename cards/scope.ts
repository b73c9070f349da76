import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { Frame } from './render.ts';

/** The line that says for which company and as whom: on every card of a signed-in person. */
export function ownCompany(words: Words, account: Account | undefined): Pick<Frame, 'scope' | 'who'> {
  if (account === undefined) return { scope: '', who: '' };
  return { scope: words('scope.own', { company: account.companyName }), who: account.displayName };
}
