import { endedNoticeCard, type NoticeEnd } from '../cards/notice-ended.ts';
import { createWords } from '../locales/words.ts';
import { type Account, accountKey } from '../partner/accounts.ts';
import type { Zones } from '../partner/company-zones.ts';
import { type Notice, noticeStem } from '../partner/notices.ts';
import type { OutboxMessage } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { type ChatSources, chatsIn } from './chats.ts';
import { messageFor } from './message.ts';

/** Cards that told others of what somebody has taken or answered now, redrawn with their name and without buttons. */
export async function endedNoticeCards(
  { storage, zones }: { storage: ChatSources & Pick<Storage, 'outbox' | 'accounts'>; zones: Zones },
  notice: Notice,
  { by, how, newId }: { by: Account; how: NoticeEnd; newId(): string },
): Promise<OutboxMessage[]> {
  const chats = await chatsIn(storage, notice.company);
  const shown = await storage.outbox.under(noticeStem(notice.id));
  const messages = [...chats.values()].map(async (chat): Promise<OutboxMessage | undefined> => {
    const card = shown.find(({ conversationKey }) => conversationKey === chat.conversationKey);
    if (card === undefined || chat.account === null || accountKey(chat.account) === accountKey(by))
      return undefined;
    const account = await storage.accounts.find(chat.account);
    const view = { account, notice, how, name: by.displayName };
    const zone = await zones.ofReader(chat.account, chat);
    const ended = endedNoticeCard(createWords(chat.language ?? 'vi', zone), view);
    return messageFor(chat.account, chat, { key: newId(), card: ended, replaces: card.key });
  });
  return (await Promise.all(messages)).filter((message) => message !== undefined);
}
