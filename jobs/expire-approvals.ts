import type { Clock } from '../partner/clock.ts';
import type { Operation } from '../partner/operations.ts';
import { ConflictError, type NewJob, type OutboxMessage } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import type { JobHandler } from './runner.ts';

/** Ends approvals that nobody gave in time: the operation is cancelled and its requester is told. */
export function createExpireApprovals(deps: {
  storage: Storage;
  clock: Clock;
  /** The requester's card, saying that the time is over. */
  expired(operation: Operation): Promise<OutboxMessage | undefined>;
}): JobHandler {
  const { storage, clock } = deps;

  return async () => {
    for (const approval of await storage.approvals.expired(clock.now(), 100)) {
      const operation = await storage.operations.find(approval.operationId);
      const ended: Operation | undefined = operation && {
        ...operation,
        status: 'cancelled',
        drawn: operation.drawn + 1,
      };
      const message = ended && (await deps.expired(ended));
      try {
        await storage.commit({
          approvals: [{ decide: { id: approval.id, status: 'expired', by: null, at: clock.now() } }],
          ...(ended === undefined ? {} : { operations: [{ save: ended }] }),
          ...(message === undefined ? {} : { outbox: [message] }),
        });
      } catch (error) {
        // Somebody said yes or no at the same moment: then it has not expired.
        if (!(error instanceof ConflictError)) throw error;
      }
    }
    return 'done';
  };
}

export const expiryJob = (approvalId: string, at: number): NewJob => ({
  key: `approval:${approvalId}`,
  kind: 'expire-approvals',
  args: { approvalId },
  dueAt: at,
  clock: 'domain',
});
