import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import { button } from './buttons.ts';
import { type Act, changeText, mailboxOf, objectName, outcomeOf, verbName } from './history-words.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import template from './templates/history.json' with { type: 'json' };

const marks = {
  intended: { mark: '○', color: 'Default' },
  done: { mark: '✓', color: 'Good' },
  failed: { mark: '✕', color: 'Attention' },
  unknown: { mark: '?', color: 'Warning' },
  obsolete: { mark: '–', color: 'Default' },
} as const;

/** What a page shows: `before` leads to what was earlier, `mails` says whether mails are among it. */
export interface HistoryPage {
  account: Account;
  acts: readonly Act[];
  find: string;
  before: string | undefined;
  all: boolean;
  mails: boolean;
}

/** Who did what to whom, one line an act, newest first. */
export function historyCard(words: Words, language: Language, view: HistoryPage): Card {
  const { account, acts, find, before, all, mails } = view;
  const scope = words(all ? 'history.all' : 'history.own');
  const none = find === '' ? words('history.none') : words('history.none-found', { find });
  const page = { find, ...(mails ? { mails: 'yes' } : {}) };
  return render(
    template,
    {
      rows: acts.map((act) => rowOf(words, language, act)),
      find,
      findLabel: words('history.find'),
      findPlaceholder: words('users.find-placeholder'),
      findButton: words('button.find'),
      findData: { verb: 'history', ...(mails ? { mails: 'yes' } : {}) },
      buttons: [
        ...(before === undefined ? [] : [button(words('button.older'), 'history', { ...page, before })]),
        mails
          ? button(words('history.without-mails'), 'history', { find })
          : button(words('history.with-mails'), 'history', { find, mails: 'yes' }),
        button(words('button.overview'), 'overview'),
      ],
    },
    {
      ...ownCompany(words, account),
      title: words('history.title'),
      intro: acts.length === 0 ? `${scope} ${none}` : scope,
    },
  );
}

function rowOf(words: Words, language: Language, act: Act) {
  const { outcome, reason } = outcomeOf(act);
  const who = act.actor === null ? words('history.by-itself') : act.actorName || words('person.erased');
  const object = objectName(words, act);
  const isAtOnce = act.outcome === 'done';
  const from = mailboxOf(act);
  return {
    ...marks[outcome],
    what: verbName(words, act.verb),
    object: object === '' ? '' : `  ${object}`,
    changed: changeText(words, language, act),
    who: [
      words('history.line', { at: new Date(act.at), who }),
      isAtOnce ? '' : endText(words, outcome, reason),
      from === '' ? '' : words('history.from', { from }),
    ]
      .filter(Boolean)
      .join(' · '),
  };
}

/** Why an operation was called off, where that is known. */
const reasons = ['approval-declined', 'approval-expired', 'approval-withdrawn', 'called-off'] as const;

function endText(words: Words, outcome: Act['outcome'], reason: string): string {
  const known = reasons.find((each) => each === reason);
  return known === undefined ? words(`history.outcome.${outcome}`) : words(`history.reason.${known}`);
}
