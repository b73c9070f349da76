import type { Clock } from '../partner/clock.ts';
import type { Delegation } from '../partner/delegations.ts';
import type { OfferEvent } from '../partner/offers.ts';
import type { OperationKind } from '../partner/operation-kinds.ts';
import type { Operation } from '../partner/operations.ts';
import type { Changes } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';

/** What moves along with an operation, in the same commits. */
export interface Following {
  /** Throws PartnerError where this operation must not go on, e.g. since another one does the same. */
  check(operation: Operation): Promise<void>;
  /** What is to be committed together with this state of the operation; nothing where it moves nothing. */
  changes(operation: Operation): Promise<Followed>;
}

export type Followed = Pick<Changes, 'acceptances' | 'delegations' | 'offerEvents'> & Moved;

/** Who is told, and what is mailed, when a delegation moved. */
export type Moved = Pick<Changes, 'notices' | 'operations' | 'jobs'>;

export interface FollowingDeps {
  storage: Pick<Storage, 'acceptances' | 'delegations' | 'accounts'>;
  kinds: ReadonlyMap<string, OperationKind>;
  clock: Clock;
  newId(): string;
  /** What follows from a move of a delegation; written in the same commit. Nothing, unless told. */
  delegationMoved?(move: {
    before: Delegation;
    after: Delegation;
    events: readonly OfferEvent[];
  }): Promise<Moved>;
}
