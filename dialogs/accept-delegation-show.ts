import {
  clientsPageCard,
  delegationButtons,
  delegationPassOnCard,
  delegationQuestionCard,
} from '../cards/accept-delegation.ts';
import { type Button, button } from '../cards/buttons.ts';
import { mayDelegate } from '../partner/delegating.ts';
import { canAnswerDelegation } from '../partner/delegation-life.ts';
import type { OfferVisit } from './answer-offer-visit.ts';
import type { Turn } from './turn.ts';

/** Whether the delegation of the offer is asked for now, and nobody of the company has said yes. */
export function isAsked({ sight, standing, version, delegation }: OfferVisit): boolean {
  const isOpen = sight === 'newest' && standing === 'open';
  return isOpen && version.terms.delegation !== undefined && canAnswerDelegation(delegation);
}

/** The answers themselves where there is nothing else to answer; beside services one button that leads to them. */
export function delegationAnswers(turn: Turn, visit: OfferVisit): Button[] {
  const { offer, version } = visit;
  if (!isAsked(visit)) return [];
  if (version.terms.lines.length === 0) return ownButtons(turn, visit);
  return [button(turn.words('accept-delegation.ask'), 'accept-delegation-ask', { code: offer.code })];
}

function ownButtons(turn: Turn, { offer, version, client, delegation }: OfferVisit): Button[] {
  const isDeclined = delegation?.state === 'declined';
  const args = { code: offer.code, version: version.number };
  return delegationButtons(turn.words, offer.code, {
    ...{ isGlobal: mayDelegate(client.roles), isDeclined },
    nonceFor: (verb) => turn.button({ verb, args }),
  });
}

/** The delegation's question by itself. */
export function showQuestion(turn: Turn, visit: OfferVisit): void {
  const { words } = turn;
  const company = visit.version.signature.name;
  const isDeclined = visit.delegation?.state === 'declined';
  const buttons = ownButtons(turn, visit);
  turn.show(delegationQuestionCard(words, turn.requireAccount(), { company, isDeclined, buttons }));
}

/** Microsoft's page, while something there is this person's turn. */
export function showClientsPage(turn: Turn, { delegation, client, version }: OfferVisit): void {
  if (delegation === undefined || !mayDelegate(client.roles)) return;
  const page = turn.delegations.clientsPage(delegation);
  const company = version.signature.name;
  if (page !== undefined) turn.show(clientsPageCard(turn.words, turn.requireAccount(), { page, company }));
}

/** For somebody who may not allow it: why, and the ready words as a message of their own, to be forwarded. */
export function showDelegationPassOn(turn: Turn, visit: OfferVisit): void {
  const { words } = turn;
  const { offer, version, client } = visit;
  turn.show(delegationPassOnCard(words, turn.requireAccount(), visit));
  turn.say(
    words('accept-delegation.pass-on.text', {
      company: version.signature.name,
      link: turn.offers.link(offer.code, turn.chat.language),
      name: client.person.name,
    }),
  );
}
