import { type AccountRef, accountKey } from '../partner/accounts.ts';
import type { JsonObject } from '../partner/operations.ts';
import type { ChatPerson } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { conversationKeyOf } from './conversation-key.ts';

/** What tells in which chats people are, and when they last spoke there. */
export type ChatSources = Pick<Storage, 'people' | 'inbound'>;

/** Somebody's own chat with the bot. */
export interface Chat extends ChatPerson {
  reference: JsonObject;
  conversationKey: string;
}

/**
 * The 1:1 chat in which this account spoke last, if it is signed in to one. Others of its chats may be open nowhere any
 * more: an Emulator that was closed, a conversation that was begun anew.
 */
export async function chatOf(sources: ChatSources, account: AccountRef): Promise<Chat | undefined> {
  const [newest] = await newestFirst(sources, await sources.people.signedInAs(account));
  return newest;
}

/** Of everybody who is signed in with an account of this company: the chat in which the account spoke last. */
export async function chatsIn(sources: ChatSources, company: string): Promise<Map<string, Chat>> {
  const byAccount = new Map<string, ChatPerson[]>();
  for (const person of await sources.people.inCompany(company)) {
    if (person.account === null) continue;
    const key = accountKey(person.account);
    byAccount.set(key, [...(byAccount.get(key) ?? []), person]);
  }
  const chats = new Map<string, Chat>();
  for (const [key, people] of byAccount) {
    // Most have one, of which nobody has to ask when they spoke.
    const [newest] = await newestFirst(sources, people);
    if (newest !== undefined) chats.set(key, newest);
  }
  return chats;
}

/** Undefined: this person has no 1:1 chat yet. */
export function asChat(person: ChatPerson): Chat | undefined {
  const { reference } = person;
  if (reference === null) return undefined;
  return { ...person, reference, conversationKey: conversationKeyOf(reference) };
}

async function newestFirst(sources: ChatSources, people: readonly ChatPerson[]): Promise<Chat[]> {
  const chats = people.flatMap((person) => asChat(person) ?? []);
  if (chats.length < 2) return chats;
  const spoken = await Promise.all(
    chats.map(async (chat) => ({
      chat,
      at: (await sources.inbound.lastAt(chat.conversationKey)) ?? 0,
      // What was said longer ago than messages are remembered, to the day.
      day: chat.seenAt ?? 0,
    })),
  );
  return spoken.toSorted((one, other) => other.at - one.at || other.day - one.day).map(({ chat }) => chat);
}
