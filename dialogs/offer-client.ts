import { type OfferClientButton, offerClientCard } from '../cards/offer-client.ts';
import { orderWaitsCard } from '../cards/offer-passed.ts';
import { isOrderedBy, move } from '../partner/acceptance-life.ts';
import { requireCapability } from '../partner/authorise.ts';
import { mayTry } from '../partner/capabilities.ts';
import { canStop } from '../partner/confirm-order.ts';
import { openQuestions } from '../partner/offer-attention.ts';
import type { Acceptance, Offer, OfferEvent, OfferVersion } from '../partner/offers.ts';
import type { JsonObject, Operation } from '../partner/operations.ts';
import type { Job, Pressed } from './job.ts';
import type { Judged } from './judgement.ts';
import { eventOf, refuse } from './offer-record.ts';
import { asked, mostAsked } from './second-person.ts';
import { standsStill, waitingText } from './take-over.ts';
import type { Turn } from './turn.ts';

/** A client's answer together with what they answered to. */
export interface Answered {
  acceptance: Acceptance;
  offer: Offer;
  version: OfferVersion;
}

/** The answer of this id as it is now; says so and gives nothing when the company has none. */
export async function answeredById(turn: Turn, id: unknown): Promise<Answered | undefined> {
  const isId = typeof id === 'string' && id.length > 0 && id.length <= 100;
  const acceptance = isId ? await turn.offers.acceptance(id) : undefined;
  const offer = acceptance && (await turn.offers.find(acceptance.offerId));
  const version = acceptance && (await turn.offers.version(acceptance.offerId, acceptance.version));
  if (acceptance !== undefined && offer !== undefined && version !== undefined)
    return { acceptance, offer, version };
  refuse(turn, 'offer-desk.client-gone');
  return undefined;
}

/** One client's answer, and what this person may do about it. */
export async function showClient(turn: Turn, answered: Answered, problem = ''): Promise<void> {
  const account = turn.requireAccount();
  const situation = await turn.situation();
  requireCapability('offers', situation);
  const { acceptance, version } = answered;
  const events = await saidBy(turn, acceptance);
  const mayConfirm = mayTry('confirm-order', situation);
  const isWaiting = acceptance.state === 'accepted' && version.terms.route === 'reseller';
  const able = isWaiting && !mayConfirm ? await turn.colleaguesWho('confirm-order') : [];
  const { portalLink } = version.terms;
  const operation = await orderOf(turn, answered);
  turn.show(
    offerClientCard(turn.words, turn.chat.language, {
      ...{ account, problem, acceptance, terms: version.terms, mayConfirm },
      questions: openQuestions(events),
      mayMake: mayTry('make-offer', situation),
      mayStop: mayConfirm && operation !== undefined && canStop(operation),
      mayTakeOver: mayConfirm && operation !== undefined && standsStill(operation, account),
      waits: await waitingText(turn, operation),
      whoMay: able.map((each) => each.account.displayName),
      links: portalLink === null ? [] : [{ title: turn.words('offer-client.portal'), url: portalLink }],
      nonceFor: (verb) =>
        turn.button({ verb, args: meaningOf(verb, acceptance, wishedVersion(events, acceptance)) }),
    }),
  );
}

/** The answer that a single-use button stands for, as it is now. */
export async function showClientOf(turn: Turn, { acceptance }: JsonObject): Promise<void> {
  const answered = await answeredById(turn, acceptance);
  if (answered !== undefined) await showClient(turn, answered);
}

/** What this client asked and wished, and what it was answered; newest first. */
export function saidBy(turn: Turn, { offerId, client }: Acceptance): Promise<OfferEvent[]> {
  return turn.offers.eventsOfKinds(offerId, ['asked', 'answered', 'wished'], client.tenantId);
}

/** For which version the client wished what it wishes now. */
export function wishedVersion(events: readonly OfferEvent[], { version }: Acceptance): number {
  const told = events.find(({ kind }) => kind === 'wished')?.details['version'];
  return typeof told === 'number' ? told : version;
}

/** The operation that orders it, until that is over. */
export async function orderOf(turn: Turn, { acceptance }: Answered): Promise<Operation | undefined> {
  const { operationId, company } = acceptance;
  const operation = operationId === null ? undefined : await turn.findOperation(operationId);
  const isOurs = operation?.company === company && isOrderedBy(acceptance, operation.id);
  return isOurs ? operation : undefined;
}

/** What a single-use button of the card stands for. */
function meaningOf(verb: OfferClientButton, acceptance: Acceptance, version: number): JsonObject {
  const { id, wish, state, operationId } = acceptance;
  switch (verb) {
    case 'offer-wish-version':
      return { acceptance: id, seats: wish, version };
    case 'order-by-hand':
      return { acceptance: id, state };
    case 'order-stop':
      return { operation: operationId };
  }
}

/** *Chuyển cho người duyệt*: everybody who may confirm gets a card; nothing is ordered by it. */
async function passOn(turn: Turn, pressed: Pressed): Promise<void> {
  const answered = await answeredById(turn, pressed.text('acceptance'));
  if (answered === undefined) return;
  const { acceptance, version } = answered;
  const from = turn.requireAccount();
  const able = await turn.colleaguesWho('confirm-order');
  if (acceptance.state !== 'accepted' || able.length === 0) return showClient(turn, answered);
  for (const colleague of able.slice(0, mostAsked)) {
    // Each is told once of this answer, however often the button is pressed.
    const key = `order-waits:${acceptance.id}:${acceptance.rev}:${turn.hash(colleague.personKey)}`;
    if (await turn.wasTold(key)) continue;
    turn.tell(colleague, orderWaitsCard(colleague, { from, acceptance, terms: version.terms }), { key });
  }
  const { names, count } = asked(able);
  const more = count === 0 ? '' : ` ${turn.words('order.passed-on-more', { count })}`;
  turn.say(`${turn.words('order.passed-on', { names })}${more}`);
}

/** Of an advisor: the order is Microsoft's and the client's, so a person says how far it is. */
async function followByHand(turn: Turn, { args }: Judged): Promise<void> {
  const answered = await answeredById(turn, args['acceptance']);
  if (answered === undefined) return;
  const { acceptance, offer, version } = answered;
  const isSame = args['state'] === acceptance.state && version.terms.route === 'advisor';
  if (!isSame) return showClient(turn, answered);
  const after = nextByHand(turn, acceptance);
  if (after === undefined) return showClient(turn, answered);
  const client = acceptance.client.tenantId;
  const kind = after.state === 'provisioned' ? 'provisioned' : 'ordered';
  turn.offers.save({
    acceptances: [{ save: after }],
    offerEvents: [eventOf(turn, offer, kind, { byHand: true }, client)],
  });
  await showClient(turn, { ...answered, acceptance: after });
}

function nextByHand(turn: Turn, acceptance: Acceptance): Acceptance | undefined {
  const { tenantId, objectId } = turn.requireAccount();
  const { version, seats, state } = acceptance;
  if (state === 'ordered') return move(acceptance, { do: 'provisioned', operationId: null });
  if (state !== 'accepted') return undefined;
  const by = { tenantId, objectId };
  const confirmed = move(acceptance, { do: 'confirm', by, version, seats, operationId: null });
  return move(confirmed, { do: 'ordered', operationId: null, orderId: null });
}

export const offerClientJob: Job = {
  presses: {
    async 'offer-client'(turn, _stage, pressed) {
      const answered = await answeredById(turn, pressed.text('acceptance'));
      if (answered !== undefined) await showClient(turn, answered);
    },
    'order-pass-on': (turn, _stage, pressed) => passOn(turn, pressed),
  },
  once: {
    'order-by-hand': { press: (turn, _stage, judged) => followByHand(turn, judged), shows: showClientOf },
  },
};
