import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { Operation } from '../partner/operations.ts';
import { type Button, mainButton } from './buttons.ts';
import { messageCard } from './message.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';
import { jobName, wishWords } from './wish-words.ts';

/** The question before somebody carries on what a colleague no longer can. `before`: that colleague's name. */
export function takeOverCard(
  words: Words,
  language: Language,
  view: {
    account: Account;
    operation: Operation;
    before: string;
    /** What else it means to take it over; '' for nothing. */
    note: string;
    yes: { verb: string; nonce: string };
    back: Button;
  },
): Card {
  const { account, operation, before, note, yes, back } = view;
  const { kind, args } = operation;
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('take-over.title', { job: jobName(words, kind, 'sentence') }),
      intro: words('take-over.intro', { name: before }),
    },
    facts: wishWords(words, language, kind, args).facts,
    note,
    buttons: [mainButton(words('take-over.yes'), yes.verb, { nonce: yes.nonce }), back],
  });
}

/** For whoever had it before: who carries it on now. */
export function takenOverCard(
  words: Words,
  language: Language,
  view: { account: Account | undefined; operation: Operation; by: string },
): Card {
  const { account, operation, by } = view;
  const { kind, args } = operation;
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('take-over.done', { name: by, job: jobName(words, kind, 'sentence') }),
      intro: words('take-over.done-intro'),
    },
    facts: wishWords(words, language, kind, args).facts,
  });
}
