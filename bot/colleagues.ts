import type { ColleagueAs, Reachable } from '../dialogs/turn.ts';
import { createWords } from '../locales/words.ts';
import { chatOf, chatsIn } from '../notices/chats.ts';
import { type AccountRef, accountKey } from '../partner/accounts.ts';
import { approvalRuleOf, type CapabilityId, ruleOf } from '../partner/capabilities.ts';
import type { Zones } from '../partner/company-zones.ts';
import type { Directory, PeopleDesk } from '../partner/directory.ts';
import type { JsonObject } from '../partner/operations.ts';
import type { ChatPerson } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';

/** Chats of other people of the same company, by what they may do now as Microsoft says. */
export function createColleagues({ storage, zones }: { storage: Storage; zones: Zones }) {
  /** Where the chats given out are; a turn tells only people it was given. */
  const references = new Map<string, JsonObject>();

  async function reachable(person: ChatPerson): Promise<Reachable | undefined> {
    const account = person.account === null ? undefined : await storage.accounts.find(person.account);
    if (account === undefined || person.reference === null) return undefined;
    references.set(person.key, person.reference);
    const language = person.language ?? 'vi';
    const words = createWords(language, await zones.ofReader(account, person));
    return { personKey: person.key, account, words, language };
  }

  return {
    referenceOf({ personKey }: Reachable): JsonObject {
      const reference = references.get(personKey);
      if (reference === undefined) throw new Error(`no chat is known of ${personKey}`);
      return reference;
    },

    /** Each person once, however many chats they have. */
    async everyone(tenantId: string): Promise<Reachable[]> {
      const chats = await chatsIn(storage, tenantId);
      const found = await Promise.all([...chats.values()].map(reachable));
      return found.filter((each) => each !== undefined);
    },

    /** A chat of this account. */
    async reach(account: AccountRef): Promise<Reachable | undefined> {
      const person = await chatOf(storage, account);
      return person === undefined ? undefined : reachable(person);
    },

    /** All who may, however many: whom a caller asks of them is its own question. What the company is allowed is the asker's question too; here only roles are read, through the asker's directory. Never the asker, nor who is blocked at Microsoft. */
    async who(
      capability: CapabilityId,
      as: ColleagueAs,
      asker: AccountRef,
      directory: Directory & PeopleDesk,
    ): Promise<Reachable[]> {
      const rule = (as === 'approver' ? approvalRuleOf : ruleOf)(capability);
      const isForAll = rule.roles === undefined && rule.support === undefined;
      const able = isForAll ? undefined : await holdersFor(rule, directory);
      const others = await chatsIn(storage, asker.tenantId);
      others.delete(accountKey(asker));
      const fitting = [...others.values()].filter(
        ({ account }) => able === undefined || able.has(account?.objectId ?? ''),
      );
      const found = await Promise.all(fitting.map(reachable));
      return found.filter((each) => each !== undefined);
    },
  };
}

/** Object ids of the people whose role or group is enough, whoever is blocked left out. */
async function holdersFor(
  { roles = [], support = [] }: ReturnType<typeof ruleOf>,
  directory: Directory & PeopleDesk,
): Promise<ReadonlySet<string>> {
  const held = await Promise.all([
    ...roles.map((role) => directory.holdersOf(role)),
    ...support.map((group) => directory.membersOf(group)),
  ]);
  const active = held.flat().filter(({ accountEnabled }) => accountEnabled);
  return new Set(active.map(({ id }) => id.toLowerCase()));
}
