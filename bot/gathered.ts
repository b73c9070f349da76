import type { AuditRow, Changes, OutboxMessage } from '../storage/changes.ts';

/** What a turn has said and recorded so far; one commit takes all of it. */
export interface Gathered {
  outbox: OutboxMessage[];
  /** Account that signed in during this turn: messages that waited for it are let go after the commit. */
  signedInAs: string | undefined;
  changes: Required<Pick<Changes, 'cardActions' | 'operations' | 'jobs' | 'signIns' | 'vault'>> & {
    audit: AuditRow[];
  };
}

export function nothingGathered(): Gathered {
  return {
    outbox: [],
    signedInAs: undefined,
    changes: { cardActions: [], operations: [], jobs: [], signIns: [], vault: [], audit: [] },
  };
}
