import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { JsonObject } from '../partner/operations.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import template from './templates/wish-review.json' with { type: 'json' };
import { jobName, wishWords } from './wish-words.ts';

/** The last look before anything is written: company, object, before → after, and who. */
export function wishReviewCard(
  words: Words,
  language: Language,
  view: {
    account: Account | undefined;
    nonce: string;
    problem: string;
    kind: string;
    args: JsonObject;
    intro: string;
    /** Somebody else has to say yes, so a reason is asked for. */
    secondPerson: boolean;
    typed: Readonly<Record<string, string>>;
    canGoBack: boolean;
  },
): Card {
  const { kind, args, secondPerson } = view;
  const wish = wishWords(words, language, kind, args);
  const typedLabel = wish.typed === undefined ? '' : words('wish.typed');
  const reasonLabel = secondPerson ? words('wish.reason') : '';
  return render(
    template,
    {
      facts: [...wish.facts, { name: words('wish.who'), value: view.account?.displayName ?? '' }],
      notes: [...wish.notes, ...(secondPerson ? [words('wish.second-note')] : [])].map((text) => ({ text })),
      typedLabel,
      typedName: view.typed['typedName'] ?? '',
      missing: words('form.missing', { name: typedLabel }),
      reasonLabel,
      reason: view.typed['reason'] ?? '',
      reasonMissing: words('form.missing', { name: reasonLabel }),
      confirm: secondPerson ? words('wish.confirm-second') : jobName(words, kind, 'head'),
      back: view.canGoBack ? words('button.back') : '',
      cancel: words('button.cancel'),
      submit: { verb: 'wish-review', nonce: view.nonce },
    },
    {
      ...ownCompany(words, view.account),
      title: jobName(words, kind, 'head'),
      intro: view.intro,
      problem: view.problem,
    },
  );
}
