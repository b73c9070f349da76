import type { Language, MessageKey, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import { isByHand } from '../partner/delegation-by-hand.ts';
import type { DelegationNews } from '../partner/delegation-news.ts';
import { includesGlobalAdministrator } from '../partner/delegation-terms.ts';
import type { Delegation } from '../partner/delegations.ts';
import { type Button, button, mainButton } from './buttons.ts';
import { delegationText } from './delegation-terms.ts';
import { messageCard } from './message.ts';
import { type ForOthers, insteadOfText, withTake } from './notice-take.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';

export interface DelegationNewsView extends ForOthers {
  /** Undefined where the reader is not known yet: the card waits for their sign-in. */
  account: Account | undefined;
  delegation: Delegation;
  news: DelegationNews;
  /** Another one with the same client, which stays in force. */
  other: Delegation | undefined;
}

/** That a delegation ends soon, or has ended while nobody looked, with what can be done about it. */
export function delegationNewsCard(words: Words, language: Language, view: DelegationNewsView): Card {
  const { account, delegation, news, other } = view;
  const { client, terms, endsAt } = delegation;
  const days = news.what === 'reminder' ? news.days : 0;
  const name = client.name;
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words(titleOf(news, other), { client: name, days }),
      intro: introOf(words, language, view),
    },
    paragraphs: insteadOfText(words, view),
    facts: [
      {
        name: words('delegations.client'),
        value: [name, client.domain === name ? '' : client.domain].filter(Boolean).join(' · '),
      },
      { name: words('delegation-news.terms'), value: delegationText(words, language, terms) },
      ...(endsAt === null || news.what === 'ended' || news.what === 'unapproved'
        ? []
        : [
            {
              name: words(`delegation-news.until.${news.what}`),
              value: words('delegation-news.at', { at: new Date(endsAt) }),
            },
          ]),
    ],
    buttons: withTake(words, view, buttons(words, view)),
  });
}

type Ending = 'reminder' | 'expired' | 'ended' | 'no-access';
const isEnding = (what: DelegationNews['what']): what is Ending =>
  what === 'reminder' || what === 'expired' || what === 'ended' || what === 'no-access';

function titleOf({ what }: DelegationNews, other: Delegation | undefined): MessageKey {
  const isOneOfMore = other !== undefined && isEnding(what) && what !== 'reminder';
  return isOneOfMore ? `delegation-news.${what}.one.title` : `delegation-news.${what}.title`;
}

/** With another one in force the company loses these roles, and not its access. */
function introOf(words: Words, language: Language, { delegation, news, other }: DelegationNewsView): string {
  const client = delegation.client.name;
  if (other === undefined || !isEnding(news.what)) return words(`delegation-news.${news.what}`, { client });
  const terms = delegationText(words, language, other.terms);
  return [
    words(`delegation-news.${news.what}.one`, { client }),
    words('delegation-news.other', { client, terms }),
  ].join(' ');
}

/** What may be pressed is decided when it is pressed: rights may change until then. */
function buttons(words: Words, { delegation, news }: DelegationNewsView): Button[] {
  const at = { delegation: delegation.id };
  const open = button(words('delegation-news.open'), 'delegation-open', at);
  if (isByHand(delegation))
    return [mainButton(words('delegations.record-again'), 'delegation-record', at), open];
  if (news.what === 'approved' || news.what === 'no-access') return [{ ...open, style: 'positive' }];
  const again = button(words('delegations.again'), 'delegation-again', at);
  const canExtend = news.what === 'reminder' && !includesGlobalAdministrator(delegation.terms);
  return canExtend
    ? [mainButton(words('delegations.extend'), 'delegation-extend', at), again, open]
    : [{ ...again, style: 'positive' }, open];
}
