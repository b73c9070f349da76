import type { Changes, OutboxMessage } from '../storage/changes.ts';

/** Everything a turn may add beside messages, state and the person: each list is there from the beginning. */
type TurnChanges = Required<Omit<Changes, 'outbox' | 'state' | 'people' | 'inbound'>>;

/** What a turn has said and recorded so far; one commit takes all of it. */
export interface Gathered {
  outbox: OutboxMessage[];
  /** Somebody signed in during this turn; once that is stored, the conversation goes on. */
  signedIn: boolean;
  changes: TurnChanges;
}

export function nothingGathered(): Gathered {
  return {
    outbox: [],
    signedIn: false,
    changes: {
      acceptances: [],
      accounts: [],
      approvals: [],
      attempts: [],
      cardActions: [],
      colleagues: [],
      companyZones: [],
      confirmations: [],
      deeds: [],
      delegations: [],
      forgotten: [],
      jobs: [],
      keySetups: [],
      notices: [],
      offerEvents: [],
      offerGuards: [],
      offers: [],
      offerVersions: [],
      operationCards: [],
      operations: [],
      opinions: [],
      signIns: [],
      signOuts: [],
      statements: [],
      tokens: [],
      vault: [],
    },
  };
}
