import { localeOf } from '../../locales/words.ts';
import { mostWishedSeats } from '../../partner/answer-limits.ts';
import { isClientAdministrator } from '../../partner/answering.ts';
import { longestNote } from '../../partner/offer-terms.ts';
import type { OfferLine } from '../../partner/offers.ts';
import { Html, html } from './html.ts';
import { companyWords, type OfferVisit, otherAccount, signInForm, visitForm } from './offer-visit.ts';

/** What came with a form that could not be taken, so that nobody types it twice. */
export interface Typed {
  /** As typed, in the order of the lines. */
  seats?: readonly string[];
  ask?: string;
  decline?: string;
}

/** Before the sign-in: what it is for, and what is read and stored. */
export function signInSection(visit: OfferVisit): Html {
  const { words, version } = visit;
  const company = version.signature.name;
  const button = html`<button>${words('offer-page.sign-in.button')}</button>`;
  return html`<section><h2>${words('offer-page.sign-in.title')}</h2><p>${words('offer-page.sign-in.intro')}</p>
${signInForm(visit, button)}<p class="soft">${words('offer-page.sign-in.reads', { company })}</p>
<p class="soft">${words('offer-page.sign-in.else', { company })}</p></section>`;
}

/** Everything that somebody with the right can answer while the offer is open. */
export function answerSection(visit: OfferVisit, typed: Typed, more: { mayDecline: boolean }): Html {
  const { words, version, visitor } = visit;
  if (visitor === undefined) return html``;
  const { lines } = version.terms;
  const as = words('offer-page.answer.as', { who: companyWords(visitor), name: visitor.person.name });
  const accept = html`<input type="hidden" name="version" value="${version.number}">
<input type="hidden" name="hash" value="${version.hash}"><p class="as">${as}</p>
${lines.map((line, index) => seatsField(visit, line, index, typed.seats?.[index]))}
<div class="row">${wishButton(visit, typed.seats)}<button name="do" value="accept">${words('offer-page.accept')}</button></div>`;
  const decline = textForm(visit, 'decline', typed.decline);
  return html`<section><h2>${words('offer-page.answer.title')}</h2>${visitForm(visit, accept)}
${more.mayDecline ? decline : html``}</section>`;
}

function seatsField({ words, language }: OfferVisit, line: OfferLine, index: number, typed?: string): Html {
  const { name, seats, minSeats: min, maxSeats: max, price } = line;
  if (min === max) {
    return html`<p class="field">${words('offer-page.seats.fixed', { name, seats: min })}<input type="hidden" name="seats" value="${min}"></p>`;
  }
  const id = `seats-${index}`;
  return html`<div class="field"><label for="${id}">${words('offer-page.seats.label', { name })}</label>
<input type="number" inputmode="numeric" name="seats" id="${id}" min="${min}" max="${max}" step="1" required value="${typed ?? seats}" aria-describedby="${id}-hint">
<p class="hint" id="${id}-hint">${words('offer-page.seats.hint', { min, max })}</p>${price === null ? html`` : sum()}</div>`;

  /** Filled in by the script as the number changes; the server counts for itself. */
  function sum(): Html {
    if (price === null) return html``;
    const gap = '\u0000';
    const vat = words(`offer.vat.${price.vat}`);
    const [before = '', after = ''] = words(`offer-page.sum.${price.per}`, { sum: gap, vat }).split(gap);
    return html`<p class="hint" data-sum-of="${id}" data-amount="${price.amount}" data-currency="${price.currency}" data-locale="${localeOf[language]}" aria-live="polite" hidden>${before}<strong></strong>${after}</p>`;
  }
}

/** Offered once a number outside the bounds was sent that somebody can wish. */
function wishButton({ words, version }: OfferVisit, typed: readonly string[] | undefined): Html {
  const { lines } = version.terms;
  const seats = (typed ?? []).map((text) => (/^\d{1,6}$/.test(text) ? Number(text) : 0));
  const isWishable = seats.every((each, index) => {
    const line = lines[index];
    return line !== undefined && (line.trial ? each === line.seats : each >= 1 && each <= mostWishedSeats);
  });
  const isOutside = seats.some((each, index) => {
    const line = lines[index];
    return line !== undefined && (each < line.minSeats || each > line.maxSeats);
  });
  if (seats.length !== lines.length || !isWishable || !isOutside) return html``;
  const [only = 0] = seats;
  const title =
    seats.length === 1 ? words('offer-page.wish.one', { seats: only }) : words('offer-page.wish.many');
  return html`<button name="do" value="wish">${title}</button>`;
}

/** A question needs no right: everybody who signed in may ask. */
export function askSection(visit: OfferVisit, typed: Typed): Html {
  return html`<section>${textForm(visit, 'ask', typed.ask)}</section>`;
}

function textForm(visit: OfferVisit, what: 'ask' | 'decline', typed: string | undefined): Html {
  const { words, version } = visit;
  const needsPrice = version.terms.lines.some(({ price, trial }) => price === null && !trial);
  const title = words(what === 'ask' && needsPrice ? 'offer-page.ask-price' : `offer-page.${what}`);
  const label = words(what === 'ask' ? 'offer-page.ask.text' : 'offer-page.decline.reason');
  const button = words(what === 'ask' ? 'offer-page.ask.send' : 'offer-page.decline');
  const hint =
    what === 'ask'
      ? html`<p class="hint">${words('offer-page.ask.hint', { company: version.signature.name })}</p>`
      : html``;
  const fields = html`<label for="${what}-text">${label}</label>
<textarea id="${what}-text" name="text" maxlength="${longestNote}"${new Html(what === 'ask' ? ' required' : '')}>${typed ?? ''}</textarea>
${hint}<p><button class="quiet" name="do" value="${what}">${button}</button></p>`;
  return html`<details${new Html(typed === undefined ? '' : ' open')}><summary>${title}</summary>${visitForm(visit, fields)}</details>`;
}

/** For somebody who may not answer: why, and the same offer on its way to somebody who may. */
export function handOverSection(visit: OfferVisit, link: string): Html {
  const { words, version, visitor } = visit;
  if (visitor === undefined) return html``;
  const company = version.signature.name;
  const { name, signInName } = visitor.person;
  const services = version.terms.lines.map((line) => line.name).join(', ');
  const why = visitor.roles === undefined ? 'offer-page.not-admin.unknown' : 'offer-page.not-admin.why';
  return html`<section><h2>${words('offer-page.not-admin.title')}</h2>
<p>${words(why, { who: companyWords(visitor), signInName })}</p>
${readyMessage(visit, {
  subject: words('offer-page.hand-over.subject', { company }),
  text: words('offer-page.hand-over.text', { company, services, link, name }),
})}</section>`;
}

/** A message to somebody else of the company, to be copied or mailed. One on a page. */
export function readyMessage(
  { words }: OfferVisit,
  { subject, text }: { subject: string; text: string },
): Html {
  const mail = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`;
  return html`<div class="field"><label for="hand-over">${words('offer-page.hand-over.label')}</label><textarea id="hand-over" rows="9" readonly>${text}</textarea></div>
<div class="row"><a class="button" href="${mail}">${words('offer-page.hand-over.mail')}</a>
<button type="button" class="quiet" data-copy="hand-over" data-done="${words('offer-page.copied')}" hidden>${words('offer-page.copy')}</button></div>`;
}

/** Who is signed in, and the ways out of that. */
export function accountSection(visit: OfferVisit): Html {
  const { words, visitor } = visit;
  if (visitor === undefined) return html``;
  const { name, signInName } = visitor.person;
  const out = html`<button class="quiet" name="do" value="sign-out">${words('button.sign-out')}</button>`;
  return html`<section class="no-print"><p class="soft">${words('offer-page.signed-in', { name, signInName })}</p>
<div class="row">${otherAccount(visit)}${visitForm(visit, out)}</div></section>`;
}

/** Whether this visitor may bind their company. */
export function mayAnswer({ visitor }: OfferVisit): boolean {
  return isClientAdministrator(visitor?.roles ?? []);
}
