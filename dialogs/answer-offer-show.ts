import { answerButtons, passOnCard, refusedCard, wrongCompanyCard } from '../cards/answer-offer.ts';
import { button } from '../cards/buttons.ts';
import { type OfferView, offerCard } from '../cards/offer.ts';
import type { Card } from '../cards/render.ts';
import { offerCodeIn } from '../locales/commands.ts';
import { createWords } from '../locales/words.ts';
import { canAnswer, canDecline, canWithdraw } from '../partner/acceptance-life.ts';
import { mayTry } from '../partner/capabilities.ts';
import { standingOf } from '../partner/offer-life.ts';
import type { Offer, OfferVersion } from '../partner/offers.ts';
import { delegationAnswers, showClientsPage } from './accept-delegation-show.ts';
import { look, mayBind, type OfferVisit, offerOf, visitOf } from './answer-offer-visit.ts';
import type { Turn } from './turn.ts';

/** The offer of this code with what this person may answer; signs in first. */
export async function showByCode(turn: Turn, code: string | undefined): Promise<void> {
  const account = turn.requireAccount();
  const found = await offerOf(turn, code);
  if (found === undefined || !turn.offers.isInCloudOf(found.offer)) return showUnknown(turn);
  if (account.tenantId === found.offer.company) return showOwn(turn, found);
  await showVisit(turn, await look(turn, await visitOf(turn, found, 'sign-in')));
}

/** How the offer stands for this client now. `said`: what was just done, or why it was not. */
export function showVisit(turn: Turn, visit: OfferVisit, said = '', replaces = ''): void {
  const { words, offer, standing, acceptance, delegation, shown } = visit;
  if (said !== '') turn.say(said);
  const place = { replaces: replaces || undefined };
  const refusal = refusalOf(turn, visit);
  if (refusal !== undefined) return void turn.show(refusal, place);
  const view: OfferView = {
    ...viewOf(shown, standing),
    ...(acceptance === undefined ? {} : { acceptance }),
    ...(delegation === undefined ? {} : { delegation }),
  };
  const hasLines = shown.terms.lines.length > 0;
  const mayAnswerLines = hasLines && isAnswerable(visit);
  const buttons = answerButtons(words, offer.code, {
    terms: shown.terms,
    isAdministrator: mayBind(visit),
    mayAccept: mayAnswerLines && canAnswer(acceptance, shown.number),
    mayDecline: mayAnswerLines && canDecline(acceptance, shown.number),
    mayWithdraw: acceptance !== undefined && canWithdraw(acceptance),
  });
  const asked = delegationAnswers(turn, visit);
  const all = hasLines ? [...buttons, ...asked] : [...asked, ...buttons];
  turn.show(offerCard(words, turn.chat.language, view, all), place);
  showClientsPage(turn, visit);
}

/** Whether there is anything before this client that can still be said yes or no to. */
export function isAnswerable({ sight, standing }: OfferVisit): boolean {
  return sight === 'newest' && standing === 'open';
}

/** What is shown instead of an offer that is not for this company, or is over; who answered may come back to that. */
export function refusalOf(turn: Turn, visit: OfferVisit): Card | undefined {
  const account = turn.requireAccount();
  if (visit.sight === 'wrong-company') return wrongCompanyCard(turn.words, account, visit);
  return visit.sight === 'over' ? refusedCard(turn.words, account, visit) : undefined;
}

/** The maker's own company sees exactly what clients see, and answers nothing. */
async function showOwn(
  turn: Turn,
  { offer, version }: { offer: Offer; version: OfferVersion },
): Promise<void> {
  const words = createWords(turn.chat.language, await turn.companyZone());
  turn.say(words('answer-offer.own'));
  const view = viewOf(version, standingOf(offer, turn.now));
  const mayOpen = mayTry('offers', await turn.situation());
  const open = button(words('offer-notice.open-offer'), 'offer-open', { offer: offer.id });
  turn.show(offerCard(words, turn.chat.language, view, mayOpen ? [open] : []));
}

/** In a group everybody reads along: the offer as before any sign-in, and where to answer it. */
export async function showInGroup(turn: Turn, typed: string): Promise<boolean> {
  const code = offerCodeIn(typed);
  const found = await offerOf(turn, code);
  if (found === undefined) return false;
  const { offer, version } = found;
  const view = { ...viewOf(version, standingOf(offer, turn.now)), forAnybody: true };
  const words = await turn.wordsFrom(offer.company);
  if (turn.input.submit === undefined) turn.show(offerCard(words, turn.chat.language, view));
  turn.say(turn.words('answer-offer.group', { code: offer.code }));
  return true;
}

/** For somebody who may not answer: why, and the ready words as a message of their own, to be forwarded. */
export function showPassOn(turn: Turn, visit: OfferVisit): void {
  const { words } = turn;
  const { offer, shown, client } = visit;
  turn.show(passOnCard(words, turn.requireAccount(), visit));
  turn.say(
    words('offer-page.hand-over.text', {
      company: shown.signature.name,
      services: shown.terms.lines.map(({ name }) => name).join(', '),
      link: turn.offers.link(offer.code, turn.chat.language),
      name: client.person.name,
    }),
  );
}

export function showUnknown(turn: Turn): void {
  const reference = turn.reference({ problem: 'offer-unknown' });
  turn.say(`${turn.words('offer-page.unknown.text')} ${turn.words('error.reference', { reference })}`);
}

function viewOf(version: OfferVersion, standing: OfferView['standing']): OfferView {
  const { terms, signature, contact, expiresAt, number } = version;
  return { terms, signature, contact, expiresAt, number, standing };
}
