import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import { idOfSubject, type Notice } from '../partner/notices.ts';
import { type Button, button } from './buttons.ts';
import { messageCard } from './message.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';

export type NoticeEnd = 'taken' | 'answered';

/** Takes the place of a card that asked several: who has it now. */
export function endedNoticeCard(
  words: Words,
  view: { account: Account | undefined; notice: Notice; how: NoticeEnd; name: string },
): Card {
  const { account, notice, how, name } = view;
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words(`notice.${how}-title`, { name }),
      intro: words(`notice.${how}`, { name }),
    },
    buttons: [openButton(words, notice)],
  });
}

/** Leads to what a notice is about. */
export function openButton(words: Words, { subject }: Notice): Button {
  const id = idOfSubject(subject);
  if (subject.startsWith('offer/'))
    return button(words('offer-notice.open-offer'), 'offer-open', { offer: id });
  if (subject.startsWith('delegation/'))
    return button(words('offer-notice.open-delegation'), 'delegation-open', { delegation: id });
  return button(words('button.company'), 'company');
}
