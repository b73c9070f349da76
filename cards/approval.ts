import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { Approval } from '../partner/approvals.ts';
import type { JsonObject } from '../partner/operations.ts';
import { button, mainButton } from './buttons.ts';
import { messageCard } from './message.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';
import { jobName, wishWords } from './wish-words.ts';

/** What a second person is asked to say yes to: all of it, in their language. */
export function approvalCard(
  reader: { words: Words; language: Language; account: Account },
  view: {
    approval: Approval;
    args: JsonObject;
    requester: Account;
    nonces: { approve: string; decline: string };
  },
): Card {
  const { words, language, account } = reader;
  const { approval, args, requester, nonces } = view;
  const wish = wishWords(words, language, approval.verb, args);
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('approval.title'),
      intro: jobName(words, approval.verb, 'head'),
    },
    facts: [
      ...wish.facts,
      { name: words('approval.from'), value: `${requester.displayName} · ${requester.signInName}` },
      { name: words('approval.reason'), value: approval.reason },
    ],
    paragraphs: wish.notes,
    note: words('approval.until', { at: new Date(approval.expiresAt) }),
    buttons: [
      mainButton(words('button.approve'), 'approve', { nonce: nonces.approve }),
      button(words('button.decline'), 'decline', { nonce: nonces.decline }),
    ],
  });
}
