import { type Language, localeOf, type Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import { ruleOf } from '../partner/capabilities.ts';
import type { Acceptance, OfferEvent, OfferTerms } from '../partner/offers.ts';
import { type Button, button, type Link, mainButton } from './buttons.ts';
import { messageCard } from './message.ts';
import { termWords } from './offer-facts.ts';
import { priceWords } from './offer-price.ts';
import { linesText } from './offer-timeline.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';
import { roleName } from './users.ts';

/** What is done at one press, once. */
export type OfferClientButton = 'offer-wish-version' | 'order-by-hand' | 'order-stop';

export interface OfferClientView {
  account: Account;
  problem: string;
  acceptance: Acceptance;
  /** The version that this client saw or answered. */
  terms: OfferTerms;
  questions: readonly OfferEvent[];
  mayConfirm: boolean;
  mayMake: boolean;
  /** Names of those who may confirm, where this person may not. */
  whoMay: readonly string[];
  /** Its order can still be called off. */
  mayStop: boolean;
  /** Its order stands still at a colleague. */
  mayTakeOver: boolean;
  /** Whose sign-in its order waits for, as a sentence; '' for nobody's. */
  waits: string;
  /** For advisors: where Microsoft's own link leads. */
  links: readonly Link[];
  /** Makes a single-use button of this verb, and gives its nonce. */
  nonceFor(verb: OfferClientButton): string;
}

const mostActions = 6;

/** What one client made of an offer, and what we may do about it now. */
export function offerClientCard(words: Words, language: Language, view: OfferClientView): Card {
  const { account, problem, acceptance, terms, questions, links } = view;
  const { client, person, state, seats, wish, reason, orderId } = acceptance;
  const fact = (name: string, value: string) => (value === '' ? [] : [{ name, value }]);
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('offer-client.title'),
      intro: words(`offer-desk.answer.${state}`),
      problem,
    },
    facts: [
      ...fact(words('offer-client.company'), `${client.name} · ${client.domain}`),
      ...fact(
        words('offer-client.person'),
        [person.name || words('person.erased'), person.signInName].filter(Boolean).join(' · '),
      ),
      ...fact(words('offer-client.version'), String(acceptance.version)),
      ...fact(
        words('offer-client.seats'),
        terms.kind === 'delegation' ? '' : linesText(words, terms.lines, seats),
      ),
      ...terms.lines.flatMap((line) =>
        fact(words('offer-client.price'), line.price === null ? '' : priceWords(words, language, line)),
      ),
      ...terms.lines.slice(0, 1).flatMap((line) => fact(words('offer-client.term'), termWords(words, line))),
      ...fact(words('offer-client.wish'), wish.length === 0 ? '' : linesText(words, terms.lines, wish)),
      ...fact(words('offer-client.reason'), state === 'declined' ? reason : ''),
      ...fact(words('offer-client.order'), orderId ?? ''),
      ...questions.map(({ details }) => ({
        name: words('offer-client.question'),
        value: typeof details['text'] === 'string' ? details['text'] : '',
      })),
    ],
    note: noteText(words, language, view),
    links,
    // The list comes last, and is a command too: it gives way where there is more to do than a card may hold.
    buttons: buttonsFor(words, view).slice(0, mostActions - links.length),
  });
}

function noteText(
  words: Words,
  language: Language,
  { acceptance, mayConfirm, whoMay, terms, waits }: OfferClientView,
): string {
  if (waits !== '') return waits;
  if (acceptance.state !== 'accepted') return '';
  if (terms.route === 'advisor') return words('offer-client.by-hand');
  if (mayConfirm) return words('offer-client.may-confirm');
  if (whoMay.length === 0) return words('offer-client.nobody', { roles: confirmers(words, language) });
  return words('offer-client.who-may', { names: whoMay.join(', ') });
}

/** Everybody who may confirm, by the table that decides: "A, B or C". */
function confirmers(words: Words, language: Language): string {
  const { roles = [], support = [] } = ruleOf('confirm-order');
  const agents = support.map((group) => words(`offer-client.agent.${group}`));
  const list = new Intl.ListFormat(localeOf[language], { type: 'disjunction' });
  return list.format([...roles.map((id) => roleName(language, id)), ...agents]);
}

function buttonsFor(words: Words, view: OfferClientView): Button[] {
  const { acceptance, terms, questions, mayConfirm, mayMake, mayStop, mayTakeOver, whoMay, nonceFor } = view;
  const id = { acceptance: acceptance.id };
  const isAccepted = acceptance.state === 'accepted';
  const isReseller = terms.route === 'reseller';
  /** What stands still at a colleague is taken over first. */
  const isOwn = acceptance.state === 'failed' && !mayTakeOver;
  const [wished] = acceptance.wish;
  const isOneLine = terms.lines.length === 1;
  return [
    ...(isAccepted && isReseller && mayConfirm
      ? [mainButton(words('offer-client.review'), 'order-review', id)]
      : []),
    ...(isAccepted && isReseller && !mayConfirm && whoMay.length > 0
      ? [mainButton(words('offer-client.pass-on'), 'order-pass-on', id)]
      : []),
    ...(mayTakeOver ? [mainButton(words('take-over.button'), 'order-take-over', id)] : []),
    ...(!isReseller && mayMake && (isAccepted || acceptance.state === 'ordered')
      ? [
          mainButton(
            words(isAccepted ? 'offer-client.ordered-by-hand' : 'offer-client.provisioned-by-hand'),
            'order-by-hand',
            { nonce: nonceFor('order-by-hand') },
          ),
        ]
      : []),
    ...(questions.length > 0 && mayMake
      ? [button(words('offer-client.answer'), 'offer-answer-question', id)]
      : []),
    ...(wished !== undefined && mayMake
      ? [
          button(
            words(isOneLine ? 'offer-client.new-version' : 'offer-client.new-version-all', { seats: wished }),
            'offer-wish-version',
            { nonce: nonceFor('offer-wish-version') },
          ),
        ]
      : []),
    ...(isReseller && mayConfirm && isOwn && acceptance.reason === 'agreement-missing'
      ? [mainButton(words('order.attest'), 'order-attest', id)]
      : []),
    ...(mayConfirm && !mayStop && acceptance.state === 'failed' && acceptance.orderId === null
      ? [button(words('order-reopen.button'), 'order-reopen', id)]
      : []),
    ...(isOwn && acceptance.operationId !== null
      ? [button(words('offer-client.operation'), 'operation-show', { operation: acceptance.operationId })]
      : []),
    ...(mayStop && acceptance.operationId !== null
      ? [button(words('offer-client.stop'), 'order-stop', { nonce: nonceFor('order-stop') })]
      : []),
    button(words('offer-client.open-offer'), 'offer-open', { offer: acceptance.offerId }),
    ...(acceptance.state === 'failed' ? [] : [button(words('button.offers'), 'offers')]),
  ];
}
