import type { Judge, Refusal } from '../dialogs/judgement.ts';
import type { Turn } from '../dialogs/turn.ts';
import { cardActionFor, cardActionSchema } from '../notices/card-actions.ts';
import { type Account, accountKey } from '../partner/accounts.ts';
import type { CardAction } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import type { Gathered } from './gathered.ts';

/** Of a card that waits for its account: whichever chat that signs in to may press it. */
const anyChat = '';

/** Single-use buttons: what they stand for stays here, bound to one person and one account of one company. */
export function createTurnButtons(deps: {
  storage: Storage;
  gathered: Gathered;
  newNonce(): string;
  personKey: string;
  account(): Account | undefined;
  now: number;
}): Pick<Turn, 'button'> & { judge: Judge } {
  const { storage, gathered, personKey, now } = deps;

  function whose({ accountKey: key, company }: CardAction, forEverybody: boolean): Refusal | undefined {
    const account = deps.account();
    if (key === null) return forEverybody ? undefined : 'old';
    if (account === undefined) return 'old';
    return key === accountKey(account) && company === account.tenantId ? undefined : 'other-account';
  }

  return {
    button(meaning, colleague) {
      const nonce = deps.newNonce();
      const account = colleague?.account ?? deps.account();
      const whom = { nonce, personKey: colleague?.personKey ?? personKey, account, now };
      const add = cardActionFor(meaning, whom);
      gathered.changes.cardActions.push({ add });
      return nonce;
    },
    async judge({ nonce, verb, forEverybody }) {
      const action = nonce === undefined ? undefined : await storage.cardActions.find(nonce);
      if (action === undefined || action.verb !== verb || action.schema !== cardActionSchema)
        return { refused: 'old' };
      const refused = whose(action, forEverybody);
      if (refused !== undefined) return { refused };
      const isHere = action.personKey === personKey || action.personKey === anyChat;
      if (!isHere) return { refused: 'old' };
      const { args } = action;
      if (action.usedAt !== null) return { refused: 'used', args };
      if (action.expiresAt <= now) return { refused: 'too-old', args };
      return {
        args,
        use: () => void gathered.changes.cardActions.push({ use: action.nonce, at: now }),
      };
    },
  };
}
