import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import { isByHand } from '../partner/delegation-by-hand.ts';
import type { DelegationNews } from '../partner/delegation-news.ts';
import { includesGlobalAdministrator } from '../partner/delegation-terms.ts';
import type { Delegation } from '../partner/delegations.ts';
import { type Button, button, mainButton } from './buttons.ts';
import { delegationText } from './delegation-terms.ts';
import { messageCard } from './message.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';

export interface DelegationNewsView {
  /** Undefined where the reader is not known yet: the card waits for their sign-in. */
  account: Account | undefined;
  delegation: Delegation;
  news: DelegationNews;
}

/** That a delegation ends soon, or has ended while nobody looked, with what can be done about it. */
export function delegationNewsCard(words: Words, language: Language, view: DelegationNewsView): Card {
  const { account, delegation, news } = view;
  const { client, terms, endsAt } = delegation;
  const days = news.what === 'reminder' ? news.days : 0;
  const name = client.name;
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words(`delegation-news.${news.what}.title`, { client: name, days }),
      intro: words(`delegation-news.${news.what}`, { client: name, days }),
    },
    facts: [
      {
        name: words('delegations.client'),
        value: [name, client.domain === name ? '' : client.domain].filter(Boolean).join(' · '),
      },
      { name: words('delegation-news.terms'), value: delegationText(words, language, terms) },
      ...(endsAt === null
        ? []
        : [
            {
              name: words(`delegation-news.until.${news.what}`),
              value: words('delegation-news.at', { at: new Date(endsAt) }),
            },
          ]),
    ],
    buttons: buttons(words, view),
  });
}

/** What may be pressed is decided when it is pressed: rights may change until then. */
function buttons(words: Words, { delegation, news }: DelegationNewsView): Button[] {
  const at = { delegation: delegation.id };
  const open = button(words('delegation-news.open'), 'delegation-open', at);
  if (isByHand(delegation))
    return [mainButton(words('delegations.record-again'), 'delegation-record', at), open];
  const again = button(words('delegations.again'), 'delegation-again', at);
  const canExtend = news.what === 'reminder' && !includesGlobalAdministrator(delegation.terms);
  return canExtend
    ? [mainButton(words('delegations.extend'), 'delegation-extend', at), again, open]
    : [{ ...again, style: 'positive' }, open];
}
