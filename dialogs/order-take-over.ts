import { button } from '../cards/buttons.ts';
import { requireCapability } from '../partner/authorise.ts';
import type { Operation } from '../partner/operations.ts';
import type { Job } from './job.ts';
import type { Judged } from './judgement.ts';
import { type Answered, answeredById, orderOf, showClient, showClientOf } from './offer-client.ts';
import { askTakeOver, standsStill, takeOver } from './take-over.ts';
import type { Turn } from './turn.ts';

interface Standing extends Answered {
  operation: Operation;
}

/** An order that nobody carries on by themselves any more; shows the client's answer as it is where that is not so. */
async function standingOf(turn: Turn, id: unknown): Promise<Standing | undefined> {
  requireCapability('confirm-order', await turn.situation());
  const answered = await answeredById(turn, id);
  if (answered === undefined) return undefined;
  const operation = await orderOf(turn, answered);
  if (operation !== undefined && standsStill(operation, turn.requireAccount()))
    return { ...answered, operation };
  await showClient(turn, answered);
  return undefined;
}

/** *Làm tiếp thay*: by anybody who may confirm orders. */
async function ask(turn: Turn, id: string | undefined): Promise<void> {
  const standing = await standingOf(turn, id);
  if (standing === undefined) return;
  const at = { acceptance: standing.acceptance.id };
  await askTakeOver(turn, standing.operation, {
    yes: { verb: 'order-take-over-yes', args: at },
    back: button(turn.words('button.back'), 'offer-client', at),
  });
}

async function carryOn(turn: Turn, { args, consent }: Judged): Promise<void> {
  const standing = await standingOf(turn, args['acceptance']);
  if (standing === undefined) return;
  const confirmedBy = await takeOver(turn, standing.operation, consent);
  turn.offers.save({ acceptances: [{ save: { ...standing.acceptance, confirmedBy } }] });
}

export const orderTakeOverJob: Job = {
  presses: {
    'order-take-over': (turn, _stage, pressed) => ask(turn, pressed.text('acceptance')),
  },
  once: {
    'order-take-over-yes': {
      press: (turn, _stage, judged) => carryOn(turn, judged),
      shows: showClientOf,
    },
  },
};
