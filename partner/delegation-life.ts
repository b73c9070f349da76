import { accessLost, alive, isAlive, isOver } from './delegation-standing.ts';
import type { Delegation, DelegationState, DelegationTerms } from './delegations.ts';
import { PartnerError } from './errors.ts';
import type { ClientCompany, ClientPerson, Offer, OfferEventKind, OfferVersion } from './offers.ts';
import type { ReadRelationship } from './relationships.ts';

/** Everything that can happen to a delegation. Times are domain time, ms. */
export type DelegationMove =
  // The client's side.
  /** The operation that carries it on is recorded together with this. */
  | { do: 'allow'; person: ClientPerson; terms: DelegationTerms; at: number; operationId: string }
  | { do: 'decline'; person: ClientPerson; at: number }
  | { do: 'later' }
  // The operation that carries it on.
  /** After a failure it goes on where it was. */
  | { do: 'resume'; operationId: string }
  /** The relationship is at Microsoft. */
  | { do: 'created'; relationshipId: string; operationId: string }
  | { do: 'usable' }
  | { do: 'failed'; reason: string }
  // Microsoft.
  | { do: 'read'; relationship: ReadRelationship }
  /** `wasApproved`: where that is known, and not to be taken from what was read before. */
  | { do: 'ended'; wasApproved?: boolean }
  /** Whether our groups may still do something there, as Microsoft has it. */
  | { do: 'access'; isThere: boolean }
  // The clock.
  | { do: 'reminded'; days: number }
  /** Only of one that is kept by hand: of any other Microsoft says so. */
  | { do: 'over'; at: number };

const dayMs = 24 * 60 * 60 * 1000;

/** Where Microsoft's statuses stand in the life of a delegation. */
const states: Readonly<Record<string, DelegationState>> = {
  created: 'requested',
  approvalPending: 'waiting-for-approval',
  approved: 'active',
  activating: 'active',
  active: 'active',
  expiring: 'expiring',
  expired: 'expired',
  terminationRequested: 'ended',
  terminating: 'ended',
  terminated: 'ended',
};

/** The state that a status of Microsoft's means; undefined for one that nobody here knows, which changes nothing. */
export function stateFrom(status: string): DelegationState | undefined {
  return Object.hasOwn(states, status) ? states[status] : undefined;
}

/** A client company's answer to an offer that asks for delegated administration; not given yet. */
export function newDelegation(begun: {
  id: string;
  offer: Offer;
  version: OfferVersion;
  client: ClientCompany;
  person: ClientPerson;
  now: number;
}): Delegation {
  const { id, offer, version, client, person, now } = begun;
  const { delegation: terms } = version.terms;
  if (terms === undefined) throw new Error(`offer ${offer.id} asks for no delegation`);
  const { tenantId, name, domain } = client;
  return {
    ...{ id, company: offer.company, client: { tenantId, name, domain }, offerId: offer.id, terms, person },
    ...{ maker: offer.maker, state: 'requested', status: '', relationshipId: null, operationId: null },
    ...{ answeredAt: null, endsAt: null, wasUsable: false, reminded: [], reason: '', createdAt: now, rev: 1 },
  };
}

/** Whether the client may still say yes or no: nobody carries anything on yet. */
export function canAnswerDelegation(delegation: Delegation | undefined): boolean {
  if (delegation === undefined || delegation.state === 'declined') return true;
  return delegation.state === 'requested' && delegation.answeredAt === null;
}

/** Whether the client allowed it, and it has not come to an end. */
export function isAllowed(delegation: Delegation): boolean {
  const { state, answeredAt } = delegation;
  return answeredAt !== null && state !== 'declined' && !isOver(state);
}

/**
 * The delegation after one move, to be saved with the `rev` that it has. What was read before may come again.
 * Throws PartnerError `acceptance-moved-on` for a move that its life does not allow.
 */
export function move(delegation: Delegation, event: DelegationMove): Delegation {
  const next = moved(delegation, event);
  if (next === undefined) {
    throw new PartnerError('acceptance-moved-on', { details: { state: delegation.state, move: event.do } });
  }
  return { ...delegation, ...next };
}

type Change = Partial<Delegation> | undefined;

function moved(delegation: Delegation, event: DelegationMove): Change {
  const from = (...allowed: DelegationState[]) => isIn(delegation, allowed);
  switch (event.do) {
    case 'allow':
      if (!canAnswerDelegation(delegation)) return undefined;
      return allowed(event);
    case 'decline':
      if (!canAnswerDelegation(delegation)) return undefined;
      return { state: 'declined', person: event.person, answeredAt: event.at };
    case 'later':
      return canAnswerDelegation(delegation) ? {} : undefined;
    case 'resume':
      if (delegation.operationId !== event.operationId || !from('failed')) return undefined;
      return { state: stateFrom(delegation.status) ?? 'requested', reason: '' };
    case 'created':
      return created(delegation, event);
    case 'usable':
      return canBeUsable(delegation) ? { state: 'usable', wasUsable: true, reason: '' } : undefined;
    case 'failed':
      if (delegation.wasUsable) return undefined;
      if (!from('requested', 'waiting-for-approval', 'active', 'expiring', 'failed')) return undefined;
      return { state: 'failed', reason: event.reason };
    case 'read':
      return read(delegation, event.relationship);
    case 'ended':
      if (delegation.relationshipId === null || from('expired', 'unapproved')) return undefined;
      if (event.wasApproved === true) return { state: 'ended' };
      return { state: endAs(delegation, 'ended', delegation.endsAt) };
    case 'access':
      if (!delegation.wasUsable || !isAlive(delegation)) return undefined;
      return { reason: event.isThere ? '' : accessLost };
    case 'over':
      return isOverByHand(delegation, event.at) ? { state: 'expired' } : undefined;
    case 'reminded':
      if (!isAlive(delegation)) return undefined;
      return { reminded: [...new Set([...delegation.reminded, event.days])] };
  }
}

type MoveOf<Do extends DelegationMove['do']> = Extract<DelegationMove, { do: Do }>;

function allowed({ person, terms, at, operationId }: MoveOf<'allow'>): Change {
  return { state: 'requested', person, terms, answeredAt: at, operationId };
}

/** One relationship by one operation. */
function created(delegation: Delegation, { relationshipId, operationId }: MoveOf<'created'>): Change {
  const { relationshipId: known } = delegation;
  if (known !== null && known !== relationshipId) return undefined;
  if (delegation.operationId !== operationId || delegation.state !== 'requested') return undefined;
  return { relationshipId };
}

/** Approved at Microsoft, also where something of ours failed afterwards. */
function canBeUsable({ state, status, relationshipId }: Delegation): boolean {
  const reached = state === 'failed' ? (stateFrom(status) ?? state) : state;
  return relationshipId !== null && alive.some((each) => each === reached);
}

/** Microsoft's word is the last one; only what it does not know (the probe, a failure of ours) is kept. */
function read(delegation: Delegation, relationship: ReadRelationship): Change {
  const { relationshipId, endsAt: before, terms } = delegation;
  if (relationshipId !== null && relationshipId !== relationship.id) return undefined;
  if (delegation.state === 'declined') return undefined;
  // Nothing at Microsoft goes back: what says so was read from a place that is behind.
  const readState = stateFrom(relationship.status);
  if (readState !== undefined && places[readState] < placeOf(delegation)) return {};
  const endsAt = msOf(relationship.endsAt) ?? before;
  // Microsoft's end may move by seconds while it sets things up.
  const isMoved = before !== null && endsAt !== null && Math.abs(endsAt - before) >= dayMs;
  return {
    ...{ relationshipId: relationship.id, status: relationship.status, endsAt },
    state: stateAfter(delegation, readState, endsAt),
    reminded: isMoved ? [] : delegation.reminded,
    terms: { ...terms, autoExtend: relationship.autoExtend },
  };
}

/** How far each state is on a way that has no way back. */
const places: Readonly<Record<DelegationState, number>> = {
  ...{ declined: 0, failed: 0, requested: 0, 'waiting-for-approval': 1 },
  ...{ active: 2, usable: 2, expiring: 2, expired: 3, ended: 3, unapproved: 3 },
};

function placeOf({ state, status }: Delegation): number {
  return Math.max(places[state], places[stateFrom(status) ?? 'requested']);
}

function stateAfter(
  delegation: Delegation,
  read: DelegationState | undefined,
  endsAt: number | null,
): DelegationState {
  const { state, wasUsable } = delegation;
  if (read === undefined) return state;
  if (isOver(read)) return endAs(delegation, read, endsAt);
  if (state === 'failed') return 'failed';
  return read === 'active' && wasUsable ? 'usable' : read;
}

/** What was never approved gives nobody an access to lose. Microsoft knows an end of what was. */
function endAs(delegation: Delegation, end: DelegationState, endsAt: number | null): DelegationState {
  if (delegation.state === 'unapproved') return 'unapproved';
  return placeOf(delegation) < places.active && endsAt === null ? 'unapproved' : end;
}

/** Whether nobody but the clock says that one is over, since Microsoft cannot be asked about it, and it is. */
export function isOverByHand(delegation: Delegation, now: number): boolean {
  const { relationshipId, endsAt } = delegation;
  return relationshipId === null && isAlive(delegation) && endsAt !== null && endsAt <= now;
}

/** What an offer's timeline says of the way from one to the other; undefined: nothing worth a line. */
export function newsOf(before: Delegation, after: Delegation): OfferEventKind | undefined {
  if (before.state === after.state) return undefined;
  if (isOver(after.state)) {
    if (isOver(before.state)) return undefined;
    return after.state === 'unapproved' ? 'delegation-unapproved' : 'delegation-ended';
  }
  if (after.state === 'failed') return 'delegation-failed';
  if (after.state === 'usable') return before.wasUsable ? undefined : 'delegation-usable';
  const isUnapproved = isIn(before, ['requested', 'waiting-for-approval']);
  return isUnapproved && isIn(after, ['active', 'expiring']) ? 'delegation-approved' : undefined;
}

function msOf(time: string | undefined): number | undefined {
  const ms = time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(ms) ? undefined : ms;
}

function isIn({ state }: Delegation, among: readonly DelegationState[]): boolean {
  return among.includes(state);
}
