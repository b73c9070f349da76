import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { Notice } from '../partner/notices.ts';
import { messageCard } from './message.ts';
import { openButton } from './notice-ended.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';

/** For whoever answered for it until now: a colleague has taken it. */
export function takenFromCard(
  { words, account }: { words: Words; account: Account | undefined },
  { notice, by: name }: { notice: Notice; by: string },
): Card {
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('notice.taken-title', { name }),
      intro: words('notice.taken-from', { name }),
    },
    buttons: [openButton(words, notice)],
  });
}
