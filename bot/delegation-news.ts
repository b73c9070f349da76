import { type DelegationNewsView, delegationNewsCard } from '../cards/delegation-news.ts';
import { createWords } from '../locales/words.ts';
import { type AccountRef, accountKey } from '../partner/accounts.ts';
import { cannotBeKnown, readSituation, type SituationSources } from '../partner/authorise.ts';
import { decide } from '../partner/capabilities.ts';
import type { Zones } from '../partner/company-zones.ts';
import type { DelegationNews } from '../partner/delegation-news.ts';
import { otherAlive } from '../partner/delegation-standing.ts';
import type { Delegation } from '../partner/delegations.ts';
import type { Directories } from '../partner/directory.ts';
import { PartnerError, passingCodes } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';
import type { ChatPerson, OutboxMessage } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { chatOf, messageFor } from './maker-chat.ts';

interface Deps {
  storage: Pick<Storage, 'people' | 'accounts' | 'delegations'>;
  directories: Directories;
  situations: SituationSources;
  zones: Zones;
  newId(): string;
  log: Log;
}

/** So many hear of one thing when it belongs to nobody. */
const mostTold = 20;

/**
 * Draws what the daily look at all delegations found: for the maker; of one that was made elsewhere, and of a maker who
 * has left the chat or may do nothing about it any more, for everybody who may. Where there is nobody it waits for the
 * maker.
 */
export function createDelegationNews(deps: Deps) {
  const { storage, newId, log } = deps;

  async function message(
    account: AccountRef,
    person: ChatPerson | undefined,
    view: Omit<DelegationNewsView, 'account'>,
  ): Promise<OutboxMessage> {
    const language = person?.language ?? 'vi';
    const reader = await storage.accounts.find(account);
    const words = createWords(language, await deps.zones.ofReader(account, person));
    const card = delegationNewsCard(words, language, { ...view, account: reader });
    return messageFor(account, person, { key: `delegation-news.${newId()}`, card });
  }

  /** Read with their own sign-in; whose sign-in is gone cannot act either. Throws while Microsoft is away. */
  async function mayAct(account: AccountRef): Promise<boolean> {
    try {
      const situation = await readSituation(deps.directories.as(account), account, deps.situations);
      const verdicts = [decide('extend-delegation', situation), decide('record-delegation', situation)];
      if (verdicts.some(({ allowed }) => allowed)) return true;
      for (const verdict of verdicts) {
        if (!verdict.allowed && verdict.reason === 'unknown') throw cannotBeKnown(verdict.unread);
      }
      return false;
    } catch (error) {
      // Nobody would hear of it, ever: the look is repeated as a whole.
      if (error instanceof PartnerError && passingCodes.includes(error.code)) throw error;
      log.info({ err: error, account: accountKey(account) }, 'the rights of a colleague could not be read');
      return false;
    }
  }

  /** Each person once, however many chats they have. */
  async function whoMay(company: string): Promise<{ account: AccountRef; person: ChatPerson }[]> {
    const people = new Map<string, { account: AccountRef; person: ChatPerson }>();
    for (const person of await storage.people.inCompany(company)) {
      const { account, reference } = person;
      if (account !== null && reference !== null) people.set(accountKey(account), { account, person });
    }
    const able: { account: AccountRef; person: ChatPerson }[] = [];
    for (const each of people.values()) {
      if (able.length < mostTold && (await mayAct(each.account))) able.push(each);
    }
    return able;
  }

  return {
    async delegation(delegation: Delegation, news: DelegationNews): Promise<OutboxMessage[]> {
      const { maker, company } = delegation;
      const all = await storage.delegations.withClient(company, delegation.client.tenantId);
      const view = { delegation, news, other: otherAlive(all, delegation) };
      const person = maker === null ? undefined : await chatOf(storage, maker);
      const toMaker = maker === null ? [] : [await message(maker, person, view)];
      if (maker !== null && person !== undefined && (await mayAct(maker))) return toMaker;
      const others = (await whoMay(company)).filter(
        ({ account }) => maker === null || accountKey(account) !== accountKey(maker),
      );
      if (others.length === 0 && maker === null)
        log.warn({ delegation: delegation.id }, 'nobody who may act has opened the chat');
      const told = await Promise.all(others.map((each) => message(each.account, each.person, view)));
      // In a chat they still read it; otherwise it waits for them only where there is nobody else.
      return person !== undefined || told.length === 0 ? [...toMaker, ...told] : told;
    },
  };
}
