import type { Changes, OutboxMessage } from '../storage/changes.ts';

/** Everything a turn may add beside messages, state and the person: each list is there from the beginning. */
type TurnChanges = Required<Omit<Changes, 'outbox' | 'state' | 'people' | 'inbound' | 'accounts'>>;

/** What a turn has said and recorded so far; one commit takes all of it. */
export interface Gathered {
  outbox: OutboxMessage[];
  /** Account that signed in during this turn: messages that waited for it are let go after the commit. */
  signedInAs: string | undefined;
  changes: TurnChanges;
}

export function nothingGathered(): Gathered {
  return {
    outbox: [],
    signedInAs: undefined,
    changes: {
      acceptances: [],
      approvals: [],
      audit: [],
      cardActions: [],
      colleagues: [],
      confirmations: [],
      delegations: [],
      jobs: [],
      keySetups: [],
      offerEvents: [],
      offerGuards: [],
      offers: [],
      offerVersions: [],
      operations: [],
      opinions: [],
      signIns: [],
      statements: [],
      vault: [],
    },
  };
}
