import { button } from '../cards/buttons.ts';
import { requireCapability } from '../partner/authorise.ts';
import type { Delegation } from '../partner/delegations.ts';
import type { Operation } from '../partner/operations.ts';
import { delegationOf, pressedDelegation, showDelegation, showDelegationOf } from './delegation-staff.ts';
import type { Job, Pressed } from './job.ts';
import type { Judged } from './judgement.ts';
import { askTakeOver, standsStill, takeOver } from './take-over.ts';
import type { Turn } from './turn.ts';

interface Standing {
  delegation: Delegation;
  operation: Operation;
}

/** What nobody carries on by themselves any more; shows the delegation as it is where that is not so. */
async function standingOf(turn: Turn, delegation: Delegation | undefined): Promise<Standing | undefined> {
  requireCapability('offer-delegation', await turn.situation());
  if (delegation === undefined) return undefined;
  const { operationId } = delegation;
  const operation = operationId === null ? undefined : await turn.findOperation(operationId);
  if (operation !== undefined && standsStill(operation, turn.requireAccount()))
    return { delegation, operation };
  await showDelegation(turn, delegation);
  return undefined;
}

async function ask(turn: Turn, pressed: Pressed): Promise<void> {
  const standing = await standingOf(turn, await pressedDelegation(turn, pressed));
  if (standing === undefined) return;
  const at = { delegation: standing.delegation.id };
  await askTakeOver(turn, standing.operation, {
    yes: { verb: 'delegation-take-over-yes', args: at },
    note: turn.words('take-over.delegation-note'),
    back: button(turn.words('button.back'), 'delegation-open', at),
  });
}

async function carryOn(turn: Turn, { args, consent }: Judged): Promise<void> {
  const standing = await standingOf(turn, await delegationOf(turn, args));
  if (standing === undefined) return;
  const maker = await takeOver(turn, standing.operation, consent);
  turn.delegations.save({ delegations: [{ save: { ...standing.delegation, maker } }] });
}

export const delegationTakeOverJob: Job = {
  presses: {
    'delegation-take-over': (turn, _stage, pressed) => ask(turn, pressed),
  },
  once: {
    'delegation-take-over-yes': {
      press: (turn, _stage, judged) => carryOn(turn, judged),
      shows: showDelegationOf,
    },
  },
};
