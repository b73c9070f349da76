import { move } from '../partner/acceptance-life.ts';
import { requireCapability } from '../partner/authorise.ts';
import { canStop, confirmOrderKind } from '../partner/confirm-order.ts';
import type { Acceptance } from '../partner/offers.ts';
import type { Operation } from '../partner/operations.ts';
import type { Job, Pressed } from './job.ts';
import { answeredById, showClient } from './offer-client.ts';
import { eventOf } from './offer-record.ts';
import type { Turn } from './turn.ts';

/**
 * *Dừng đặt hàng*: calls an order off that Microsoft cannot hold yet, by whoever may confirm one. The client's yes
 * stands, so it can be confirmed anew. A step that runs at this moment finds the operation changed, or goes first.
 */
async function stop(turn: Turn, pressed: Pressed): Promise<void> {
  requireCapability('confirm-order', await turn.situation());
  const id = pressed.text('operation');
  const operation = id === undefined ? undefined : await turn.findOperation(id);
  const isOurs = operation?.company === turn.requireAccount().tenantId;
  const order = isOurs ? confirmOrderKind.follows?.(operation) : undefined;
  const answered = order && (await answeredById(turn, order.acceptanceId));
  if (operation === undefined || answered === undefined) return tooLate(turn, id);
  const { acceptance, offer } = answered;
  if (!canStop(operation) || acceptance.operationId !== operation.id) {
    return showClient(turn, answered, lateText(turn, operation.id));
  }
  const free = givenBack(acceptance, operation);
  turn.offers.save({
    acceptances: [{ save: free }],
    offerEvents: [eventOf(turn, offer, 'stopped', {}, acceptance.client.tenantId)],
  });
  const after: Operation = { ...operation, status: 'cancelled', drawn: operation.drawn + 1 };
  turn.keep(after);
  turn.audit(after, { verb: 'stop-order', outcome: 'done', details: { kind: operation.kind } });
  await turn.showProgress(after, (words) => [words('offer-client.stopped')]);
  // The progress is in the chat of whoever confirmed it.
  const isHere = operation.personKey === turn.chat.personKey;
  if (!isHere) await showClient(turn, { ...answered, acceptance: free });
}

/** As it was before staff confirmed it. What another order has moved on meanwhile is a conflict, and looked at again. */
function givenBack(acceptance: Acceptance, { id: operationId }: Operation): Acceptance {
  return move(acceptance, { do: 'give-back', operationId, reason: '', checkoutBegan: false });
}

function tooLate(turn: Turn, id: string | undefined): void {
  turn.say(lateText(turn, id ?? ''));
}

function lateText(turn: Turn, id: string): string {
  const reference = turn.reference({ operation: id.slice(0, 100), problem: 'order.stop-late' });
  return `${turn.words('offer-client.stop-late')} ${turn.words('error.reference', { reference })}`;
}

export const orderStopJob: Job = {
  presses: { 'order-stop': (turn, _stage, pressed) => stop(turn, pressed) },
};
