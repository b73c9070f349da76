import { type AccountRef, accountKey } from '../partner/accounts.ts';
import type { JsonObject } from '../partner/operations.ts';
import type { CardAction } from '../storage/changes.ts';

/** A button works this long; a form left open over a weekend still does. */
const lifetimeMs = 7 * 24 * 60 * 60 * 1000;
/** Of what is stored under a nonce. */
export const cardActionSchema = 1;

/**
 * Records a single-use button for this person; `personKey` '' where only the account is known that will read it.
 * `now`: domain time, ms.
 */
export function cardActionFor(
  meaning: { verb: string; args: JsonObject },
  whose: { nonce: string; personKey: string; account: AccountRef | undefined; now: number },
): CardAction {
  const { nonce, personKey, account, now } = whose;
  return {
    nonce,
    verb: meaning.verb,
    schema: cardActionSchema,
    personKey,
    accountKey: account === undefined ? null : accountKey(account),
    company: account?.tenantId ?? null,
    args: meaning.args,
    expiresAt: now + lifetimeMs,
    usedAt: null,
  };
}
