import type { Card } from '../cards/render.ts';
import { createWords, type Language, type Words } from '../locales/words.ts';
import type { Account, AccountRef } from '../partner/accounts.ts';
import type { Zones } from '../partner/company-zones.ts';
import type { OutboxMessage } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { type ChatSources, chatOf } from './chats.ts';
import { messageFor } from './message.ts';

/**
 * The answer to what this one person asked or did: a new message in the chat where they spoke last, at any hour; signed in
 * nowhere, it waits for them. `key`: our own, once for each message.
 */
export async function messageTo(
  { storage, zones }: { storage: ChatSources & Pick<Storage, 'accounts'>; zones: Zones },
  account: AccountRef,
  { key, draw }: { key: string; draw(reader: { account: Account; words: Words; language: Language }): Card },
): Promise<OutboxMessage | undefined> {
  const known = await storage.accounts.find(account);
  // Who is forgotten hears of nothing.
  if (known === undefined) return undefined;
  const chat = await chatOf(storage, account);
  const language = chat?.language ?? 'vi';
  const reader = {
    account: known,
    words: createWords(language, await zones.ofReader(account, chat)),
    language,
  };
  return messageFor(account, chat, { key, card: draw(reader) });
}
