import type { Words } from '../../locales/words.ts';
import type { Account } from '../../partner/accounts.ts';
import { kindNamed } from '../../partner/kinds.ts';
import type { Operation } from '../../partner/operations.ts';
import { button, mainButton } from '../buttons.ts';
import { messageCard } from '../message.ts';
import type { Card } from '../render.ts';
import { ownCompany } from '../scope.ts';
import { jobName } from '../wish-words.ts';

interface Standing {
  isStaff: boolean;
  /** How much is withdrawn, goes on by itself, and is open to clients. */
  waiting: number;
  unattended: number;
  offers: number;
}

/** What is erased now, what stays and why, and what happens with work. */
export function forgetMeCard(
  words: Words,
  view: { account: Account | undefined; nonce: string; problem: string; standing: Standing },
): Card {
  const { account, nonce, problem, standing } = view;
  const whose = account === undefined ? 'chat' : standing.isStaff ? 'staff' : 'client';
  const work = workText(words, standing);
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('forget-me.title'),
      intro: words('forget-me.intro'),
      problem,
    },
    facts: [
      ...(account === undefined ? [] : [{ name: words('forget-me.account'), value: account.signInName }]),
      { name: words('forget-me.erased'), value: words(`forget-me.erased.${whose}`) },
      { name: words('forget-me.kept'), value: words(`forget-me.kept.${whose}`) },
      ...(work === '' ? [] : [{ name: words('forget-me.work'), value: work }]),
    ],
    note: words('forget-me.note'),
    buttons: [
      mainButton(words('button.forget-me'), 'forget-me-review', { nonce }),
      button(words('button.cancel'), 'cancel'),
    ],
  });
}

function workText(words: Words, { waiting, unattended, offers }: Standing): string {
  return [
    ...(waiting === 0 ? [] : [words('forget-me.work.waiting', { count: waiting })]),
    ...(unattended === 0 ? [] : [words('forget-me.work.unattended', { count: unattended })]),
    ...(offers === 0 ? [] : [words('forget-me.work.offers', { count: offers })]),
  ].join(' ');
}

/** So many are named; the others are over before anybody has read that far. */
const mostNamed = 4;

/** Why it cannot be now: what is under way, and how to look at it. */
export function forgetMeBusyCard(
  words: Words,
  view: { account: Account | undefined; busy: readonly Operation[]; reference: string },
): Card {
  const { account, busy, reference } = view;
  const named = busy.slice(0, mostNamed);
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('forget-me.busy-title'),
      intro: words('forget-me.busy'),
    },
    facts: named.map(({ kind, args }) => ({
      name: jobName(words, kind, 'head'),
      value: kindNamed(kind).object(args),
    })),
    note: words('error.reference', { reference }),
    buttons: [
      ...named.map(({ id, kind, args }) =>
        button(`${words('button.open')} · ${kindNamed(kind).object(args)}`, 'operation-show', {
          operation: id,
        }),
      ),
      button(words('button.forget-me'), 'forget-me'),
      button(words('button.overview'), 'overview'),
    ],
  });
}
