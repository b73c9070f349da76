import type { AccountRef } from '../partner/accounts.ts';
import type { Clock } from '../partner/clock.ts';
import type { OperationKind } from '../partner/operation-kinds.ts';
import { type JsonObject, newOperation } from '../partner/operations.ts';
import type { Changes, NewJob } from '../storage/changes.ts';

export interface RecorderDeps {
  clock: Clock;
  newId(): string;
  /** The job that runs an operation. */
  operationJob(operationId: string): NewJob;
}

export type Recorded = Required<Pick<Changes, 'operations' | 'jobs'>>;

/**
 * Records operations that follow from what somebody else did: with their job, in the name of whoever
 * made the offer. `personKey`: their chat, '' when there is none; `id`: where it is known before.
 */
export function createRecorder({ clock, newId, operationJob }: RecorderDeps) {
  return (
    { kind, schema, plan }: OperationKind,
    {
      actor,
      personKey,
      args,
      id = newId(),
    }: { actor: AccountRef; personKey: string; args: JsonObject; id?: string },
  ): Recorded => {
    const operation = newOperation({
      ...{ id, kind, schema, actor, personKey, args },
      ...{ steps: plan(args), cardKey: newId(), now: clock.now() },
    });
    return { operations: [{ add: operation }], jobs: [operationJob(operation.id)] };
  };
}
