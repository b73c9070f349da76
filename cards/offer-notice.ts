import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import { type ClientNoticeKind, clientNoticeKinds } from '../partner/notices.ts';
import type { Acceptance, OfferEvent, OfferLine, OfferVersion } from '../partner/offers.ts';
import { type Button, button, mainButton } from './buttons.ts';
import { messageCard } from './message.ts';
import { type ForOthers, insteadOfText, withTake } from './notice-take.ts';
import { forWhomText } from './offers.ts';
import type { Card } from './render.ts';
import { type Row, rowsCard } from './rows.ts';
import { ownCompany } from './scope.ts';

export interface OfferNoticeView extends ForOthers {
  /** Undefined where the reader is not known yet: the card waits for their sign-in. */
  account: Account | undefined;
  version: OfferVersion;
  /** Undefined when nobody of the client signed in for it. */
  acceptance: Acceptance | undefined;
  event: OfferEvent;
  /** Nonce of *Gửi phiên bản mới với N*; '' where there is no such button. */
  newVersion: string;
  /** The client gets no mail about it, since the company has no mailbox for that. */
  lacksMailbox: boolean;
}

/** Whether the staff hear of it. */
export function isTold(event: OfferEvent): event is OfferEvent & { kind: ClientNoticeKind } {
  return clientNoticeKinds.some((kind) => kind === event.kind);
}

/** What a client did, for whoever answers for the offer. What the client wrote stands there as it was written. */
export function offerNoticeCard(
  words: Words,
  view: OfferNoticeView & { event: { kind: ClientNoticeKind } },
): Card {
  const { account, version, acceptance, event } = view;
  const { kind, byName } = event;
  const { lines, recipient } = version.terms;
  const client = acceptance?.client.name ?? recipient.name;
  const fact = (name: string, value: string) => (value === '' ? [] : [{ name, value }]);
  const company = acceptance === undefined ? client : companyText(acceptance);
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words(`offer-notice.${kind}.title`, { client: client || words('offer-notice.somebody') }),
      intro: words(`offer-notice.${kind}`, { person: byName || words('offer-notice.somebody') }),
    },
    paragraphs: insteadOfText(words, view),
    facts: [
      ...fact(words('offer-notice.company'), company),
      ...fact(words('offer-notice.person'), personText(event)),
      ...fact(words('offer-notice.seats'), seatsText(words, lines, event, acceptance)),
      ...fact(words(kind === 'asked' ? 'offer-notice.question' : 'offer-notice.reason'), saidIn(event)),
    ],
    note: view.lacksMailbox ? words('offer-notice.no-mailbox') : '',
    buttons: withTake(words, view, buttonsFor(words, view)),
  });
}

/** One of several of a kind. */
export interface GatheredNews {
  event: OfferEvent;
  acceptance: Acceptance | undefined;
}

const mostRows = 10;

/** What clients did about one offer within minutes, in one message. */
export function offerNoticesCard(
  words: Words,
  view: ForOthers & {
    account: Account | undefined;
    version: OfferVersion;
    kind: ClientNoticeKind;
    news: readonly GatheredNews[];
  },
): Card {
  const { account, version, kind, news } = view;
  const { lines, recipient } = version.terms;
  const offerId = version.offerId;
  const row = ({ event, acceptance }: GatheredNews): Row => ({
    title: acceptance?.client.name ?? (recipient.name || words('offer-notice.somebody')),
    small: personText(event),
    detail: saidIn(event) || seatsText(words, lines, event, acceptance),
    open:
      acceptance === undefined
        ? { verb: 'offer-open', offer: offerId }
        : { verb: 'offer-client', acceptance: acceptance.id },
  });
  const more = news.length - mostRows;
  const open = button(words('offer-notice.open-offer'), 'offer-open', { offer: offerId });
  return rowsCard({
    frame: {
      ...ownCompany(words, account),
      title: words(`offer-notice.${kind}.many`, { count: news.length }),
      intro: forWhomText(words, version.terms),
    },
    paragraphs: insteadOfText(words, view),
    sections: [{ name: '', rows: news.slice(0, mostRows).map(row) }],
    note: more > 0 ? words('offer-notice.more', { count: more }) : '',
    buttons: withTake(words, view, [open]),
  });
}

function companyText({ client: { name, domain } }: Acceptance): string {
  return [name, domain === name ? '' : domain].filter(Boolean).join(' · ');
}

function personText({ byName, details }: OfferEvent): string {
  const signInName = details['signInName'];
  return [byName, typeof signInName === 'string' ? signInName : ''].filter(Boolean).join(' · ');
}

/** Licences line by line: offered → accepted or wished; as offered where nothing was said about them. */
function seatsText(
  words: Words,
  lines: readonly OfferLine[],
  { kind, details }: OfferEvent,
  acceptance: Acceptance | undefined,
): string {
  const said = Array.isArray(details['seats']) ? details['seats'] : [];
  const takenBack = kind === 'withdrawn-by-client' ? (acceptance?.seats ?? []) : [];
  return lines
    .map(({ name, seats }, index) => {
      const after = said[index];
      return typeof after === 'number' && after !== seats
        ? words('offer-notice.line-changed', { name, before: seats, after })
        : words('offer-notice.line', { name, seats: takenBack[index] ?? seats });
    })
    .join('; ');
}

function saidIn({ details: { text, reason } }: OfferEvent): string {
  const said = [text, reason].find((each) => typeof each === 'string' && each !== '');
  return typeof said === 'string' ? said : '';
}

/** What may be pressed is decided when it is pressed: rights may change until then. */
function buttonsFor(words: Words, view: OfferNoticeView & { event: { kind: ClientNoticeKind } }): Button[] {
  const { acceptance, event, version, newVersion } = view;
  const offer = button(words('offer-notice.open-offer'), 'offer-open', { offer: event.offerId });
  if (acceptance === undefined) return [offer];
  const id = { acceptance: acceptance.id };
  const client = button(words('offer-notice.open-client'), 'offer-client', id);
  switch (event.kind) {
    case 'accepted':
      return version.terms.route === 'reseller'
        ? [mainButton(words('offer-notice.review'), 'order-review', id), client, offer]
        : [{ ...client, style: 'positive' }, offer];
    case 'asked':
      return [mainButton(words('offer-notice.answer'), 'offer-answer-question', id), client, offer];
    case 'wished':
      return [...wishButton(words, acceptance, newVersion), client, offer];
    default:
      return [client, offer];
  }
}

function wishButton(words: Words, { wish }: Acceptance, nonce: string): Button[] {
  const [seats] = wish;
  if (seats === undefined || nonce === '') return [];
  const title =
    wish.length === 1 ? words('offer-notice.new-version', { seats }) : words('offer-notice.new-version-all');
  return [mainButton(title, 'offer-wish-version', { nonce })];
}
