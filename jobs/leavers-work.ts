import type { AccountRef } from '../partner/accounts.ts';
import type { OperationKind } from '../partner/operation-kinds.ts';
import type { Operation } from '../partner/operations.ts';
import type { Changes } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import type { Following } from './following.ts';

/**
 * Withdraws what still waits of somebody who is no longer there: it would wait for a sign-in that cannot come, or
 * take up a second person's time. A client's order that never reached Microsoft's checkout is given back to the others. `by` is who made them leave; `at` domain time, ms.
 */
export async function withdrawWorkOf(
  deps: Pick<Storage, 'operations' | 'approvals'> & {
    following: Following;
    kinds: ReadonlyMap<string, OperationKind>;
  },
  leaver: AccountRef,
  by: AccountRef,
  at: number,
): Promise<Changes> {
  const { operations, approvals, following, kinds } = deps;
  const waiting = await operations.ofActor(leaver, ['waiting-sign-in', 'waiting-approval']);
  const stuck = (await operations.ofActor(leaver, ['running', 'failed'])).filter((operation) => {
    const order = kinds.get(operation.kind)?.follows?.(operation);
    return order !== undefined && !order.checkoutBegan;
  });
  const open = [...waiting, ...stuck];
  const cancelled = open.map(
    (operation): Operation => ({ ...operation, status: 'cancelled', drawn: operation.drawn + 1 }),
  );
  const asked = await Promise.all(open.map(({ id }) => approvals.ofOperation(id)));
  const followed = await Promise.all(cancelled.map((operation) => following.changes(operation)));
  return {
    operations: cancelled.map((operation) => ({ save: operation, by })),
    approvals: asked.flatMap((approval) =>
      approval?.status === 'waiting' ? [{ decide: { id: approval.id, status: 'withdrawn', by, at } }] : [],
    ),
    acceptances: followed.flatMap(({ acceptances = [] }) => acceptances),
    delegations: followed.flatMap(({ delegations = [] }) => delegations),
    offerEvents: followed.flatMap(({ offerEvents = [] }) => offerEvents),
  };
}
