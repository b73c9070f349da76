import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import { reachesGlobalAdministrator } from '../partner/delegation-terms.ts';
import { mostLines, type OfferLine } from '../partner/offers.ts';
import { type Button, button, mainButton } from './buttons.ts';
import { delegationText } from './delegation-terms.ts';
import { type OfferView, offerCard } from './offer.ts';
import { termWords } from './offer-facts.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import template from './templates/offer-preview.json' with { type: 'json' };

export interface OfferPreviewView {
  account: Account;
  problem: string;
  offerId: string;
  /** What the client will see; its terms are the draft. */
  view: OfferView;
  /** As the client will read them. */
  clientWords: Words;
  /** What goes out with *Gửi*, and how it begins; undefined when no address was given. */
  mail: { to: string; subject: string; text: string } | undefined;
  /** Lines that Microsoft does not sell as they stand. */
  unsellable: readonly { index: number; why: 'gone' | 'too-many'; most: number }[];
  /** Who looked at an earlier version and is told of this one. */
  alsoTold: readonly string[];
  /** Why no delegated administration can be asked for here; '' when it can. */
  noDelegation: string;
  /** Makes a single-use button of this verb, for this line, and gives its nonce. */
  nonceFor(verb: 'offer-send' | 'offer-discard' | 'offer-line-remove', line?: number): string;
}

/** The draft exactly as its client will see it, and beside it what only the staff see. */
export function offerPreviewCard(words: Words, language: Language, preview: OfferPreviewView): Card {
  const { account, problem, view, mail } = preview;
  const { terms, number } = view;
  const staff = render(
    template,
    {
      defaults: defaultsText(words, view),
      mail: [...mailLines(words, mail), ...alsoTold(words, preview.alsoTold)],
      notes: notes(words, preview).map((text) => ({ text })),
      rows: [
        ...terms.lines.map((line, index) => row(words, preview, line, index)),
        ...delegationRow(words, language, preview),
      ],
      heading: words('offer-preview.client-sees'),
      buttons: buttons(words, preview),
    },
    {
      ...ownCompany(words, account),
      title: words(number > 1 ? 'offer-preview.title-version' : `offer-preview.title.${terms.kind}`, {
        number,
      }),
      intro: words(mail === undefined ? 'offer-preview.intro-link' : 'offer-preview.intro-mail', {
        to: mail?.to ?? '',
      }),
      problem,
    },
  );
  const theirs = offerCard(preview.clientWords, terms.language, view);
  const shown = { type: 'Container', style: 'emphasis', spacing: 'Small', items: theirs['body'] };
  return { ...staff, body: [...(staff['body'] as unknown[]), shown] };
}

/** One line: what nobody chose, so that nobody has to. */
function defaultsText(words: Words, { terms }: OfferView): string {
  const { kind, language, validDays, lines } = terms;
  const [first] = lines;
  const parts = [
    words('offer-preview.days', { count: validDays }),
    words(`offer-preview.language.${language}`),
    ...(first === undefined || kind === 'trial' ? [] : [termWords(words, first), boundsText(words, lines)]),
    ...(kind === 'trial' ? [words('offer-preview.no-renew')] : []),
  ];
  return parts.filter(Boolean).join(' · ');
}

function boundsText(words: Words, lines: readonly OfferLine[]): string {
  const [only] = lines;
  if (only === undefined || lines.length > 1 || only.minSeats === only.maxSeats) return '';
  return words('offer-preview.bounds', { min: only.minSeats, max: only.maxSeats });
}

function mailLines(words: Words, mail: OfferPreviewView['mail']) {
  if (mail === undefined) return [];
  return [
    { name: `${words('offer-preview.mail-to')} `, value: mail.to },
    { name: `${words('offer-preview.mail-subject')} `, value: mail.subject },
    { name: `${words('offer-preview.mail-text')} `, value: mail.text },
  ];
}

function alsoTold(words: Words, to: readonly string[]) {
  return to.length === 0 ? [] : [{ name: `${words('offer-preview.also-told')} `, value: to.join(', ') }];
}

function row(
  words: Words,
  { offerId, view, unsellable, nonceFor }: OfferPreviewView,
  line: OfferLine,
  index: number,
) {
  const at = { offer: offerId, line: String(index) };
  const title = words('offer-preview.line', { seats: line.seats, name: line.name });
  const bad = unsellable.find((each) => each.index === index);
  const isOnly = view.terms.lines.length === 1;
  return {
    title,
    mark: bad === undefined ? '' : `  ${words(`offer-preview.line.${bad.why}`, { max: bad.most })}`,
    data: { verb: 'offer-line', ...at },
    side: isOnly
      ? []
      : [
          button(words('offer-preview.remove'), 'offer-line-remove', {
            nonce: nonceFor('offer-line-remove', index),
          }),
        ],
  };
}

/** The block with an answer of its own; a press on it changes it. */
function delegationRow(words: Words, language: Language, { offerId, view }: OfferPreviewView) {
  const { delegation } = view.terms;
  if (delegation === undefined) return [];
  const title = words('delegation-offer.row', { terms: delegationText(words, language, delegation) });
  const mark = reachesGlobalAdministrator(delegation) ? `  ${words('roles.second-person')}` : '';
  return [{ title, mark, data: { verb: 'delegation-choose', offer: offerId }, side: [] }];
}

/** What the staff should know of the delegation before it goes out, or why there is none. */
function notes(words: Words, { view, noDelegation }: OfferPreviewView): string[] {
  const { delegation } = view.terms;
  const isGlobal = delegation !== undefined && reachesGlobalAdministrator(delegation);
  return [
    ...(isGlobal ? [words('delegation-offer.global')] : []),
    ...(noDelegation === '' ? [] : [words('delegation-offer.absent', { why: noDelegation })]),
  ];
}

function buttons(words: Words, preview: OfferPreviewView): Button[] {
  const { offerId, view, mail, nonceFor, noDelegation } = preview;
  const { kind, lines, delegation } = view.terms;
  const canDelegate = delegation === undefined && noDelegation === '';
  const id = { offer: offerId };
  const canGrow = kind === 'purchase' && lines.length < mostLines;
  return [
    mainButton(words(mail === undefined ? 'offer-preview.send-link' : 'offer-preview.send'), 'offer-send', {
      nonce: nonceFor('offer-send'),
    }),
    ...(canGrow ? [button(words('offer-preview.add'), 'offer-line', id)] : []),
    ...(canDelegate ? [button(words('delegation-offer.add'), 'delegation-choose', id)] : []),
    button(words('offer-preview.edit'), 'offer-edit', id),
    view.number > 1
      ? button(words('offer-preview.discard'), 'offer-discard', { nonce: nonceFor('offer-discard') })
      : button(words('offer-preview.discard'), 'offer-withdraw', id),
    button(words('button.offers'), 'offers'),
  ];
}
