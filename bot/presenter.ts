import { operationCardFor } from '../cards/operation-views.ts';
import { createWords, type Words } from '../locales/words.ts';
import { accountKey } from '../partner/accounts.ts';
import type { Operation } from '../partner/operations.ts';
import type { ChatPerson, OutboxMessage } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { conversationKeyOf } from './conversation-key.ts';
import { cardActivity } from './voice.ts';

/**
 * Draws how far an operation is, for the chat in which its account is signed in. Where it is signed in nowhere,
 * the last word waits for the account and steps on the way are not drawn.
 */
export function createPresenter(deps: {
  storage: Storage;
  revealAddress(operationId: string, language: 'vi' | 'en'): string;
}) {
  const { storage } = deps;

  async function chatOf(operation: Operation): Promise<{ person: ChatPerson | undefined; isOwn: boolean }> {
    const person = await storage.people.find(operation.personKey);
    if (person?.account && accountKey(person.account) === accountKey(operation.actor))
      return { person, isOwn: true };
    const [elsewhere] = await storage.people.signedInAs(operation.actor);
    return { person: elsewhere, isOwn: false };
  }

  return {
    async progress(
      operation: Operation,
      passing: boolean,
      more: (words: Words) => readonly string[] = () => [],
    ): Promise<OutboxMessage | undefined> {
      const { person, isOwn } = await chatOf(operation);
      const reference = person?.reference ?? null;
      if (reference === null && passing) return undefined;
      const account = await storage.accounts.find(operation.actor);
      const language = person?.language ?? 'vi';
      const revealAddress = deps.revealAddress(operation.id, language);
      const words = createWords(language);
      const card = operationCardFor(words, account, operation, { revealAddress, approval: more(words) });
      return {
        key: `${operation.cardKey}.${operation.drawn}`,
        conversationKey: reference === null ? '' : conversationKeyOf(reference),
        reference: reference ?? {},
        activity: cardActivity(card),
        replaces: isOwn ? operation.cardKey : null,
        passing: passing && isOwn,
        forAccount: reference === null ? accountKey(operation.actor) : null,
      };
    },
  };
}
