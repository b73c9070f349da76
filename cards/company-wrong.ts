import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import { button, type Link, mainButton } from './buttons.ts';
import { messageCard } from './message.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import template from './templates/company-wrong.json' with { type: 'json' };

/** Asks what is not right, in a few words. */
export function companyWrongCard(
  words: Words,
  view: { account: Account | undefined; nonce: string; problem: string; what: string },
): Card {
  const label = words('company-wrong.what');
  return render(
    template,
    {
      label,
      example: words('company-wrong.example'),
      what: view.what,
      missing: words('form.missing', { name: label }),
      send: words('company-wrong.send'),
      cancel: words('button.cancel'),
      submit: { verb: 'company-wrong-form', nonce: view.nonce },
    },
    {
      ...ownCompany(words, view.account),
      title: words('company-wrong.title'),
      intro: words('company-wrong.intro'),
      problem: view.problem,
    },
  );
}

/** What a Global administrator is told: who asks, and in their words what looks wrong. */
export function companyWrongToldCard(
  reader: { words: Words; account: Account },
  view: { from: Account; what: string },
): Card {
  const { words, account } = reader;
  const { displayName: name, signInName } = view.from;
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('company-wrong.told-title'),
      intro: words('company-wrong.told', { name, signInName }),
    },
    facts: [{ name: words('company-wrong.what'), value: view.what }],
    buttons: [
      mainButton(words('company-card.edit'), 'edit-company'),
      button(words('company-wrong.view'), 'company'),
    ],
  });
}

/** Nobody could be told: who could mend it, how they get here, and what was written, so that it is not lost. */
export function companyWrongNobodyCard(
  words: Words,
  view: { account: Account; what: string; roles: string; reference: string; links: readonly Link[] },
): Card {
  const { account, what, roles, reference, links } = view;
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('company-wrong.nobody-title'),
      intro: words('company-wrong.nobody', { roles }),
    },
    paragraphs: [words('company-wrong.your-words', { text: what })],
    note: words('error.reference', { reference }),
    links,
    buttons: [button(words('button.company'), 'company'), button(words('button.overview'), 'overview')],
  });
}
