import type { WaitingClient } from '../cards/offers.ts';
import { type Attention, attentionOf } from '../partner/offer-attention.ts';
import type { Acceptance } from '../partner/offers.ts';
import type { Turn } from './turn.ts';

const mostLookedThrough = 20;
const mostEvents = 50;

const inOrder: readonly Attention[] = ['confirm', 'failed', 'question', 'wish'];

/** Clients who wait for something of ours, the most pressing and the longest waiting first. */
export async function waitingClients(turn: Turn): Promise<WaitingClient[]> {
  const [pressing, quiet] = await Promise.all([
    turn.offers.waiting(['accepted', 'failed'], mostLookedThrough),
    turn.offers.waiting(['viewed', 'declined', 'withdrawn', 'lapsed'], mostLookedThrough),
  ]);
  const quietOffers = [...new Set(quiet.map(({ offerId }) => offerId))];
  const timelines = new Map(
    await Promise.all(quietOffers.map(async (id) => [id, await turn.offers.events(id, mostEvents)] as const)),
  );
  const waiting = [...pressing, ...quiet].flatMap((acceptance: Acceptance) => {
    const attention = attentionOf(acceptance, timelines.get(acceptance.offerId) ?? []);
    return attention === undefined ? [] : [{ acceptance, attention }];
  });
  return waiting.toSorted((one, other) => inOrder.indexOf(one.attention) - inOrder.indexOf(other.attention));
}
