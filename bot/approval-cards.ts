import { type ApprovalEnd, endedApprovalCard, requestAnsweredCard } from '../cards/approval.ts';
import { createWords } from '../locales/words.ts';
import { conversationKeyOf } from '../notices/conversation-key.ts';
import { cardActivity } from '../notices/message.ts';
import { messageTo } from '../notices/message-to.ts';
import { accountKey } from '../partner/accounts.ts';
import { type Approval, approvalStem } from '../partner/approvals.ts';
import type { Zones } from '../partner/company-zones.ts';
import type { ChatPerson, OutboxMessage, OutboxRow } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';

/** The cards that asked for an approval, redrawn without buttons wherever they were shown. */
export function createApprovalCards(deps: { storage: Storage; zones: Zones; newId(): string }) {
  const { storage, zones, newId } = deps;

  async function redrawn(
    approval: Approval,
    how: ApprovalEnd,
    isFor: (person: ChatPerson) => boolean = () => true,
  ): Promise<OutboxMessage[]> {
    const { company, decidedBy } = approval;
    const people = await storage.people.inCompany(company);
    const by = decidedBy && (await storage.accounts.find(decidedBy));
    const requester = await storage.accounts.find(approval.requester);
    const args = (await storage.operations.find(approval.operationId))?.args ?? {};
    const asked = await storage.outbox.under(approvalStem(approval.id));
    const messages = asked.map(async (row, index): Promise<OutboxMessage | undefined> => {
      const person = people.find((each) => isIn(each, row));
      const account = person?.account && (await storage.accounts.find(person.account));
      if (!person || !account || !isFor(person)) return undefined;
      const language = person.language ?? 'vi';
      const isOwn = decidedBy !== null && accountKey(decidedBy) === accountKey(account);
      const words = createWords(language, await zones.ofReader(account, person));
      const names = {
        by: by?.displayName ?? words('person.erased'),
        requester: requester?.displayName ?? words('person.erased'),
      };
      const reader = { words, language, account };
      const card = endedApprovalCard(reader, { approval, args, how, isOwn, names });
      const isLast = asked.findLastIndex((each) => each.conversationKey === row.conversationKey) === index;
      const { conversationKey, key } = row;
      // What was sent keeps no address.
      const reference = person.reference ?? {};
      const activity = cardActivity(card);
      // Where cards cannot be redrawn it is said once, however often the request was shown there.
      return {
        ...{ key: newId(), conversationKey, reference, activity },
        ...{ replaces: key, passing: !isLast, forAccount: null },
      };
    });
    return (await Promise.all(messages)).filter((message) => message !== undefined);
  }

  /** A message of its own: that its card changed, above in the chat, nobody is told of. */
  async function answered(
    approval: Approval,
    how: 'approved' | 'declined' | 'expired',
  ): Promise<OutboxMessage | undefined> {
    const { id, requester, decidedBy } = approval;
    const decider = decidedBy && (await storage.accounts.find(decidedBy));
    return messageTo(deps, requester, {
      key: `approval-answer.${id}`,
      draw(reader) {
        const by = decider?.displayName ?? reader.words('person.erased');
        return requestAnsweredCard(reader, { approval, how, by });
      },
    });
  }

  return {
    /** It was decided, taken back, or its time is over: everybody who was asked hears it, and whoever asked. */
    async closed(ended: Approval): Promise<OutboxMessage[]> {
      const { status } = ended;
      if (status === 'waiting') return [];
      const asked = await redrawn(ended, status);
      // Who took it back knows.
      const answer = status === 'withdrawn' ? undefined : await answered(ended, status);
      return answer === undefined ? asked : [...asked, answer];
    },

    /** What was approved has been carried out or has failed: the person who approved hears it. */
    finished(approval: Approval, done: boolean): Promise<OutboxMessage[]> {
      const { decidedBy } = approval;
      if (decidedBy === null) return Promise.resolve([]);
      return redrawn(
        approval,
        done ? 'done' : 'failed',
        ({ account }) => account !== null && accountKey(account) === accountKey(decidedBy),
      );
    },
  };
}

function isIn(person: ChatPerson, row: OutboxRow): boolean {
  return person.reference !== null && conversationKeyOf(person.reference) === row.conversationKey;
}
