import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import { button } from './buttons.ts';
import { fewWordsCard } from './few-words.ts';
import { messageCard } from './message.ts';
import type { Card } from './render.ts';
import { rowsCard } from './rows.ts';
import { ownCompany } from './scope.ts';

/** What came of somebody's word that the company's details are wrong. */
export type Outcome = 'corrected' | 'as-it-is' | 'edited';

/** Asks what the colleague is to hear. */
export function companyWrongAnswerCard(
  words: Words,
  view: {
    account: Account | undefined;
    nonce: string;
    problem: string;
    typed: Readonly<Record<string, string>>;
    /** Who said it, and their words. */
    name: string;
    what: string;
  },
): Card {
  const { account, nonce, problem, typed, name, what } = view;
  return fewWordsCard(words, {
    frame: {
      ...ownCompany(words, account),
      title: words('company-wrong-answer.title', { name }),
      intro: words('company-wrong-answer.intro', { name, what }),
      problem,
    },
    ...{ verb: 'company-wrong-answer-form', nonce, proceed: words('company-wrong-answer.send') },
    questions: [
      {
        id: 'outcome',
        label: words('company-wrong-answer.outcome'),
        value: typed['outcome'] ?? '',
        choices: (['corrected', 'as-it-is'] as const).map((value) => ({
          ...{ value, title: words(`company-wrong-answer.${value}`) },
        })),
      },
    ],
    text: {
      ...{ id: 'answer', label: words('company-wrong-answer.why'), value: typed['answer'] ?? '' },
      ...{ example: words('company-wrong-answer.example'), isRequired: false },
    },
  });
}

/** What whoever said it hears: who looked, and what came of it. */
export function companyWrongAnsweredCard(
  { words, account }: { words: Words; account: Account | undefined },
  view: { by: string; what: string; outcome: Outcome; answer: string },
): Card {
  const { by, what, outcome, answer } = view;
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words(`company-wrong-answered.${outcome}-title`),
      intro: words(`company-wrong-answered.${outcome}`, { name: by }),
    },
    facts: [
      { name: words('company-wrong-answered.what'), value: what },
      ...(answer === '' ? [] : [{ name: words('company-wrong-answered.answer'), value: answer }]),
    ],
    buttons: [button(words('button.company'), 'company')],
  });
}

/** What colleagues said and nobody has answered yet. */
export function companyWrongListCard(
  words: Words,
  view: {
    account: Account | undefined;
    waiting: readonly { id: string; name: string; what: string; at: number }[];
  },
): Card {
  const { account, waiting } = view;
  return rowsCard({
    frame: {
      ...ownCompany(words, account),
      title: words('company-wrong-list.title'),
      intro: words('company-wrong-list.count', { count: waiting.length }),
    },
    sections: [
      {
        name: '',
        rows: waiting.map(({ id, name, what, at }) => ({
          ...{ title: name, small: words('company-wrong-list.at', { at: new Date(at) }), detail: what },
          open: { verb: 'company-wrong-answer', notice: id },
        })),
      },
    ],
    buttons: [button(words('button.company'), 'company'), button(words('button.overview'), 'overview')],
  });
}
