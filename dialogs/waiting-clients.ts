import type { WaitingClient } from '../cards/offers.ts';
import { mayTry, type Situation } from '../partner/capabilities.ts';
import { type Attention, attentionOf } from '../partner/offer-attention.ts';
import type { Acceptance, OfferEvent } from '../partner/offers.ts';
import type { Turn } from './turn.ts';

const mostPressing = 20;
/** Of the company's questions, wishes and what answered them; older ones are on the offers' own cards. */
const mostEvents = 500;
const mostAsking = 40;

const inOrder: readonly Attention[] = ['confirm', 'failed', 'question', 'wish'];

/** Clients who wait for something that this person can do, the most pressing and the longest waiting first. */
export async function waitingClients(turn: Turn): Promise<WaitingClient[]> {
  const situation = await turn.situation();
  const [pressing, events] = await Promise.all([
    turn.offers.waiting(['accepted', 'failed'], mostPressing),
    turn.offers.eventsOfKinds(['asked', 'wished', 'answered', 'published', 'renewed'], mostEvents),
  ]);
  const known = new Set(pressing.map(({ id }) => id));
  const quiet = (await askingClients(turn, events)).filter(({ id }) => !known.has(id));
  const waiting = [...pressing, ...quiet].flatMap((acceptance: Acceptance) => {
    const timeline = events.filter(({ offerId }) => offerId === acceptance.offerId);
    const attention = attentionOf(acceptance, timeline);
    return attention === undefined || !mayActOn(attention, situation) ? [] : [{ acceptance, attention }];
  });
  return waiting.toSorted((one, other) => inOrder.indexOf(one.attention) - inOrder.indexOf(other.attention));
}

/** Who makes offers can also pass an acceptance on to those who order. */
function mayActOn(attention: Attention, situation: Situation): boolean {
  const isAboutOrder = attention === 'confirm' || attention === 'failed';
  return mayTry('make-offer', situation) || (isAboutOrder && mayTry('confirm-order', situation));
}

/** Whoever asked or wished, each once, the one that did so first at the front. */
async function askingClients(turn: Turn, events: readonly OfferEvent[]): Promise<Acceptance[]> {
  const asking = events.filter(({ kind }) => kind === 'asked' || kind === 'wished').toReversed();
  const pairs = new Map(asking.map((event) => [`${event.offerId} ${event.client}`, event]));
  const latest = [...pairs.values()].slice(-mostAsking);
  const found = await Promise.all(
    latest.map(({ offerId, client }) => turn.offers.ofClient(offerId, client ?? '')),
  );
  return found.filter((each) => each !== undefined);
}
