import { companyWrongAnsweredCard } from '../cards/company-wrong-answer.ts';
import type { Zones } from '../partner/company-zones.ts';
import type { Operation } from '../partner/operations.ts';
import type { Changes, OutboxMessage } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import type { ChatSources } from './chats.ts';
import { endedNoticeCards } from './ended-cards.ts';
import { messageTo } from './message-to.ts';

/** The company's details were edited: whoever had said that they are wrong hears it, and nobody has to answer any more. */
export async function correctedNotices(
  sources: { storage: ChatSources & Pick<Storage, 'accounts' | 'notices' | 'outbox'>; zones: Zones },
  { actor, company, args, createdAt }: Operation,
  newId: () => string,
): Promise<Required<Pick<Changes, 'outbox' | 'notices'>>> {
  const { storage } = sources;
  // An undo corrects nothing, and what was said after the change began is not about it.
  if (args['undoIds'] === undefined) return { outbox: [], notices: [] };
  const said = await storage.notices.ofKind(company, 'company-wrong');
  const open = said.filter(({ at }) => at <= createdAt);
  const by = await storage.accounts.find(actor);
  const outbox: OutboxMessage[] = [];
  for (const { id, by: from, details } of open) {
    if (from === null) continue;
    const told = await messageTo(sources, from, {
      key: `company-wrong-answer.${id}`,
      draw: (reader) =>
        companyWrongAnsweredCard(reader, {
          ...{ by: by?.displayName ?? reader.words('person.erased'), what: String(details['what']) },
          ...{ outcome: 'edited', answer: '' },
        }),
    });
    if (told !== undefined) outbox.push(told);
  }
  const ended =
    by === undefined
      ? []
      : await Promise.all(
          open.map((notice) => endedNoticeCards(sources, notice, { by, how: 'answered', newId })),
        );
  return {
    outbox: [...outbox, ...ended.flat()],
    notices: open.map((notice) => ({ save: { ...notice, status: 'over' }, by: actor })),
  };
}
