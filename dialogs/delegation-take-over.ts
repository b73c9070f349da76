import { takeOverCard } from '../cards/delegation-take-over.ts';
import { requireAll, requireCapability } from '../partner/authorise.ts';
import type { Delegation } from '../partner/delegations.ts';
import { kindNamed } from '../partner/kinds.ts';
import { retried } from '../partner/operation-retry.ts';
import type { Operation } from '../partner/operations.ts';
import {
  delegationOf,
  pressedDelegation,
  showDelegation,
  showDelegationOf,
  standsStill,
} from './delegation-staff.ts';
import type { Job, Pressed } from './job.ts';
import type { Judged } from './judgement.ts';
import { operationCardHere } from './operation-card.ts';
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
  const { delegation, operation } = standing;
  const before = await turn.accountOf(operation.actor);
  const nonce = turn.button({ verb: 'delegation-take-over-yes', args: { delegation: delegation.id } });
  const view = {
    account: turn.requireAccount(),
    delegation,
    before: before?.displayName ?? turn.words('person.erased'),
    nonce,
  };
  turn.show(takeOverCard(turn.words, turn.chat.language, view));
}

/** The same operation goes on from where it stands, with the sign-in and the rights of this person. */
async function takeOver(turn: Turn, { args, consent }: Judged): Promise<void> {
  const standing = await standingOf(turn, await delegationOf(turn, args));
  if (standing === undefined) return;
  const { delegation, operation } = standing;
  const kind = kindNamed(operation.kind);
  requireAll(kind.needs(operation.args), await turn.situation(), { approved: true });
  const account = turn.requireAccount();
  const actor = { tenantId: account.tenantId, objectId: account.objectId };
  const running: Operation = {
    ...retried(operation, kind),
    ...{ status: 'running', actor, personKey: turn.chat.personKey, cardKey: turn.newId() },
  };
  turn.resume(running, consent);
  turn.delegations.save({ delegations: [{ save: { ...delegation, maker: actor } }] });
  turn.show(operationCardHere(turn, running), { key: running.cardKey });
}

export const delegationTakeOverJob: Job = {
  presses: {
    'delegation-take-over': (turn, _stage, pressed) => ask(turn, pressed),
  },
  once: {
    'delegation-take-over-yes': {
      press: (turn, _stage, judged) => takeOver(turn, judged),
      shows: showDelegationOf,
    },
  },
};
