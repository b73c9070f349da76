import type { Reachable } from '../dialogs/turn.ts';
import { createWords } from '../locales/words.ts';
import { type AccountRef, accountKey } from '../partner/accounts.ts';
import { type CapabilityId, may, type Situation } from '../partner/capabilities.ts';
import type { Directory } from '../partner/directory.ts';
import type { JsonObject } from '../partner/operations.ts';
import type { ChatPerson } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';

/** Chats of other people of the same company, by what they may do now as Microsoft says. */
export function createColleagues(storage: Storage) {
  /** Where the chats given out are; a turn tells only people it was given. */
  const references = new Map<string, JsonObject>();

  async function reachable(person: ChatPerson): Promise<Reachable | undefined> {
    const account = person.account === null ? undefined : await storage.accounts.find(person.account);
    if (account === undefined || person.reference === null) return undefined;
    references.set(person.key, person.reference);
    const language = person.language ?? 'vi';
    return { personKey: person.key, account, words: createWords(language), language };
  }

  return {
    referenceOf({ personKey }: Reachable): JsonObject {
      const reference = references.get(personKey);
      if (reference === undefined) throw new Error(`no chat is known of ${personKey}`);
      return reference;
    },

    /** The newest chat of this account. */
    async reach(account: AccountRef): Promise<Reachable | undefined> {
      const [person] = (await storage.people.signedInAs(account)).filter((each) => each.reference !== null);
      return person === undefined ? undefined : reachable(person);
    },

    /** Rights are read through the asker's own directory, for at most 20 people; never the asker. */
    async who(
      capability: CapabilityId,
      asker: AccountRef,
      directory: Directory,
      situation: Situation,
    ): Promise<Reachable[]> {
      const people = await storage.people.inCompany(asker.tenantId);
      const others = new Map<string, ChatPerson>();
      for (const person of people) {
        if (person.account === null || accountKey(person.account) === accountKey(asker)) continue;
        if (person.reference !== null) others.set(accountKey(person.account), person);
      }
      const checked = await Promise.all(
        [...others.values()].slice(0, 20).map(async (person) => {
          const id = person.account?.objectId ?? '';
          const [roles, support] = await Promise.all([directory.rolesOf(id), directory.supportOf(id)]);
          return may(capability, { ...situation, roles, support }) ? reachable(person) : undefined;
        }),
      );
      return checked.filter((each) => each !== undefined);
    },
  };
}
