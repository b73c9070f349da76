import { button, mainButton } from '../cards/buttons.ts';
import { messageCard } from '../cards/message.ts';
import { ownCompany } from '../cards/scope.ts';
import { move } from '../partner/acceptance-life.ts';
import { requireCapability } from '../partner/authorise.ts';
import { checkoutBegan } from '../partner/confirm-order.ts';
import type { Operation } from '../partner/operations.ts';
import type { Job, Pressed } from './job.ts';
import type { Judged } from './judgement.ts';
import { type Answered, answeredById, showClient, showClientOf } from './offer-client.ts';
import { eventOf } from './offer-record.ts';
import type { Turn } from './turn.ts';

interface Failed extends Answered {
  operation: Operation;
}

/** The failed order behind a button, for anybody who may confirm orders: who began it may have left. */
async function failedOrder(turn: Turn, id: unknown): Promise<Failed | undefined> {
  turn.requireAccount();
  requireCapability('confirm-order', await turn.situation());
  const answered = await answeredById(turn, id);
  const operationId = answered?.acceptance.operationId;
  const operation = operationId ? await turn.findOperation(operationId) : undefined;
  if (answered === undefined) return undefined;
  // Work of somebody who left was called off.
  const isOver = operation?.status === 'failed' || operation?.status === 'cancelled';
  const stands = answered.acceptance.state === 'failed' && isOver;
  if (stands && operation !== undefined) return { ...answered, operation };
  await showClient(turn, answered);
  return undefined;
}

/**
 * *Mở lại*: Microsoft may hold the order, so only a person can know: they look in Partner Center first. What it cannot
 * hold is stopped without that.
 */
async function reopen(turn: Turn, pressed: Pressed): Promise<void> {
  const failed = await failedOrder(turn, pressed.text('acceptance'));
  if (failed === undefined) return;
  if (checkoutBegan(failed.operation)) askRefuse(turn, failed);
  else await showClient(turn, failed);
}

function askRefuse(turn: Turn, { acceptance }: Failed): void {
  const { words } = turn;
  const nonce = turn.button({ verb: 'order-refuse', args: { acceptance: acceptance.id } });
  const card = messageCard({
    frame: {
      ...ownCompany(words, turn.account),
      title: words('order-refuse.title'),
      intro: words('order-refuse.intro', { client: acceptance.client.name }),
    },
    buttons: [
      { ...mainButton(words('order-refuse.yes'), 'order-refuse', { nonce }), style: 'destructive' },
      button(words('button.back'), 'offer-client', { acceptance: acceptance.id }),
    ],
  });
  turn.show(card);
}

/** A person has looked: Microsoft holds no order of it. The client may answer a new version. */
async function refuseOrder(turn: Turn, { args }: Judged): Promise<void> {
  const failed = await failedOrder(turn, args['acceptance']);
  if (failed === undefined) return;
  const { acceptance, offer, operation } = failed;
  const { reason } = acceptance;
  const refused = move(acceptance, { do: 'refuse', operationId: operation.id, reason });
  turn.keep({ ...operation, status: 'cancelled' });
  turn.offers.save({
    acceptances: [{ save: refused }],
    offerEvents: [eventOf(turn, offer, 'refused', {}, acceptance.client.tenantId)],
  });
  turn.say(turn.words('order-refuse.done'));
  await showClient(turn, { ...failed, acceptance: refused });
}

export const orderReopenJob: Job = {
  presses: {
    'order-reopen': (turn, _stage, pressed) => reopen(turn, pressed),
  },
  once: {
    'order-refuse': { press: (turn, _stage, judged) => refuseOrder(turn, judged), shows: showClientOf },
  },
};
