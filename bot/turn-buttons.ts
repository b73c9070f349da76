import type { ButtonMeaning, Turn } from '../dialogs/turn.ts';
import { type Account, type AccountRef, accountKey } from '../partner/accounts.ts';
import type { CardAction } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import type { Gathered } from './gathered.ts';

/** A button works this long; a form left open over a weekend still does. */
const lifetimeMs = 7 * 24 * 60 * 60 * 1000;
const schema = 1;

/** Records a single-use button for this person. `now`: domain time, ms. */
export function cardActionFor(
  meaning: ButtonMeaning,
  whose: { nonce: string; personKey: string; account: AccountRef | undefined; now: number },
): CardAction {
  const { nonce, personKey, account, now } = whose;
  return {
    nonce,
    verb: meaning.verb,
    schema,
    personKey,
    accountKey: account === undefined ? null : accountKey(account),
    company: account?.tenantId ?? null,
    args: meaning.args,
    expiresAt: now + lifetimeMs,
    usedAt: null,
  };
}

/** Single-use buttons: what they stand for stays here, bound to one person of one company. */
export function createTurnButtons(deps: {
  storage: Storage;
  gathered: Gathered;
  newNonce(): string;
  personKey: string;
  account(): Account | undefined;
  now: number;
}): Pick<Turn, 'button' | 'press'> {
  const { storage, gathered, personKey, now } = deps;
  return {
    button(meaning, colleague) {
      const nonce = deps.newNonce();
      const whose = colleague?.account ?? deps.account();
      const whom = { nonce, personKey: colleague?.personKey ?? personKey, account: whose, now };
      const add = cardActionFor(meaning, whom);
      gathered.changes.cardActions.push({ add });
      return nonce;
    },
    async press(nonce, verb) {
      const action = nonce === undefined ? undefined : await storage.cardActions.find(nonce);
      const isTheirs = action?.verb === verb && action.personKey === personKey;
      if (action === undefined || !isTheirs || action.schema !== schema) return 'unknown';
      if (action.usedAt !== null) return 'used';
      if (action.expiresAt <= now) return 'unknown';
      gathered.changes.cardActions.push({ use: action.nonce, at: now });
      return action.args;
    },
  };
}
