import type { ClientReach } from '../cards/support.ts';
import { cannotBeKnown } from '../partner/authorise.ts';
import { decide, type Situation } from '../partner/capabilities.ts';
import type { SupportLevel } from '../partner/change-support.ts';
import { isAlive } from '../partner/delegation-standing.ts';
import type { Delegation } from '../partner/delegations.ts';
import { PartnerError, passingCodes } from '../partner/errors.ts';
import { allDelegations, type ReadDelegations, unlessRefused } from './delegation-reads.ts';
import type { Turn } from './turn.ts';

/** Support access is there to see and to change also where the list of delegations is not. */
export async function readForSupport(turn: Turn, situation: Situation): Promise<ReadDelegations> {
  const unknown = { delegations: [], isFresh: false };
  const verdict = decide('delegations', situation);
  if (!verdict.allowed && verdict.reason === 'unknown') throw cannotBeKnown(verdict.unread);
  if (!verdict.allowed) return unknown;
  try {
    return await allDelegations(turn, situation);
  } catch (error) {
    if (!(error instanceof PartnerError) || passingCodes.includes(error.code)) throw error;
    return unknown;
  }
}

/** How many clients let the company support them; null where Microsoft does not show that to this person. */
export async function reachedClients(
  turn: Turn,
  situation: Situation,
  { delegations, isFresh }: ReadDelegations,
): Promise<number | null> {
  // Without relationships in this cloud, a contract is all there is.
  if (situation.cloud !== 'worldwide') return turn.directory().clientCount();
  return isFresh ? new Set(delegations.filter(isAlive).map(({ client }) => client.tenantId)).size : null;
}

/** One page of the clients at which a group works. */
interface Reach {
  reach: ClientReach[];
  /** Where the next page begins. */
  next: number | undefined;
  /** Microsoft told; otherwise nothing follows from an empty page. */
  isShown: boolean;
}

/** At which clients the group of this level may do what, as Microsoft has it now; by hand, as it was recorded. */
export async function reachOf(
  turn: Turn,
  situation: Situation,
  asked: { level: SupportLevel; read: ReadDelegations; from: number; pageSize: number },
): Promise<Reach> {
  const { level, read, from, pageSize } = asked;
  if (level === 'none') return { reach: [], next: undefined, isShown: true };
  const all = read.delegations.filter(isAlive);
  const end = from + pageSize;
  const shown = all.slice(from, end);
  const isAtMicrosoft = shown.some(({ relationshipId }) => relationshipId !== null);
  const group = isAtMicrosoft ? await turn.relationships().groupOf(level) : '';
  const found = await Promise.all(
    shown.map(async (delegation) => ({ delegation, roles: await rolesOf(turn, delegation, group, level) })),
  );
  return {
    reach: found.flatMap(({ delegation, roles = [] }) => (roles.length > 0 ? [{ delegation, roles }] : [])),
    next: end < all.length ? end : undefined,
    isShown:
      (read.isFresh || situation.cloud !== 'worldwide') && found.every(({ roles }) => roles !== undefined),
  };
}

/** Undefined: Microsoft does not show it to this person. */
async function rolesOf(
  turn: Turn,
  { relationshipId, terms }: Delegation,
  group: string,
  level: SupportLevel,
): Promise<readonly string[] | undefined> {
  if (relationshipId === null) return terms.level === level ? terms.roles : [];
  const assignments = await unlessRefused(() => turn.relationships().assignments(relationshipId));
  const own = assignments?.filter(({ groupId, status }) => groupId === group && status === 'active');
  return own && [...new Set(own.flatMap(({ roles }) => roles))];
}
