import type { AccountRef } from './accounts.ts';
import { PartnerError } from './errors.ts';
import type { Acceptance, AcceptanceState, ClientPerson } from './offers.ts';

/** The version that a client has before them. */
interface Seen {
  version: number;
  hash: string;
}

/** Everything that can happen to an acceptance. Times are domain time, ms. */
export type AcceptanceMove =
  // The client's side.
  | ({ do: 'view'; person: ClientPerson } & Seen)
  | ({ do: 'accept'; person: ClientPerson; seats: number[]; at: number } & Seen)
  | ({ do: 'decline'; person: ClientPerson; reason: string; at: number } & Seen)
  | ({ do: 'wish'; person: ClientPerson; seats: number[] } & Seen)
  | { do: 'withdraw'; person: ClientPerson; at: number }
  // The partner's side. `version` and `seats` are those of the review that was confirmed.
  | { do: 'confirm'; by: AccountRef; version: number; seats: readonly number[]; operationId: string | null }
  /** For good, and only when it is certain that nothing was bought. */
  | { do: 'refuse'; operationId: string | null; reason: string }
  // The operation that orders it. `operationId` null: a person says so of an order that is followed by hand.
  | { do: 'order'; operationId: string }
  | { do: 'ordered'; operationId: string | null; orderId: string | null }
  | { do: 'provisioned'; operationId: string | null }
  | { do: 'fail'; operationId: string; reason: string }
  | { do: 'resume'; operationId: string }
  /** The operation ended before its checkout began: it never goes on, and staff may confirm anew. */
  | { do: 'give-back'; operationId: string; reason: string; checkoutBegan: boolean }
  // The clock.
  | { do: 'lapse' };

/** A company that has just appeared at an offer. */
export function newAcceptance(
  begun: Pick<Acceptance, 'id' | 'offerId' | 'company' | 'client' | 'person' | 'version' | 'versionHash'> & {
    now: number;
  },
): Acceptance {
  const { now, ...same } = begun;
  return {
    ...same,
    state: 'viewed',
    seats: [],
    wish: [],
    reason: '',
    answeredAt: null,
    confirmedBy: null,
    operationId: null,
    orderId: null,
    createdAt: now,
    rev: 1,
  };
}

/** Nobody is bound yet: the client may say yes or no. */
const unanswered = ['viewed', 'declined', 'withdrawn', 'lapsed'] as const satisfies AcceptanceState[];
/** Staff confirmed it, and nothing has ended it. */
const underWay = ['confirmed', 'ordering', 'ordered', 'failed'] as const satisfies AcceptanceState[];

/** Whether the client may accept the version of this number: nothing binds them yet, or only an older version does. */
export function canAnswer(acceptance: Acceptance | undefined, newest: number): boolean {
  if (canDecline(acceptance, newest)) return true;
  return acceptance?.state === 'accepted' && newest > acceptance.version;
}

/** Whether the client may decline it; who accepted takes that back instead. */
export function canDecline(acceptance: Acceptance | undefined, newest: number): boolean {
  if (acceptance === undefined || isIn(acceptance, unanswered)) return true;
  return acceptance.state === 'refused' && newest > acceptance.version;
}

/** Whether the client may take the acceptance back: until staff confirmed it. */
export function canWithdraw(acceptance: Acceptance): boolean {
  return acceptance.state === 'accepted';
}

/** Whether staff may confirm it: a person with the right accepted, and nobody confirmed yet. */
export function canConfirm(acceptance: Acceptance): boolean {
  return acceptance.state === 'accepted';
}

/** Whether this operation is the one that orders it, so that it may go on; any other one must do nothing. */
export function isOrderedBy(acceptance: Acceptance, operationId: string): boolean {
  return acceptance.operationId === operationId && isIn(acceptance, underWay);
}

/** Whether the client has said yes or no, whatever came of it. */
export function hasAnswered(acceptance: Acceptance): boolean {
  return !isIn(acceptance, ['viewed', 'lapsed']);
}

/** Whether the client's yes holds: given, and neither taken back nor refused. */
export function isBinding(acceptance: Pick<Acceptance, 'state'>): boolean {
  return isIn(acceptance, ['accepted', ...underWay, 'provisioned']);
}

/**
 * The acceptance after one move, to be saved with the `rev` that it has.
 * Throws PartnerError `acceptance-moved-on` for a move that its life does not allow.
 */
export function move(acceptance: Acceptance, event: AcceptanceMove): Acceptance {
  const next = moved(acceptance, event);
  if (next === undefined) {
    throw new PartnerError('acceptance-moved-on', { details: { state: acceptance.state, move: event.do } });
  }
  return { ...acceptance, ...next };
}

type Change = Partial<Acceptance> | undefined;

function moved(acceptance: Acceptance, event: AcceptanceMove): Change {
  switch (event.do) {
    case 'view':
      return viewed(acceptance, event);
    case 'accept':
      return canAnswer(acceptance, event.version) ? answered(event) : undefined;
    case 'decline':
      return canDecline(acceptance, event.version) ? answered(event) : undefined;
    case 'wish':
      return wished(acceptance, event);
    case 'withdraw':
      if (!canWithdraw(acceptance)) return undefined;
      return { state: 'withdrawn', person: event.person, answeredAt: event.at };
    case 'confirm':
      return confirmed(acceptance, event);
    case 'lapse':
      return acceptance.state === 'viewed' ? { state: 'lapsed' } : undefined;
    default:
      return ordering(acceptance, event);
  }
}

type MoveOf<Do extends AcceptanceMove['do']> = Extract<AcceptanceMove, { do: Do }>;

/** A look changes only what nobody answered: who looked must not take the place of who accepted. */
function viewed(acceptance: Acceptance, { person, version, hash }: MoveOf<'view'>): Change {
  const isNew = version !== acceptance.version || acceptance.state === 'lapsed';
  if (!isNew || !isIn(acceptance, ['viewed', 'lapsed'])) return {};
  return { state: 'viewed', person, version, versionHash: hash, wish: [] };
}

function answered(event: MoveOf<'accept' | 'decline'>): Change {
  const answer = { person: event.person, version: event.version, versionHash: event.hash, wish: [] };
  const nobody = { confirmedBy: null, operationId: null, answeredAt: event.at };
  return event.do === 'accept'
    ? { ...answer, ...nobody, state: 'accepted', seats: [...event.seats], reason: '' }
    : { ...answer, ...nobody, state: 'declined', seats: [], reason: event.reason };
}

/** A wish keeps the state, and with an answer also who gave it and to which version. */
function wished(acceptance: Acceptance, { person, version, hash, seats }: MoveOf<'wish'>): Change {
  if (isIn(acceptance, underWay) || acceptance.state === 'provisioned') return undefined;
  const wish = [...seats];
  return acceptance.state === 'viewed' ? { wish, person, version, versionHash: hash } : { wish };
}

function confirmed(acceptance: Acceptance, event: MoveOf<'confirm'>): Change {
  const isAsReviewed = acceptance.version === event.version && sameSeats(acceptance.seats, event.seats);
  if (!canConfirm(acceptance) || !isAsReviewed) return undefined;
  const { tenantId, objectId } = event.by;
  const { operationId } = event;
  return { state: 'confirmed', confirmedBy: { tenantId, objectId }, operationId, reason: '' };
}

type OrderingMove = MoveOf<'refuse' | 'order' | 'ordered' | 'provisioned' | 'fail' | 'resume' | 'give-back'>;

/** What only the operation may do that was confirmed, or a person where none was needed. */
function ordering(acceptance: Acceptance, event: OrderingMove): Change {
  if (acceptance.operationId !== event.operationId) return undefined;
  const byHand = event.operationId === null;
  const isBought = acceptance.orderId !== null;
  const from = (...states: AcceptanceState[]) => isIn(acceptance, states);
  switch (event.do) {
    case 'order':
      return from('confirmed') ? { state: 'ordering' } : undefined;
    case 'ordered':
      if (!from(byHand ? 'confirmed' : 'ordering') || isBought) return undefined;
      return { state: 'ordered', orderId: event.orderId, reason: '' };
    case 'provisioned':
      return from('ordered') ? { state: 'provisioned', reason: '' } : undefined;
    case 'fail':
      return from('confirmed', 'ordering', 'ordered') ? { state: 'failed', reason: event.reason } : undefined;
    case 'resume':
      if (!from('failed')) return undefined;
      return { state: isBought ? 'ordered' : 'ordering', reason: '' };
    case 'give-back':
      if (!from('confirmed', 'ordering', 'failed') || isBought || event.checkoutBegan) return undefined;
      return { state: 'accepted', confirmedBy: null, operationId: null, reason: event.reason };
    case 'refuse':
      if (!from('accepted', 'confirmed', 'ordering', 'failed') || isBought) return undefined;
      return { state: 'refused', reason: event.reason };
  }
}

/** Whether both name the same licences, line by line. */
export function sameSeats(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((seats, index) => seats === other[index]);
}

function isIn(acceptance: Pick<Acceptance, 'state'>, states: readonly AcceptanceState[]): boolean {
  return states.includes(acceptance.state);
}
