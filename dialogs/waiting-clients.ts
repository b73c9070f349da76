import type { WaitingClient } from '../cards/offers.ts';
import { mayTry, type Situation } from '../partner/capabilities.ts';
import { type Attention, attentionOf, openQuestions } from '../partner/offer-attention.ts';
import type { Acceptance } from '../partner/offers.ts';
import type { Turn } from './turn.ts';

const inOrder: readonly Attention[] = ['confirm', 'failed', 'question', 'wish'];

/** All clients who wait for something that this person can do, the most pressing and the longest waiting first. */
export async function waitingClients(turn: Turn): Promise<WaitingClient[]> {
  const situation = await turn.situation();
  const [pressing, asking, wishing] = await Promise.all([
    turn.offers.waiting(['accepted', 'failed']),
    askingClients(turn),
    turn.offers.wishing(),
  ]);
  const ids = (acceptances: readonly Acceptance[]) => new Set(acceptances.map(({ id }) => id));
  const [asks, wishes] = [ids(asking), ids(wishing)];
  // Each once: who says two things waits for the more pressing one.
  const all = new Map([...pressing, ...asking, ...wishing].map((each) => [each.id, each]));
  const waiting = [...all.values()].flatMap((acceptance) => {
    const { id } = acceptance;
    const attention = attentionOf(acceptance, { asks: asks.has(id), wishes: wishes.has(id) });
    return attention === undefined || !mayActOn(attention, situation) ? [] : [{ acceptance, attention }];
  });
  return waiting.toSorted((one, other) => inOrder.indexOf(one.attention) - inOrder.indexOf(other.attention));
}

/** Who makes offers can also pass an acceptance on to those who order. */
function mayActOn(attention: Attention, situation: Situation): boolean {
  const isAboutOrder = attention === 'confirm' || attention === 'failed';
  return mayTry('make-offer', situation) || (isAboutOrder && mayTry('confirm-order', situation));
}

/** Whoever asked something that nobody has answered, the one that did so first at the front. */
async function askingClients(turn: Turn): Promise<Acceptance[]> {
  const open = openQuestions(await turn.offers.eventsOfCompany(['asked', 'answered']));
  const pairs = new Map(open.toReversed().map((event) => [`${event.offerId} ${event.client}`, event]));
  const found = await Promise.all(
    [...pairs.values()]
      .toReversed()
      .map(({ offerId, client }) => turn.offers.ofClient(offerId, client ?? '')),
  );
  return found.filter((each) => each !== undefined);
}
