import {
  type DelegationRights,
  type DelegationStaffView,
  delegationStaffCard,
} from '../cards/delegation-staff.ts';
import { wordsForError } from '../locales/words-for-error.ts';
import { accountKey } from '../partner/accounts.ts';
import { requireCapability } from '../partner/authorise.ts';
import { mayTry, type Situation } from '../partner/capabilities.ts';
import { isByHand } from '../partner/delegation-by-hand.ts';
import { foundDelegation } from '../partner/delegation-found.ts';
import { accessLost, isAlive, isOver } from '../partner/delegation-standing.ts';
import type { Delegation } from '../partner/delegations.ts';
import { errorCodes } from '../partner/errors.ts';
import { manualLink } from '../partner/links.ts';
import type { JsonObject, Operation } from '../partner/operations.ts';
import { givesAccess } from '../partner/relationship-reading.ts';
import { readAnew, unlessRefused } from './delegation-reads.ts';
import type { Job, Pressed } from './job.ts';
import { standsStill, waitingText } from './take-over.ts';
import type { Turn } from './turn.ts';

/** The delegation that a press names, as we keep it; one that was made elsewhere is kept from now on. */
export async function pressedDelegation(turn: Turn, pressed: Pressed): Promise<Delegation | undefined> {
  turn.requireAccount();
  const id = pressed.text('delegation') ?? '';
  const relationship = pressed.text('relationship') ?? '';
  const known = isId(id)
    ? await turn.delegations.find(id)
    : isId(relationship)
      ? await byRelationship(turn, relationship)
      : undefined;
  if (known === undefined) sayGone(turn);
  return known;
}

/** The delegation that a single-use button stands for. */
export async function delegationOf(turn: Turn, args: JsonObject): Promise<Delegation | undefined> {
  const id = args['delegation'];
  const kept = typeof id === 'string' ? await turn.delegations.find(id) : undefined;
  if (kept === undefined) sayGone(turn);
  return kept;
}

export async function showDelegationOf(turn: Turn, args: JsonObject): Promise<void> {
  const kept = await delegationOf(turn, args);
  if (kept !== undefined) await showDelegation(turn, kept);
}

function sayGone(turn: Turn): void {
  const reference = turn.reference({ problem: 'delegations.gone' });
  turn.say(`${turn.words('delegations.gone')} ${turn.words('error.reference', { reference })}`);
}

const isId = (text: string) => /^[\w-]{1,200}$/.test(text);

async function byRelationship(turn: Turn, relationshipId: string): Promise<Delegation | undefined> {
  const kept = await turn.delegations.byRelationship(relationshipId);
  if (kept !== undefined) return kept;
  const relationship = await unlessRefused(() => turn.relationships().find(relationshipId));
  const { tenantId: company } = turn.requireAccount();
  const at = { company, now: turn.now, zone: await turn.companyZone() };
  const found = relationship && foundDelegation(relationship, { id: turn.newId(), ...at });
  if (found !== undefined) turn.delegations.save({ delegations: [{ add: found }] });
  return found;
}

/** One delegation with what Microsoft says of it now. */
export async function showDelegation(
  turn: Turn,
  kept: Delegation,
  { said = '', replaces }: { said?: string; replaces?: string } = {},
): Promise<void> {
  const situation = await turn.situation();
  requireCapability('delegations', situation);
  const isRecorded = isByHand(kept);
  const [delegation, access, operation] = await Promise.all([
    readAnew(turn, kept, situation),
    accessOf(turn, kept, situation),
    kept.operationId === null ? undefined : turn.findOperation(kept.operationId),
  ]);
  const canEnd = isRecorded && !isOver(kept.state) && mayTry('record-delegation', situation);
  const card = delegationStaffCard(turn.words, turn.chat.language, {
    ...{ account: turn.requireAccount(), now: turn.now, said, delegation, operation },
    access: access ?? [],
    ...problemOf(turn, delegation, access),
    recordedBy: isRecorded ? await nameOfMaker(turn, delegation) : '',
    rights: rightsOf(turn, situation, operation),
    waits: await waitingText(turn, operation),
    ended: canEnd ? turn.button({ verb: 'delegation-record-end', args: { delegation: kept.id } }) : '',
    links: isRecorded
      ? [
          {
            title: turn.words('button.open-portal'),
            url: manualLink('partner-center-company', situation.cloud),
          },
        ]
      : [],
  });
  turn.show(card, replaces === undefined ? {} : { replaces });
}

async function nameOfMaker(turn: Turn, { maker }: Delegation): Promise<string> {
  const account = maker === null ? undefined : await turn.accountOf(maker);
  return account?.displayName ?? turn.words(maker === null ? 'delegations.somebody' : 'person.erased');
}

async function accessOf(
  turn: Turn,
  delegation: Delegation,
  { cloud }: Situation,
): Promise<DelegationStaffView['access'] | undefined> {
  const { relationshipId } = delegation;
  if (relationshipId === null || !isAlive(delegation) || cloud !== 'worldwide') return undefined;
  const desk = turn.relationships();
  const [full, limited, assignments] = await Promise.all([
    desk.groupOf('full'),
    desk.groupOf('limited'),
    unlessRefused(() => desk.assignments(relationshipId)),
  ]);
  return assignments
    ?.filter(({ status }) => !['deleting', 'deleted'].includes(status))
    .map(({ groupId, roles, status }) => ({
      group: groupId === full ? 'full' : groupId === limited ? 'limited' : 'other',
      roles,
      status,
    }));
}

/** What is wrong with it, who can do what about it, and what goes along when somebody is asked for help. */
function problemOf(
  turn: Turn,
  delegation: Delegation,
  access: DelegationStaffView['access'] | undefined,
): Pick<DelegationStaffView, 'problem' | 'help'> {
  const { id, state, reason, wasUsable } = delegation;
  const isLost = access === undefined ? reason === accessLost : wasUsable && !access.some(givesAccess);
  if (isAlive(delegation) && isLost)
    return { problem: turn.words('delegations.access-lost'), help: undefined };
  if (state !== 'failed') return { problem: '', help: undefined };
  const code = errorCodes.find((each) => each === reason) ?? 'unexpected';
  const { what, next, who = '' } = wordsForError(turn.words, { code, details: {} });
  const reference = turn.reference({ problem: reason, delegation: id });
  const said = [what, next, who, turn.words('error.reference', { reference })].filter(Boolean).join(' ');
  return { problem: said, help: { reference, code, kind: 'delegate' } };
}

function rightsOf(turn: Turn, situation: Situation, operation: Operation | undefined): DelegationRights {
  const isOwn = operation !== undefined && accountKey(operation.actor) === accountKey(turn.requireAccount());
  return {
    offer: mayTry('offer-delegation', situation) && mayTry('make-offer', situation),
    extend: mayTry('extend-delegation', situation),
    end: mayTry('end-delegation', situation),
    remind: mayTry('make-offer', situation),
    record: mayTry('record-delegation', situation),
    operation: isOwn,
    takeOver:
      operation !== undefined &&
      mayTry('offer-delegation', situation) &&
      standsStill(operation, turn.requireAccount()),
  };
}

async function open(turn: Turn, pressed: Pressed): Promise<void> {
  const delegation = await pressedDelegation(turn, pressed);
  if (delegation !== undefined) await showDelegation(turn, delegation);
}

export const delegationStaffJob: Job = {
  presses: { 'delegation-open': (turn, _stage, pressed) => open(turn, pressed) },
};
