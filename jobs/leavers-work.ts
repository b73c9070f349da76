import type { AccountRef } from '../partner/accounts.ts';
import type { Changes } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';

/** Nobody has more open requests than this in practice; what is left over ends by itself, unseen. */
const most = 50;

/**
 * Withdraws what still waits of somebody who is no longer there: it would wait for a sign-in that cannot come, or
 * take up a second person's time. `by` is who made them leave; `at` domain time, ms.
 */
export async function withdrawWorkOf(
  storage: Pick<Storage, 'operations' | 'approvals'>,
  leaver: AccountRef,
  by: AccountRef,
  at: number,
): Promise<Required<Pick<Changes, 'operations' | 'approvals'>>> {
  const open = await storage.operations.ofActor(leaver, ['waiting-sign-in', 'waiting-approval'], most);
  const approvals = await Promise.all(open.map(({ id }) => storage.approvals.ofOperation(id)));
  return {
    operations: open.map((operation) => ({
      save: { ...operation, status: 'cancelled', drawn: operation.drawn + 1 },
    })),
    approvals: approvals.flatMap((approval) =>
      approval?.status === 'waiting' ? [{ decide: { id: approval.id, status: 'withdrawn', by, at } }] : [],
    ),
  };
}
