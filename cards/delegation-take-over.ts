import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { Delegation } from '../partner/delegations.ts';
import { button, mainButton } from './buttons.ts';
import { delegationText, roleList } from './delegation-terms.ts';
import { messageCard } from './message.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';

/** The question before somebody carries on what a colleague no longer can. `before`: that colleague's name, or ''. */
export function takeOverCard(
  words: Words,
  language: Language,
  view: { account: Account; delegation: Delegation; before: string; nonce: string },
): Card {
  const { account, delegation, before, nonce } = view;
  const { client, terms, id } = delegation;
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('delegations.take-over-title', { client: client.name }),
      intro: words('delegations.take-over-intro', { name: before }),
    },
    facts: [
      { name: words('delegations.client'), value: [client.name, client.domain].filter(Boolean).join(' · ') },
      { name: words('delegate.terms'), value: delegationText(words, language, terms) },
      { name: words('delegations.roles'), value: roleList(language, terms.roles) },
    ],
    buttons: [
      mainButton(words('delegations.take-over-yes'), 'delegation-take-over-yes', { nonce }),
      button(words('button.back'), 'delegation-open', { delegation: id }),
    ],
  });
}
