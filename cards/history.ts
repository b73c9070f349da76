import type { MessageKey, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import { authorisationIds } from '../partner/company-authorisations.ts';
import { operationKinds } from '../partner/kinds.ts';
import { button } from './buttons.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import template from './templates/history.json' with { type: 'json' };
import { jobName } from './wish-words.ts';

interface Line {
  at: number;
  actorName: string;
  verb: string;
  object: string;
  outcome: 'intended' | 'done' | 'failed' | 'unknown' | 'obsolete';
  /** Mailbox of the company that it left from; left out for everything else. */
  from?: string;
}

const marks = {
  intended: { mark: '○', color: 'Default' },
  done: { mark: '✓', color: 'Good' },
  failed: { mark: '✕', color: 'Attention' },
  unknown: { mark: '?', color: 'Warning' },
  obsolete: { mark: '–', color: 'Default' },
} as const;

/** A page of who did what to whom, newest first. `next` leads to what was before. */
export function historyCard(
  words: Words,
  view: { account: Account; lines: readonly Line[]; find: string; next: string | undefined; all: boolean },
): Card {
  const { account, lines, find, next, all } = view;
  const rows = lines.map(({ at, actorName, verb, object, outcome, from }) => ({
    ...marks[outcome],
    what: verbName(words, verb),
    object: `  ${objectName(words, object)}`,
    who: `${words('history.line', { at: new Date(at), who: actorName || words('person.erased') })} · ${words(`history.outcome.${outcome}`)}${from === undefined ? '' : ` · ${words('history.from', { from })}`}`,
  }));
  const scope = words(all ? 'history.all' : 'history.own');
  const none = find === '' ? words('history.none') : words('history.none-found', { find });
  return render(
    template,
    {
      rows,
      find,
      findLabel: words('history.find'),
      findPlaceholder: words('users.find-placeholder'),
      findButton: words('button.find'),
      buttons: [
        ...(next === undefined ? [] : [button(words('button.older'), 'history', { find, before: next })]),
        button(words('button.overview'), 'overview'),
      ],
    },
    {
      ...ownCompany(words, account),
      title: words('history.title'),
      intro: lines.length === 0 ? `${scope} ${none}` : scope,
    },
  );
}

/** Rows about a request for approval, named as the jobs that they are. */
const decisions = ['approve', 'decline', 'withdraw', 'stop-order', 'take-over'];

/** Rows that no operation wrote, each with words of its own. */
const others = [
  'reveal-password',
  'state-authorisation-on',
  'state-authorisation-off',
  'set-colleague',
  'state-zone',
  'set-company-mailbox',
] as const;

function verbName(words: Words, verb: string): string {
  if (operationKinds.has(verb) || decisions.includes(verb)) return jobName(words, verb, 'head');
  const known = others.find((each) => each === verb);
  const key: MessageKey = known === undefined ? 'history.other' : `history.${known}`;
  const name = words(key);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function objectName(words: Words, object: string): string {
  const authorisation = authorisationIds.find((id) => id === object);
  return authorisation === undefined ? object : words(`authorisation.${authorisation}`);
}
