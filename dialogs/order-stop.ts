import { move } from '../partner/acceptance-life.ts';
import { requireCapability } from '../partner/authorise.ts';
import { canStop, confirmOrderKind } from '../partner/confirm-order.ts';
import type { Acceptance } from '../partner/offers.ts';
import type { JsonObject, Operation } from '../partner/operations.ts';
import type { Job } from './job.ts';
import type { Judged } from './judgement.ts';
import { type Answered, answeredById, showClient } from './offer-client.ts';
import { eventOf } from './offer-record.ts';
import type { Turn } from './turn.ts';

/**
 * *Dừng đặt hàng*: calls an order off that Microsoft cannot hold yet, by whoever may confirm one. The client's yes
 * stands, so it can be confirmed anew. A step that runs at this moment finds the operation changed, or goes first.
 */
async function stop(turn: Turn, { args }: Judged): Promise<void> {
  requireCapability('confirm-order', await turn.situation());
  const ordered = await orderOf(turn, args);
  if (ordered === undefined) return;
  const { operation, answered } = ordered;
  const { acceptance, offer } = answered;
  if (!isStoppable(operation, answered)) {
    return showClient(turn, answered, lateText(turn, operation.id));
  }
  const free = givenBack(acceptance, operation);
  turn.offers.save({
    acceptances: [{ save: free }],
    offerEvents: [eventOf(turn, offer, 'stopped', {}, acceptance.client.tenantId)],
  });
  const after: Operation = { ...operation, status: 'cancelled', drawn: operation.drawn + 1 };
  turn.keep(after);
  await turn.showProgress(after, (words) => [words('offer-client.stopped')]);
  // The progress is in the chat of whoever confirmed it.
  const isHere = operation.personKey === turn.chat.personKey;
  if (!isHere) await showClient(turn, { ...answered, acceptance: free });
}

function isStoppable(operation: Operation, { acceptance }: Answered): boolean {
  return canStop(operation) && acceptance.operationId === operation.id;
}

/** As it was before staff confirmed it. What another order has moved on meanwhile is a conflict, and looked at again. */
function givenBack(acceptance: Acceptance, { id: operationId }: Operation): Acceptance {
  return move(acceptance, { do: 'give-back', operationId, reason: '', checkoutBegan: false });
}

/** The order that the button stands for, and the answer that it follows. */
async function orderOf(
  turn: Turn,
  { operation: id }: JsonObject,
): Promise<{ operation: Operation; answered: Answered } | undefined> {
  const operation = typeof id === 'string' ? await turn.findOperation(id) : undefined;
  const isOurs = operation?.company === turn.requireAccount().tenantId;
  const order = isOurs ? confirmOrderKind.follows?.(operation) : undefined;
  const answered = order && (await answeredById(turn, order.acceptanceId));
  if (operation !== undefined && answered !== undefined) return { operation, answered };
  turn.say(lateText(turn, String(id)));
  return undefined;
}

function lateText(turn: Turn, id: string): string {
  const reference = turn.reference({ operation: id.slice(0, 100), problem: 'order.stop-late' });
  return `${turn.words('offer-client.stop-late')} ${turn.words('error.reference', { reference })}`;
}

export const orderStopJob: Job = {
  once: {
    'order-stop': {
      press: (turn, _stage, judged) => stop(turn, judged),
      async shows(turn, args) {
        const ordered = await orderOf(turn, args);
        if (ordered === undefined) return;
        const { operation, answered } = ordered;
        await showClient(
          turn,
          answered,
          isStoppable(operation, answered) ? '' : lateText(turn, operation.id),
        );
      },
    },
  },
};
