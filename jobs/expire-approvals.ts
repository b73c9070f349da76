import type { Approval } from '../partner/approvals.ts';
import type { Clock } from '../partner/clock.ts';
import type { Log } from '../partner/log.ts';
import type { Operation } from '../partner/operations.ts';
import type { NewJob } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { type ComeBack, createEachApart, sooner } from './each-apart.ts';
import type { Drawn } from './presenter.ts';
import type { JobHandler } from './runner.ts';

const atOnce = 100;
/** There are more: real time, ms. */
const againMs = 1_000;

/** Ends approvals that nobody gave in time: the operation is cancelled, and everybody concerned is told. */
export function createExpireApprovals(deps: {
  storage: Storage;
  clock: Clock;
  /** The requester's card, and the cards of those who were asked, saying that the time is over. */
  expired(approval: Approval, operation: Operation): Promise<Drawn>;
  log: Log;
}): JobHandler {
  const { storage, clock, log } = deps;
  const each = createEachApart<Approval>({ idOf: ({ id }) => id, what: 'expire-approvals', log });

  async function expire(approval: Approval): Promise<void> {
    const at = clock.now();
    const operation = await storage.operations.find(approval.operationId);
    const ended: Approval = { ...approval, status: 'expired', decidedAt: at };
    const decide = { id: approval.id, status: 'expired' as const, by: null, at };
    if (operation?.status !== 'waiting-approval') return storage.commit({ approvals: [{ decide }] });
    const after: Operation = { ...operation, status: 'cancelled', drawn: operation.drawn + 1 };
    await storage.commit({
      approvals: [{ decide }],
      operations: [{ save: after }],
      ...(await deps.expired(ended, after)),
    });
  }

  return async () => {
    const over = await storage.approvals.expired(clock.now(), atOnce);
    // Somebody said yes or no at the same moment, or the operation was drawn anew: looked at once more.
    const comeBack = await each(over, expire);
    const more: ComeBack =
      over.length === atOnce ? { againAt: Date.now() + againMs, clock: 'real' } : undefined;
    return sooner(comeBack, more) ?? 'done';
  };
}

export const expiryJob = (approvalId: string, at: number): NewJob => ({
  key: `approval:${approvalId}`,
  kind: 'expire-approvals',
  args: { approvalId },
  dueAt: at,
  clock: 'domain',
});
