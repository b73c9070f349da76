import type { Card } from '../cards/render.ts';
import { type AccountRef, accountKey } from '../partner/accounts.ts';
import type { ChatPerson, OutboxMessage } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { conversationKeyOf } from './conversation-key.ts';
import { cardActivity } from './voice.ts';

/** The 1:1 chat of an account, if it is signed in to one. */
export async function chatOf(
  storage: Pick<Storage, 'people'>,
  account: AccountRef,
): Promise<ChatPerson | undefined> {
  const people = await storage.people.signedInAs(account);
  return people.find(({ reference }) => reference !== null);
}

/** A card for this account: into its chat, or kept until it signs in to one. `key`: our own, once for each message. */
export function messageFor(
  account: AccountRef,
  person: ChatPerson | undefined,
  { key, card }: { key: string; card: Card },
): OutboxMessage {
  const reference = person?.reference ?? null;
  return {
    key,
    conversationKey: reference === null ? '' : conversationKeyOf(reference),
    reference: reference ?? {},
    activity: cardActivity(card),
    replaces: null,
    passing: false,
    forAccount: reference === null ? accountKey(account) : null,
  };
}
