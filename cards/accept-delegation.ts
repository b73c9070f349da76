import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { ClientsPage } from '../partner/delegation-pages.ts';
import { type AnsweringView, whoWords } from './answer-offer.ts';
import { type Button, button, mainButton } from './buttons.ts';
import type { DelegationFacts } from './delegation-facts.ts';
import { messageCard } from './message.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';

/** The three answers to a delegation; to one that was declined only the yes is left. */
export function delegationButtons(
  words: Words,
  code: string,
  may: {
    isGlobal: boolean;
    isDeclined: boolean;
    nonceFor(verb: 'accept-delegation-refuse' | 'accept-delegation-later'): string;
  },
): Button[] {
  if (!may.isGlobal) {
    return [mainButton(words('accept-delegation.pass-on.title'), 'accept-delegation-pass-on', { code })];
  }
  const allow = mainButton(words('accept-delegation.allow'), 'accept-delegation', { code });
  if (may.isDeclined) return [allow];
  return [
    allow,
    button(words('accept-delegation.refuse'), 'accept-delegation-refuse', {
      nonce: may.nonceFor('accept-delegation-refuse'),
    }),
    button(words('accept-delegation.later'), 'accept-delegation-later', {
      nonce: may.nonceFor('accept-delegation-later'),
    }),
  ];
}

/** What is read before a yes: everything that is asked for, and in whose name it is answered. */
export function allowParagraphs(
  words: Words,
  { intro, warning, roles, points }: DelegationFacts,
  { company, as }: { company: string; as: string },
): string[] {
  return [
    warning,
    intro,
    ...roles.map(({ name, what, not }) => `${name}: ${what} ${not}`.trim()),
    ...points,
    words('delegation-block.allow-then', { company }),
    as,
  ].filter(Boolean);
}

/** The question of a delegation beside services, which have answers of their own. */
export function delegationQuestionCard(
  words: Words,
  account: Account,
  view: { company: string; isDeclined: boolean; buttons: readonly Button[] },
): Card {
  const { company, isDeclined, buttons } = view;
  return messageCard({
    frame: { ...ownCompany(words, account), title: words('accept-delegation.title') },
    paragraphs: [words('delegation-block.allow-then', { company }), words('delegation-block.apart')],
    note: words(isDeclined ? 'accept-delegation.declined' : 'accept-delegation.undecided'),
    buttons,
  });
}

/** Microsoft's page, once something there is the client's turn. */
export function clientsPageCard(
  words: Words,
  account: Account,
  { page: { what, link }, company }: { page: ClientsPage; company: string },
): Card {
  return messageCard({
    frame: { ...ownCompany(words, account), title: words(`accept-delegation.your-turn.${what}`) },
    paragraphs: [words(`accept-delegation.live.${what}-how`, { company })],
    links: [{ title: words(`accept-delegation.live.${what}-link`), url: link }],
  });
}

/** Why this person cannot allow it, above the ready words for somebody who can. */
export function delegationPassOnCard(words: Words, account: Account, view: AnsweringView): Card {
  const { client, rolesKnown } = view;
  const why = rolesKnown ? 'accept-delegation.why' : 'accept-delegation.why-unknown';
  return messageCard({
    frame: { ...ownCompany(words, account), title: words('accept-delegation.pass-on.title') },
    paragraphs: [words(why, { who: whoWords(client), signInName: client.person.signInName })],
    note: words('answer-offer.forward'),
    buttons: [button(words('button.switch-account'), 'sign-in')],
  });
}
