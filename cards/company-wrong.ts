import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import { button, type Link, mainButton } from './buttons.ts';
import { fewWordsCard } from './few-words.ts';
import { messageCard } from './message.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';

/** Asks what is not right, in a few words. */
export function companyWrongCard(
  words: Words,
  view: { account: Account | undefined; nonce: string; problem: string; what: string },
): Card {
  return fewWordsCard(words, {
    frame: {
      ...ownCompany(words, view.account),
      title: words('company-wrong.title'),
      intro: words('company-wrong.intro'),
      problem: view.problem,
    },
    ...{ verb: 'company-wrong-form', nonce: view.nonce, proceed: words('company-wrong.send') },
    text: {
      ...{ id: 'what', label: words('company-wrong.what'), value: view.what },
      ...{ example: words('company-wrong.example'), isRequired: true },
    },
  });
}

/** What a Global administrator is told: who asks, and in their words what looks wrong. */
export function companyWrongToldCard(
  reader: { words: Words; account: Account | undefined },
  view: { from: Account | undefined; what: string; notice: string },
): Card {
  const { words, account } = reader;
  const { displayName: name = words('person.erased'), signInName = '' } = view.from ?? {};
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('company-wrong.told-title'),
      intro: words('company-wrong.told', { name, signInName }),
    },
    facts: [{ name: words('company-wrong.what'), value: view.what }],
    buttons: [
      mainButton(words('company-card.edit'), 'edit-company'),
      button(words('company-wrong.answer'), 'company-wrong-answer', { notice: view.notice }),
      button(words('company-wrong.view'), 'company'),
    ],
  });
}

/** Kept until somebody who may edit the details comes: who that can be, and the way at Microsoft until then. */
export function companyWrongKeptCard(
  words: Words,
  view: { account: Account; what: string; roles: string; names: string; links: readonly Link[] },
): Card {
  const { account, what, roles, names, links } = view;
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('company-wrong.kept-title'),
      intro:
        names === '' ? words('company-wrong.kept', { roles }) : words('company-wrong.kept-for', { names }),
    },
    paragraphs: [words('company-wrong.your-words', { text: what })],
    links,
    buttons: [button(words('button.company'), 'company'), button(words('button.overview'), 'overview')],
  });
}
