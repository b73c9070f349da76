import { inListOrder } from '../cards/delegations.ts';
import type { Situation } from '../partner/capabilities.ts';
import { isOver } from '../partner/delegation-standing.ts';
import { type Delegation, delegationStates } from '../partner/delegations.ts';
import { asRead, withRelationships } from '../partner/delegations-now.ts';
import { PartnerError } from '../partner/errors.ts';
import type { Turn } from './turn.ts';

const over = delegationStates.filter((state) => isOver(state) || state === 'declined');
const open = delegationStates.filter((state) => !over.includes(state));

/** `isFresh`: Microsoft was asked now; otherwise it is what we kept of the last look, or what people said. */
export interface ReadDelegations {
  delegations: Delegation[];
  isFresh: boolean;
}

/** All of the company, in the order of the list: ours, read anew where that is possible, and what was made elsewhere. */
export async function allDelegations(turn: Turn, { cloud }: Situation): Promise<ReadDelegations> {
  const [current, past, relationships] = await Promise.all([
    turn.delegations.list(open),
    turn.delegations.list(over),
    cloud === 'worldwide' ? unlessRefused(() => turn.relationships().list()) : undefined,
  ]);
  const { tenantId: company } = turn.requireAccount();
  const at = { company, now: turn.now, zone: await turn.companyZone() };
  const now = withRelationships([...current, ...past], relationships ?? [], at);
  return { delegations: inListOrder(now), isFresh: relationships !== undefined };
}

/** One of them as Microsoft has it now, where this person may read it. */
export async function readAnew(
  turn: Turn,
  delegation: Delegation,
  { cloud }: Situation,
): Promise<Delegation> {
  const { relationshipId } = delegation;
  if (relationshipId === null || cloud !== 'worldwide') return delegation;
  return asRead(delegation, await unlessRefused(() => turn.relationships().find(relationshipId)));
}

/** Microsoft shows delegations to agents and some administrators only; what we kept the others may see here. */
export async function unlessRefused<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PartnerError && error.code === 'not-allowed') return undefined;
    throw error;
  }
}
