import { type AcceptanceMove, canConfirm, isOrderedBy, move } from '../partner/acceptance-life.ts';
import type { Clock } from '../partner/clock.ts';
import { PartnerError } from '../partner/errors.ts';
import type { Acceptance, OfferEvent, OfferEventKind } from '../partner/offers.ts';
import type { FollowedOrder, OperationKind } from '../partner/operation-kinds.ts';
import type { JsonObject, Operation } from '../partner/operations.ts';
import type { Changes } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';

/** What the offer's timeline says of a move; the others are not worth a line. */
const eventOf: Readonly<Partial<Record<AcceptanceMove['do'], OfferEventKind>>> = {
  confirm: 'confirmed',
  ordered: 'ordered',
  provisioned: 'provisioned',
  fail: 'failed',
  'give-back': 'failed',
};

/** Lets a client's acceptance move along with the operation that orders it. */
export function createFollowing(deps: {
  storage: Pick<Storage, 'acceptances' | 'accounts'>;
  kinds: ReadonlyMap<string, OperationKind>;
  clock: Clock;
  newId(): string;
}) {
  const { storage, kinds, clock } = deps;

  function eventsOf(
    acceptance: Acceptance,
    order: FollowedOrder,
    moves: AcceptanceMove[],
    who: Pick<OfferEvent, 'by' | 'byName'>,
  ) {
    return moves.flatMap(({ do: done }): OfferEvent[] => {
      const kind = eventOf[done];
      if (kind === undefined) return [];
      const { offerId, company, client } = acceptance;
      const id = deps.newId();
      const details = detailsOf(kind, order);
      return [{ id, offerId, company, client: client.tenantId, at: clock.now(), kind, ...who, details }];
    });
  }

  return {
    /** Throws `acceptance-moved-on` when this operation must not order, e.g. since another one does. */
    async check(operation: Operation): Promise<void> {
      const order = kinds.get(operation.kind)?.follows?.(operation);
      if (order === undefined) return;
      const acceptance = await storage.acceptances.find(order.acceptanceId);
      const isOurs = acceptance !== undefined && isOrderedBy(acceptance, operation.id);
      if (!isOurs && !(acceptance !== undefined && isFree(acceptance, order))) {
        throw new PartnerError('acceptance-moved-on');
      }
    },

    /** What is to be committed together with this state of the operation; nothing where it moves nothing. */
    async changes(operation: Operation): Promise<Pick<Changes, 'acceptances' | 'offerEvents'>> {
      const order = kinds.get(operation.kind)?.follows?.(operation);
      const before = order && (await storage.acceptances.find(order.acceptanceId));
      if (order === undefined || before === undefined) return {};
      const moves = movesTo(before, order, operation);
      if (moves.length === 0) return {};
      const byName = (await storage.accounts.find(operation.actor))?.displayName ?? '';
      return {
        acceptances: [{ save: moves.reduce(move, before) }],
        offerEvents: eventsOf(before, order, moves, { by: operation.actor, byName }),
      };
    },
  };
}

function detailsOf(kind: OfferEventKind, { orderId, step, reason }: FollowedOrder): JsonObject {
  if (kind === 'failed') return { step, code: reason };
  return orderId === null ? {} : { orderId };
}

/** Accepted, exactly as staff confirmed it, and confirmed by nobody yet. */
function isFree(acceptance: Acceptance, { version, seats }: FollowedOrder): boolean {
  const isSame = acceptance.version === version && acceptance.seats.join() === seats.join();
  return canConfirm(acceptance) && isSame;
}

/** All moves from where the acceptance is to where its order is. */
function movesTo(before: Acceptance, order: FollowedOrder, operation: Operation): AcceptanceMove[] {
  const moves: AcceptanceMove[] = [];
  let acceptance = before;
  for (;;) {
    const next = nextMove(acceptance, order, operation);
    if (next === undefined) return moves;
    acceptance = move(acceptance, next);
    moves.push(next);
  }
}

/** Undefined: it is where it should be, or it is no longer this operation's. */
function nextMove(
  acceptance: Acceptance,
  order: FollowedOrder,
  { id: operationId, actor: by }: Operation,
): AcceptanceMove | undefined {
  const { stage, orderId, reason, checkoutBegan, version, seats } = order;
  const goesOn = stage !== 'failed' && stage !== 'given-up';
  if (acceptance.state === 'accepted') {
    const begins = goesOn && stage !== 'confirmed' && isFree(acceptance, order);
    return begins ? { do: 'confirm', by, version, seats, operationId } : undefined;
  }
  if (!isOrderedBy(acceptance, operationId)) return undefined;
  if (acceptance.state === 'ordering' && orderId !== null) return { do: 'ordered', operationId, orderId };
  if (stage === 'given-up' && !checkoutBegan) {
    return { do: 'give-back', operationId, reason, checkoutBegan };
  }
  if (!goesOn) return acceptance.state === 'failed' ? undefined : { do: 'fail', operationId, reason };
  if (acceptance.state === 'failed') return { do: 'resume', operationId };
  if (acceptance.state === 'confirmed' && stage !== 'confirmed') return { do: 'order', operationId };
  if (acceptance.state === 'ordered' && stage === 'provisioned') return { do: 'provisioned', operationId };
  return undefined;
}
